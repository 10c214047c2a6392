//! The expression that a list is sorted by.

use super::bindings::Bindings;
use super::table::Table;
use super::value::SqlValue;
use super::{SqlValues, values};
use crate::scim::filter::operand::Operand;
use crate::scim::schema::{Attribute, AttributeType};

pub(super) fn sort_key(table: &Table, operand: &Operand, bindings: &mut Bindings) -> String {
    let key = |value: &SqlValue| match operand {
        Operand::Declared(place) => typed(value, place.leaf()),
        Operand::Open { .. } => untyped(value),
    };
    match values(table, operand, bindings) {
        SqlValues::One(value) => key(&value),
        SqlValues::Many(elements, value) => {
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

fn typed(value: &SqlValue, attribute: &Attribute) -> String {
    match value {
        SqlValue::Column(column) => (*column).to_owned(),
        SqlValue::Flag(flag) => flag.value(),
        SqlValue::Json { exact, .. } if attribute.attribute_type == AttributeType::Boolean => {
            exact.clone()
        }
        SqlValue::Json {
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
fn untyped(value: &SqlValue) -> String {
    match value {
        SqlValue::Json {
            kind,
            exact,
            folded,
        } => format!(
            "CASE {kind} WHEN 'text' THEN {folded} WHEN 'array' THEN NULL WHEN 'object' THEN NULL \
             ELSE {exact} END"
        ),
        SqlValue::Column(column) => (*column).to_owned(),
        SqlValue::Flag(flag) => flag.value(),
    }
}
