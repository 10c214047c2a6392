//! Changes to extensions as wholes and to their undeclared attributes, which are kept as sent.

use super::{Draft, Kind, Named, put, spelled};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::{cut, kind_and_value};
use crate::scim::normalise::{MAX_ELEMENTS, at_most, is_unassigned};
use crate::scim::path::Path;
use crate::scim::schema::{self, ResourceType, Schema};
use serde_json::Value;

/// Core attributes and extensions of one user: their keys are looked up one by one.
const MAX_MEMBERS: usize = 128;

impl Draft {
    /// The path or key was the URN of an extension: the value is an object of its attributes.
    ///
    /// A null extension with only the core URN in `schemas` is sent by real clients of the frontapp
    /// extension; it says nothing.
    pub(super) fn apply_extension(
        &mut self,
        kind: Kind,
        urn: &str,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        if kind == Kind::Remove || value.is_some_and(is_unassigned) {
            if let Some(key) = spelled(&self.resource, urn) {
                self.resource.shift_remove(&key);
            }
            return Ok(());
        }
        let members = match value {
            Some(Value::Object(members)) => members,
            Some(Value::Array(list)) if let [Value::Object(members)] = list.as_slice() => members,
            _ => {
                return Err(ScimError::invalid_value(format!(
                    "{urn} has to be an object of the extension's attributes, but is {}.",
                    value.map_or_else(|| "missing".to_owned(), kind_and_value)
                )));
            }
        };
        let declared = declared(&schema::USER, urn);
        for (name, value) in members {
            match declared {
                Some(schema) => {
                    let path = Path::within(schema, name)?;
                    self.apply(kind, &path, Some(value), Named::ByKey)?;
                }
                None => self.apply_open(kind, urn, name, Some(value))?,
            }
        }
        Ok(())
    }

    /// An attribute that no schema declares, under a URN. Its name is taken as spelled, because it
    /// may be an id (the custom fields' names are).
    pub(super) fn apply_open(
        &mut self,
        kind: Kind,
        urn: &str,
        name: &str,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        let empty = value
            .is_none_or(|value| value.is_null() || value.as_array().is_some_and(Vec::is_empty));
        if kind == Kind::Remove || empty {
            self.set_in_extension(urn, name, None);
            return Ok(());
        }
        let current = spelled(&self.resource, urn)
            .and_then(|key| self.resource.get(&key)?.get(name).cloned());
        let merged = match (kind, current, value) {
            (Kind::Add, Some(Value::Array(mut present)), Some(Value::Array(added))) => {
                at_most(MAX_ELEMENTS, added.len(), &cut(name))?;
                for element in added {
                    if !present.contains(element) {
                        present.push(element.clone());
                    }
                }
                at_most(MAX_ELEMENTS, present.len(), &cut(name))?;
                Some(Value::Array(present))
            }
            (_, _, value) => value.cloned(),
        };
        self.set_in_extension(urn, name, merged);
        Ok(())
    }

    /// A name under an unregistered URN. Only the value can tell whether the last segment is an
    /// attribute (Entra's flat keys) or the end of the extension's own URN (an object of attributes).
    pub(super) fn apply_undeclared(
        &mut self,
        kind: Kind,
        urn: &str,
        name: &str,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        if self.resource.len() > MAX_MEMBERS {
            return Err(ScimError::invalid_value(format!(
                "The user has attributes of too many extensions; at most {MAX_MEMBERS} attributes and extensions are accepted."
            )));
        }
        let whole = format!("{urn}:{name}");
        let is_whole = match (kind, value) {
            (Kind::Add | Kind::Replace, Some(Value::Object(_))) => true,
            (Kind::Remove, _) | (_, Some(Value::Null)) => spelled(&self.resource, &whole).is_some(),
            _ => false,
        };
        if is_whole {
            self.apply_extension(kind, &whole, value)
        } else if !urn.contains(':') {
            // "custom:badge" has an attribute's name, but no URN in front of it.
            self.pass_over(&whole, value, named)
        } else {
            self.apply_open(kind, urn, name, value)
        }
    }

    /// Sets a member of an extension's object; an extension without members is absent.
    pub(super) fn set_in_extension(&mut self, urn: &str, name: &str, value: Option<Value>) {
        let key = spelled(&self.resource, urn).unwrap_or_else(|| urn.to_owned());
        if value.is_none() && !self.resource.contains_key(&key) {
            return;
        }
        let extension = self
            .resource
            .entry(key.as_str())
            .or_insert_with(|| Value::Object(Object::new()));
        if let Value::Object(members) = extension {
            put(members, name, value);
            if members.is_empty() {
                self.resource.shift_remove(&key);
            }
        }
    }
}

fn declared(resource_type: &'static ResourceType, urn: &str) -> Option<&'static Schema> {
    resource_type
        .extensions
        .iter()
        .copied()
        .find(|schema| schema.id.eq_ignore_ascii_case(urn))
}
