//! Which rows of teammates are looked at: the index that leaves the fewest.
//!
//! A source only narrows; the whole condition is checked on the rows that it gives. So it has to give all that
//! can meet the condition, and may give more.

use super::bindings::Bindings;
use super::condition::range;
use super::value::{Value, column};
use crate::scim::filter::comparison::{Order, Test, TextComparison, TextTest};
use crate::scim::filter::operand::Operand;
use crate::scim::filter::resolved::{Condition, ElementTest, Logic, ResolvedFilter};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// The company's rows by their key: one of them where the condition names an id.
    Rows,
    /// An index of teammates that the condition narrows.
    Index(&'static str),
    /// The ids that look-ups find.
    LookUps(Vec<LookUp>),
    /// The ids that have an e-mail address that begins so.
    EmailPrefix(String),
}

/// A value that an attribute has to be equal to, one of which finds few rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LookUp {
    pub key: Key,
    pub value: String,
}

/// From the one that finds the fewest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Id,
    UserName,
    ExternalId,
    Email,
    DisplayName,
}

const KEYS: [Key; 5] = [
    Key::Id,
    Key::UserName,
    Key::ExternalId,
    Key::Email,
    Key::DisplayName,
];

impl Key {
    pub(super) fn is_unique(self) -> bool {
        matches!(self, Self::Id | Self::UserName)
    }

    /// `SELECT` of the ids with one of the values.
    fn ids(self, values: &str) -> String {
        let (id, from) = match self {
            Self::Id => ("o.id", "teammates o"),
            Self::UserName => ("o.id", "teammates o INDEXED BY teammates_user_name"),
            Self::ExternalId => ("o.id", "teammates o INDEXED BY teammates_external_id"),
            Self::Email => ("o.teammate_id", "teammate_emails o"),
            Self::DisplayName => ("o.id", "teammates o INDEXED BY teammates_display_name"),
        };
        let column = match self {
            Self::Email => "email_folded",
            Self::ExternalId => "external_id",
            Self::DisplayName => "display_name_folded",
            Self::UserName => "user_name_folded",
            Self::Id => "id",
        };
        format!("SELECT {id} FROM {from} WHERE o.company_id = ?1 AND o.{column} IN ({values})")
    }
}

impl Source {
    pub(super) fn of(filter: &ResolvedFilter) -> Self {
        if let Some(look_ups) = look_ups(filter) {
            return match look_ups.as_slice() {
                [one] => match one.key {
                    Key::Id => Self::Rows,
                    Key::UserName => Self::Index("teammates_user_name"),
                    Key::ExternalId => Self::Index("teammates_external_id"),
                    Key::DisplayName => Self::Index("teammates_display_name"),
                    Key::Email => Self::LookUps(look_ups),
                },
                _ => Self::LookUps(look_ups),
            };
        }
        let mut best = (Rank::All, Self::Rows);
        for part in conjuncts(filter) {
            if let Some((rank, source)) = ranged(part)
                && rank < best.0
            {
                best = (rank, source);
            }
        }
        best.1
    }

    /// What stands behind `FROM` and, where the condition itself does not say it, what has to be true.
    pub(super) fn sql(&self, bindings: &mut Bindings) -> (String, Option<String>) {
        match self {
            Self::Rows => ("teammates t".to_owned(), None),
            Self::Index(name) => (format!("teammates t INDEXED BY {name}"), None),
            Self::LookUps(look_ups) => {
                if let [
                    LookUp {
                        key: Key::Email,
                        value,
                    },
                ] = look_ups.as_slice()
                {
                    return Self::by_address(value, bindings);
                }
                let selects: Vec<String> = KEYS
                    .into_iter()
                    .filter_map(|key| {
                        let values: Vec<String> = look_ups
                            .iter()
                            .filter(|look_up| look_up.key == key)
                            .map(|look_up| bindings.name(look_up.value.as_str()))
                            .collect();
                        (!values.is_empty()).then(|| key.ids(&values.join(", ")))
                    })
                    .collect();
                Self::ids(&selects.join(" UNION ALL "))
            }
            Self::EmailPrefix(prefix) => {
                let range = range("o.email_folded", prefix, bindings);
                Self::ids(&format!(
                    "SELECT o.teammate_id FROM teammate_emails o WHERE o.company_id = ?1 AND {range}"
                ))
            }
        }
    }

    /// One address finds a teammate once, so that a join will do.
    fn by_address(address: &str, bindings: &mut Bindings) -> (String, Option<String>) {
        let address = bindings.name(address);
        (
            "teammate_emails o CROSS JOIN teammates t ON t.id = o.teammate_id".to_owned(),
            Some(format!("o.company_id = ?1 AND o.email_folded = {address}")),
        )
    }

    /// Whether it gives nothing but what meets the filter.
    pub(super) fn is_exact(&self, filter: &ResolvedFilter) -> bool {
        let is_one_value = matches!(filter, Logic::Test(Condition::Value { .. }));
        is_one_value && matches!(self, Self::LookUps(_))
    }

    fn ids(select: &str) -> (String, Option<String>) {
        (
            "teammates t".to_owned(),
            Some(format!("t.id IN ({select})")),
        )
    }
}

/// The look-ups that find all that can satisfy the filter; nothing where there are none.
pub(super) fn look_ups(filter: &ResolvedFilter) -> Option<Vec<LookUp>> {
    match filter {
        Logic::Test(Condition::Value { operand, test }) => Some(vec![look_up(operand, test)?]),
        Logic::Test(Condition::Element { list, filter }) if list.attribute.name == "emails" => {
            let value = address(filter)?;
            Some(vec![LookUp {
                key: Key::Email,
                value,
            }])
        }
        Logic::And(parts) => parts
            .iter()
            .filter_map(look_ups)
            .min_by_key(|look_ups| (look_ups.len(), look_ups.iter().map(|one| one.key).max())),
        Logic::Or(parts) => {
            let branches: Option<Vec<_>> = parts.iter().map(look_ups).collect();
            branches.map(|branches| branches.concat())
        }
        Logic::Not(_) | Logic::Test(_) => None,
    }
}

fn look_up(operand: &Operand, test: &Test) -> Option<LookUp> {
    let Operand::Declared(place) = operand else {
        return None;
    };
    let Test::Text(TextTest {
        comparison: TextComparison::Order(Order::Equal),
        text,
        ..
    }) = test
    else {
        return None;
    };
    let key = match column(*place) {
        Some(Value::Column("t.id")) => Key::Id,
        Some(Value::Column("t.user_name_folded")) => Key::UserName,
        Some(Value::Column("t.external_id")) => Key::ExternalId,
        Some(Value::Column("t.display_name_folded")) => Key::DisplayName,
        // Empty addresses are not kept for look-ups.
        None if place.name() == "emails.value" && !text.is_empty() => Key::Email,
        _ => return None,
    };
    Some(LookUp {
        key,
        value: text.clone(),
    })
}

/// The address that an element of emails has to have.
fn address(filter: &Logic<ElementTest>) -> Option<String> {
    match filter {
        Logic::Test(ElementTest {
            sub,
            test:
                Test::Text(TextTest {
                    comparison: TextComparison::Order(Order::Equal),
                    text,
                    ..
                }),
        }) if sub.name == "value" && !text.is_empty() => Some(text.clone()),
        Logic::And(parts) => parts.iter().find_map(address),
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

fn ranged(part: &ResolvedFilter) -> Option<(Rank, Source)> {
    let Logic::Test(Condition::Value {
        operand: Operand::Declared(operand),
        test,
    }) = part
    else {
        return None;
    };
    match (column(*operand), test) {
        (Some(Value::Active), Test::Boolean { equal, value }) => Some((
            if equal == value {
                Rank::Active
            } else {
                Rank::Blocked
            },
            Source::Index("teammates_state"),
        )),
        (Some(Value::Column("t.updated_at")), Test::Instant { order, .. })
            if *order != Order::NotEqual =>
        {
            Some((Rank::Moment, Source::Index("teammates_updated")))
        }
        (Some(Value::Column(column)), Test::Text(test)) => {
            let rank = rank(test)?;
            let index = match column {
                "t.id" => return Some((rank, Source::Rows)),
                "t.user_name_folded" => "teammates_user_name",
                "t.external_id" => "teammates_external_id",
                "t.display_name_folded" => "teammates_display_name",
                _ => return None,
            };
            Some((rank, Source::Index(index)))
        }
        (None, Test::Text(test)) if operand.name() == "emails.value" => match rank(test)? {
            Rank::Prefix => Some((Rank::Prefix, Source::EmailPrefix(test.text.clone()))),
            _ => None,
        },
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
