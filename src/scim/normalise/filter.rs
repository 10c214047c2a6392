//! The canonical form of a value filter: names as the schema spells them, booleans as booleans.

use super::notes::Notes;
use super::value::boolean_word;
use crate::scim::dialect::Quirk;
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::path::AttributePath;
use crate::scim::schema::{Attribute, AttributeType};

/// `filter`, whose names are sub-attributes of `attribute`.
pub(super) fn canonical(
    attribute: &'static Attribute,
    filter: Filter,
    notes: &mut Notes,
) -> Filter {
    let mut all = |parts: Vec<Filter>| {
        parts
            .into_iter()
            .map(|part| canonical(attribute, part, notes))
            .collect()
    };
    match filter {
        Filter::And(parts) => Filter::And(all(parts)),
        Filter::Or(parts) => Filter::Or(all(parts)),
        Filter::Not(inner) => Filter::Not(Box::new(canonical(attribute, *inner, notes))),
        Filter::Present(name) => Filter::Present(spelled(attribute, name)),
        Filter::Compare {
            attribute: name,
            operator,
            value,
        } => {
            let name = spelled(attribute, name);
            // Other operators take no boolean.
            let value = match operator {
                Operator::Equal | Operator::NotEqual => literal(attribute, &name, value, notes),
                _ => value,
            };
            Filter::Compare {
                attribute: name,
                operator,
                value,
            }
        }
        // The grammar has no value path inside a value path.
        Filter::ValuePath { attribute, filter } => Filter::ValuePath { attribute, filter },
    }
}

fn spelled(attribute: &'static Attribute, name: AttributePath) -> AttributePath {
    match attribute.sub_attribute(&name.name) {
        Some(sub) if name.schema.is_none() => AttributePath {
            name: sub.name.to_owned(),
            ..name
        },
        _ => name,
    }
}

fn literal(
    attribute: &'static Attribute,
    name: &AttributePath,
    value: Literal,
    notes: &mut Notes,
) -> Literal {
    let is_boolean = attribute
        .sub_attribute(&name.name)
        .is_some_and(|sub| sub.attribute_type == AttributeType::Boolean);
    match &value {
        Literal::String(text) if is_boolean => match boolean_word(text) {
            Some(boolean) => {
                notes.quirk_as(
                    Quirk::QuotedBooleanInFilter,
                    &format!("{}.{}", attribute.name, name.name),
                    &text.as_str().into(),
                    boolean.into(),
                );
                Literal::Boolean(boolean)
            }
            None => value,
        },
        _ => value,
    }
}
