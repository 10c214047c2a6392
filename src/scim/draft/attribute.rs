//! `add`, `replace` and `remove` on a declared attribute (RFC 7644 sections 3.5.2.1 to 3.5.2.3).

use super::budget::bounded_parts;
use super::elements::{append, has_part, same_value, set_part};
use super::primary::one_primary;
use super::{Draft, assigned, put};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::normalise::operation::Assignment;
use crate::scim::normalise::value::{MAX_ELEMENTS, at_most};
use crate::scim::path::{AttributeTarget, SubAttribute};
use crate::scim::schema::AttributeType;
use serde_json::Value;

impl Draft {
    pub(super) fn assign(
        &mut self,
        how: Assignment,
        target: &AttributeTarget,
        value: &Value,
    ) -> Result<(), ScimError> {
        let part = Some(value).filter(|value| !value.is_null());
        match (&target.filter, &target.sub) {
            (Some(filter), _) if !target.attribute.multi_valued => {
                self.assign_where(how, target, filter, value)
            }
            (Some(filter), Some(sub)) => self.assign_part_of_matching(target, filter, sub, part),
            (Some(filter), None) => self.assign_matching(how, target, filter, value),
            (None, Some(sub)) if target.attribute.multi_valued => {
                self.assign_part_of_all(target, sub, part)
            }
            (None, Some(sub)) => self.assign_part(target, sub, part),
            (None, None) if target.attribute.multi_valued => self.assign_list(how, target, value),
            (None, None) => self.assign_single(target, value),
        }
    }

    /// What was to be gone and is not there is gone: a client that repeats a request whose answer was lost must not
    /// be told of a mistake. The log is ([`Quirk::NothingToRemove`]).
    pub(super) fn remove(
        &mut self,
        target: &AttributeTarget,
        values: Option<&Value>,
    ) -> Result<(), ScimError> {
        let removed = match (&target.filter, &target.sub, target.attribute.multi_valued) {
            (Some(filter), _, true) => self.remove_matching(target, filter, values)?,
            (Some(filter), _, false) => return self.remove_where(target, filter, values),
            (None, Some(sub), true) => self.remove_part_of_all(target, sub, values)?,
            (None, Some(sub), false) => self.remove_part(target, sub)?,
            (None, None, _) => match values {
                Some(values) if target.attribute.multi_valued => {
                    self.remove_values(target, values)?
                }
                Some(values) => self.remove_named(target, values)?,
                None => self.remove_whole(target),
            },
        };
        if !removed {
            self.found_nothing(target);
        }
        Ok(())
    }

    pub(super) fn found_nothing(&mut self, target: &AttributeTarget) {
        self.notes
            .quirk(Quirk::NothingToRemove, &target.to_string());
    }

    fn remove_whole(&mut self, target: &AttributeTarget) -> bool {
        let is_there = self.get(target).is_some();
        self.set(target, None);
        is_there
    }

    fn remove_part(
        &mut self,
        target: &AttributeTarget,
        sub: &SubAttribute,
    ) -> Result<bool, ScimError> {
        let is_there = self
            .get(target)
            .is_some_and(|value| has_part(value, &sub.name));
        self.assign_part(target, sub, None)?;
        Ok(is_there)
    }

    fn assign_list(
        &mut self,
        how: Assignment,
        target: &AttributeTarget,
        value: &Value,
    ) -> Result<(), ScimError> {
        let name = target.display_name();
        let sent = value.as_array().cloned().unwrap_or_default();
        let present = match (how, self.take(target)) {
            (Assignment::Add, Some(Value::Array(present))) => present,
            _ => Vec::new(),
        };
        self.budget.compare(&sent, present.len(), &name)?;
        let (list, changed) = append(target.attribute, present, sent, &name)?;
        self.set_list(target, list, &changed)
    }

    /// RFC 7644 section 3.5.2.3: of a complex value, only the sub-attributes sent are replaced.
    pub(super) fn assign_single(
        &mut self,
        target: &AttributeTarget,
        value: &Value,
    ) -> Result<(), ScimError> {
        let (AttributeType::Complex, Value::Object(sent)) =
            (target.attribute.attribute_type, value)
        else {
            self.set(target, assigned(value));
            return Ok(());
        };
        let mut members = match self.take(target) {
            Some(Value::Object(members)) => members,
            _ => Object::new(),
        };
        // Another manager: the name and URI of the one before must not stay with the new id.
        if sent.contains_key("value") && sent.get("value") != members.get("value") {
            members.clear();
        }
        for (name, part) in sent {
            put_part(&mut members, name, assigned(part));
        }
        self.set_complex(target, members)
    }

    fn assign_part(
        &mut self,
        target: &AttributeTarget,
        sub: &SubAttribute,
        part: Option<&Value>,
    ) -> Result<(), ScimError> {
        let mut members = match self.take(target) {
            Some(Value::Object(members)) => members,
            _ => Object::new(),
        };
        // Without its `value` a reference such as manager refers to nobody.
        if part.is_none() && sub.name == "value" {
            members.clear();
        }
        set_part(&mut members, sub, part.cloned());
        self.set_complex(target, members)
    }

    /// "remove" with values takes those away and no other, as older clients rely on.
    fn remove_values(
        &mut self,
        target: &AttributeTarget,
        values: &Value,
    ) -> Result<bool, ScimError> {
        let Some(Value::Array(mut list)) = self.take(target) else {
            return Ok(false);
        };
        let before = list.len();
        let named = self.named(target, &list, values)?;
        let mut named = named.into_iter();
        list.retain(|_| !named.next().unwrap_or_default());
        let removed = list.len() < before;
        self.set_list(target, list, &[])?;
        Ok(removed)
    }

    /// Of each element, whether it is one of the values.
    pub(super) fn named(
        &mut self,
        target: &AttributeTarget,
        list: &[Value],
        values: &Value,
    ) -> Result<Vec<bool>, ScimError> {
        let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
        self.budget
            .compare(values, list.len(), &target.display_name())?;
        let is_named = |element: &Value| {
            values
                .iter()
                .any(|value| same_value(target.attribute, element, value))
        };
        Ok(list.iter().map(is_named).collect())
    }

    /// Stores a list, with at most one primary element: preferably one of those just `changed`.
    pub(super) fn set_list(
        &mut self,
        target: &AttributeTarget,
        mut list: Vec<Value>,
        changed: &[usize],
    ) -> Result<(), ScimError> {
        let name = target.attribute.name;
        at_most(MAX_ELEMENTS, list.len(), name)?;
        for element in &list {
            bounded_parts(element, name)?;
        }
        if one_primary(&mut list, changed) {
            self.notes.quirk(Quirk::TwoPrimaries, name);
        }
        self.set(target, (!list.is_empty()).then_some(Value::Array(list)));
        Ok(())
    }

    pub(super) fn set_complex(
        &mut self,
        target: &AttributeTarget,
        members: Object,
    ) -> Result<(), ScimError> {
        let value = Value::Object(members);
        bounded_parts(&value, target.attribute.name)?;
        let is_empty = value.as_object().is_none_or(Object::is_empty);
        self.set(target, (!is_empty).then_some(value));
        Ok(())
    }
}

/// Sets or removes a sub-attribute whatever its spelling in the element.
pub(super) fn put_part(members: &mut Object, name: &str, value: Option<Value>) {
    let key = super::spelled(members, name).unwrap_or_else(|| name.to_owned());
    put(members, &key, value);
}
