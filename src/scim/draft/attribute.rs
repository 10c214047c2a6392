//! `add`, `replace` and `remove` on a declared attribute (RFC 7644 sections 3.5.2.1 to 3.5.2.3).

use super::budget::bounded_parts;
use super::elements::{append, same_value, set_part};
use super::primary::one_primary;
use super::{Draft, Kind, put};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::normalise::{self, MAX_ELEMENTS, at_most, is_unassigned};
use crate::scim::path::{SubAttribute, Target};
use crate::scim::schema::AttributeType;
use serde_json::Value;

impl Draft {
    pub(super) fn assign(
        &mut self,
        kind: Kind,
        target: &Target,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        if let Some(filter) = &target.filter {
            return self.assign_matching(kind, target, filter, value);
        }
        let value = value.ok_or_else(|| missing_value(target))?;
        match (&target.sub, target.attribute.multi_valued) {
            (Some(sub), true) => self.assign_part_of_all(target, sub, value),
            (Some(sub), false) => self.assign_part(target, sub, value),
            (None, true) => self.assign_list(kind, target, value),
            (None, false) => self.assign_single(target, value),
        }
    }

    pub(super) fn remove(
        &mut self,
        target: &Target,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        // RFC 7644 section 3.5.2.2: removing a required attribute is a matter of mutability.
        if target.attribute.required {
            return Err(ScimError::mutability(format!(
                "{} is required and can't be removed. Replace it with another value.",
                target.display_name()
            )));
        }
        if let Some(filter) = &target.filter {
            return self.remove_matching(target, filter);
        }
        // Keycloak sends `"value": null` to remove everything (its SCIM client's source).
        let value = value.filter(|value| !value.is_null());
        match (&target.sub, target.attribute.multi_valued, value) {
            (Some(sub), true, value) => self.remove_part_of_all(target, sub, value),
            (Some(sub), false, _) => self.assign_part(target, sub, &Value::Null),
            (None, true, Some(value)) => self.remove_values(target, value),
            (None, _, _) => {
                self.set(target, None);
                Ok(())
            }
        }
    }

    fn assign_list(&mut self, kind: Kind, target: &Target, value: &Value) -> Result<(), ScimError> {
        let name = target.display_name();
        let sent = normalise::elements(target.attribute, value, &name, &mut self.notes)?;
        let present = match (kind, self.take(target)) {
            (Kind::Add, Some(Value::Array(present))) => present,
            _ => Vec::new(),
        };
        self.budget.compare(&sent, present.len(), &name)?;
        let (list, changed) = append(target.attribute, present, sent, &name)?;
        self.set_list(target, list, &changed)
    }

    /// RFC 7644 section 3.5.2.3: of a complex value, only the sub-attributes sent are replaced.
    fn assign_single(&mut self, target: &Target, value: &Value) -> Result<(), ScimError> {
        let name = target.display_name();
        let canonical = normalise::value(target.attribute, value, &name, &mut self.notes)?;
        let is_complex = target.attribute.attribute_type == AttributeType::Complex;
        let unassigned = is_unassigned(value)
            || value
                .as_array()
                .is_some_and(|list| list.iter().all(is_unassigned));
        if !is_complex || unassigned {
            self.set(target, canonical);
            return Ok(());
        }
        let sent = match value {
            Value::Object(members) => Some(members),
            Value::Array(list) => list.first().and_then(Value::as_object),
            _ => None,
        };
        let (Some(Value::Object(mut members)), Some(sent)) = (self.take(target), sent) else {
            self.set(target, canonical);
            return Ok(());
        };
        let mut canonical = match canonical {
            Some(Value::Object(canonical)) => canonical,
            _ => Object::new(),
        };
        // Another manager: the name and URI of the one before must not stay with the new id.
        if canonical.contains_key("value") && canonical.get("value") != members.get("value") {
            members.clear();
        }
        for key in sent.keys() {
            if let Some(sub) = SubAttribute::named(target.attribute, key) {
                set_part(&mut members, &sub, canonical.shift_remove(&sub.name));
            }
        }
        members.append(&mut canonical);
        self.set_complex(target, members)
    }

    fn assign_part(
        &mut self,
        target: &Target,
        sub: &SubAttribute,
        value: &Value,
    ) -> Result<(), ScimError> {
        let part = self.part(target, sub, value)?;
        let mut members = match self.take(target) {
            Some(Value::Object(members)) => members,
            _ => Object::new(),
        };
        // Without its `value` a reference such as manager refers to nobody.
        if part.is_none() && sub.name == "value" {
            members.clear();
        }
        set_part(&mut members, sub, part);
        self.set_complex(target, members)
    }

    /// The canonical value of a sub-attribute; undeclared ones are kept as sent.
    pub(super) fn part(
        &mut self,
        target: &Target,
        sub: &SubAttribute,
        value: &Value,
    ) -> Result<Option<Value>, ScimError> {
        match sub.definition {
            Some(definition) => {
                normalise::value(definition, value, &target.display_name(), &mut self.notes)
            }
            None => Ok((!is_unassigned(value)).then(|| value.clone())),
        }
    }

    /// "remove" with a value takes those values away and no other: Entra without aadOptscim062020
    /// removes this way (Microsoft docs, known issues), and older clients rely on it.
    fn remove_values(&mut self, target: &Target, value: &Value) -> Result<(), ScimError> {
        let name = target.display_name();
        let sent = normalise::elements(target.attribute, value, &name, &mut self.notes)?;
        if let Some(Value::Array(mut list)) = self.take(target) {
            self.budget.compare(&sent, list.len(), &name)?;
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
            self.notes.push(format!(
                "kept one value of {name} as primary; another was sent as primary too"
            ));
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

pub(super) fn missing_value(target: &Target) -> ScimError {
    ScimError::invalid_value(format!(
        "The operation on {} has no value. Send one, or use \"remove\".",
        target.display_name()
    ))
}

/// Sets or removes a sub-attribute whatever its spelling in the element.
pub(super) fn put_part(members: &mut Object, name: &str, value: Option<Value>) {
    let key = super::spelled(members, name).unwrap_or_else(|| name.to_owned());
    put(members, &key, value);
}
