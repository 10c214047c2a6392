//! The elements of a multi-valued attribute: adding without repeating, and comparing.

use super::attribute::put_part;
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::filter::same_text;
use crate::scim::member::member;
use crate::scim::normalise::value::{MAX_ELEMENTS, at_most};
use crate::scim::path::SubAttribute;
use crate::scim::schema::Attribute;
use serde_json::Value;

/// Appends elements; gives the list and which of its elements are new or changed.
///
/// RFC 7644 section 3.5.2.1: a value that is there already is not added again. One that is there
/// with the same `value` and `type` is completed instead, since RFC 7643 section 2.4 asks that this
/// pair does not repeat.
pub(super) fn append(
    attribute: &'static Attribute,
    mut list: Vec<Value>,
    sent: Vec<Value>,
    name: &str,
) -> Result<(Vec<Value>, Vec<usize>), ScimError> {
    let before = list.len();
    let mut changed = Vec::new();
    for element in sent {
        let twin = list.iter().take(before).position(|present| {
            contains(present, &element) || is_twin(attribute, present, &element)
        });
        let Some(index) = twin else {
            changed.push(list.len());
            list.push(element);
            continue;
        };
        if let Some(present) = list.get_mut(index)
            && !contains(present, &element)
        {
            merge(present, element);
            changed.push(index);
        }
    }
    at_most(MAX_ELEMENTS, list.len(), name)?;
    Ok((list, changed))
}

/// Whether everything that `sent` says is so already.
fn contains(present: &Value, sent: &Value) -> bool {
    match (present, sent) {
        (Value::Object(present), Value::Object(sent)) => sent
            .iter()
            .all(|(name, value)| present.get(name) == Some(value)),
        (present, sent) => present == sent,
    }
}

fn is_twin(attribute: &'static Attribute, present: &Value, sent: &Value) -> bool {
    sent.get("value").is_some()
        && present.get("type").is_some() == sent.get("type").is_some()
        && same_value(attribute, present, sent)
}

/// Whether an element is the one that a `remove` names: by `value`, and by `type` where both have
/// one; an element without a `value` (an address) by everything that was sent.
pub(super) fn same_value(attribute: &'static Attribute, element: &Value, named: &Value) -> bool {
    let same = |name: &str, one, other| same_part(attribute, name, one, other);
    let Some(value) = named.get("value") else {
        return contains(element, named);
    };
    element
        .get("value")
        .is_some_and(|present| same("value", present, value))
        && match (element.get("type"), named.get("type")) {
            (Some(present), Some(named)) => same("type", present, named),
            _ => true,
        }
}

/// Whether two values of a sub-attribute are the same.
pub(super) fn same_part(
    attribute: &'static Attribute,
    name: &str,
    one: &Value,
    other: &Value,
) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            same_text(one, other, attribute.sub_attribute(name))
        }
        (one, other) => one == other,
    }
}

/// Lays the members of one element over another.
pub(super) fn merge(present: &mut Value, sent: Value) {
    match (present, sent) {
        (Value::Object(present), Value::Object(sent)) => {
            for (name, value) in sent {
                put_part(present, &name, Some(value));
            }
        }
        (present, sent) => *present = sent,
    }
}

/// Sets or removes a sub-attribute of an element.
pub(super) fn set_part(members: &mut Object, sub: &SubAttribute, value: Option<Value>) {
    put_part(members, &sub.name, value);
}

/// Whether an element has a sub-attribute.
pub(super) fn has_part(element: &Value, name: &str) -> bool {
    element
        .as_object()
        .is_some_and(|members| member(members, name).is_some())
}

/// Whether an element has lost what it was there for: a type and a flag describe nothing.
pub(super) fn is_hollow(element: &Value) -> bool {
    element.as_object().is_some_and(|members| {
        members.keys().all(|name| {
            ["type", "primary", "display"]
                .iter()
                .any(|label| name.eq_ignore_ascii_case(label))
        })
    })
}
