//! Elements that refer to other resources, of which the id alone is kept: the members of a group.
//!
//! Invariant: a canonical element is the id, as text, and never the id of a resource of another type than
//! the attribute may refer to.

use super::describe::cut;
use super::notes::Notes;
use super::value::{at_most, wrong_type};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::member::member;
use crate::scim::schema::{Attribute, RESOURCE_TYPES, ResourceType};
use serde_json::Value;

/// References in one list: a whole company in one group.
pub(crate) const MAX_REFERENCES: usize = 200_000;

/// The ids of the elements. `had_bare_ids`, where they may have been cut down to ids before: whether any of them was
/// one when it came.
pub(super) fn elements(
    attribute: &'static Attribute,
    list: &[Value],
    name: &str,
    had_bare_ids: Option<bool>,
    notes: &mut Notes,
) -> Result<Vec<Value>, ScimError> {
    at_most(MAX_REFERENCES, list.len(), name)?;
    if had_bare_ids.unwrap_or_else(|| list.iter().any(Value::is_string)) {
        notes.quirk(Quirk::BareValueForObject, name);
    }
    list.iter()
        .filter(|element| !element.is_null())
        .map(|element| {
            // Passed over, it could be the one whom nobody was to lose.
            let id = id(attribute, element, name, None)?.ok_or_else(|| {
                ScimError::invalid_value(format!(
                    "An element of {name} has no value. Each needs the id of the resource as its value."
                ))
            })?;
            Ok(id.into())
        })
        .collect()
}

/// The id that an element has, if it has one. `chosen` is the id by which a path chooses it.
pub(in crate::scim) fn id<'a>(
    attribute: &'static Attribute,
    element: &'a Value,
    name: &str,
    chosen: Option<&str>,
) -> Result<Option<&'a str>, ScimError> {
    let value = match element {
        Value::String(_) => Some(element),
        Value::Object(members) => {
            refuse_other_types(attribute, members, name, chosen)?;
            part(members, "value")
        }
        other => return Err(wrong_type(attribute, other, name)),
    };
    match (value, attribute.sub_attribute("value")) {
        (None | Some(Value::Null), _) => Ok(None),
        (Some(Value::String(id)), _) => Ok(Some(id.as_str()).filter(|id| !id.trim().is_empty())),
        (Some(other), Some(sub)) => Err(wrong_type(sub, other, &format!("{name}.value"))),
        (Some(other), None) => Err(wrong_type(attribute, other, name)),
    }
}

/// Refuses an element that says, by its type or its URI, that it is a resource of another type.
fn refuse_other_types(
    attribute: &'static Attribute,
    members: &Object,
    name: &str,
    chosen: Option<&str>,
) -> Result<(), ScimError> {
    let text = |part_name| part(members, part_name).and_then(Value::as_str);
    let named = text("type").and_then(of_id);
    let referred = text("$ref").and_then(of_uri);
    let may_be = attribute
        .sub_attribute("$ref")
        .map(|uri| uri.reference_types)
        .unwrap_or_default();
    let other = named
        .into_iter()
        .chain(referred)
        .find(|resource_type| !may_be.contains(&resource_type.id));
    let Some(other) = other else {
        return Ok(());
    };
    let mut id = [text("value"), chosen].into_iter().flatten();
    let element = id.find(|id| !id.trim().is_empty()).map_or_else(
        || "an element without a value".to_owned(),
        |id| format!("\"{}\"", cut(id)),
    );
    Err(ScimError::invalid_value(format!(
        "{name} may refer to {} alone, but {element} is a {}: groups are not nested here. Take it out of the \
         group in the identity provider, and assign its users directly.",
        may_be.join(", "),
        other.id
    )))
}

fn of_id(text: &str) -> Option<&'static ResourceType> {
    RESOURCE_TYPES
        .into_iter()
        .find(|resource_type| resource_type.id.eq_ignore_ascii_case(text.trim()))
}

/// The type of the resource that a URI such as `https://host/v2/Groups/1` or `../Groups/1` names.
fn of_uri(uri: &str) -> Option<&'static ResourceType> {
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    let collection = path.trim().trim_end_matches('/').rsplit('/').nth(1)?;
    RESOURCE_TYPES.into_iter().find(|resource_type| {
        let endpoint = resource_type.endpoint.trim_start_matches('/');
        endpoint.eq_ignore_ascii_case(collection)
    })
}

/// A part of an element, whatever the letter case of its name (RFC 7643 section 2.1).
fn part<'a>(members: &'a Object, name: &str) -> Option<&'a Value> {
    members.get(name).or_else(|| member(members, name))
}
