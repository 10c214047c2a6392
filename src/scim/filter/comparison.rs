//! What is asked of one value, typed by the attribute that it is a value of.
//!
//! Invariant: a comparison that has no meaning has no form here. Text that is not caseExact is
//! held folded, as [`fold`] has it: names as names.

use super::Operator;
use crate::scim::fold;
use crate::scim::schema::Attribute;
use chrono::{DateTime, Timelike as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// `pr`: there is a value, and it is not empty.
    Present,
    /// `eq null`
    Null,
    /// `ne null`
    NotNull,
    Text(TextTest),
    Boolean {
        equal: bool,
        value: bool,
    },
    Number {
        order: Relation,
        value: f64,
    },
    /// A dateTime, compared as a point in time (RFC 7644 section 3.4.2.2).
    Instant {
        order: Relation,
        /// Milliseconds since the Unix epoch. Clients send finer ones than the server keeps.
        milliseconds: f64,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextTest {
    pub comparison: TextComparison,
    /// Folded unless `case_exact`.
    pub text: String,
    /// Of a name: the form under which the store may still have it, where that is another.
    pub former: Option<String>,
    pub case_exact: bool,
    is_name: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextComparison {
    /// In the order of code points.
    Order(Relation),
    Contains,
    StartsWith,
    EndsWith,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    Equal,
    NotEqual,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
}

impl Relation {
    fn of(operator: Operator) -> Option<Self> {
        match operator.into() {
            TextComparison::Order(order) => Some(order),
            _ => None,
        }
    }

    fn admits(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::GreaterThan => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
            Self::LessThan => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
        }
    }
}

impl From<Operator> for TextComparison {
    fn from(operator: Operator) -> Self {
        Self::Order(match operator {
            Operator::Contains => return Self::Contains,
            Operator::StartsWith => return Self::StartsWith,
            Operator::EndsWith => return Self::EndsWith,
            Operator::Equal => Relation::Equal,
            Operator::NotEqual => Relation::NotEqual,
            Operator::GreaterThan => Relation::GreaterThan,
            Operator::GreaterOrEqual => Relation::GreaterOrEqual,
            Operator::LessThan => Relation::LessThan,
            Operator::LessOrEqual => Relation::LessOrEqual,
        })
    }
}

impl TextTest {
    pub fn new(operator: Operator, text: &str, case_exact: bool) -> Self {
        Self {
            comparison: operator.into(),
            text: if case_exact {
                text.to_owned()
            } else {
                fold::text(text)
            },
            former: None,
            case_exact,
            is_name: false,
        }
    }

    /// The test of a value of that attribute.
    pub(super) fn of(attribute: &Attribute, operator: Operator, text: &str) -> Self {
        if !attribute.is_name {
            return Self::new(operator, text, attribute.case_exact);
        }
        let comparison: TextComparison = operator.into();
        let folded = match comparison {
            TextComparison::Order(_) => fold::name(text),
            _ => fold::part_of_name(text),
        };
        Self {
            comparison,
            former: fold::former(text, &folded),
            text: folded,
            case_exact: false,
            is_name: true,
        }
    }

    /// Compares as this test does, but with another part of the text.
    pub(crate) fn of_part(&self, comparison: TextComparison, text: &str) -> Self {
        Self {
            comparison,
            text: text.to_owned(),
            ..self.clone()
        }
    }

    fn admits(&self, found: &str) -> bool {
        let found = match (self.is_name, self.case_exact) {
            (true, _) => Cow::Owned(fold::name(found)),
            (false, true) => Cow::Borrowed(found),
            (false, false) => Cow::Owned(fold::text(found)),
        };
        match self.comparison {
            TextComparison::Order(order) => order.admits(found.as_ref().cmp(&self.text)),
            TextComparison::Contains => found.contains(&self.text),
            TextComparison::StartsWith => found.starts_with(&self.text),
            TextComparison::EndsWith => found.ends_with(&self.text),
        }
    }
}

impl Test {
    /// Nothing where the operator has no meaning for null.
    pub(super) fn null(operator: Operator) -> Option<Self> {
        match operator {
            Operator::Equal => Some(Self::Null),
            Operator::NotEqual => Some(Self::NotNull),
            _ => None,
        }
    }

    /// Nothing where the operator has no meaning for booleans (RFC 7644 section 3.4.2.2).
    pub(super) fn boolean(operator: Operator, value: bool) -> Option<Self> {
        let equal = match operator {
            Operator::Equal => true,
            Operator::NotEqual => false,
            _ => return None,
        };
        Some(Self::Boolean { equal, value })
    }

    /// Nothing where the operator is one for text.
    pub(super) fn number(operator: Operator, value: &serde_json::Number) -> Option<Self> {
        let (order, value) = (Relation::of(operator)?, value.as_f64()?);
        Some(Self::Number { order, value })
    }

    /// Nothing where the operator is one for text.
    pub(super) fn instant(operator: Operator, milliseconds: f64) -> Option<Self> {
        Some(Self::Instant {
            order: Relation::of(operator)?,
            milliseconds,
        })
    }

    /// Whether the test holds where there is no value: an absent value is null (RFC 7643 section
    /// 2.5), and null is equal to null alone and in no order with anything.
    pub fn holds_of_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Boolean { equal, .. } => !equal,
            Self::Text(TextTest {
                comparison: TextComparison::Order(order),
                ..
            })
            | Self::Number { order, .. }
            | Self::Instant { order, .. } => *order == Relation::NotEqual,
            Self::Present | Self::NotNull | Self::Text(_) => false,
        }
    }

    /// Whether one value passes. A value of another type than the test's is like none.
    pub fn admits(&self, found: &Value) -> bool {
        match (self, found) {
            (Self::Null, found) => found.is_null(),
            (Self::NotNull, found) => !found.is_null(),
            (Self::Present, found) => is_assigned(found),
            (Self::Text(test), Value::String(found)) => test.admits(found),
            (Self::Boolean { equal, value }, Value::Bool(found)) => (found == value) == *equal,
            (Self::Number { order, value }, Value::Number(found)) => found
                .as_f64()
                .and_then(|found| found.partial_cmp(value))
                .is_some_and(|ordering| order.admits(ordering)),
            (
                Self::Instant {
                    order,
                    milliseconds,
                },
                Value::String(found),
            ) => instant(found)
                .and_then(|found| found.partial_cmp(milliseconds))
                .is_some_and(|ordering| order.admits(ordering)),
            _ => self.holds_of_nothing(),
        }
    }

    /// Whether an attribute with these values passes: any of them is enough (RFC 7644 section
    /// 3.4.2.2), and an attribute without any is null.
    pub fn admits_any<'a>(&self, values: impl IntoIterator<Item = &'a Value>) -> bool {
        let mut values = values
            .into_iter()
            .filter(|value| !value.is_null())
            .peekable();
        if values.peek().is_none() {
            return self.holds_of_nothing();
        }
        values.any(|value| self.admits(value))
    }
}

fn is_assigned(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Milliseconds since the Unix epoch. `xsd:dateTime` may leave the offset out: it is read as UTC.
pub(super) fn instant(text: &str) -> Option<f64> {
    let text = text.trim();
    let moment = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc3339(&format!("{text}Z")))
        .ok()?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "moments of this era, in milliseconds, are far below 2^53"
    )]
    let milliseconds = moment.timestamp_millis() as f64;
    Some(milliseconds + f64::from(moment.nanosecond() % 1_000_000) / 1_000_000.0)
}

/// `true` and `false` in quotes, in any letter case: Entra sends "True" and "False".
pub(super) fn quoted_boolean(text: &str) -> Option<bool> {
    match text.trim() {
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Whether two strings are the same value of an attribute; of one that no schema has, without regard to case.
pub(crate) fn same_text(one: &str, other: &str, attribute: Option<&Attribute>) -> bool {
    one == other
        || match attribute {
            Some(attribute) if attribute.is_name => fold::name(one) == fold::name(other),
            Some(attribute) if attribute.case_exact => false,
            _ => fold::text(one) == fold::text(other),
        }
}
