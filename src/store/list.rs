//! Lists: what SCIM shows of one table of a company, narrowed by a condition, in an order, in pages.
//!
//! Invariant: nothing is read but for a caller who may: each statement asks for that itself.

use super::access::{Admission, Gate};
use super::error::StoreError;
use super::filter::table::Large;
use super::filter::{AT_ONCE, Bindings, Condition, Left, Order, Table, TableRows, Work};
use super::statement::{Outcome, Statement};
use crate::directory::company::Company;
use crate::directory::id::CompanyId;
use serde::de::DeserializeOwned;
use std::ops::Range;

/// Bytes of large columns in one page: a teammate may hold 600 KiB, and an isolate has 128 MB for all of its
/// requests. A page ends with the row that reaches it.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;

/// What is read of a table, a value for each row.
pub trait Entry: From<Self::Row> {
    type Row: DeserializeOwned;
    const TABLE: &'static Table;

    fn id(&self) -> &str;
}

/// Which rows, and in which order.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    condition: &'a Condition,
    order: &'a Order,
    work: Work,
    /// Whether its statements look for themselves whether they may run.
    is_guarded: bool,
}

impl<'a> Listing<'a> {
    pub fn new(condition: &'a Condition, order: &'a Order) -> Self {
        let work = condition.work(order);
        Self {
            condition,
            order,
            work,
            is_guarded: work.is_guarded(condition.table(), None),
        }
    }

    /// For a company that was lately like this: where that was small, its statements run unasked.
    #[must_use]
    pub fn in_company(self, remembered: Option<&Company>) -> Self {
        Self {
            is_guarded: self.work.is_guarded(self.condition.table(), remembered),
            ..self
        }
    }

    /// For a statement that goes through all of it, however much of it is shown: one that keeps its order.
    #[must_use]
    pub fn whole(self, remembered: Option<&Company>) -> Self {
        let work = match self.work.left {
            Left::Few | Left::Alike if !self.condition.is_unique() => Work {
                left: Left::All,
                comparisons: self.work.comparisons.max(1),
            },
            _ => self.work,
        };
        Self { work, ..self }.in_company(remembered)
    }

    pub fn condition(&self) -> &'a Condition {
        self.condition
    }

    pub fn order(&self) -> &'a Order {
        self.order
    }

    pub fn work(&self) -> Work {
        self.work
    }

    /// What has to hold of the company, beside the token, for a statement to read anything.
    fn guard(&self, bindings: &mut Bindings) -> Option<String> {
        let rows = self
            .is_guarded
            .then(|| self.work.rows(self.condition, bindings));
        rows.flatten().map(|rows| self.work.may_run(&rows))
    }
}

/// Which part of the list. `After` and `Before` go by id, so they have a meaning in the order of ids alone;
/// also what is before comes in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window<'a> {
    First { limit: usize },
    Offset { offset: usize, limit: usize },
    After { id: &'a str, limit: usize },
    Before { id: &'a str, limit: usize },
}

/// Which of the rows that were read are shown: a walk reads one more than it shows, to see whether it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownRows {
    First(usize),
    Last(usize),
}

impl ShownRows {
    /// Of so many.
    pub fn range(self, length: usize) -> Range<usize> {
        match self {
            Self::First(count) => 0..count.min(length),
            Self::Last(count) => length.saturating_sub(count)..length,
        }
    }
}

impl Window<'_> {
    fn limit(self) -> usize {
        match self {
            Self::First { limit }
            | Self::Offset { limit, .. }
            | Self::After { limit, .. }
            | Self::Before { limit, .. } => limit,
        }
    }
}

/// One page. `columns` is the JSON array of what is read of a row.
///
/// The keys of the page are found first, where there is no filter in an index that holds nothing else; only
/// the page's own rows are read whole. Where the company has no large row, that is all. Where it has, a running
/// sum tells how many rows there is room for: kept for those alone, because D1 bills two more rows for each that
/// it sums.
pub fn page(admission: &Admission, listing: &Listing, window: Window, columns: &str) -> Statement {
    let mut bindings = Bindings::default();
    let Table { name, row, .. } = listing.condition.table();
    let keys = PageKeys::of(admission, listing, window, &mut bindings);
    let select = &keys.select;
    let keys = match keys.that_fit(listing, window) {
        None => format!("k AS NOT MATERIALIZED ({select})"),
        Some(limit) => format!(
            "w AS NOT MATERIALIZED ({select}), k AS NOT MATERIALIZED (SELECT id FROM w LIMIT {limit})"
        ),
    };
    // The rows come in the order of their keys: to ask for it once more is one more sort, which D1 bills by the row.
    let turned = match window {
        Window::Before { .. } => " ORDER BY id",
        _ => "",
    };
    bindings.into_statement(format!(
        "WITH {keys} SELECT row FROM (SELECT {columns} AS row, {row}.id AS id \
         FROM k CROSS JOIN {name} {row} ON {row}.company_id = ?1 AND {row}.id = k.id{turned})"
    ))
}

/// The ids of one page, each with what it is sorted by.
struct PageKeys {
    select: String,
    /// Whether it is sorted by more than the id.
    has_place: bool,
}

impl PageKeys {
    fn of(
        admission: &Admission,
        listing: &Listing,
        window: Window,
        bindings: &mut Bindings,
    ) -> Self {
        let Listing {
            condition, order, ..
        } = listing;
        let table = condition.table();
        let from = matching(admission, listing, order, bindings);
        let key = order.key(table, bindings);
        let id = table.id();
        let place = key.as_ref().map(|_| "place");
        let key = key.unwrap_or_else(|| "NULL".to_owned());
        let backwards = matches!(window, Window::Before { .. });
        let keys_order = direction(place, &id, order, backwards);
        let beside = match window {
            Window::First { .. } | Window::Offset { .. } => String::new(),
            Window::After { id: after, .. } => format!(" AND {id} > {}", bindings.name(after)),
            Window::Before { id: before, .. } => format!(" AND {id} < {}", bindings.name(before)),
        };
        let limit = bindings.name(window.limit());
        let offset = match window {
            Window::Offset { offset, .. } => format!(" OFFSET {}", bindings.name(offset)),
            _ => String::new(),
        };
        Self {
            select: format!(
                "SELECT {id} AS id, {key} AS place {from}{beside} ORDER BY {keys_order} LIMIT {limit}{offset}"
            ),
            has_place: place.is_some(),
        }
    }

    /// The limit of those that there is room for, where rows of the table may be large; they are rows of `w`. Left out
    /// are those farthest from where the window is entered.
    fn that_fit(&self, listing: &Listing, window: Window) -> Option<String> {
        let Table {
            name, row, large, ..
        } = listing.condition.table();
        let Large {
            index,
            column,
            than,
        } = large.as_ref()?;
        let backwards = matches!(window, Window::Before { .. });
        let place = self.has_place.then_some("place");
        let order = direction(place, "id", listing.order, backwards);
        Some(format!(
            "iif(EXISTS (SELECT 1 FROM {name} l INDEXED BY {index} WHERE l.company_id = ?1 \
             AND octet_length(l.{column}) > {than}), \
             (SELECT count(*) FROM (SELECT sum(bytes) OVER (ORDER BY {order} ROWS UNBOUNDED PRECEDING) - bytes \
             AS before FROM (SELECT w.id AS id, w.place AS place, octet_length({row}.{column}) AS bytes \
             FROM w CROSS JOIN {name} {row} ON {row}.company_id = ?1 AND {row}.id = w.id)) \
             WHERE before < {MAX_PAGE_BYTES}), -1)"
        ))
    }
}

/// The ids of one [`page`], in its order, and nothing else.
pub(in crate::store) fn page_ids(
    admission: &Admission,
    listing: &Listing,
    window: Window,
    bindings: &mut Bindings,
) -> String {
    let keys = PageKeys::of(admission, listing, window, bindings).select;
    match window {
        Window::Before { .. } => format!("SELECT id FROM ({keys}) ORDER BY id"),
        _ => keys,
    }
}

/// The id of the one row that is found by a unique condition.
pub(in crate::store) fn one_id(
    admission: &Admission,
    condition: &Condition,
    bindings: &mut Bindings,
) -> String {
    let gate = admission.gate(bindings);
    let table = condition.table();
    let selects: Vec<String> = condition
        .ways(bindings)
        .iter()
        .map(|rows| {
            format!(
                "SELECT {} AS id {}",
                table.id(),
                behind(&gate, table, rows, None)
            )
        })
        .collect();
    first_of(&selects)
}

pub fn many<T: Entry>(page: &Outcome) -> Result<Vec<T>, StoreError> {
    Ok(page.decode::<T::Row>()?.into_iter().map(T::from).collect())
}

/// How many there are in all, and how many rows that goes through, where this was to be known: see [`course`].
pub fn count(admission: &Admission, listing: &Listing) -> Statement {
    let condition = listing.condition;
    let mut bindings = Bindings::default();
    let gate = admission.gate(&mut bindings);
    if let (true, Some(counter)) = (condition.is_all(), condition.table().counter) {
        return bindings.into_statement(format!(
            "SELECT json_array(known.{counter}, NULL) AS row FROM {} WHERE {}",
            gate.from, gate.condition
        ));
    }
    let unsorted = Order::default();
    let rows = condition.rows(&unsorted, &mut bindings);
    let guarded = listing
        .is_guarded
        .then(|| listing.work.rows(condition, &mut bindings))
        .flatten();
    let table = condition.table();
    if let Some(counted) = guarded {
        let may_run = listing.work.may_run("g.rows");
        return bindings.into_statement(format!(
            "SELECT json_array(iif({may_run}, (SELECT count(*) FROM {} WHERE {}.company_id = ?1 AND {}), NULL), g.rows) \
             AS row FROM (SELECT {counted} AS rows FROM {} WHERE {} LIMIT 1) g",
            rows.from,
            table.row,
            rows.condition,
            gate.from,
            gate.condition
        ));
    }
    let from = behind(&gate, table, &rows, None);
    bindings.into_statement(match listing.work.left {
        Left::Alike => format!(
            "SELECT json_array(count(*), NULL) AS row FROM (SELECT 1 {from} LIMIT {})",
            AT_ONCE + 1
        ),
        _ => format!("SELECT json_array(count(*), NULL) AS row {from}"),
    })
}

/// How a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// As its statements have: there are so many in all.
    AtOnce { total: u64 },
    /// In slices: its statements have read nothing.
    InSlices,
    /// Not at all: so many rows are more than its comparisons may go through.
    Refused { rows: u64 },
}

/// What the statements of a list have come to, by the company's counts and by what was [`count`]ed.
pub fn course(
    listing: &Listing,
    company: &Company,
    counted: Option<&Outcome>,
) -> Result<Course, StoreError> {
    let (condition, work) = (listing.condition, listing.work);
    let counted = counted.map(Outcome::decode_first::<(Option<u64>, Option<u64>)>);
    let (found, rows) = counted.transpose()?.flatten().unwrap_or_default();
    let total = found.or_else(|| condition.known_total(company));
    let rows = match work.left {
        Left::Few => 0,
        Left::Alike => found.unwrap_or_default(),
        Left::All => (condition.table().rows)(company),
        Left::Narrowed | Left::Elements => rows.unwrap_or_default(),
    };
    let has_run = !listing.is_guarded || work.fits(rows);
    Ok(match work.left {
        Left::Alike if !work.fits(rows) => Course::InSlices,
        _ if has_run => Course::AtOnce {
            total: total.unwrap_or_default(),
        },
        _ if work.is_refused(rows) => Course::Refused { rows },
        _ => Course::InSlices,
    })
}

pub fn counted(outcome: &Outcome) -> Result<u64, StoreError> {
    Ok(outcome
        .decode_first::<(u64,)>()?
        .map_or(0, |(count,)| count))
}

/// Whether the page may have ended because of its bytes.
pub fn is_full(page: &Outcome) -> bool {
    let bytes: usize = page.rows.iter().map(String::len).sum();
    bytes >= MAX_PAGE_BYTES
}

/// The one row that can meet a unique condition: for a look, which reads nothing but for a caller who may.
pub fn find(company: &CompanyId, condition: &Condition, columns: &str) -> Statement {
    let mut bindings = Bindings::default();
    bindings.name(company.as_str());
    let row = condition.table().row;
    let selects: Vec<String> = condition
        .ways(&mut bindings)
        .into_iter()
        .map(|TableRows { from, condition }| {
            format!(
                "SELECT {columns} AS row FROM {from} WHERE {row}.company_id = ?1 AND {condition}"
            )
        })
        .collect();
    bindings.into_statement(first_of(&selects))
}

/// What the first of the selects finds that finds something. The others are not run.
pub(in crate::store) fn first_of(selects: &[String]) -> String {
    match selects {
        [only] => only.clone(),
        several => format!("{} LIMIT 1", several.join(" UNION ALL ")),
    }
}

/// The ids of the whole list, each with its place in the order, from 0.
pub(super) fn keys(admission: &Admission, listing: &Listing) -> (String, Bindings) {
    let mut bindings = Bindings::default();
    let Listing {
        condition, order, ..
    } = listing;
    let table = condition.table();
    let from = matching(admission, listing, order, &mut bindings);
    let key = order.key(table, &mut bindings);
    let id = table.id();
    let terms = direction(key.as_deref(), &id, order, false);
    let keys =
        format!("SELECT {id} AS id, row_number() OVER (ORDER BY {terms}) - 1 AS place {from}");
    (keys, bindings)
}

/// `FROM` and `WHERE` of those that meet the condition, and of nobody where that is more work than a statement may do.
/// The company is `?1`.
fn matching(
    admission: &Admission,
    listing: &Listing,
    order: &Order,
    bindings: &mut Bindings,
) -> String {
    let gate = admission.gate(bindings);
    let condition = listing.condition;
    let rows = condition.rows(order, bindings);
    let guard = listing.guard(bindings);
    behind(&gate, condition.table(), &rows, guard.as_deref())
}

/// `FROM` and `WHERE` of these rows, for a caller who may, and where the guard holds. The company is `?1`.
///
/// The guard is asked for within the gate: beside it, SQLite would ask it first, since it names no table, and a refused
/// call would have read what it counts.
fn behind(gate: &Gate, table: &Table, rows: &TableRows, guard: Option<&str>) -> String {
    let row = table.row;
    let may = match guard {
        None => gate.condition.clone(),
        Some(guard) => format!("{0} AND iif({0}, {guard}, FALSE)", gate.condition),
    };
    format!(
        "FROM {} CROSS JOIN {} WHERE {may} AND {row}.company_id = ?1 AND {}",
        gate.from, rows.from, rows.condition
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
