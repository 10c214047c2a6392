//! The expression that a list is sorted by.

use super::bindings::Bindings;
use super::table::Table;
use super::value::Value;
use super::{Values, values};
use crate::scim::filter::operand::Operand;
use crate::scim::schema::{Attribute, AttributeType};

pub(super) fn sort_key(table: &Table, operand: &Operand, bindings: &mut Bindings) -> String {
    let key = |value: &Value| match operand {
        Operand::Declared(place) => typed(value, place.leaf()),
        Operand::Open { .. } => untyped(value),
    };
    match values(table, operand, bindings) {
        Values::One(value) => key(&value),
        Values::Many(elements, value) => {
            let condition = elements.condition.or_else(|| match operand {
                // RFC 7644 section 3.4.2.3: the primary value, or else the first.
                Operand::Declared(place) => (table.primary)(*place),
                Operand::Open { .. } => None,
            });
            let condition = condition.map_or_else(String::new, |is| format!(" WHERE {is}"));
            let from = elements.from;
            format!("(SELECT {} FROM {from}{condition} LIMIT 1)", key(&value))
        }
    }
}

fn typed(value: &Value, attribute: &Attribute) -> String {
    match value {
        Value::Column(column) => (*column).to_owned(),
        Value::Flag(flag) => flag.value(),
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
        Value::Flag(flag) => flag.value(),
    }
}
