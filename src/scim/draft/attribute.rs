//! `add`, `replace` and `remove` on a declared attribute (RFC 7644 sections 3.5.2.1 to 3.5.2.3).

use super::budget::bounded_parts;
use super::elements::{append, same_value, set_part};
use super::primary::one_primary;
use super::{Draft, assigned, put};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::normalise::operation::Assignment;
use crate::scim::normalise::value::{MAX_ELEMENTS, at_most};
use crate::scim::path::{SubAttribute, Target};
use crate::scim::schema::AttributeType;
use serde_json::Value;

impl Draft {
    pub(super) fn assign(
        &mut self,
        how: Assignment,
        target: &Target,
        value: &Value,
    ) -> Result<(), ScimError> {
        let part = Some(value).filter(|value| !value.is_null());
        match (&target.filter, &target.sub) {
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

    pub(super) fn remove(
        &mut self,
        target: &Target,
        values: Option<&Value>,
    ) -> Result<(), ScimError> {
        if let Some(filter) = &target.filter {
            return self.remove_matching(target, filter);
        }
        match (&target.sub, target.attribute.multi_valued, values) {
            (Some(sub), true, values) => self.remove_part_of_all(target, sub, values),
            (Some(sub), false, _) => self.assign_part(target, sub, None),
            (None, true, Some(values)) => self.remove_values(target, values),
            (None, _, _) => {
                self.set(target, None);
                Ok(())
            }
        }
    }

    fn assign_list(
        &mut self,
        how: Assignment,
        target: &Target,
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
    fn assign_single(&mut self, target: &Target, value: &Value) -> Result<(), ScimError> {
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
        target: &Target,
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
    fn remove_values(&mut self, target: &Target, values: &Value) -> Result<(), ScimError> {
        let sent = values.as_array().map(Vec::as_slice).unwrap_or_default();
        if let Some(Value::Array(mut list)) = self.take(target) {
            self.budget
                .compare(sent, list.len(), &target.display_name())?;
            list.retain(|element| {
                !sent
                    .iter()
                    .any(|removed| same_value(target.attribute, element, removed))
            });
            return self.set_list(target, list, &[]);
        }
        Ok(())
    }

    /// Stores a list, with at most one primary element: preferably one of those just `changed`.
    pub(super) fn set_list(
        &mut self,
        target: &Target,
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

    fn set_complex(&mut self, target: &Target, members: Object) -> Result<(), ScimError> {
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
