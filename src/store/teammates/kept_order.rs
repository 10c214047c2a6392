//! Orders that are kept for walks by cursors (RFC 9865) in an order that can change: the ids as they stood
//! when the walk began.
//!
//! Invariant: a company has at most [`MOST_KEPT`] of them, so that beginning walks fills no database.

use super::list::{Listing, MAX_PAGE_BYTES, keys};
use super::{Columns, LISTED, TeammateRow};
use crate::directory::change::MAX_ATTRIBUTES_BYTES;
use crate::directory::id::OrderId;
use crate::directory::teammate::Listed;
use crate::directory::token::PresentedToken;
use crate::store::error::StoreError;
use crate::store::statement::{Outcome, Statement};
use std::ops::Range;

/// Walks of one company that may go on at once; those that began earlier expire.
const MOST_KEPT: i64 = 8;

/// Ids in a row, some 30 KB. A page reads the one or two rows that its places are in, and every id in them.
const PART: u32 = 1_000;

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
pub fn page(token: &PresentedToken, id: &OrderId, stretch: Stretch, columns: Columns) -> Statement {
    let Range { start, end } = stretch.places();
    let entered = match stretch {
        Stretch::From { .. } => "ASC",
        Stretch::Before { .. } => "DESC",
    };
    Statement::new(format!(
        "SELECT json_array(place, json(row)) AS row FROM (SELECT {} AS row, \
         o.part * {PART} + i.key AS place, sum(octet_length(t.attributes)) \
         OVER (ORDER BY o.part * {PART} + i.key {entered} ROWS UNBOUNDED PRECEDING) \
         - octet_length(t.attributes) AS before \
         FROM tokens g CROSS JOIN kept_orders o CROSS JOIN json_each(o.ids) i CROSS JOIN teammates t \
         ON t.company_id = ?1 AND t.id = i.value AND {LISTED} \
         WHERE g.company_id = ?1 AND g.hash = ?2 AND g.revoked_at IS NULL \
         AND o.company_id = ?1 AND o.id = ?3 AND o.part BETWEEN ?4 AND ?5 \
         AND o.part * {PART} + i.key >= ?6 AND o.part * {PART} + i.key < ?7) \
         WHERE before < {MAX_PAGE_BYTES} ORDER BY place",
        columns.row()
    ))
    .bind(token.company_id.as_str())
    .bind(token.hash.as_str())
    .bind(id.as_str())
    .bind(i64::from(start / PART))
    .bind(i64::from(end / PART))
    .bind(i64::from(start))
    .bind(i64::from(end))
}

/// Each with its place in the order.
pub fn placed(outcome: &Outcome) -> Result<Vec<(u32, Listed)>, StoreError> {
    Ok(outcome
        .decode::<(u32, TeammateRow)>()?
        .into_iter()
        .map(|(place, row)| (place, row.into()))
        .collect())
}
