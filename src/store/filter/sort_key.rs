//! The expression that a list is sorted by.

use super::bindings::Bindings;
use super::value::{Value, Values};
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::schema::{Attribute, AttributeType};

const ACTIVE: &str = "(t.state = 'active')";

pub(super) fn sort_key(operand: &Operand, bindings: &mut Bindings) -> String {
    let key = |value: &Value| match operand {
        Operand::Declared(place) => typed(value, place.leaf()),
        Operand::Open { .. } => untyped(value),
    };
    match Values::of(operand, bindings) {
        Values::One(value) => key(&value),
        Values::Many {
            from,
            condition,
            value,
        } => {
            let condition = condition.map_or_else(String::new, |is| format!(" WHERE {is}"));
            let order = match operand {
                Operand::Declared(place) => primary_first(*place),
                Operand::Open { .. } => String::new(),
            };
            format!(
                "(SELECT {} FROM {from}{condition}{order} LIMIT 1)",
                key(&value)
            )
        }
    }
}

/// RFC 7644 section 3.4.2.3: the primary value, or else the first.
fn primary_first(list: Place) -> String {
    match list
        .attribute
        .sub_attribute("primary")
        .map(|primary| Value::part(list, primary))
    {
        Some(Value::Json { kind, .. }) => format!(" ORDER BY {kind} IS NOT 'true', e.key"),
        _ => String::new(),
    }
}

fn typed(value: &Value, attribute: &Attribute) -> String {
    match value {
        Value::Column(column) => (*column).to_owned(),
        Value::Active => ACTIVE.to_owned(),
        Value::Json { exact, .. } if attribute.attribute_type == AttributeType::Boolean => {
            exact.clone()
        }
        Value::Json {
            kind,
            exact,
            folded,
        } => {
            let text = if attribute.case_exact { exact } else { folded };
            format!("CASE {kind} WHEN 'text' THEN {text} END")
        }
    }
}

/// Numbers and booleans by size, before texts.
fn untyped(value: &Value) -> String {
    match value {
        Value::Json {
            kind,
            exact,
            folded,
        } => format!(
            "CASE {kind} WHEN 'text' THEN {folded} WHEN 'array' THEN NULL WHEN 'object' THEN NULL \
             ELSE {exact} END"
        ),
        Value::Column(column) => (*column).to_owned(),
        Value::Active => ACTIVE.to_owned(),
    }
}
