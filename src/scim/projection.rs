//! `attributes` and `excludedAttributes` (RFC 7644 section 3.9).
//!
//! Invariant: `id` and `schemas` are in every projection; unknown names change nothing.

mod selector;

use super::Object;
use super::error::ScimError;
use selector::{Selection, Selector};
use serde_json::Value;

/// Bytes in one of the two parameters.
pub const MAX_PROJECTION_LENGTH: usize = 8 * 1024;

/// Which attributes of a resource are given out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Projection {
    /// Nothing means all.
    attributes: Option<Vec<Selector>>,
    excluded: Vec<Selector>,
}

impl Projection {
    /// Reads the two query parameters, decoded. Where both are given, `attributes` chooses and
    /// `excludedAttributes` then takes away.
    pub fn parse(attributes: Option<&str>, excluded: Option<&str>) -> Result<Self, ScimError> {
        Ok(Self {
            attributes: selectors("attributes", attributes)?,
            excluded: selectors("excludedAttributes", excluded)?.unwrap_or_default(),
        })
    }

    /// Whether [`Self::apply`] gives back what it is given.
    pub fn is_everything(&self) -> bool {
        self.attributes.is_none() && self.excluded.is_empty()
    }

    /// Whether a core attribute can be in the answer: what is not asked for need not be read.
    pub fn shows(&self, name: &str) -> bool {
        let mut excluding = self.excluded.iter().map(|selector| selector.of_core(name));
        let is_excluded = excluding.any(|selection| matches!(selection, Selection::Whole));
        let is_chosen = self.attributes.as_ref().is_none_or(|selectors| {
            let mut choosing = selectors.iter().map(|selector| selector.of_core(name));
            choosing.any(|selection| !matches!(selection, Selection::Nothing))
        });
        is_chosen && !is_excluded
    }

    /// The part of a resource that is asked for.
    pub fn apply(&self, resource: Value) -> Value {
        let Value::Object(mut members) = resource else {
            return resource;
        };
        if let Some(attributes) = &self.attributes {
            members = kept(members, attributes);
        }
        if !self.excluded.is_empty() {
            members = without(members, &self.excluded);
        }
        Value::Object(members)
    }
}

fn selectors(parameter: &str, text: Option<&str>) -> Result<Option<Vec<Selector>>, ScimError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    if text.len() > MAX_PROJECTION_LENGTH {
        return Err(ScimError::invalid_value(format!(
            "{parameter} is longer than {MAX_PROJECTION_LENGTH} bytes. Name fewer attributes."
        )));
    }
    Ok(Some(text.split(',').filter_map(Selector::parse).collect()))
}

/// RFC 7643 section 7: "returned" is "always" for these.
fn is_always_returned(name: &str) -> bool {
    ["id", "schemas"]
        .iter()
        .any(|always| always.eq_ignore_ascii_case(name))
}

fn kept(members: Object, selectors: &[Selector]) -> Object {
    members
        .into_iter()
        .filter_map(|(name, value)| {
            if is_always_returned(&name) {
                return Some((name, value));
            }
            let value = if name.contains(':') {
                keep_extension(&name, value, selectors)
            } else {
                keep(value, selectors.iter().map(|one| one.of_core(&name)))
            };
            value.map(|value| (name, value))
        })
        .collect()
}

fn keep_extension(urn: &str, value: Value, selectors: &[Selector]) -> Option<Value> {
    if selectors.iter().any(|selector| selector.of_extension(urn)) {
        return Some(value);
    }
    let Value::Object(members) = value else {
        return None;
    };
    let members: Object = members
        .into_iter()
        .filter_map(|(name, value)| {
            let selections = selectors
                .iter()
                .map(|selector| selector.of_extension_attribute(urn, &name));
            keep(value, selections).map(|value| (name, value))
        })
        .collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

fn keep<'a>(value: Value, selections: impl Iterator<Item = Selection<'a>>) -> Option<Value> {
    let mut subs = Vec::new();
    for selection in selections {
        match selection {
            Selection::Whole => return Some(value),
            Selection::Sub(sub) => subs.push(sub),
            Selection::Nothing => {}
        }
    }
    (!subs.is_empty())
        .then(|| parts(value, &|name| is_one_of(name, &subs)))
        .flatten()
}

fn without(members: Object, selectors: &[Selector]) -> Object {
    members
        .into_iter()
        .filter_map(|(name, value)| {
            if is_always_returned(&name) {
                return Some((name, value));
            }
            let value = if name.contains(':') {
                drop_extension(&name, value, selectors)
            } else {
                drop_selected(value, selectors.iter().map(|one| one.of_core(&name)))
            };
            value.map(|value| (name, value))
        })
        .collect()
}

fn drop_extension(urn: &str, value: Value, selectors: &[Selector]) -> Option<Value> {
    if selectors.iter().any(|selector| selector.of_extension(urn)) {
        return None;
    }
    let Value::Object(members) = value else {
        return Some(value);
    };
    let members: Object = members
        .into_iter()
        .filter_map(|(name, value)| {
            let selections = selectors
                .iter()
                .map(|selector| selector.of_extension_attribute(urn, &name));
            drop_selected(value, selections).map(|value| (name, value))
        })
        .collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

fn drop_selected<'a>(
    value: Value,
    selections: impl Iterator<Item = Selection<'a>>,
) -> Option<Value> {
    let mut subs = Vec::new();
    for selection in selections {
        match selection {
            Selection::Whole => return None,
            Selection::Sub(sub) => subs.push(sub),
            Selection::Nothing => {}
        }
    }
    if subs.is_empty() {
        return Some(value);
    }
    parts(value, &|name| !is_one_of(name, &subs))
}

fn is_one_of(name: &str, subs: &[&str]) -> bool {
    subs.iter().any(|sub| sub.eq_ignore_ascii_case(name))
}

/// The chosen parts of a complex value, or of each element of a list of them. A simple value has
/// no parts to choose from and stays out of, or in, the answer as a whole.
fn parts(value: Value, chosen: &dyn Fn(&str) -> bool) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let members: Object = members
                .into_iter()
                .filter(|(name, _)| chosen(name))
                .collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Value::Array(list) => {
            let list: Vec<Value> = list
                .into_iter()
                .filter_map(|element| match element {
                    Value::Object(members) => parts(Value::Object(members), chosen),
                    simple => chosen("value").then_some(simple),
                })
                .collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        simple => chosen("value").then_some(simple),
    }
}

#[cfg(test)]
mod tests;
