//! Those who come and those who go, counted, as common tables of one row.

use super::MAX_NAMED;

/// How many come, and the first of them, as the one row `come`: added, ids, shown (those of the added who are
/// counted) and confirmed (those who were there, and are counted).
pub(super) fn come(select: Option<&str>, may_be_many: bool) -> String {
    let Some(select) = select else {
        return "come AS (SELECT 0 AS added, '[]' AS ids, 0 AS shown, 0 AS confirmed)".to_owned();
    };
    counted(
        "come",
        select,
        may_be_many,
        "is_new",
        &[
            ("added", "sum(is_new)"),
            ("shown", "sum(is_new AND is_shown)"),
            ("confirmed", "sum(NOT is_new AND is_shown)"),
        ],
    )
}

/// Counts those who go, as `go`: removed, ids, shown and unconfirmed.
pub(super) fn go(select: Option<&str>, may_be_many: bool) -> String {
    let Some(select) = select else {
        return "go AS (SELECT 0 AS removed, '[]' AS ids, 0 AS shown, 0 AS unconfirmed)".to_owned();
    };
    counted(
        "go",
        select,
        may_be_many,
        "TRUE",
        &[
            ("removed", "count(*)"),
            ("shown", "sum(is_shown)"),
            ("unconfirmed", "sum(is_unconfirmed AND is_shown)"),
        ],
    )
}

/// A common table of one row. As many as an event names are counted and listed in one go; only where there are
/// more is everything counted once again. That is left out where there can't be: most of what this statement
/// costs is its preparation. MATERIALIZED: its columns are used more than once.
fn counted(
    table: &str,
    select: &str,
    may_be_many: bool,
    listed: &str,
    counts: &[(&str, &str)],
) -> String {
    let few: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("coalesce({count}, 0) AS {name}"))
        .collect();
    if !may_be_many {
        return format!(
            "{table} AS MATERIALIZED (SELECT json_group_array(id) FILTER (WHERE {listed}) AS ids, {} \
             FROM ({select}))",
            few.join(", ")
        );
    }
    let each: Vec<&str> = counts.iter().map(|(_, count)| *count).collect();
    let all: Vec<String> = counts
        .iter()
        .enumerate()
        .map(|(place, (name, _))| format!("coalesce(m.counts ->> {place}, f.{name}) AS {name}"))
        .collect();
    format!(
        "{table}_few AS MATERIALIZED (SELECT count(*) AS n, \
         json_group_array(id) FILTER (WHERE {listed}) AS ids, {few} \
         FROM (SELECT * FROM ({select}) LIMIT {limit})), \
         {table}_many AS MATERIALIZED (SELECT CASE WHEN f.n = {limit} THEN \
         (SELECT json_array({each}) FROM ({select})) END AS counts FROM {table}_few f), \
         {table} AS MATERIALIZED (SELECT json_remove(f.ids, '$[{MAX_NAMED}]') AS ids, {all} \
         FROM {table}_few f CROSS JOIN {table}_many m)",
        limit = MAX_NAMED + 1,
        few = few.join(", "),
        each = each.join(", "),
        all = all.join(", "),
    )
}
