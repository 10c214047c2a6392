//! Whether a JSON element satisfies a filter.
//!
//! Types and letter case follow the schema (RFC 7644 section 3.4.2.2); a boolean is also compared
//! with a quoted one, because Entra's paths read `roles[primary eq "True"].value` (Microsoft docs,
//! "Customize attribute mappings").

use super::{Filter, Literal, Operator};
use crate::scim::path::AttributePath;
use crate::scim::schema::Attribute;
use caseless::Caseless;
use serde_json::Value;
use std::cmp::Ordering;

impl Filter {
    /// Whether `element`, one value of `attribute`, satisfies the filter; names in the filter are
    /// sub-attributes of `attribute`.
    pub fn matches(&self, element: &Value, attribute: &'static Attribute) -> bool {
        match self {
            Self::Present(name) => member(element, name).is_some_and(is_assigned),
            Self::Compare {
                attribute: name,
                operator,
                value,
            } => compare(
                member(element, name),
                *operator,
                value,
                attribute
                    .sub_attribute(&name.name)
                    .is_some_and(|sub| sub.case_exact),
            ),
            // The grammar has no value path inside a value path.
            Self::ValuePath { .. } => false,
            Self::And(parts) => parts.iter().all(|part| part.matches(element, attribute)),
            Self::Or(parts) => parts.iter().any(|part| part.matches(element, attribute)),
            Self::Not(inner) => !inner.matches(element, attribute),
        }
    }
}

fn member<'a>(element: &'a Value, name: &AttributePath) -> Option<&'a Value> {
    let members = match element {
        Value::Object(members) => members,
        // RFC 7643 section 2.4: a bare value is its own `value`.
        bare => return name.name.eq_ignore_ascii_case("value").then_some(bare),
    };
    let found = members
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(&name.name))
        .map(|(_, value)| value)?;
    match &name.sub {
        Some(sub) => found
            .as_object()?
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(sub))
            .map(|(_, value)| value),
        None => Some(found),
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

fn compare(found: Option<&Value>, operator: Operator, literal: &Literal, case_exact: bool) -> bool {
    match operator {
        Operator::Equal => equal(found, literal, case_exact),
        Operator::NotEqual => !equal(found, literal, case_exact),
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => {
            let (Some(Value::String(text)), Literal::String(part)) = (found, literal) else {
                return false;
            };
            let (text, part) = (folded(text, case_exact), folded(part, case_exact));
            match operator {
                Operator::StartsWith => text.starts_with(&part),
                Operator::EndsWith => text.ends_with(&part),
                _ => text.contains(&part),
            }
        }
        Operator::GreaterThan => order(found, literal, case_exact).is_some_and(Ordering::is_gt),
        Operator::GreaterOrEqual => order(found, literal, case_exact).is_some_and(Ordering::is_ge),
        Operator::LessThan => order(found, literal, case_exact).is_some_and(Ordering::is_lt),
        Operator::LessOrEqual => order(found, literal, case_exact).is_some_and(Ordering::is_le),
    }
}

fn equal(found: Option<&Value>, literal: &Literal, case_exact: bool) -> bool {
    match (found, literal) {
        (None | Some(Value::Null), Literal::Null) => true,
        (Some(Value::Bool(boolean)), Literal::Boolean(other)) => boolean == other,
        (Some(Value::Bool(boolean)), Literal::String(text)) => {
            text.eq_ignore_ascii_case(if *boolean { "true" } else { "false" })
        }
        (Some(Value::String(text)), Literal::String(other)) => same_text(text, other, case_exact),
        (Some(Value::Number(_)), _) => order(found, literal, case_exact) == Some(Ordering::Equal),
        _ => false,
    }
}

/// RFC 7644 table 3: strings in lexicographical order, numbers by size; booleans have no order.
fn order(found: Option<&Value>, literal: &Literal, case_exact: bool) -> Option<Ordering> {
    match (found?, literal) {
        (Value::String(text), Literal::String(other)) => {
            Some(folded(text, case_exact).cmp(&folded(other, case_exact)))
        }
        (Value::Number(number), Literal::Number(other)) => {
            number.as_f64()?.partial_cmp(&other.as_f64()?)
        }
        _ => None,
    }
}

fn folded(text: &str, case_exact: bool) -> String {
    if case_exact {
        text.to_owned()
    } else {
        caseless::default_case_fold_str(text)
    }
}

/// Whether two strings are the same value of an attribute.
pub(crate) fn same_text(one: &str, other: &str, case_exact: bool) -> bool {
    one == other || (!case_exact && one.chars().default_caseless_match(other.chars()))
}
