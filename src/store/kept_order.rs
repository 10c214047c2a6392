//! Orders that are kept for walks by cursors (RFC 9865) in an order that can change: the ids as they stood
//! when the walk began.
//!
//! Invariant: a company has at most [`MOST_KEPT`] of them, so that beginning walks fills no database.

use super::access::{Admission, Gate};
use super::error::StoreError;
use super::filter::{Bindings, Table};
use super::list::{Entry, Listing, MAX_PAGE_BYTES, keys};
use super::statement::{Outcome, Statement, to_json};
use crate::directory::id::{CompanyId, OrderId};
use crate::directory::teammate::change::LARGEST_EVER_BYTES;
use std::ops::Range;

/// Walks of one company that may go on at once; those that began earlier expire.
const MOST_KEPT: i64 = 8;

/// Ids in a row, some 30 KB. A page reads the one or two rows that its places are in, and every id in them.
const PART: u32 = 1_000;

/// Rows that fit into a page whatever they hold.
const SURELY_FIT: usize = MAX_PAGE_BYTES / LARGEST_EVER_BYTES;

/// Keeps the order, unless a page of `count` surely holds all of it, and then lets go of old ones: two statements, one
/// behind the other. For a caller who may not, neither does anything.
pub fn keep(
    admission: &Admission,
    listing: &Listing,
    id: &OrderId,
    count: usize,
) -> Vec<Statement> {
    let (keys, mut bindings) = keys(admission, listing);
    let id = bindings.name(id.as_str());
    let more_than = count.min(SURELY_FIT);
    let kept = bindings.into_statement(format!(
        "INSERT INTO kept_orders (company_id, id, part, ids) \
         SELECT ?1, {id}, place / {PART}, json_group_array(id ORDER BY place) FROM \
         (SELECT id, place, count(*) OVER () AS total FROM ({keys})) \
         WHERE total > {more_than} GROUP BY place / {PART}"
    ));
    vec![kept, without_old(admission)]
}

/// Keeps an order that slices have found, a statement for each part; the last lets go of old ones.
pub fn parts(admission: &Admission, id: &OrderId, ids: &[String]) -> Vec<Statement> {
    let parts = ids.chunks(PART as usize).zip(0_i64..);
    let mut statements: Vec<Statement> = parts
        .map(|(ids, part)| {
            let mut bindings = Bindings::default();
            let Gate { from, condition } = admission.gate(&mut bindings);
            let id = bindings.name(id.as_str());
            let part = bindings.name(part);
            let ids = bindings.name(to_json(&ids));
            bindings.into_statement(format!(
                "INSERT INTO kept_orders (company_id, id, part, ids) SELECT ?1, {id}, {part}, {ids} \
                 FROM {from} WHERE {condition}"
            ))
        })
        .collect();
    statements.push(without_old(admission));
    statements
}

/// Behind a statement that keeps one: only the newest stay.
fn without_old(admission: &Admission) -> Statement {
    Statement::new(format!(
        "DELETE FROM kept_orders WHERE company_id = ?1 AND id < iif(changes() > 0, (SELECT min(id) FROM \
         (SELECT DISTINCT id FROM kept_orders WHERE company_id = ?1 ORDER BY id DESC LIMIT {MOST_KEPT})), NULL)"
    ))
    .bind(admission.caller().token.company_id.as_str())
}

/// How many ids the order holds; none where it is kept no longer. For a look, which reads nothing but for a caller who
/// may.
pub fn length(company: &CompanyId, id: &OrderId) -> Statement {
    Statement::new(
        "SELECT json_array(coalesce(sum(json_array_length(o.ids)), 0)) AS row FROM kept_orders o \
         WHERE o.company_id = ?1 AND o.id = ?2",
    )
    .bind(company.as_str())
    .bind(id.as_str())
}

/// Places in an order, next to each other: one page of a walk. The place of somebody who is gone stays empty, so
/// that a page may hold fewer than were asked for (RFC 9865 section 2) and no two stretches overlap, in whichever
/// direction the walk goes.
#[derive(Debug, Clone, Copy)]
pub enum Stretch {
    From { place: u32, count: u32 },
    Before { place: u32, count: u32 },
}

impl Stretch {
    pub fn places(self) -> Range<u32> {
        match self {
            Self::From { place, count } => place..place.saturating_add(count),
            Self::Before { place, count } => place.saturating_sub(count)..place,
        }
    }
}

/// Those of the stretch whom SCIM still shows, in the order. Bounded by bytes as other pages are: those left
/// out are the ones farthest from where the stretch is entered.
pub fn page(
    table: &Table,
    admission: &Admission,
    id: &OrderId,
    stretch: Stretch,
    columns: &str,
) -> Statement {
    let mut bindings = Bindings::default();
    let rows = rows(table, admission, id, stretch, &mut bindings);
    let sql = match &table.large {
        None => {
            format!("SELECT json_array({PLACE}, {columns}) AS row {rows} ORDER BY {PLACE}")
        }
        Some(large) => {
            let bytes = format!("octet_length({}.{})", table.row, large.column);
            let entered = match stretch {
                Stretch::From { .. } => "ASC",
                Stretch::Before { .. } => "DESC",
            };
            format!(
                "SELECT json_array(place, json(row)) AS row FROM (SELECT {columns} AS row, {PLACE} AS place, \
                 sum({bytes}) OVER (ORDER BY {PLACE} {entered} ROWS UNBOUNDED PRECEDING) - {bytes} AS before \
                 {rows}) WHERE before < {MAX_PAGE_BYTES} ORDER BY place"
            )
        }
    };
    bindings.into_statement(sql)
}

/// The ids of those alone, in the order.
pub(in crate::store) fn page_ids(
    table: &Table,
    admission: &Admission,
    id: &OrderId,
    stretch: Stretch,
    bindings: &mut Bindings,
) -> String {
    let rows = rows(table, admission, id, stretch, bindings);
    format!("SELECT {}.id AS id {rows} ORDER BY {PLACE}", table.row)
}

const PLACE: &str = "(o.part * 1000 + i.key)";

/// `FROM` and `WHERE`.
fn rows(
    table: &Table,
    admission: &Admission,
    id: &OrderId,
    stretch: Stretch,
    bindings: &mut Bindings,
) -> String {
    let Range { start, end } = stretch.places();
    let Gate { from, condition } = admission.gate(bindings);
    let id = bindings.name(id.as_str());
    let mut number = |number: u32| bindings.name(i64::from(number));
    let (first_part, last_part) = (number(start / PART), number(end / PART));
    let (start, end) = (number(start), number(end));
    let Table {
        name, row, listed, ..
    } = table;
    format!(
        "FROM {from} CROSS JOIN kept_orders o CROSS JOIN json_each(o.ids) i CROSS JOIN {name} {row} \
         ON {row}.company_id = ?1 AND {row}.id = i.value AND {listed} \
         WHERE {condition} AND o.company_id = ?1 AND o.id = {id} AND o.part BETWEEN {first_part} AND {last_part} \
         AND {PLACE} >= {start} AND {PLACE} < {end}"
    )
}

/// Each with its place in the order.
pub fn placed<T: Entry>(outcome: &Outcome) -> Result<Vec<(u32, T)>, StoreError> {
    Ok(outcome
        .decode::<(u32, T::Row)>()?
        .into_iter()
        .map(|(place, row)| (place, row.into()))
        .collect())
}
