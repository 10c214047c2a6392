//! A value filter on an attribute with one complex value, such as `manager[value eq "m1"]`: it says when the operation
//! is meant.
//!
//! Invariant: where the filter matches, the operation does what it does without the filter.

use super::Draft;
use super::elements::same_part;
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, same_text};
use crate::scim::member::{assigned, entry};
use crate::scim::normalise::operation::Assignment;
use crate::scim::path::AttributeTarget;
use crate::scim::schema::Attribute;
use serde_json::Value;

impl Draft {
    /// `add` and `replace`. Where the filter does not match, the value becomes what the filter and the operation say,
    /// as an element of a list is made; null makes none.
    pub(super) fn assign_where(
        &mut self,
        how: Assignment,
        target: &AttributeTarget,
        filter: &Filter,
        value: &Value,
    ) -> Result<(), ScimError> {
        let plain = unfiltered(target);
        if !self.is_matched(target, filter)? {
            if value.is_null() {
                return Ok(());
            }
            let made = self.made_by(target, filter)?;
            self.assign_single(&plain, &Value::Object(made))?;
        }
        self.assign(how, &plain, value)
    }

    pub(super) fn remove_where(
        &mut self,
        target: &AttributeTarget,
        filter: &Filter,
        values: Option<&Value>,
    ) -> Result<(), ScimError> {
        if self.is_matched(target, filter)? {
            return self.remove(&unfiltered(target), values);
        }
        self.found_nothing(target);
        Ok(())
    }

    /// `remove` with values: those parts go that have the value named, and nothing where none has. Tells whether there
    /// was any.
    pub(super) fn remove_named(
        &mut self,
        target: &AttributeTarget,
        values: &Value,
    ) -> Result<bool, ScimError> {
        let attribute = target.attribute;
        let mut members = match self.take(target) {
            None => return Ok(false),
            Some(Value::Object(members)) => members,
            Some(single) => {
                let is_named = same_single(attribute, &single, values);
                self.set(target, (!is_named).then_some(single));
                return Ok(is_named);
            }
        };
        let before = members.len();
        for named in values.as_array().into_iter().flatten() {
            if let Value::Object(named) = named {
                take_parts(attribute, &mut members, named);
            }
        }
        let removed = members.len() < before;
        self.set_complex(target, members)?;
        Ok(removed)
    }

    fn is_matched(&mut self, target: &AttributeTarget, filter: &Filter) -> Result<bool, ScimError> {
        let Some(value) = self.take(target) else {
            return Ok(false);
        };
        let is_matched = !self
            .matching(std::slice::from_ref(&value), filter, target)?
            .is_empty();
        self.set(target, Some(value));
        Ok(is_matched)
    }
}

/// Of a reference, such as manager, the `value` says which one is meant: it goes whole, or another stays.
fn take_parts(attribute: &'static Attribute, members: &mut Object, named: &Object) {
    if let (Some(present), Some(value)) = (members.get("value"), assigned(named, "value")) {
        if same_part(attribute, "value", present, value) {
            members.clear();
        }
        return;
    }
    for (name, part) in named {
        if let Some((key, present)) = entry(members, name)
            && same_part(attribute, name, present, part)
        {
            let key = key.clone();
            members.shift_remove(&key);
        }
    }
}

fn same_single(attribute: &'static Attribute, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => same_text(one, other, Some(attribute)),
        (one, other) => one == other,
    }
}

fn unfiltered(target: &AttributeTarget) -> AttributeTarget {
    AttributeTarget {
        filter: None,
        ..target.clone()
    }
}
