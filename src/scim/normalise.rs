//! From what a client sent to canonical operations: the one place that knows which other shapes
//! clients send. What they are is told in [`super::dialect::quirk`].
//!
//! Invariant: a canonical operation is spelled and typed as the schema has it, so that whatever is
//! behind this module knows one dialect; and understanding a canonical operation gives it back.

pub mod describe;
pub mod notes;
pub mod operation;
pub mod record;

mod filter;
mod message;
mod names;
pub(crate) mod value;

use super::Object;
use super::dialect::Quirk;
use super::error::ScimError;
use super::path::{Path, Target};
use super::schema::{self, AttributeType, ENTERPRISE_USER_URN, Mutability, ResourceType, Schema};
use describe::{cut, kind_and_value};
use notes::Notes;
use operation::{Assignment, Change, Operation};
use serde_json::Value;
use value::is_unassigned;

pub(crate) use message::{Operations, of_body, of_patch};

/// What an operation does (RFC 7644 section 3.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Add,
    Replace,
    Remove,
}

/// How the attribute was named, which decides what happens to one that can't be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// By the `path` of an operation: a mistake is an error.
    ByPath,
    /// By a key of an object: clients send whole resources back, so a mistake is passed over.
    ByKey,
}

/// Reads operations for one type of resource.
struct Reader<'a> {
    resource_type: &'static ResourceType,
    notes: &'a mut Notes,
    operations: Vec<Operation>,
}

impl Reader<'_> {
    /// An operation with a path. A `value` of none is one that the request did not have.
    fn path(&mut self, kind: Kind, text: &str, value: Option<&Value>) -> Result<(), ScimError> {
        let path = Path::parse(text, self.resource_type)?;
        names::quirks(text, &path, value, self.notes);
        self.understand(kind, path, value, Named::ByPath)
    }

    /// An operation on every member of an object: each key is a path.
    fn members(&mut self, kind: Kind, members: &Object) -> Result<(), ScimError> {
        for (key, value) in members {
            let path = Path::parse(key, self.resource_type)?;
            names::quirks(key, &path, Some(value), self.notes);
            names::quirks_of_key(key, &path, value, self.notes);
            self.understand(kind, path, Some(value), Named::ByKey)?;
        }
        Ok(())
    }

    fn understand(
        &mut self,
        kind: Kind,
        path: Path,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        match path {
            Path::Declared(target) => self.declared(kind, target, value, named),
            Path::Extension(schema) => self.extension(kind, schema.id, Some(schema), value),
            Path::Open { schema, name } => {
                self.open(kind, schema.id, &name, value);
                Ok(())
            }
            Path::Undeclared { urn, name } => self.undeclared(kind, &urn, &name, value, named),
            Path::Unknown(name) => self.pass_over(&name, value, named),
        }
    }

    fn declared(
        &mut self,
        kind: Kind,
        target: Target,
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
            Kind::Remove => Change::Remove(self.removed(&target, value)?),
            Kind::Add => Change::Assign(Assignment::Add, self.assigned(kind, &target, value)?),
            Kind::Replace => {
                Change::Assign(Assignment::Replace, self.assigned(kind, &target, value)?)
            }
        };
        self.operations.push(Operation::Declared { target, change });
        Ok(())
    }

    fn read_only(
        &mut self,
        target: &Target,
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

    fn with_canonical_filter(&mut self, target: Target) -> Target {
        Target {
            filter: target
                .filter
                .map(|filter| filter::canonical(target.attribute, filter, self.notes)),
            ..target
        }
    }

    /// The canonical value of an `add` or `replace`.
    fn assigned(
        &mut self,
        kind: Kind,
        target: &Target,
        value: Option<&Value>,
    ) -> Result<Value, ScimError> {
        let name = target.display_name();
        let Some(value) = value else {
            // The filter says what to add.
            if kind == Kind::Add && target.filter.is_some() && target.sub.is_none() {
                self.notes.quirk(Quirk::AddWithoutValue, &name);
                return Ok(Value::Object(Object::new()));
            }
            return Err(ScimError::invalid_value(format!(
                "The operation on {name} has no value. Send one, or use \"remove\"."
            )));
        };
        if target.sub.is_some() {
            return Ok(self.part(target, value)?.unwrap_or(Value::Null));
        }
        if target.filter.is_some() {
            return self.element(target, value);
        }
        let attribute = target.attribute;
        if attribute.multi_valued {
            return value::elements(attribute, value, &name, self.notes).map(Value::Array);
        }
        if attribute.attribute_type == AttributeType::Complex {
            return value::complex_change(attribute, value, &name, self.notes);
        }
        Ok(value::value(attribute, value, &name, self.notes)?.unwrap_or(Value::Null))
    }

    /// The values that a `remove` is restricted to.
    fn removed(
        &mut self,
        target: &Target,
        value: Option<&Value>,
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
            Some(value) if target.attribute.multi_valued && target.filter.is_none() => value,
            _ => return Ok(None),
        };
        self.notes.quirk(Quirk::RemoveByValue, &name);
        let none = || Value::Array(Vec::new());
        if target.sub.is_some() {
            return Ok(Some(self.part(target, value)?.unwrap_or_else(none)));
        }
        let values = value::elements(target.attribute, value, &name, self.notes)?;
        Ok(Some(Value::Array(values)))
    }

    /// The canonical value of a sub-attribute; undeclared ones are kept as sent.
    fn part(&mut self, target: &Target, value: &Value) -> Result<Option<Value>, ScimError> {
        match target.sub.as_ref().and_then(|sub| sub.definition) {
            Some(definition) => value::value(definition, value, &target.display_name(), self.notes),
            None => Ok((!is_unassigned(value)).then(|| value.clone())),
        }
    }

    /// The one element that a value filter is assigned.
    fn element(&mut self, target: &Target, value: &Value) -> Result<Value, ScimError> {
        if is_unassigned(value) {
            return Ok(Value::Null);
        }
        let only = match value {
            Value::Array(list) if let [only] = list.as_slice() => only,
            other => other,
        };
        let name = target.display_name();
        let element = value::element_value(target.attribute, only, &name, self.notes)?;
        Ok(element.unwrap_or_else(|| Value::Object(Object::new())))
    }

    /// The path or key was the URN of an extension: the value is an object of its attributes.
    fn extension(
        &mut self,
        kind: Kind,
        urn: &str,
        declared: Option<&'static Schema>,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        if kind == Kind::Remove || value.is_some_and(is_unassigned) {
            if kind != Kind::Remove {
                self.notes.quirk(Quirk::NullExtension, urn);
            }
            self.operations.push(Operation::RemoveExtension {
                urn: urn.to_owned(),
            });
            return Ok(());
        }
        let members = match value {
            Some(Value::Object(members)) => members,
            Some(Value::Array(list)) if let [Value::Object(members)] = list.as_slice() => {
                self.notes.quirk(Quirk::ListOfOne, urn);
                members
            }
            _ => {
                return Err(ScimError::invalid_value(format!(
                    "{urn} has to be an object of the extension's attributes, but is {}.",
                    value.map_or_else(|| "missing".to_owned(), kind_and_value)
                )));
            }
        };
        for (name, value) in members {
            match declared {
                Some(schema) => {
                    let path = Path::within(schema, name)?;
                    self.understand(kind, path, Some(value), Named::ByKey)?;
                }
                None => self.open(kind, urn, name, Some(value)),
            }
        }
        Ok(())
    }

    /// An attribute that no schema declares, under a URN. Its name is taken as spelled, because it
    /// may be an id (the custom fields' names are).
    fn open(&mut self, kind: Kind, urn: &str, name: &str, value: Option<&Value>) {
        let how = match kind {
            Kind::Add => Assignment::Add,
            Kind::Replace | Kind::Remove => Assignment::Replace,
        };
        let value = value
            .filter(|value| {
                kind != Kind::Remove && value.as_array().is_none_or(|list| !list.is_empty())
            })
            .cloned()
            .unwrap_or_default();
        self.operations.push(Operation::Open {
            how,
            urn: urn.to_owned(),
            name: name.to_owned(),
            value,
        });
    }

    /// A name under an unregistered URN. Only the value can tell whether the last segment is an
    /// attribute (Entra's flat keys) or the end of the extension's own URN (an object of attributes).
    fn undeclared(
        &mut self,
        kind: Kind,
        urn: &str,
        name: &str,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        let whole = format!("{urn}:{name}");
        // "custom:badge" has an attribute's name, but no URN in front of it.
        let is_name = !urn.contains(':');
        match (kind, value) {
            (Kind::Add | Kind::Replace, Some(Value::Object(_))) => {
                self.extension(kind, &whole, None, value)
            }
            (Kind::Remove, _) | (_, Some(Value::Null)) if is_name => {
                self.operations
                    .push(Operation::RemoveExtension { urn: whole });
                Ok(())
            }
            (Kind::Remove, _) | (_, Some(Value::Null)) => {
                self.operations.push(Operation::RemoveUndeclared {
                    urn: urn.to_owned(),
                    name: name.to_owned(),
                });
                Ok(())
            }
            _ if is_name => self.pass_over(&whole, value, named),
            _ => {
                self.open(kind, urn, name, value);
                Ok(())
            }
        }
    }

    /// RFC 7644 section 3.5.2 asks for `invalidPath` where a path names no attribute; a key of an
    /// object is passed over, because clients map what other servers know.
    fn pass_over(
        &mut self,
        name: &str,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        if named == Named::ByPath {
            return Err(ScimError::invalid_path(format!(
                "\"{}\" is not an attribute of a user{}. Correct the path in the attribute mapping.",
                cut(name),
                enterprise_hint(name)
            )));
        }
        // Microsoft documents a create whose unmapped attributes are null at the top level.
        if value.is_some_and(|value| !value.is_null()) {
            self.notes.quirk(Quirk::UnknownAttribute, name);
        }
        Ok(())
    }
}

/// Where an attribute of the enterprise extension belongs that came without its URN.
pub(crate) fn enterprise_hint(name: &str) -> String {
    schema::schema(ENTERPRISE_USER_URN)
        .and_then(|extension| extension.attribute(name.split(['.', '[']).next().unwrap_or(name)))
        .map_or_else(String::new, |attribute| {
            format!("; send it as {ENTERPRISE_USER_URN}:{}", attribute.name)
        })
}

impl Kind {
    const ALL: [Self; 3] = [Self::Add, Self::Replace, Self::Remove];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Remove => "remove",
        }
    }
}

#[cfg(test)]
pub(in crate::scim) mod tests;
