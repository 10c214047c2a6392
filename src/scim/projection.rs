//! `attributes` and `excludedAttributes` (RFC 7644 section 3.9).
//!
//! Invariant: `id` and `schemas` are in every projection; unknown names change nothing. A value filter behind a name
//! selects the values that it selects in the path of a PATCH.

mod selector;

use super::Object;
use super::error::ScimError;
use selector::{Selector, ValueSelection};
use serde_json::Value;

/// Bytes in one of the two parameters.
pub const MAX_PROJECTION_LENGTH: usize = 8 * 1024;

/// Comparisons of all value filters together: each is made with each value of each resource of a page.
const MAX_COMPARISONS: usize = 10;

/// Which attributes of a resource are given out.
#[derive(Debug, Clone, Default, PartialEq)]
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
        let is_excluded = of_core(&self.excluded, name).any(ValueSelection::is_whole);
        let is_chosen = self
            .attributes
            .as_ref()
            .is_none_or(|selectors| of_core(selectors, name).next().is_some());
        is_chosen && !is_excluded
    }

    /// Whether what is shown of a value of a core attribute depends on the value.
    pub(super) fn chooses_values_of(&self, name: &str) -> bool {
        let chosen = self
            .attributes
            .iter()
            .flat_map(|selectors| of_core(selectors, name));
        chosen
            .chain(of_core(&self.excluded, name))
            .any(|selection| selection.filter.is_some())
    }

    /// The part of a resource that is asked for.
    pub fn apply(&self, resource: Value) -> Value {
        let Value::Object(mut members) = resource else {
            return resource;
        };
        if let Some(attributes) = &self.attributes {
            members = Selecting::Keeps.members(members, attributes);
        }
        if !self.excluded.is_empty() {
            members = Selecting::Drops.members(members, &self.excluded);
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
    let selectors = Selector::all_of(text);
    let comparisons: usize = selectors.iter().map(Selector::comparisons).sum();
    if comparisons > MAX_COMPARISONS {
        return Err(ScimError::invalid_value(format!(
            "The value filters in {parameter} make {comparisons} comparisons; at most {MAX_COMPARISONS} are taken. Name the attributes without filters."
        )));
    }
    Ok(Some(selectors))
}

fn of_core<'a>(selectors: &'a [Selector], name: &str) -> impl Iterator<Item = ValueSelection<'a>> {
    selectors.iter().filter_map(move |one| one.of_core(name))
}

/// RFC 7643 section 7: "returned" is "always" for these.
fn is_always_returned(name: &str) -> bool {
    ["id", "schemas"]
        .iter()
        .any(|always| always.eq_ignore_ascii_case(name))
}

/// What becomes of what the names select. What they don't select, the opposite becomes of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Selecting {
    /// `attributes`
    Keeps,
    /// `excludedAttributes`
    Drops,
}

impl Selecting {
    fn selected(self, value: Value) -> Option<Value> {
        (self == Self::Keeps).then_some(value)
    }

    fn others(self, value: Value) -> Option<Value> {
        (self == Self::Drops).then_some(value)
    }

    fn members(self, members: Object, selectors: &[Selector]) -> Object {
        members
            .into_iter()
            .filter_map(|(name, value)| {
                if is_always_returned(&name) {
                    return Some((name, value));
                }
                let value = if name.contains(':') {
                    self.extension(&name, value, selectors)
                } else {
                    self.attribute(value, &of_core(selectors, &name).collect::<Vec<_>>())
                };
                value.map(|value| (name, value))
            })
            .collect()
    }

    fn extension(self, urn: &str, value: Value, selectors: &[Selector]) -> Option<Value> {
        if selectors.iter().any(|selector| selector.of_extension(urn)) {
            return self.selected(value);
        }
        let Value::Object(members) = value else {
            return self.others(value);
        };
        let members: Object = members
            .into_iter()
            .filter_map(|(name, value)| {
                let selections = of_extension(selectors, urn, &name);
                self.attribute(value, &selections)
                    .map(|value| (name, value))
            })
            .collect();
        (!members.is_empty()).then_some(Value::Object(members))
    }

    fn attribute(self, value: Value, selections: &[ValueSelection<'_>]) -> Option<Value> {
        if selections.iter().copied().any(ValueSelection::is_whole) {
            return self.selected(value);
        }
        if selections.is_empty() {
            return self.others(value);
        }
        each_value(value, &|value| match selected(&value, selections) {
            SelectedParts::Whole => self.selected(value),
            SelectedParts::Parts(subs) if subs.is_empty() => self.others(value),
            SelectedParts::Parts(subs) => parts(value, &|name| {
                is_one_of(name, &subs) == (self == Self::Keeps)
            }),
        })
    }
}

fn of_extension<'a>(selectors: &'a [Selector], urn: &str, name: &str) -> Vec<ValueSelection<'a>> {
    selectors
        .iter()
        .filter_map(|selector| selector.of_extension_attribute(urn, name))
        .collect()
}

/// What is selected of one value.
enum SelectedParts<'a> {
    Whole,
    /// These parts, which may be none.
    Parts(Vec<&'a str>),
}

fn selected<'a>(value: &Value, selections: &[ValueSelection<'a>]) -> SelectedParts<'a> {
    let mut subs = Vec::new();
    for ValueSelection { filter, sub } in selections {
        if filter.is_some_and(|filter| !filter.admits(value)) {
            continue;
        }
        match sub {
            Some(sub) => subs.push(*sub),
            None => return SelectedParts::Whole,
        }
    }
    SelectedParts::Parts(subs)
}

/// What is left of a single value, or of each element of a list.
fn each_value(value: Value, left: &dyn Fn(Value) -> Option<Value>) -> Option<Value> {
    match value {
        Value::Array(list) => {
            let list: Vec<Value> = list.into_iter().filter_map(left).collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        single => left(single),
    }
}

fn is_one_of(name: &str, subs: &[&str]) -> bool {
    subs.iter().any(|sub| sub.eq_ignore_ascii_case(name))
}

/// The chosen parts of a value. A simple value has no parts to choose from and stays out of, or in, the answer as a
/// whole.
fn parts(value: Value, chosen: &dyn Fn(&str) -> bool) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let members: Object = members
                .into_iter()
                .filter(|(name, _)| chosen(name))
                .collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        simple => chosen("value").then_some(simple),
    }
}

#[cfg(test)]
mod tests;
