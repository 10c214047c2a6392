//! Which rows of a table are looked at: the index that leaves the fewest.
//!
//! A source only narrows; the whole condition is checked on the rows that it gives. So it has to give all that
//! can meet the condition, and may give more.

use super::bindings::Bindings;
use super::condition::range;
use super::table::{Key, KeyPlace, Table};
use super::value::{Value, Values};
use crate::scim::filter::comparison::{Order, Test, TextComparison, TextTest};
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::filter::resolved::{Condition, ElementTest, Logic, ResolvedFilter};

#[derive(Debug, Clone)]
pub(super) enum Source {
    /// The company's rows by their key: one of them where the condition names an id.
    Rows,
    /// An index of the table that the condition narrows.
    Index(&'static str),
    /// The ids that look-ups find.
    LookUps(Vec<LookUp>),
    /// The ids that another table has for all values that begin so.
    Prefix(&'static Key, String),
}

/// A value that an attribute has to be equal to, one of which finds few rows.
#[derive(Debug, Clone)]
pub(super) struct LookUp {
    pub key: &'static Key,
    /// The place of the key among those of the table.
    rank: usize,
    value: String,
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
                if let [LookUp { key, value, .. }] = look_ups.as_slice()
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
                            .map(|look_up| bindings.name(look_up.value.as_str()))
                            .collect();
                        (!values.is_empty()).then(|| ids(table, key, &values.join(", ")))
                    })
                    .collect();
                in_ids(table, &selects.join(" UNION ALL "))
            }
            Self::Prefix(key, prefix) => match key.place {
                KeyPlace::Beside {
                    from,
                    id,
                    column,
                    condition,
                    ..
                } => {
                    let range = range(column, prefix, bindings);
                    let condition = beside(&range, condition);
                    in_ids(table, &format!("SELECT {id} FROM {from} WHERE {condition}"))
                }
                KeyPlace::Row | KeyPlace::Column { .. } => (format!("{name} {row}"), None),
            },
        }
    }

    /// Whether it gives nothing but what meets the filter.
    pub(super) fn is_exact(&self, filter: &ResolvedFilter) -> bool {
        let is_one_value = matches!(filter, Logic::Test(Condition::Value { .. }));
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

/// `SELECT` of the ids with one of the values.
fn ids(table: &Table, key: &Key, values: &str) -> String {
    let name = table.name;
    match key.place {
        KeyPlace::Row => {
            format!("SELECT o.id FROM {name} o WHERE o.company_id = ?1 AND o.id IN ({values})")
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
                 AND o.{column} IN ({values}){listed}"
            )
        }
        KeyPlace::Beside {
            from,
            id,
            column,
            condition,
            ..
        } => {
            let condition = beside(&format!("{column} IN ({values})"), condition);
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
        Logic::Test(Condition::Value { operand, test }) => {
            let Operand::Declared(place) = operand else {
                return None;
            };
            Some(vec![look_up(table, *place, test)?])
        }
        Logic::Test(Condition::Element { list, filter }) => {
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
        comparison: TextComparison::Order(Order::Equal),
        text,
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
    Blocked,
    Active,
    All,
}

fn ranged(table: &'static Table, part: &ResolvedFilter) -> Option<(Rank, Source)> {
    let Logic::Test(Condition::Value {
        operand: Operand::Declared(operand),
        test,
    }) = part
    else {
        return None;
    };
    match ((table.values)(*operand), test) {
        (Values::One(Value::Active), Test::Boolean { equal, value }) => Some((
            if equal == value {
                Rank::Active
            } else {
                Rank::Blocked
            },
            Source::Index("teammates_state"),
        )),
        (Values::One(Value::Column(column)), Test::Instant { order, .. })
            if *order != Order::NotEqual =>
        {
            Some((Rank::Moment, Source::Index(table.index_of(column)?.name)))
        }
        (Values::One(Value::Column(column)), Test::Text(test)) => {
            let rank = rank(test)?;
            if column == table.id() {
                return Some((rank, Source::Rows));
            }
            Some((rank, Source::Index(table.index_of(column)?.name)))
        }
        (Values::Many(..), Test::Text(test)) if rank(test)? == Rank::Prefix => {
            let (_, key) = table.key_of(&operand.name())?;
            let finds_prefixes = matches!(
                key.place,
                KeyPlace::Beside {
                    finds_prefixes: true,
                    ..
                }
            );
            finds_prefixes.then(|| (Rank::Prefix, Source::Prefix(key, test.text.clone())))
        }
        _ => None,
    }
}

fn rank(test: &TextTest) -> Option<Rank> {
    match test.comparison {
        TextComparison::StartsWith if !test.text.is_empty() => Some(Rank::Prefix),
        TextComparison::Order(Order::NotEqual)
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
