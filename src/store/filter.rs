//! From a SCIM filter to SQL over the table of teammates.
//!
//! Invariant: what the SQL finds is what [`ResolvedFilter::matches`] says. Every literal is bound.

mod bindings;
mod condition;
mod sort_key;
mod source;
mod value;

pub use bindings::Bindings;

use crate::directory::company::Company;
use crate::scim::error::ScimError;
use crate::scim::filter::comparison::Test;
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::filter::resolved::{Condition as Tested, Logic};
use crate::scim::filter::{Filter, ResolvedFilter};
use crate::scim::schema::USER;
use crate::scim::sort::Sort;
use source::Source;

/// D1 takes 100 parameters in a statement; the rest are for the caller, the page and the reads that the
/// statement may be put together with.
const MAX_PARAMETERS: usize = 80;

/// Comparisons with elements of lists where no look-up narrows whose: each is made on every element of every
/// teammate, and D1, which does one thing at a time for all companies, ends a query after 30 seconds.
const MAX_WALKED_COMPARISONS: usize = 20;

/// What a list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Condition {
    filter: Option<ResolvedFilter>,
}

/// How a list is ordered: by what was asked for, and then by id, so that the order is total. Descending is
/// ascending turned round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    sort: Option<Sort>,
}

/// Rows of teammates as a part of a `SELECT`.
pub(in crate::store) struct Rows {
    /// What stands behind `FROM`; the table is `t`.
    pub from: String,
    /// What has to be true of a row, beside the company.
    pub condition: String,
}

/// What SCIM shows. Spelled as in the partial indexes, so that SQLite can use them.
const LISTED: &str = "t.state IN ('active', 'blocked')";

/// The same where SQLite shall not: `NOT INDEXED` says nothing of a table WITHOUT ROWID.
const LISTED_BY_ROW: &str = "+t.state IN ('active', 'blocked')";

pub fn compile(filter: &Filter) -> Result<Condition, ScimError> {
    let resolved = filter.resolve(&USER)?;
    let comparisons = resolved.comparisons_with_elements();
    if comparisons > MAX_WALKED_COMPARISONS && source::look_ups(&resolved).is_none() {
        return Err(ScimError::invalid_filter(format!(
            "The filter makes {comparisons} comparisons with lists of every user; at most {MAX_WALKED_COMPARISONS} are taken. Narrow it by userName, id, externalId or emails.value, joined with \"and\", or ask in several requests."
        )));
    }
    let condition = Condition {
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
    /// Whether nobody is left out.
    pub fn is_all(&self) -> bool {
        self.filter.is_none()
    }

    /// Whether at most one teammate of a company can meet it.
    pub fn is_unique(&self) -> bool {
        self.filter
            .as_ref()
            .and_then(source::look_ups)
            .is_some_and(|look_ups| matches!(look_ups.as_slice(), [one] if one.key.is_unique()))
    }

    /// Whether the company's own counts say how many meet it, so that nothing has to be counted.
    pub fn is_counted(&self) -> bool {
        self.filter.is_none() || self.state().is_some()
    }

    /// How many meet it, where the company's own counts say so.
    pub fn known_total(&self, company: &Company) -> Option<u64> {
        let (listed, active) = (company.listed_teammates, company.active_teammates);
        match (&self.filter, self.state()) {
            (None, _) => Some(listed),
            (_, Some(true)) => Some(active),
            (_, Some(false)) => Some(listed.saturating_sub(active)),
            (Some(_), None) => None,
        }
    }

    /// Where the filter is `active eq` and nothing else: true or false.
    fn state(&self) -> Option<bool> {
        match &self.filter {
            Some(Logic::Test(Tested::Value {
                operand:
                    Operand::Declared(Place {
                        extension: None,
                        attribute,
                        sub: None,
                    }),
                test: Test::Boolean { equal, value },
            })) if attribute.name == "active" => Some(equal == value),
            _ => None,
        }
    }

    /// The listed rows that meet it, by the best index for it, or else by one that has them in order.
    pub(in crate::store) fn rows(&self, order: &Order, bindings: &mut Bindings) -> Rows {
        let source = self.filter.as_ref().map(Source::of);
        let source = match source {
            None => order.index().map_or(Source::Rows, Source::Index),
            Some(Source::Rows) if !self.is_unique() && !order.is_by_id() => {
                order.index().map_or(Source::Rows, Source::Index)
            }
            Some(source) => source,
        };
        let (from, narrowed) = source.sql(bindings);
        let listed = match source {
            Source::Index(index) if PARTIAL.contains(&index) => LISTED,
            _ => LISTED_BY_ROW,
        };
        let filter = self
            .filter
            .as_ref()
            .filter(|filter| !source.is_exact(filter))
            .map(|filter| condition::condition(filter, bindings));
        let conditions = [Some(listed.to_owned()), narrowed, filter];
        Rows {
            from,
            condition: conditions
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" AND "),
        }
    }
}

/// The indexes that hold only what is listed.
const PARTIAL: [&str; 2] = ["teammates_listed", "teammates_updated"];

impl Order {
    pub fn by(sort: Option<Sort>) -> Self {
        Self { sort }
    }

    /// Whether it is the order of ids, ascending: that of creation.
    pub fn is_by_id(&self) -> bool {
        self.sort.is_none() || (self.column() == Some("t.id") && !self.is_descending())
    }

    /// The index that has the rows in this order already.
    fn index(&self) -> Option<&'static str> {
        match (&self.sort, self.column()) {
            (None, _) | (_, Some("t.id")) => Some("teammates_listed"),
            (_, Some("t.user_name_folded")) => Some("teammates_user_name"),
            (_, Some("t.display_name_folded")) => Some("teammates_display_name"),
            (_, Some("t.updated_at")) => Some("teammates_updated"),
            _ => None,
        }
    }

    /// The column that it sorts by, if it is one.
    fn column(&self) -> Option<&'static str> {
        match &self.sort.as_ref()?.operand {
            Operand::Declared(place) => match value::column(*place)? {
                value::Value::Column(column) => Some(column),
                _ => None,
            },
            Operand::Open { .. } => None,
        }
    }

    /// The expression that rows are sorted by before their id, if any.
    pub(in crate::store) fn key(&self, bindings: &mut Bindings) -> Option<String> {
        let sort = self.sort.as_ref()?;
        (self.column() != Some("t.id")).then(|| sort_key::sort_key(&sort.operand, bindings))
    }

    pub(in crate::store) fn is_descending(&self) -> bool {
        self.sort.as_ref().is_some_and(|sort| sort.descending)
    }
}

#[cfg(test)]
mod tests;
