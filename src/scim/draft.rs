//! A user while canonical operations are being applied to it.
//!
//! POST, PUT and PATCH share this one way in. Nothing here knows what clients send: that is the
//! business of [`super::normalise`].
//!
//! Invariant: values in a draft are canonical, empty lists and empty objects are absent, and
//! nothing read-only or secret ever enters. A draft is thrown away on the first error, so that a
//! request is applied whole or not at all (RFC 7644 section 3.5.2); [`Draft::try_apply`] alone goes on from one.

mod attribute;
mod budget;
mod elements;
mod extension;
mod immutable;
mod matching;
mod open;
mod primary;
mod single;
mod tried;

use self::budget::Budget;
use super::Object;
use super::error::ScimError;
use super::member::entry;
use super::normalise::notes::Notes;
use super::normalise::operation::{AttributeChange, Operation};
use super::path::AttributeTarget;
use serde_json::Value;

#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The core attributes by name, `userName` and the like included, and the extensions by URN.
    pub(crate) resource: Object,
    pub(crate) notes: Notes,
    /// Whether the operations are the members of a whole resource, as POST and PUT have it.
    is_whole: bool,
    budget: Budget,
}

impl Draft {
    /// For the members of a whole resource.
    pub(crate) fn of_whole() -> Self {
        Self {
            is_whole: true,
            ..Self::default()
        }
    }

    pub(crate) fn of(resource: Object) -> Self {
        Self {
            resource,
            ..Self::default()
        }
    }

    pub(crate) fn apply(&mut self, operation: &Operation) -> Result<(), ScimError> {
        match operation {
            Operation::Declared { target, change } => self.apply_declared(target, change),
            Operation::Open(operation) => self.apply_open(operation),
        }
    }

    fn apply_declared(
        &mut self,
        target: &AttributeTarget,
        change: &AttributeChange,
    ) -> Result<(), ScimError> {
        let before = self.immutable(target);
        match change {
            AttributeChange::Remove(values) => self.remove(target, values.as_ref())?,
            AttributeChange::Assign(how, value) => self.assign(*how, target, value)?,
        }
        self.refuse_change_of(target, before)
    }

    fn get(&self, target: &AttributeTarget) -> Option<&Value> {
        match target.extension {
            None => self.resource.get(target.attribute.name),
            Some(urn) => self.resource.get(urn)?.get(target.attribute.name),
        }
    }

    /// Takes the value out for a change that ends in [`Self::set`]; its place in the order stays.
    fn take(&mut self, target: &AttributeTarget) -> Option<Value> {
        let slot = match target.extension {
            None => self.resource.get_mut(target.attribute.name),
            Some(urn) => self
                .resource
                .get_mut(urn)
                .and_then(|extension| extension.get_mut(target.attribute.name)),
        };
        slot.map(std::mem::take)
    }

    fn set(&mut self, target: &AttributeTarget, value: Option<Value>) {
        match target.extension {
            None => put(&mut self.resource, target.attribute.name, value),
            Some(urn) => self.set_in_extension(urn, target.attribute.name, value),
        }
    }
}

/// Sets or, with no value, removes a member; the other members keep their order.
fn put(members: &mut Object, name: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            members.insert(name.to_owned(), value);
        }
        None => {
            members.shift_remove(name);
        }
    }
}

/// The key of an object that equals a name but for letter case.
fn spelled(members: &Object, name: &str) -> Option<String> {
    entry(members, name).map(|(key, _)| key.clone())
}

/// A canonical value; nothing where it is null.
fn assigned(value: &Value) -> Option<Value> {
    (!value.is_null()).then(|| value.clone())
}
