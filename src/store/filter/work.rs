//! What a query may cost, known before it runs.
//!
//! D1 does one thing at a time, for all companies that share it. So the work of a query is the rows that its index leaves
//! times the comparisons that are made with each of them, and it has two bounds: up to [`AT_ONCE`] a query is one
//! statement; beyond, it walks through the rows in slices of that size; beyond [`MOST`] it is refused, unless it makes
//! but one comparison. A statement whose work may be more compares it with [`AT_ONCE`] itself, in the transaction in which
//! it runs and before it reads anything else of the company's: rows are counted in the company's row, or by the index, no
//! further than a bound asks for.

use super::Condition;
use super::bindings::Bindings;
use super::condition;
use super::source::{self, Source};
use super::table::Table;
use super::{Order, TableRows};
use crate::directory::company::Company;
use crate::scim::filter::ResolvedFilter;
use crate::scim::filter::operand::Operand;
use crate::scim::filter::resolved::{self, Logic};

/// Comparisons in one statement: measured at 1.5 to 2.5 µs each, and a list is two statements, the page and the total, so
/// that a neighbour waits some 60 ms at most.
pub const AT_ONCE: u64 = 12_500;

/// Comparisons that one query may ask for: some seconds of work, in slices.
pub const MOST: u64 = 1_000_000;

/// Which rows a query may go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Those of the page, or the one that a unique value finds.
    Few,
    /// Those that have one value of an indexed attribute: usually few, and counted no further than a statement may go.
    Alike,
    /// What an index finds and more is asked of.
    Narrowed,
    /// All of the table, in whatever state.
    All,
    /// All, each with the elements that are kept beside it: a group's members.
    Elements,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    pub left: Left,
    /// Comparisons with each row; making the key that it is sorted by is one.
    pub comparisons: u64,
}

impl Work {
    pub(super) fn of(condition: &Condition, order: &Order) -> Self {
        let table = condition.table;
        let sorting = u64::from(!order.is_by_id() && order.index(table).is_none());
        let Some(filter) = &condition.filter else {
            return Self {
                left: if sorting > 0 { Left::All } else { Left::Few },
                comparisons: sorting,
            };
        };
        if condition.is_unique() {
            return Self {
                left: Left::Few,
                comparisons: 0,
            };
        }
        let source = Source::of(table, filter);
        let is_walk = matches!(source, Source::Rows);
        let comparisons = filter.sum(&|one| {
            if !is_walk && source::is_answered(table, one) {
                0
            } else {
                comparisons(one)
            }
        });
        let comparisons = u64::try_from(comparisons).unwrap_or(u64::MAX) + sorting;
        let left = if is_walk && filter.tests().iter().any(|one| is_beside(table, one)) {
            Left::Elements
        } else if is_walk {
            Left::All
        } else if comparisons > 0 || !order.is_by_id() {
            Left::Narrowed
        } else if (table.known_total)(Some(filter)).is_some() {
            // Its index is walked in the order of ids, as far as the page goes.
            Left::Few
        } else if source::look_ups(table, filter).is_some() {
            Left::Alike
        } else {
            Left::Narrowed
        };
        Self { left, comparisons }
    }

    /// How much it is where there are so many rows.
    pub fn with(self, rows: u64) -> u64 {
        rows.saturating_mul(self.each())
    }

    fn each(self) -> u64 {
        self.comparisons.max(1)
    }

    /// Whether it is done in one statement, whatever the statement finds.
    pub fn fits(self, rows: u64) -> bool {
        self.with(rows) <= AT_ONCE
    }

    /// Whether it is not done at all.
    pub fn is_refused(self, rows: u64) -> bool {
        self.comparisons > 1 && self.with(rows) > MOST
    }

    /// Whether a statement has to look for itself whether it may run. `rows` is what is remembered of the company.
    pub fn is_guarded(self, table: &Table, company: Option<&Company>) -> bool {
        match self.left {
            Left::Few | Left::Alike => false,
            Left::Narrowed | Left::All => {
                !company.is_some_and(|company| self.fits((table.rows)(company)))
            }
            Left::Elements => true,
        }
    }

    /// TableRows in one slice of a walk.
    pub fn rows_in_slice(self) -> u64 {
        (AT_ONCE / self.each()).max(1)
    }

    /// From here on it makes no difference how many there are.
    fn counted_to(self) -> u64 {
        if self.comparisons > 1 {
            MOST / self.comparisons + 1
        } else {
            AT_ONCE + 1
        }
    }

    /// How many rows there are, as SQL, in a statement that has let the caller in, with the company as `known`: it is counted for nobody else.
    pub(in crate::store) fn rows(
        self,
        condition: &Condition,
        bindings: &mut Bindings,
    ) -> Option<String> {
        let table = condition.table;
        match (self.left, &condition.filter) {
            (Left::Few | Left::Alike, _) => None,
            (Left::Elements, _) => Some(format!(
                "(SELECT {} FROM {} s WHERE s.company_id = known.id)",
                table.elements_counted?, table.name
            )),
            (Left::Narrowed, Some(filter)) => {
                let TableRows { from, condition } = narrowed(table, filter, bindings);
                Some(format!(
                    "(SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {}.company_id = known.id AND {condition} \
                     LIMIT {}))",
                    table.row,
                    self.counted_to()
                ))
            }
            (Left::All | Left::Narrowed, _) => Some(format!("known.{}", table.rows_counter)),
        }
    }

    /// Whether the statement may run on so many rows, as SQL.
    pub(in crate::store) fn may_run(self, rows: &str) -> String {
        format!("{rows} * {} <= {AT_ONCE}", self.each())
    }
}

/// What the source of a filter finds, without the rest of the filter.
fn narrowed(table: &'static Table, filter: &ResolvedFilter, bindings: &mut Bindings) -> TableRows {
    let source = Source::of(table, filter);
    let (from, narrowed) = source.sql(table, bindings);
    let condition = narrowed.unwrap_or_else(|| {
        let parts = source::by_index(table, filter, &source);
        condition::condition(table, &Logic::And(parts), bindings)
    });
    // A partial index is found by its own condition.
    let condition = match source {
        Source::Index(index) if table.is_partial(index) => {
            format!("{} AND {condition}", table.listed)
        }
        _ => condition,
    };
    TableRows { from, condition }
}

fn comparisons(one: &resolved::ResourceTest) -> usize {
    match one {
        resolved::ResourceTest::Value { .. } => 1,
        resolved::ResourceTest::Element { filter, .. } => filter.sum(&|_| 1),
    }
}

/// Whether it is asked of elements that are rows of their own.
fn is_beside(table: &Table, one: &resolved::ResourceTest) -> bool {
    let place = match one {
        resolved::ResourceTest::Value {
            operand: Operand::Declared(place),
            ..
        } => place,
        resolved::ResourceTest::Value { .. } => return false,
        resolved::ResourceTest::Element { list, .. } => list,
    };
    table.elements_counted.is_some() && place.attribute.name == "members"
}
