//! Which rows of a table are looked at: the index that leaves the fewest.
//!
//! A source only narrows; the whole condition is checked on the rows that it gives. So it has to give all that
//! can meet the condition, and may give more.

use super::TableRows;
use super::bindings::Bindings;
use super::condition::range;
use super::table::{KeyAttribute, KeyPlace, Table};
use super::value::{SqlValue, SqlValues};
use crate::scim::filter::comparison::{Relation, Test, TextComparison, TextTest};
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::filter::resolved::{ElementTest, Logic, ResolvedFilter, ResourceTest};

/// D1 takes five parts of a compound select (SQLite's limit, as workerd sets it).
const MOST_SELECTS: usize = 5;

#[derive(Debug, Clone)]
pub(super) enum Source {
    /// The company's rows by their key: one of them where the condition names an id.
    Rows,
    /// An index of the table that the condition narrows.
    Index(&'static str),
    /// The ids that look-ups find.
    LookUps(Vec<LookUp>),
    /// The ids of those whose values begin so.
    Prefixes(Vec<Prefix>),
}

/// A value that an attribute has to be equal to, one of which finds few rows.
#[derive(Debug, Clone)]
pub(super) struct LookUp {
    pub key: &'static KeyAttribute,
    /// The place of the key among those of the table.
    rank: usize,
    pub value: String,
    /// Of a name: the form under which rows may still have it.
    pub former: Option<String>,
}

impl LookUp {
    /// Where the rows with the value may be, by the column that it is the key of: first those that still have it in the
    /// form that was meant by this very spelling; last those that are found by it as if it were theirs.
    pub(super) fn ways(&self, table: &Table, bindings: &mut Bindings) -> Vec<TableRows> {
        let KeyPlace::Column { index, column } = self.key.place else {
            return Vec::new();
        };
        let Table { name, row, .. } = table;
        let forms = self.former.iter().chain([&self.value]);
        let own = forms.map(|value| (index, column, value));
        let stand_in = self
            .key
            .stand_in
            .filter(|stand_in| (stand_in.is_one)(&self.value));
        let others = stand_in.map(|stand_in| (stand_in.index, stand_in.column, &self.value));
        own.chain(others)
            .map(|(index, column, value)| {
                let value = bindings.name(value.as_str());
                TableRows {
                    from: format!("{name} {row} INDEXED BY {index}"),
                    condition: format!("{} AND {row}.{column} = {value}", table.listed_in(index)),
                }
            })
            .collect()
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.value.as_str()).chain(self.former.as_deref())
    }
}

/// What an attribute has to begin with.
#[derive(Debug, Clone)]
pub(super) struct Prefix {
    key: &'static KeyAttribute,
    rank: usize,
    texts: Vec<String>,
}

impl Source {
    pub(super) fn of(table: &'static Table, filter: &ResolvedFilter) -> Self {
        if let Some(look_ups) = look_ups(table, filter) {
            return match look_ups.as_slice() {
                [one] => match one.key.place {
                    KeyPlace::Row => Self::Rows,
                    KeyPlace::Column { index, .. } => Self::Index(index),
                    KeyPlace::Beside { .. } => Self::LookUps(look_ups),
                },
                _ => Self::LookUps(look_ups),
            };
        }
        let mut best = (Rank::All, Self::Rows);
        for part in conjuncts(filter) {
            if let Some((rank, source)) = ranged(table, part)
                && rank < best.0
            {
                best = (rank, source);
            }
        }
        best.1
    }

    /// What stands behind `FROM` and, where the condition itself does not say it, what has to be true.
    pub(super) fn sql(&self, table: &Table, bindings: &mut Bindings) -> (String, Option<String>) {
        let Table { name, row, .. } = table;
        match self {
            Self::Rows => (format!("{name} {row}"), None),
            Self::Index(index) => (format!("{name} {row} INDEXED BY {index}"), None),
            Self::LookUps(look_ups) => {
                if let [
                    LookUp {
                        key,
                        value,
                        former: None,
                        ..
                    },
                ] = look_ups.as_slice()
                    && let KeyPlace::Beside {
                        from,
                        id,
                        column,
                        condition,
                        ..
                    } = key.place
                {
                    // One value finds a row once, so that a join will do.
                    let value = bindings.name(value.as_str());
                    return (
                        format!("{from} CROSS JOIN {name} {row} ON {row}.id = {id}"),
                        Some(beside(&format!("{column} = {value}"), condition)),
                    );
                }
                let selects: Vec<String> = table
                    .keys
                    .iter()
                    .enumerate()
                    .filter_map(|(rank, key)| {
                        let values: Vec<String> = look_ups
                            .iter()
                            .filter(|look_up| look_up.rank == rank)
                            .flat_map(LookUp::values)
                            .map(|value| bindings.name(value))
                            .collect();
                        let is_one = |column: &str| format!("{column} IN ({})", values.join(", "));
                        (!values.is_empty()).then(|| ids(table, key, is_one))
                    })
                    .collect();
                in_ids(table, &selects.join(" UNION ALL "))
            }
            Self::Prefixes(prefixes) => {
                let selects: Vec<String> = prefixes
                    .iter()
                    .flat_map(|prefix| prefix.texts.iter().map(|text| (prefix.key, text)))
                    .map(|(key, text)| ids(table, key, |column| range(column, text, bindings)))
                    .collect();
                in_ids(table, &selects.join(" UNION ALL "))
            }
        }
    }

    /// Whether it gives nothing but what meets the filter.
    pub(super) fn is_exact(&self, filter: &ResolvedFilter) -> bool {
        let is_one_value = matches!(filter, Logic::Test(ResourceTest::Value { .. }));
        is_one_value && matches!(self, Self::LookUps(_))
    }
}

fn in_ids(table: &Table, select: &str) -> (String, Option<String>) {
    let Table { name, row, .. } = table;
    (
        format!("{name} {row}"),
        Some(format!("{row}.id IN ({select})")),
    )
}

/// `SELECT` of the ids of which it holds.
fn ids(table: &Table, key: &KeyAttribute, holds: impl FnOnce(&str) -> String) -> String {
    let name = table.name;
    match key.place {
        KeyPlace::Row => {
            let holds = holds("o.id");
            format!("SELECT o.id FROM {name} o WHERE o.company_id = ?1 AND {holds}")
        }
        KeyPlace::Column { index, column } => {
            let listed = if table.is_partial(index) {
                let of_other = table.listed.replace(&format!("{}.", table.row), "o.");
                format!(" AND {of_other}")
            } else {
                String::new()
            };
            format!(
                "SELECT o.id FROM {name} o INDEXED BY {index} WHERE o.company_id = ?1 \
                 AND {}{listed}",
                holds(&format!("o.{column}"))
            )
        }
        KeyPlace::Beside {
            from,
            id,
            column,
            condition,
            ..
        } => {
            let condition = beside(&holds(column), condition);
            format!("SELECT {id} FROM {from} WHERE {condition}")
        }
    }
}

fn beside(holds: &str, condition: Option<&str>) -> String {
    let condition = condition.map_or_else(String::new, |condition| format!(" AND {condition}"));
    format!("o.company_id = ?1 AND {holds}{condition}")
}

/// The look-ups that find all that can satisfy the filter; nothing where there are none.
pub(super) fn look_ups(table: &Table, filter: &ResolvedFilter) -> Option<Vec<LookUp>> {
    match filter {
        Logic::Test(ResourceTest::Value { operand, test }) => {
            let Operand::Declared(place) = operand else {
                return None;
            };
            Some(vec![look_up(table, *place, test)?])
        }
        Logic::Test(ResourceTest::Element { list, filter }) => {
            Some(vec![element_look_up(table, *list, filter)?])
        }
        Logic::And(parts) => parts
            .iter()
            .filter_map(|part| look_ups(table, part))
            .min_by_key(|look_ups| (look_ups.len(), look_ups.iter().map(|one| one.rank).max())),
        Logic::Or(parts) => {
            let branches: Option<Vec<_>> = parts.iter().map(|part| look_ups(table, part)).collect();
            branches.map(|branches| branches.concat())
        }
        Logic::Not(_) => None,
    }
}

fn look_up(table: &Table, place: Place, test: &Test) -> Option<LookUp> {
    let Test::Text(TextTest {
        comparison: TextComparison::Order(Relation::Equal),
        text,
        former,
        ..
    }) = test
    else {
        return None;
    };
    if place.extension.is_some() {
        return None;
    }
    let (rank, key) = table.key_of(&place.name())?;
    // Empty values are not kept beside the table.
    let is_kept = !matches!(key.place, KeyPlace::Beside { .. }) || !text.is_empty();
    is_kept.then(|| LookUp {
        key,
        rank,
        value: text.clone(),
        former: former.clone(),
    })
}

/// The value that an element of a list has to have.
fn element_look_up(table: &Table, list: Place, filter: &Logic<ElementTest>) -> Option<LookUp> {
    match filter {
        Logic::Test(ElementTest { sub, test }) => {
            let place = Place {
                sub: Some(sub),
                ..list
            };
            look_up(table, place, test)
        }
        Logic::And(parts) => parts
            .iter()
            .find_map(|part| element_look_up(table, list, part)),
        _ => None,
    }
}

/// How few rows a source is expected to leave, from the fewest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Prefix,
    Moment,
    Bounded,
    False,
    True,
    All,
}

fn ranged(table: &'static Table, part: &ResolvedFilter) -> Option<(Rank, Source)> {
    one_range(table, part).or_else(|| {
        let prefixes = prefixes(table, part)?;
        let selects: usize = prefixes.iter().map(|prefix| prefix.texts.len()).sum();
        (selects <= MOST_SELECTS).then_some((Rank::Prefix, Source::Prefixes(prefixes)))
    })
}

/// The beginnings of values, one of which is that of all that can satisfy the filter; nothing where there are none.
fn prefixes(table: &Table, filter: &ResolvedFilter) -> Option<Vec<Prefix>> {
    match filter {
        Logic::Test(ResourceTest::Value {
            operand: Operand::Declared(place),
            test: Test::Text(test),
        }) if place.extension.is_none() && rank(test)? == Rank::Prefix => {
            let (rank, key) = table.key_of(&place.name())?;
            let finds_prefixes = match key.place {
                KeyPlace::Row => false,
                KeyPlace::Column { .. } => true,
                KeyPlace::Beside { finds_prefixes, .. } => finds_prefixes,
            };
            let texts = std::iter::once(&test.text).chain(&test.former);
            finds_prefixes.then(|| {
                vec![Prefix {
                    key,
                    rank,
                    texts: texts.cloned().collect(),
                }]
            })
        }
        Logic::And(parts) => parts
            .iter()
            .filter_map(|part| prefixes(table, part))
            .min_by_key(|prefixes| {
                let ranks = prefixes.iter().map(|one| one.rank);
                (prefixes.len(), ranks.max())
            }),
        Logic::Or(parts) => {
            let branches: Option<Vec<_>> = parts.iter().map(|part| prefixes(table, part)).collect();
            branches.map(|branches| branches.concat())
        }
        _ => None,
    }
}

/// What one index narrows.
fn one_range(table: &'static Table, part: &ResolvedFilter) -> Option<(Rank, Source)> {
    let Logic::Test(ResourceTest::Value {
        operand: Operand::Declared(operand),
        test,
    }) = part
    else {
        return None;
    };
    match ((table.values)(*operand), test) {
        (SqlValues::One(SqlValue::Flag(flag)), Test::Boolean { equal, value }) => Some((
            if equal == value {
                Rank::True
            } else {
                Rank::False
            },
            Source::Index(flag.index),
        )),
        (SqlValues::One(SqlValue::Column(column)), Test::Instant { order, .. })
            if *order != Relation::NotEqual =>
        {
            Some((Rank::Moment, Source::Index(table.index_of(column)?.name)))
        }
        (SqlValues::One(SqlValue::Column(column)), Test::Text(test)) => {
            let rank = rank(test)?;
            if rank == Rank::Prefix && test.former.is_some() {
                return None;
            }
            if column == table.id() {
                return Some((rank, Source::Rows));
            }
            Some((rank, Source::Index(table.index_of(column)?.name)))
        }
        _ => None,
    }
}

fn rank(test: &TextTest) -> Option<Rank> {
    match test.comparison {
        TextComparison::StartsWith if !test.text.is_empty() => Some(Rank::Prefix),
        TextComparison::Order(Relation::NotEqual)
        | TextComparison::StartsWith
        | TextComparison::Contains
        | TextComparison::EndsWith => None,
        TextComparison::Order(_) => Some(Rank::Bounded),
    }
}

fn conjuncts(filter: &ResolvedFilter) -> Vec<&ResolvedFilter> {
    match filter {
        Logic::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}
