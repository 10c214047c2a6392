//! Operations on extensions as wholes, and on attributes that no schema declares: kept as sent.

use super::describe::kind_and_value;
use super::operation::{Assignment, Operation};
use super::value::{self, is_unassigned};
use super::{Kind, Named, Reader};
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::path::Path;
use crate::scim::schema::Schema;
use crate::scim::secret::is_secret;
use serde_json::Value;

/// What an attribute may be where the extension has but one: its name was left out of the mapping.
fn is_text(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(list) => list.iter().all(Value::is_string),
        _ => false,
    }
}

impl Reader<'_> {
    /// The path or key was the URN of an extension: the value is an object of its attributes.
    pub(super) fn extension(
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
        if let Some(schema) = declared
            && let [only] = schema.attributes
            && value.is_some_and(is_text)
        {
            self.notes.quirk(Quirk::MisspelledUrn, urn);
            let path = Path::within(schema, only.name)?;
            return self.understand(kind, path, value, Named::ByKey);
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
                _ if self.is_full() => break,
                Some(schema) => self.part_at(name, Path::within(schema, name), |reader, path| {
                    reader.understand(kind, path, Some(value), Named::ByKey)
                }),
                None => match Path::across(urn, name, self.resource_type).transpose() {
                    Some(path) => self.part_at(name, path, |reader, path| {
                        let at = format!("{urn}:{name}");
                        reader.notes.quirk(Quirk::MisspelledUrn, &at);
                        reader.understand(kind, path, Some(value), Named::ByKey)
                    }),
                    None => self.open(kind, urn, name, Some(value)),
                },
            }
        }
        Ok(())
    }

    /// An attribute that no schema declares, under a URN. Its name is taken as spelled, because it
    /// may be an id (the custom fields' names are). A secret is not kept there either.
    pub(super) fn open(&mut self, kind: Kind, urn: &str, name: &str, value: Option<&Value>) {
        let how = match kind {
            Kind::Add => Assignment::Add,
            Kind::Replace | Kind::Remove => Assignment::Replace,
        };
        let at = format!("{urn}:{name}");
        let value = value
            .filter(|value| {
                kind != Kind::Remove && value.as_array().is_none_or(|list| !list.is_empty())
            })
            .map(|value| value::kept_as_sent(value, &at, self.notes))
            .unwrap_or_default();
        if !value.is_null() && (is_secret(name) || is_secret(urn)) {
            self.notes.quirk(Quirk::Secret, &at);
            return;
        }
        self.operations.push(Operation::Open {
            how,
            urn: urn.to_owned(),
            name: name.to_owned(),
            value,
        });
    }

    /// A name under an unregistered URN. Only the value can tell whether the last segment is an
    /// attribute (Entra's flat keys) or the end of the extension's own URN (an object of attributes).
    pub(super) fn undeclared(
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
}
