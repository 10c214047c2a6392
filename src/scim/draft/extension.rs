//! Changes to extensions as wholes and to their undeclared attributes, which are kept as sent.

use super::{Draft, assigned, put, spelled};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::operation::Assignment;
use crate::scim::normalise::value::{MAX_ELEMENTS, at_most};
use serde_json::Value;

/// Core attributes and extensions of one user: their keys are looked up one by one.
const MAX_MEMBERS: usize = 128;

impl Draft {
    pub(super) fn apply_open(
        &mut self,
        how: Assignment,
        urn: &str,
        name: &str,
        value: &Value,
    ) -> Result<(), ScimError> {
        let key = spelled(&self.resource, urn);
        if key.is_none() && !value.is_null() && self.resource.len() > MAX_MEMBERS {
            return Err(ScimError::invalid_value(format!(
                "The user has attributes of too many extensions; at most {MAX_MEMBERS} attributes and extensions are accepted."
            )));
        }
        let current = key.and_then(|key| self.resource.get(&key)?.get(name).cloned());
        let merged = match (how, current, value) {
            (Assignment::Add, Some(Value::Array(mut present)), Value::Array(added)) => {
                at_most(MAX_ELEMENTS, added.len(), &cut(name))?;
                for element in added {
                    if !present.contains(element) {
                        present.push(element.clone());
                    }
                }
                at_most(MAX_ELEMENTS, present.len(), &cut(name))?;
                Some(Value::Array(present))
            }
            (_, _, value) => assigned(value),
        };
        self.set_in_extension(urn, name, merged);
        Ok(())
    }

    /// Removes the extension of that whole name if there is one, or else the attribute.
    pub(super) fn remove_undeclared(&mut self, urn: &str, name: &str) {
        let whole = format!("{urn}:{name}");
        if spelled(&self.resource, &whole).is_some() {
            self.remove_extension(&whole);
        } else {
            self.set_in_extension(urn, name, None);
        }
    }

    pub(super) fn remove_extension(&mut self, urn: &str) {
        if let Some(key) = spelled(&self.resource, urn) {
            self.resource.shift_remove(&key);
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
