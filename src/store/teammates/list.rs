//! Lists of teammates: what SCIM shows of a company, narrowed by a condition, in an order, in pages.
//!
//! Invariant: nothing is read for a token that is not there. Who knows no more than a company's id can't make
//! its rows be read.

use super::Columns;
use crate::directory::company::Company;
use crate::directory::id::CompanyId;
use crate::directory::token::PresentedToken;
use crate::store::error::StoreError;
use crate::store::filter::{Bindings, Condition, Order};
use crate::store::statement::{Outcome, Statement};

/// Bytes of attributes in one page: a teammate may hold 600 KiB, and an isolate has 128 MB for all of its
/// requests. A page ends with the teammate that reaches it.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;

/// Attributes of more bytes than this are large: a page of 200 that are not stays below the bound. The
/// condition of the index teammates_large.
const LARGE_BYTES: i64 = 40_000;

/// Which teammates, and in which order.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    pub condition: &'a Condition,
    pub order: &'a Order,
}

/// Which part of the list. `After` and `Before` go by id, so they have a meaning in the order of ids alone;
/// also what is before comes in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window<'a> {
    First { limit: i64 },
    Offset { offset: i64, limit: i64 },
    After { id: &'a str, limit: i64 },
    Before { id: &'a str, limit: i64 },
}

impl Window<'_> {
    fn limit(self) -> i64 {
        match self {
            Self::First { limit }
            | Self::Offset { limit, .. }
            | Self::After { limit, .. }
            | Self::Before { limit, .. } => limit,
        }
    }
}

/// One page.
///
/// The keys of the page are found first, where there is no filter in an index that holds nothing else; only
/// the page's own rows are read whole. Where the company has nobody large, that is all. Where it has, a running
/// sum ends the page in time: kept for those alone, because D1 bills two more rows for each that it sums.
pub fn page(
    token: &PresentedToken,
    listing: &Listing,
    window: Window,
    columns: Columns,
) -> Statement {
    let row = columns.row();
    let mut bindings = Bindings::default();
    let Listing { condition, order } = listing;
    let from = matching(token, condition, order, &mut bindings);
    let key = order.key(&mut bindings);
    let place = key.as_ref().map(|_| "place");
    let key = key.unwrap_or_else(|| "NULL".to_owned());
    let backwards = matches!(window, Window::Before { .. });
    let keys_order = direction(place, "t.id", order, backwards);
    let sum_order = direction(place.map(|_| "k.place"), "k.id", order, backwards);
    // The rows come in the order of their keys, and from a window function in the order of the window: to ask
    // for that order once more is one more sort, which D1 bills by the row.
    let turned = if backwards { " ORDER BY id" } else { "" };
    let beside = match window {
        Window::First { .. } | Window::Offset { .. } => String::new(),
        Window::After { id, .. } => format!(" AND t.id > {}", bindings.name(id)),
        Window::Before { id, .. } => format!(" AND t.id < {}", bindings.name(id)),
    };
    let limit = bindings.name(window.limit());
    let offset = match window {
        Window::Offset { offset, .. } => format!(" OFFSET {}", bindings.name(offset)),
        _ => String::new(),
    };
    let has_large = format!(
        "EXISTS (SELECT 1 FROM teammates l INDEXED BY teammates_large WHERE l.company_id = ?1 \
         AND octet_length(l.attributes) > {LARGE_BYTES})"
    );
    bindings.into_statement(format!(
        "WITH k AS NOT MATERIALIZED \
         (SELECT t.id AS id, {key} AS place {from}{beside} ORDER BY {keys_order} LIMIT {limit}{offset}) \
         SELECT row FROM (SELECT {row} AS row, t.id AS id \
         FROM k CROSS JOIN teammates t ON t.company_id = ?1 AND t.id = k.id{turned} \
         LIMIT iif({has_large}, 0, -1)) \
         UNION ALL \
         SELECT row FROM (SELECT row FROM (SELECT {row} AS row, t.id AS id, \
         sum(octet_length(t.attributes)) OVER (ORDER BY {sum_order} ROWS UNBOUNDED PRECEDING) \
         - octet_length(t.attributes) AS before \
         FROM k CROSS JOIN teammates t ON t.company_id = ?1 AND t.id = k.id) \
         WHERE before < {MAX_PAGE_BYTES}{turned} LIMIT iif({has_large}, -1, 0))"
    ))
}

/// How many there are in all.
pub fn count(token: &PresentedToken, condition: &Condition) -> Statement {
    let mut bindings = Bindings::default();
    let from = matching(token, condition, &Order::default(), &mut bindings);
    bindings.into_statement(format!("SELECT json_array(count(*)) AS row {from}"))
}

pub fn counted(outcome: &Outcome) -> Result<u64, StoreError> {
    Ok(outcome
        .decode_first::<(u64,)>()?
        .map_or(0, |(count,)| count))
}

/// How many there are, by the company's own counts or else by what was [`count`]ed.
pub fn total(
    condition: &Condition,
    company: &Company,
    counted_rows: Option<&Outcome>,
) -> Result<u64, StoreError> {
    match (condition.known_total(company), counted_rows) {
        (Some(total), _) => Ok(total),
        (None, Some(outcome)) => counted(outcome),
        (None, None) => Ok(0),
    }
}

/// Whether the page may have ended because of its bytes.
pub fn is_full(page: &Outcome) -> bool {
    let bytes: usize = page.rows.iter().map(String::len).sum();
    bytes >= MAX_PAGE_BYTES
}

/// The one teammate that can meet a unique condition.
pub fn find(company: &CompanyId, condition: &Condition, columns: Columns) -> Statement {
    let mut bindings = Bindings::default();
    bindings.name(company.as_str());
    let rows = condition.rows(&Order::default(), &mut bindings);
    bindings.into_statement(format!(
        "SELECT {} AS row FROM {} WHERE t.company_id = ?1 AND {}",
        columns.row(),
        rows.from,
        rows.condition
    ))
}

/// The ids of the whole list, each with its place in the order, from 0.
pub(super) fn keys(token: &PresentedToken, listing: &Listing) -> (String, Bindings) {
    let mut bindings = Bindings::default();
    let Listing { condition, order } = listing;
    let from = matching(token, condition, order, &mut bindings);
    let key = order.key(&mut bindings);
    let terms = direction(key.as_deref(), "t.id", order, false);
    let keys =
        format!("SELECT t.id AS id, row_number() OVER (ORDER BY {terms}) - 1 AS place {from}");
    (keys, bindings)
}

/// `FROM` and `WHERE` of those that meet the condition. The company is `?1`.
fn matching(
    token: &PresentedToken,
    condition: &Condition,
    order: &Order,
    bindings: &mut Bindings,
) -> String {
    bindings.name(token.company_id.as_str());
    let hash = bindings.name(token.hash.as_str());
    let rows = condition.rows(order, bindings);
    format!(
        "FROM tokens g CROSS JOIN {} WHERE g.company_id = ?1 AND g.hash = {hash} AND g.revoked_at IS NULL \
         AND t.company_id = ?1 AND {}",
        rows.from, rows.condition
    )
}

/// The terms of an `ORDER BY`.
fn direction(key: Option<&str>, id: &str, order: &Order, backwards: bool) -> String {
    let (word, nulls) = if order.is_descending() == backwards {
        ("ASC", "LAST")
    } else {
        ("DESC", "FIRST")
    };
    match key {
        Some(key) => format!("{key} {word} NULLS {nulls}, {id} {word}"),
        None => format!("{id} {word}"),
    }
}

#[cfg(test)]
mod tests;
