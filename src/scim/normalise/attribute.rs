//! Operations on a declared attribute: what the schema lets a client do, and the value in its type.

use super::operation::{Assignment, AttributeChange, Operation};
use super::value::{MAX_ELEMENTS, at_most, is_unassigned};
use super::{Named, OperationKind, Reader, filter, reference, value};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::path::AttributeTarget;
use crate::scim::schema::{AttributeType, Elements, Mutability};
use serde_json::Value;

impl Reader<'_> {
    pub(super) fn declared(
        &mut self,
        kind: OperationKind,
        target: AttributeTarget,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        let sub_mutability = target
            .sub
            .as_ref()
            .and_then(|sub| sub.definition)
            .map(|sub| sub.mutability);
        let is = |mutability| {
            target.attribute.mutability == mutability || sub_mutability == Some(mutability)
        };
        // `schemas` follows from the attributes, whatever a client lists there.
        if target.attribute.name == "schemas" {
            return Ok(());
        }
        if is(Mutability::WriteOnly) {
            self.notes.quirk(Quirk::Password, &target.display_name());
            return Ok(());
        }
        if is(Mutability::ReadOnly) {
            return self.read_only(&target, value, named);
        }
        let target = self.with_canonical_filter(target);
        let change = match kind {
            OperationKind::Remove => return self.removal(target, value, named),
            OperationKind::Add => {
                AttributeChange::Assign(Assignment::Add, self.assigned(kind, &target, value)?)
            }
            OperationKind::Replace => {
                AttributeChange::Assign(Assignment::Replace, self.assigned(kind, &target, value)?)
            }
        };
        self.operations.push(Operation::Declared { target, change });
        Ok(())
    }

    fn read_only(
        &mut self,
        target: &AttributeTarget,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        if named == Named::ByPath {
            return Err(ScimError::mutability(format!(
                "{} is read-only: this server sets it. Remove it from the attribute mapping.",
                target.display_name()
            )));
        }
        let location = value
            .and_then(|meta| meta.get("location"))
            .and_then(Value::as_str);
        if target.attribute.name == "meta" && location.is_some_and(|uri| !uri.contains("://")) {
            self.notes.quirk(Quirk::RelativeLocation, "meta.location");
        }
        self.notes
            .quirk(Quirk::ReadOnlyEchoed, &target.display_name());
        Ok(())
    }

    fn with_canonical_filter(&mut self, target: AttributeTarget) -> AttributeTarget {
        AttributeTarget {
            filter: target
                .filter
                .map(|filter| filter::canonical(target.attribute, filter, self.notes)),
            ..target
        }
    }

    /// The canonical value of an `add` or `replace`.
    fn assigned(
        &mut self,
        kind: OperationKind,
        target: &AttributeTarget,
        value: Option<&Value>,
    ) -> Result<Value, ScimError> {
        let name = target.display_name();
        // The filter says what to add. RFC 7644 section 3.5.2.1: an add takes nothing away, so that one of nothing is
        // one without a value.
        let is_chosen = target.filter.is_some() && target.sub.is_none();
        if kind == OperationKind::Add && is_chosen && value.is_none_or(is_unassigned) {
            self.notes.quirk(Quirk::AddWithoutValue, &name);
            return Ok(Value::Object(Object::new()));
        }
        let Some(value) = value else {
            return Err(ScimError::invalid_value(format!(
                "The operation on {name} has no value. Send one, or use \"remove\"."
            )));
        };
        if target.sub.is_some() {
            return Ok(self.part(target, value)?.unwrap_or(Value::Null));
        }
        let attribute = target.attribute;
        if target.filter.is_some() && attribute.multi_valued {
            return self.element(target, value);
        }
        if attribute.multi_valued {
            return value::elements(attribute, value, &name, self.notes).map(Value::Array);
        }
        if attribute.attribute_type == AttributeType::Complex {
            return value::complex_change(attribute, value, &name, self.notes);
        }
        Ok(value::value(attribute, value, &name, self.notes)?.unwrap_or(Value::Null))
    }

    fn removal(
        &mut self,
        target: AttributeTarget,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        // In an object of what is to go, `manager.value` is a member of `manager`.
        let part = target.sub.as_ref().filter(|_| {
            named == Named::ByKey && target.filter.is_none() && !target.attribute.multi_valued
        });
        let (target, value) = match (part, value) {
            (Some(part), Some(value)) => {
                let whole = Object::from_iter([(part.name.clone(), value.clone())]);
                let target = AttributeTarget {
                    sub: None,
                    ..target
                };
                (target, Some(Value::Object(whole)))
            }
            _ => (target, value.cloned()),
        };
        let change = AttributeChange::Remove(self.removed(&target, value.as_ref(), named)?);
        self.operations.push(Operation::Declared { target, change });
        Ok(())
    }

    /// What a `remove` with a value takes of a single attribute. A member of an object says what is to go; behind a
    /// path, a value is ignored where it can't be a part (RFC 7644 section 3.5.2.2 knows none with `remove`).
    fn removed_of_one(
        &mut self,
        target: &AttributeTarget,
        value: &Value,
        named: Named,
    ) -> Result<Option<Value>, ScimError> {
        let attribute = target.attribute;
        let name = target.display_name();
        if target.sub.is_some() || value::names_nothing(value) {
            return Ok(None);
        }
        if attribute.attribute_type == AttributeType::Complex {
            let sent = match value {
                Value::Array(list) => list.as_slice(),
                one => std::slice::from_ref(one),
            };
            at_most(MAX_ELEMENTS, sent.len(), &name)?;
            self.notes.quirk(Quirk::RemoveByValue, &name);
            let parts = sent
                .iter()
                .map(|sent| value::complex_change(attribute, sent, &name, self.notes));
            return Ok(Some(parts.collect::<Result<_, _>>()?));
        }
        if named == Named::ByPath || target.filter.is_some() {
            return Ok(None);
        }
        value::value(attribute, value, &name, self.notes)
    }

    /// The values that a `remove` is restricted to.
    fn removed(
        &mut self,
        target: &AttributeTarget,
        value: Option<&Value>,
        named: Named,
    ) -> Result<Option<Value>, ScimError> {
        let name = target.display_name();
        // RFC 7644 section 3.5.2.2: removing a required attribute is a matter of mutability.
        if target.attribute.required {
            return Err(ScimError::mutability(format!(
                "{name} is required and can't be removed. Replace it with another value."
            )));
        }
        let value = match value {
            Some(Value::Null) => {
                self.notes.quirk(Quirk::RemoveNull, &name);
                return Ok(None);
            }
            Some(value) if target.attribute.multi_valued => value,
            Some(value) => return self.removed_of_one(target, value, named),
            None => return Ok(None),
        };
        let values = if target.sub.is_some() {
            self.part(target, value)?
        } else {
            let values = value::elements(target.attribute, value, &name, self.notes)?;
            (!values.is_empty()).then_some(Value::Array(values))
        };
        if values.is_some() || target.filter.is_none() {
            self.notes.quirk(Quirk::RemoveByValue, &name);
            return Ok(Some(values.unwrap_or_else(|| Value::Array(Vec::new()))));
        }
        // The filter has chosen already.
        Ok(None)
    }

    /// The canonical value of a sub-attribute; tolerated ones are kept as sent.
    fn part(
        &mut self,
        target: &AttributeTarget,
        value: &Value,
    ) -> Result<Option<Value>, ScimError> {
        match target.sub.as_ref().and_then(|sub| sub.definition) {
            Some(definition) => value::value(definition, value, &target.display_name(), self.notes),
            None => Ok((!is_unassigned(value))
                .then(|| value::kept_as_sent(value, &target.display_name(), self.notes))),
        }
    }

    /// The one element that a value filter is assigned.
    fn element(&mut self, target: &AttributeTarget, value: &Value) -> Result<Value, ScimError> {
        if is_unassigned(value) {
            return Ok(Value::Null);
        }
        let only = match value {
            Value::Array(list) if let [only] = list.as_slice() => only,
            other => other,
        };
        let name = target.display_name();
        if target.attribute.elements == Elements::Ids {
            // The filter says whom, so that the element need not.
            let chosen = target.filter.as_ref().and_then(Filter::value);
            let id = reference::id(target.attribute, only, &name, chosen)?;
            return Ok(id.map_or_else(|| Value::Object(Object::new()), Value::from));
        }
        let element = value::element_value(target.attribute, only, &name, self.notes)?;
        Ok(element.unwrap_or_else(|| Value::Object(Object::new())))
    }
}
