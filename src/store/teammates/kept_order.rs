//! Orders that are kept for walks by cursors (RFC 9865) in an order that can change: the ids as they stood
//! when the walk began.
//!
//! Invariant: a company has at most [`MOST_KEPT`] of them, so that beginning walks fills no database.

use super::list::{Listing, MAX_PAGE_BYTES, keys};
use super::{COLUMNS, LISTED, TeammateRow};
use crate::directory::change::MAX_ATTRIBUTES_BYTES;
use crate::directory::id::OrderId;
use crate::directory::teammate::Teammate;
use crate::directory::token::PresentedToken;
use crate::store::error::StoreError;
use crate::store::statement::{Outcome, Statement};

/// Walks of one company that may go on at once; those that began earlier expire.
const MOST_KEPT: i64 = 8;

/// Ids in a row: some 300 KB, which a page reads whole.
const PART: u32 = 10_000;

/// Teammates that fit into a page whatever they hold.
const SURELY_FIT: usize = MAX_PAGE_BYTES / MAX_ATTRIBUTES_BYTES;

/// Keeps the order, unless a page of `count` surely holds all of it, and lets go of old ones.
pub fn keep(
    token: &PresentedToken,
    listing: &Listing,
    id: &OrderId,
    count: usize,
) -> Vec<Statement> {
    let (keys, mut bindings) = keys(token, listing);
    let id = bindings.name(id.as_str());
    let more_than = count.min(SURELY_FIT);
    let kept = bindings.into_statement(format!(
        "INSERT INTO kept_orders (company_id, id, part, ids) \
         SELECT ?1, {id}, place / {PART}, json_group_array(id ORDER BY place) FROM \
         (SELECT id, place, count(*) OVER () AS total FROM ({keys})) \
         WHERE total > {more_than} GROUP BY place / {PART}"
    ));
    let old = Statement::new(format!(
        "DELETE FROM kept_orders WHERE company_id = ?1 AND id < (SELECT min(id) FROM \
         (SELECT DISTINCT id FROM kept_orders WHERE company_id = ?1 ORDER BY id DESC LIMIT {MOST_KEPT}))"
    ))
    .bind(token.company_id.as_str());
    vec![kept, old]
}

/// How many ids the order holds; none where it is kept no longer.
pub fn length(token: &PresentedToken, id: &OrderId) -> Statement {
    Statement::new(
        "SELECT json_array(coalesce(sum(json_array_length(o.ids)), 0)) AS row FROM kept_orders o \
         WHERE o.company_id = ?1 AND o.id = ?2",
    )
    .bind(token.company_id.as_str())
    .bind(id.as_str())
}

/// Which part of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// From this place on.
    From(u32),
    /// The last ones in front of this place.
    Before(u32),
}

/// Those of the order whom SCIM still shows, ascending. A page is bounded by bytes as others are.
pub fn page(token: &PresentedToken, id: &OrderId, window: Window, limit: i64) -> Statement {
    let (place, is_on_the_way, way) = match window {
        Window::From(place) => (place, ">=", "ASC"),
        Window::Before(place) => (place, "<", "DESC"),
    };
    // Parts that can hold none are not opened.
    let (part, is_part_on_the_way) = match window {
        Window::From(_) => (place / PART, ">="),
        Window::Before(_) => (place / PART, "<="),
    };
    Statement::new(format!(
        "SELECT json_array(place, json(row)) AS row FROM (SELECT {COLUMNS} AS row, k.place AS place, \
         sum(octet_length(t.attributes)) OVER (ORDER BY k.place {way} ROWS UNBOUNDED PRECEDING) \
         - octet_length(t.attributes) AS before \
         FROM (SELECT o.part * {PART} + i.key AS place, i.value AS id FROM tokens g \
         CROSS JOIN kept_orders o CROSS JOIN json_each(o.ids) i CROSS JOIN teammates t \
         ON t.company_id = ?1 AND t.id = i.value AND {LISTED} \
         WHERE g.company_id = ?1 AND g.hash = ?2 AND g.revoked_at IS NULL \
         AND o.company_id = ?1 AND o.id = ?3 AND o.part {is_part_on_the_way} ?4 \
         AND o.part * {PART} + i.key {is_on_the_way} ?5 ORDER BY o.part {way}, i.key {way} LIMIT ?6) k \
         CROSS JOIN teammates t ON t.company_id = ?1 AND t.id = k.id) \
         WHERE before < {MAX_PAGE_BYTES} ORDER BY place"
    ))
    .bind(token.company_id.as_str())
    .bind(token.hash.as_str())
    .bind(id.as_str())
    .bind(i64::from(part))
    .bind(i64::from(place))
    .bind(limit)
}

/// Each with its place in the order.
pub fn placed(outcome: &Outcome) -> Result<Vec<(u32, Teammate)>, StoreError> {
    Ok(outcome
        .decode::<(u32, TeammateRow)>()?
        .into_iter()
        .map(|(place, row)| (place, row.into()))
        .collect())
}
