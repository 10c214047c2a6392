//! The canonical form of a value of a declared attribute.
//!
//! Invariant: a value that leaves here has the type that its schema declares (or that the schema
//! tolerates), with canonical names, and normalising it again changes nothing.

use super::describe::kind_and_value;
use super::notes::Notes;
use super::reference;
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::schema::{Attribute, AttributeType, Elements, Mutability, Tolerance};
use crate::scim::secret::{self, is_secret};
use serde_json::Value;

/// Elements of one multi-valued attribute: comparing them pairwise has to stay cheap.
pub(crate) const MAX_ELEMENTS: usize = 1_000;

/// Sub-attributes of one complex value, undeclared ones included.
pub(crate) const MAX_PARTS: usize = 200;

/// Bytes of a string. Names, titles and JSON inside a role stay far below.
pub(crate) const MAX_TEXT: usize = 64 * 1024;

/// Bytes of a certificate, or of a picture in a `data:` URI.
pub(crate) const MAX_BINARY: usize = 512 * 1024;

/// Whether a value of a declared attribute means that it has none.
pub(crate) fn is_unassigned(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether the value of a `remove` says nothing of what is to go, so that all of it goes.
pub(in crate::scim) fn names_nothing(value: &Value) -> bool {
    is_unassigned(value) || value.as_object().is_some_and(Object::is_empty)
}

/// The canonical value of a declared attribute; nothing when it is unassigned.
///
/// `name` is what messages call the attribute, such as `name.givenName`.
pub(crate) fn value(
    attribute: &'static Attribute,
    value: &Value,
    name: &str,
    notes: &mut Notes,
) -> Result<Option<Value>, ScimError> {
    if attribute.multi_valued {
        let list = elements(attribute, value, name, notes)?;
        return Ok((!list.is_empty()).then_some(Value::Array(list)));
    }
    single(attribute, value, name, notes)
}

/// The canonical elements of a multi-valued attribute.
pub(crate) fn elements(
    attribute: &'static Attribute,
    value: &Value,
    name: &str,
    notes: &mut Notes,
) -> Result<Vec<Value>, ScimError> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        other if is_unassigned(other) => &[],
        other => {
            notes.quirk(Quirk::ObjectForList, name);
            std::slice::from_ref(other)
        }
    };
    if attribute.elements == Elements::Ids {
        return reference::elements(attribute, list, name, notes);
    }
    at_most(MAX_ELEMENTS, list.len(), name)?;
    let mut canonical = Vec::with_capacity(list.len());
    for element in list {
        canonical.extend(element_value(attribute, element, name, notes)?);
    }
    Ok(canonical)
}

/// Refuses a list that is too long.
pub(crate) fn at_most(limit: usize, count: usize, name: &str) -> Result<(), ScimError> {
    if count > limit {
        return Err(ScimError::invalid_value(format!(
            "{name} has {count} values; at most {limit} are accepted."
        )));
    }
    Ok(())
}

/// Refuses a text that is too long for an index key.
pub(crate) fn bounded(name: &str, text: &str, limit: usize) -> Result<(), ScimError> {
    if text.chars().nth(limit).is_some() {
        return Err(ScimError::invalid_value(format!(
            "{name} is longer than {limit} characters. Correct the attribute mapping in the identity provider."
        )));
    }
    Ok(())
}

/// The canonical form of one element, or of the only value.
pub(crate) fn element_value(
    attribute: &'static Attribute,
    value: &Value,
    name: &str,
    notes: &mut Notes,
) -> Result<Option<Value>, ScimError> {
    if is_unassigned(value) {
        if value.is_string() {
            notes.quirk(Quirk::EmptyString, name);
        }
        return Ok(None);
    }
    if attribute.tolerance == Tolerance::Anything {
        if value.as_str().is_some_and(|text| text.starts_with('{')) {
            notes.quirk(Quirk::JsonInString, name);
        }
        if value.is_array() {
            notes.quirk(Quirk::ListForOne, name);
        }
        let kept = kept_as_sent(value, name, notes);
        return Ok((!kept.is_null()).then_some(kept));
    }
    match (attribute.attribute_type, value) {
        (AttributeType::Complex, Value::Object(members)) => {
            let mut members = parts(attribute, members, name, notes)?;
            members.retain(|_, part| !part.is_null());
            Ok((!members.is_empty()).then_some(Value::Object(members)))
        }
        (AttributeType::Complex, bare) => match attribute.sub_attribute("value") {
            Some(sub) if !bare.is_array() => {
                notes.quirk(Quirk::BareValueForObject, name);
                let inner = element_value(sub, bare, &format!("{name}.value"), notes)?;
                Ok(inner.map(|inner| {
                    let mut members = Object::new();
                    members.insert(sub.name.to_owned(), inner);
                    Value::Object(members)
                }))
            }
            _ => Err(wrong_type(attribute, value, name)),
        },
        (AttributeType::Boolean, value) => boolean(value, name, notes)
            .map(|boolean| boolean.map(Value::Bool))
            .ok_or_else(|| wrong_type(attribute, value, name)),
        (AttributeType::Integer, Value::Number(number)) if number.is_i64() => {
            Ok(Some(value.clone()))
        }
        (kind, Value::String(text)) if kind.is_text() => {
            let limit = match kind {
                AttributeType::Binary | AttributeType::Reference => MAX_BINARY,
                _ => MAX_TEXT,
            };
            if text.len() > limit {
                return Err(ScimError::invalid_value(format!(
                    "{name} is longer than {limit} bytes. Correct the attribute mapping in the identity provider."
                )));
            }
            let text = kept_as_sent(value, name, notes);
            Ok((!text.is_null()).then_some(text))
        }
        (kind, scalar) if kind.is_text() => {
            let text = text_of(scalar).ok_or_else(|| wrong_type(attribute, scalar, name))?;
            let text = Value::String(text);
            notes.quirk_as(Quirk::ScalarForText, name, scalar, text.clone());
            Ok(Some(text))
        }
        _ => Err(wrong_type(attribute, value, name)),
    }
}

/// The text that a number or a boolean is written as: a directory that keeps employee numbers as numbers sends
/// them so. Nothing for a number that has lost digits by being read.
fn text_of(scalar: &Value) -> Option<String> {
    /// Up to here every whole number has a form of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match scalar {
        Value::Bool(boolean) => Some(boolean.to_string()),
        Value::Number(number) => {
            let is_exact = !number.is_f64() || number.as_f64().is_some_and(|it| it.abs() < EXACT);
            is_exact.then(|| number.to_string())
        }
        _ => None,
    }
}

fn single(
    attribute: &'static Attribute,
    value: &Value,
    name: &str,
    notes: &mut Notes,
) -> Result<Option<Value>, ScimError> {
    let Value::Array(list) = value else {
        return element_value(attribute, value, name, notes);
    };
    match (attribute.tolerance, list.as_slice()) {
        (Tolerance::Anything, _) | (_, []) => element_value(attribute, value, name, notes),
        (Tolerance::List, list) => {
            at_most(MAX_ELEMENTS, list.len(), name)?;
            notes.quirk(Quirk::ListForOne, name);
            let mut canonical = Vec::with_capacity(list.len());
            for element in list {
                canonical.extend(element_value(attribute, element, name, notes)?);
            }
            Ok((!canonical.is_empty()).then_some(Value::Array(canonical)))
        }
        (Tolerance::None | Tolerance::UndeclaredParts, [only]) => {
            notes.quirk(Quirk::ListOfOne, name);
            let inner = only
                .get("value")
                .filter(|_| attribute.attribute_type != AttributeType::Complex);
            if inner.is_some() {
                notes.quirk(Quirk::ValueInObject, name);
            }
            element_value(attribute, inner.unwrap_or(only), name, notes)
        }
        (Tolerance::None | Tolerance::UndeclaredParts, _) => {
            Err(wrong_type(attribute, value, name))
        }
    }
}

/// The value of a single complex attribute as a change to it: null clears a part, and null alone all.
pub(super) fn complex_change(
    attribute: &'static Attribute,
    value: &Value,
    name: &str,
    notes: &mut Notes,
) -> Result<Value, ScimError> {
    let sent = match value {
        Value::Array(list) if let [only @ Value::Object(_)] = list.as_slice() => {
            notes.quirk(Quirk::ListOfOne, name);
            only
        }
        other => other,
    };
    match sent {
        Value::Object(members) => parts(attribute, members, name, notes).map(Value::Object),
        other => Ok(single(attribute, other, name, notes)?.unwrap_or(Value::Null)),
    }
}

/// Declared sub-attributes in canonical form, others as sent but without secrets; null where one is unassigned.
fn parts(
    attribute: &'static Attribute,
    members: &Object,
    name: &str,
    notes: &mut Notes,
) -> Result<Object, ScimError> {
    at_most(MAX_PARTS, members.len(), name)?;
    let mut canonical = Object::new();
    for (key, sent) in members {
        match attribute.sub_attribute(key) {
            Some(sub) if sub.mutability == Mutability::ReadOnly => {}
            Some(sub) => {
                let part = value(sub, sent, &format!("{name}.{}", sub.name), notes)?;
                canonical.insert(sub.name.to_owned(), part.unwrap_or_default());
            }
            None if sent.is_null() || sent.as_array().is_some_and(Vec::is_empty) => {
                canonical.insert(key.clone(), Value::Null);
            }
            None => {
                let name = format!("{name}.{key}");
                if is_secret(key) {
                    notes.quirk(Quirk::Secret, &name);
                    continue;
                }
                notes.quirk(Quirk::UndeclaredPart, &name);
                canonical.insert(key.clone(), kept_as_sent(sent, &name, notes));
            }
        }
    }
    Ok(canonical)
}

/// What no schema declares the inside of: as it was sent, but without secrets, at any depth.
pub(super) fn kept_as_sent(sent: &Value, name: &str, notes: &mut Notes) -> Value {
    secret::value_without(sent, name, &mut |left_out| {
        notes.quirk(Quirk::Secret, left_out);
    })
}

/// An object whose members are [`kept_as_sent`]. Notes call them by what stands `before` their keys.
pub(super) fn members_as_sent(members: &Object, before: &str, notes: &mut Notes) -> Value {
    let kept = secret::members_without(members, before, &mut |left_out| {
        notes.quirk(Quirk::Secret, left_out);
    });
    Value::Object(kept)
}

/// The boolean that a text spells: Entra writes "True" and "False", Keycloak "true" and "false".
pub(in crate::scim) fn boolean_word(text: &str) -> Option<bool> {
    let word = text.trim();
    if word.eq_ignore_ascii_case("true") {
        Some(true)
    } else if word.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// `None`: not a boolean. `Some(None)`: unassigned.
#[expect(
    clippy::option_option,
    reason = "the three cases are spelled out above"
)]
fn boolean(value: &Value, name: &str, notes: &mut Notes) -> Option<Option<bool>> {
    match value {
        Value::Bool(boolean) => Some(Some(*boolean)),
        Value::String(text) => {
            let word = text.trim();
            if word.is_empty() {
                return Some(None);
            }
            let boolean = boolean_word(word).or_else(|| boolean_digit(word))?;
            notes.quirk_as(Quirk::QuotedBoolean, name, &word.into(), boolean.into());
            Some(Some(boolean))
        }
        Value::Number(number) => {
            let boolean = match number.as_f64()? {
                1.0 => true,
                0.0 => false,
                _ => return None,
            };
            notes.quirk_as(Quirk::NumberForBoolean, name, value, boolean.into());
            Some(Some(boolean))
        }
        _ => None,
    }
}

/// Databases without a type for booleans write them so.
fn boolean_digit(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

pub(crate) fn wrong_type(attribute: &Attribute, value: &Value, name: &str) -> ScimError {
    let expected = match (attribute.attribute_type, attribute.multi_valued) {
        (AttributeType::Complex, true) => "a list of objects",
        (AttributeType::Complex, false) if attribute.has_value() => "an object or a string",
        (AttributeType::Complex, false) => "an object",
        (AttributeType::Boolean, _) => "true or false",
        (AttributeType::Integer, _) => "an integer",
        _ => "a string",
    };
    ScimError::invalid_value(format!(
        "{name} has to be {expected}, but is {}. Correct the attribute mapping in the identity provider.",
        kind_and_value(value)
    ))
}

#[cfg(test)]
mod tests;
