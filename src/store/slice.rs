//! A list that is more work than one statement may be, gone through in slices: each a statement of its own, so that others
//! get in between, each read for a token that is there by then.
//!
//! Invariant: slices follow each other by id, which never changes, so that nobody is met twice. Whoever comes or goes
//! meanwhile may be met or not; all who are there throughout are.

use super::access::{Admission, Gate};
use super::error::StoreError;
use super::filter::Table;
use super::filter::{AT_ONCE, Bindings};
use super::list::{Listing, MAX_PAGE_BYTES, Window, page_ids};
use super::statement::{Outcome, Statement, to_json};
use crate::directory::id::CompanyId;
use serde::Deserialize;
use std::cmp::Ordering;

/// Characters of what a list is sorted by, beyond which ids decide: a slice is one value of at most 2 MB in D1, and the
/// keys of all that are found are held at once.
const MAX_KEY: usize = 64;

/// Rows in a slice of a list that is sorted: as many keys as such a value has room for, whatever they hold.
const MOST_KEYS: u64 = 4_000;

/// Keys that are sorted at most: some 25 MB of an isolate's 128.
pub const MOST_SORTED: usize = 200_000;

/// What one slice has found.
#[derive(Debug, Default)]
pub struct Slice {
    found: Vec<(Option<Key>, String)>,
    /// The last row that it went through, if there are more behind it.
    pub next: Option<String>,
}

/// What a row is sorted by, in SQLite's order: numbers before texts, texts by their bytes. No value is none of these.
#[derive(Debug, Clone, PartialEq, PartialOrd, Deserialize)]
#[serde(untagged)]
enum Key {
    Number(f64),
    Text(String),
}

#[derive(Deserialize)]
struct Row(Option<String>, u64, Vec<(String, Option<Key>)>);

/// The slice of so many rows behind an id; the first one is behind none. For a look, which reads nothing but for a caller
/// who may.
pub fn read(company: &CompanyId, listing: &Listing, after: &str, rows: u64) -> Statement {
    let mut bindings = Bindings::default();
    bindings.name(company.as_str());
    let condition = listing.condition();
    let table = condition.table();
    let Table { name, row, .. } = table;
    let is_hit = condition.holds(&mut bindings);
    let key = listing
        .order()
        .key(table, &mut bindings)
        .unwrap_or_else(|| "NULL".to_owned());
    let after = bindings.name(after);
    let until = table.elements_counted.map_or_else(String::new, |elements| {
        // A row with many elements is a slice of its own.
        format!(
            " AND {row}.id <= coalesce((SELECT max(id) FROM (SELECT id, sum(work) OVER (ORDER BY id) AS upto, \
             row_number() OVER (ORDER BY id) AS place FROM (SELECT s.id AS id, {elements} AS work FROM {name} s \
             WHERE s.company_id = ?1 AND s.id > {after} GROUP BY s.id ORDER BY s.id LIMIT {rows})) \
             WHERE upto <= {rows} OR place = 1), '')"
        )
    });
    bindings.into_statement(format!(
        "SELECT json_array(max(id), count(*), json_group_array(json_array(id, \
         iif(typeof(key) = 'text', substr(key, 1, {MAX_KEY}), key))) FILTER (WHERE is_hit)) AS row FROM \
         (SELECT {row}.id AS id, ({is_hit}) IS TRUE AS is_hit, {key} AS key FROM {name} {row} \
         WHERE {row}.company_id = ?1 AND {row}.id > {after}{until} ORDER BY {row}.id LIMIT {rows})"
    ))
}

/// How many rows a slice of the list goes through.
pub fn rows(listing: &Listing) -> u64 {
    let rows = listing.work().rows_in_slice();
    if listing.order().is_by_id() {
        rows
    } else {
        rows.min(MOST_KEYS)
    }
}

/// What a slice of so many rows has found.
pub fn of(listing: &Listing, outcome: &Outcome, rows: u64) -> Result<Slice, StoreError> {
    let Some(Row(last, count, found)) = outcome.decode_first::<Row>()? else {
        return Ok(Slice::default());
    };
    // Where elements end a slice, it may be short and not the last one.
    let is_last = if listing.condition().table().elements_counted.is_some() {
        count == 0
    } else {
        count < rows
    };
    Ok(Slice {
        found: found.into_iter().map(|(id, key)| (key, id)).collect(),
        next: last.filter(|_| !is_last),
    })
}

/// What the slices of a list have found so far: the ids of the page that is asked for, and how many there are in all.
#[derive(Debug)]
pub struct Found<'a> {
    window: Window<'a>,
    is_descending: bool,
    /// In an order other than that of ids everybody is kept until the end.
    is_sorted: bool,
    kept: Vec<(Option<Key>, String)>,
    total: usize,
}

/// There are more than can be sorted.
#[derive(Debug, PartialEq, Eq)]
pub struct TooManyToSort;

impl<'a> Found<'a> {
    pub fn new(listing: &Listing, window: Window<'a>) -> Self {
        Self {
            window,
            is_descending: listing.order().is_descending(),
            is_sorted: !listing.order().is_by_id(),
            kept: Vec::new(),
            total: 0,
        }
    }

    pub fn add(&mut self, slice: Slice) -> Result<(), TooManyToSort> {
        for (key, id) in slice.found {
            let place = self.total;
            self.total += 1;
            if self.is_sorted {
                self.kept.push((key, id));
                continue;
            }
            let is_kept = match self.window {
                Window::First { limit } => self.kept.len() < limit,
                Window::Offset { offset, limit } => place >= offset && self.kept.len() < limit,
                Window::After { id: after, limit } => {
                    id.as_str() > after && self.kept.len() < limit
                }
                Window::Before { id: before, .. } => id.as_str() < before,
            };
            if is_kept {
                self.kept.push((None, id));
            }
        }
        // Once for a slice: what stands behind moves up each time.
        if let (Window::Before { limit, .. }, false) = (self.window, self.is_sorted) {
            let beyond = self.kept.len().saturating_sub(limit);
            self.kept.drain(..beyond);
        }
        if self.kept.len() > MOST_SORTED {
            return Err(TooManyToSort);
        }
        Ok(())
    }

    pub fn total(&self) -> usize {
        self.total
    }

    /// All that were kept, in the order that was asked for.
    pub fn into_order(mut self) -> Vec<String> {
        if self.is_sorted {
            let is_descending = self.is_descending;
            self.kept.sort_by(|one, other| {
                let order = compared(one, other);
                if is_descending {
                    order.reverse()
                } else {
                    order
                }
            });
        }
        self.kept.into_iter().map(|(_, id)| id).collect()
    }

    /// Those of the window.
    pub fn into_page(self) -> Vec<String> {
        let (is_sorted, window) = (self.is_sorted, self.window);
        let ids = self.into_order();
        if !is_sorted {
            return ids;
        }
        let (offset, limit) = match window {
            Window::Offset { offset, limit } => (offset, limit),
            Window::First { limit }
            | Window::After { limit, .. }
            | Window::Before { limit, .. } => (0, limit),
        };
        ids.into_iter().skip(offset).take(limit).collect()
    }
}

/// Ascending, who has no key last.
fn compared(one: &(Option<Key>, String), other: &(Option<Key>, String)) -> Ordering {
    let keys = match (&one.0, &other.0) {
        (Some(one), Some(other)) => one.partial_cmp(other).unwrap_or(Ordering::Equal),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    keys.then_with(|| one.1.cmp(&other.1))
}

/// The rows with these ids that SCIM still shows, in this order; as many as a page has room for.
pub fn rows_of(admission: &Admission, table: &Table, ids: &[String], columns: &str) -> Statement {
    let mut bindings = Bindings::default();
    let rows = by_id(admission, table, ids, &mut bindings);
    bindings.into_statement(match &table.large {
        None => format!("SELECT {columns} AS row {rows} ORDER BY j.key"),
        Some(large) => {
            let bytes = format!("octet_length({}.{})", table.row, large.column);
            format!(
                "SELECT row FROM (SELECT {columns} AS row, j.key AS place, \
                 sum({bytes}) OVER (ORDER BY j.key ROWS UNBOUNDED PRECEDING) - {bytes} AS before {rows}) \
                 WHERE before < {MAX_PAGE_BYTES} ORDER BY place"
            )
        }
    })
}

/// `SELECT` of their ids alone.
pub(in crate::store) fn ids_of(
    admission: &Admission,
    table: &Table,
    ids: &[String],
    bindings: &mut Bindings,
) -> String {
    let rows = by_id(admission, table, ids, bindings);
    format!("SELECT {}.id AS id {rows} ORDER BY j.key", table.row)
}

fn by_id(admission: &Admission, table: &Table, ids: &[String], bindings: &mut Bindings) -> String {
    let Gate { from, condition } = admission.gate(bindings);
    let ids = bindings.name(to_json(&ids));
    let Table {
        name, row, listed, ..
    } = table;
    format!(
        "FROM {from} CROSS JOIN json_each({ids}) j CROSS JOIN {name} {row} \
         ON {row}.company_id = ?1 AND {row}.id = j.value AND {listed} WHERE {condition}"
    )
}

/// Goes over the next rows of a list that is in the order of ids and as its index has it: how many, and the last one.
pub fn skip(admission: &Admission, listing: &Listing, after: &str, rows: u64) -> Statement {
    let mut bindings = Bindings::default();
    let window = Window::After {
        id: after,
        limit: usize::try_from(rows.min(AT_ONCE)).unwrap_or(usize::MAX),
    };
    let ids = page_ids(admission, listing, window, &mut bindings);
    bindings.into_statement(format!(
        "SELECT json_array(count(*), max(id)) AS row FROM ({ids})"
    ))
}

/// How many were gone over, and the id of the last one.
pub fn skipped(outcome: &Outcome) -> Result<(u64, Option<String>), StoreError> {
    Ok(outcome.decode_first()?.unwrap_or_default())
}

#[cfg(test)]
mod tests;
