//! From a SCIM filter to SQL over the table of a resource type.
//!
//! Invariant: what the SQL finds is what [`ResolvedFilter::matches`] says. Every literal is bound.

mod bindings;
mod condition;
mod sort_key;
mod source;
pub(in crate::store) mod table;
pub(in crate::store) mod value;

pub use bindings::Bindings;
pub(in crate::store) use condition::{of_column, of_tests};
pub use table::Table;

use crate::directory::company::Company;
use crate::scim::error::ScimError;
use crate::scim::filter::operand::Operand;
use crate::scim::filter::resolved::{self, Logic};
use crate::scim::filter::{Filter, ResolvedFilter};
use crate::scim::schema::ResourceType;
use crate::scim::sort::Sort;
use source::Source;
use value::{SqlValue, SqlValues};

/// D1 takes 100 parameters in a statement; the rest are for the caller, the page and the reads that the
/// statement may be put together with.
const MAX_PARAMETERS: usize = 80;

/// What a list is narrowed to.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    table: &'static Table,
    filter: Option<ResolvedFilter>,
}

/// How a list is ordered: by what was asked for, and then by id, so that the order is total. Descending is
/// ascending turned round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    sort: Option<Sort>,
}

/// Rows of a table as a part of a `SELECT`.
pub(in crate::store) struct TableRows {
    /// What stands behind `FROM`.
    pub from: String,
    /// What has to be true of a row, beside the company.
    pub condition: String,
}

#[cfg(test)]
pub fn compile(filter: &Filter, table: &'static Table) -> Result<Condition, ScimError> {
    compile_among(filter, table, &[])
}

/// Compiles a filter that is asked of other types, too.
pub fn compile_among(
    filter: &Filter,
    table: &'static Table,
    others: &[&'static ResourceType],
) -> Result<Condition, ScimError> {
    let resolved = filter.resolve_among(table.resource_type, others)?;
    let comparisons = resolved.comparisons_with_elements();
    let limits = &table.limits;
    if comparisons > limits.walked_comparisons && source::look_ups(table, &resolved).is_none() {
        return Err(ScimError::invalid_filter(format!(
            "The filter makes {comparisons} comparisons with lists of every {}; at most {} are taken. Narrow it by {}, joined with \"and\", or ask in several requests.",
            limits.resource, limits.walked_comparisons, limits.narrowed_by
        )));
    }
    let condition = Condition {
        table,
        filter: Some(resolved),
    };
    let mut bindings = Bindings::default();
    condition.rows(&Order::default(), &mut bindings);
    if bindings.count() > MAX_PARAMETERS {
        return Err(ScimError::invalid_filter(format!(
            "The filter compares with {} different values; at most {MAX_PARAMETERS} are taken. Ask in several requests.",
            bindings.count()
        )));
    }
    Ok(condition)
}

impl Condition {
    /// Nothing is left out.
    pub fn all(table: &'static Table) -> Self {
        Self {
            table,
            filter: None,
        }
    }

    pub(in crate::store) fn table(&self) -> &'static Table {
        self.table
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        self.filter.is_none()
    }

    /// Whether at most one row of a company is found by it.
    pub fn is_unique(&self) -> bool {
        let Some(filter) = &self.filter else {
            return false;
        };
        match source::look_ups(self.table, filter).as_deref() {
            // A row that has the former form of the name may have a twin, which has the present one: of the two, the
            // look-up by the name alone finds one.
            Some([one]) => one.key.is_unique && (one.former.is_none() || is_one_test(filter)),
            _ => false,
        }
    }

    /// What finds the one row where the condition is one value of a unique key and no more: one way after the other,
    /// if there are several.
    pub(in crate::store) fn ways(&self, bindings: &mut Bindings) -> Vec<TableRows> {
        let by_rows = |condition: &Self, bindings: &mut Bindings| {
            vec![condition.rows(&Order::default(), bindings)]
        };
        let Some(filter) = self.filter.as_ref().filter(|filter| is_one_test(filter)) else {
            return by_rows(self, bindings);
        };
        let look_ups = source::look_ups(self.table, filter).unwrap_or_default();
        let ([one], true) = (look_ups.as_slice(), self.is_unique()) else {
            return by_rows(self, bindings);
        };
        let ways = one.ways(self.table, bindings);
        if ways.is_empty() {
            return by_rows(self, bindings);
        }
        ways
    }

    /// Whether the company's own counts say how many meet it, so that nothing has to be counted.
    pub fn is_counted(&self) -> bool {
        (self.table.known_total)(self.filter.as_ref()).is_some()
    }

    /// How many meet it, where the company's own counts say so.
    pub fn known_total(&self, company: &Company) -> Option<u64> {
        let count = (self.table.known_total)(self.filter.as_ref())?;
        Some(count(company))
    }

    /// The listed rows that meet it, by the best index for it, or else by one that has them in order.
    pub(in crate::store) fn rows(&self, order: &Order, bindings: &mut Bindings) -> TableRows {
        let table = self.table;
        let in_order = || order.index(table).map_or(Source::Rows, Source::Index);
        let source = match &self.filter {
            None => in_order(),
            Some(filter) => match Source::of(table, filter) {
                Source::Rows if !self.is_unique() && !order.is_by_id() => in_order(),
                source => source,
            },
        };
        let (from, narrowed) = source.sql(table, bindings);
        let listed = match source {
            Source::Index(index) => table.listed_in(index),
            _ => table.listed_by_row(),
        };
        let filter = self
            .filter
            .as_ref()
            .filter(|filter| !source.is_exact(filter))
            .map(|filter| condition::condition(table, filter, bindings));
        let conditions = [Some(listed), narrowed, filter];
        TableRows {
            from,
            condition: conditions
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" AND "),
        }
    }
}

impl Order {
    pub fn by(sort: Option<Sort>) -> Self {
        Self { sort }
    }

    /// Whether it is the order of ids, ascending: that of creation.
    pub fn is_by_id(&self) -> bool {
        self.sort.is_none() || (self.sorts_by_id() && !self.is_descending())
    }

    fn sorts_by_id(&self) -> bool {
        self.sort.as_ref().is_some_and(|sort| {
            matches!(&sort.operand, Operand::Declared(place)
                if place.extension.is_none() && place.attribute.name == "id")
        })
    }

    /// The index that has the rows in this order already.
    fn index(&self, table: &Table) -> Option<&'static str> {
        if self.sort.is_none() || self.sorts_by_id() {
            return Some(table.listed_index);
        }
        let index = table.index_of(self.column(table)?)?;
        index.is_complete.then_some(index.name)
    }

    /// The column that it sorts by, if it is one.
    fn column(&self, table: &Table) -> Option<&'static str> {
        match &self.sort.as_ref()?.operand {
            Operand::Declared(place) => match (table.values)(*place) {
                SqlValues::One(SqlValue::Column(column)) => Some(column),
                _ => None,
            },
            Operand::Open { .. } => None,
        }
    }

    /// The expression that rows are sorted by before their id, if any.
    pub(in crate::store) fn key(
        &self,
        table: &'static Table,
        bindings: &mut Bindings,
    ) -> Option<String> {
        let sort = self.sort.as_ref().filter(|_| !self.sorts_by_id())?;
        let mut key = |operand: &Operand| sort_key::sort_key(table, operand, bindings);
        let first = key(&sort.operand);
        Some(match &sort.otherwise {
            None => first,
            Some(operand) => format!("coalesce({first}, {})", key(operand)),
        })
    }

    pub(in crate::store) fn is_descending(&self) -> bool {
        self.sort.as_ref().is_some_and(|sort| sort.descending)
    }
}

fn is_one_test(filter: &ResolvedFilter) -> bool {
    matches!(filter, Logic::Test(resolved::ResourceTest::Value { .. }))
}

fn values(table: &Table, operand: &Operand, bindings: &mut Bindings) -> SqlValues {
    match operand {
        Operand::Declared(place) => (table.values)(*place),
        Operand::Open { schema, name } => (table.open)(schema, name, bindings),
    }
}

#[cfg(test)]
pub(in crate::store) mod tests;
