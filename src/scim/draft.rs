//! A user while a request is being applied to it.
//!
//! POST, PUT and PATCH share this one way in: a body is a path-less `replace` on an empty draft.
//!
//! Invariant: values in a draft are canonical (see [`super::normalise`]), empty lists and empty
//! objects are absent, and nothing read-only or secret ever enters. A draft is thrown away on the
//! first error, so that a request is applied whole or not at all (RFC 7644 section 3.5.2).

mod attribute;
mod budget;
mod elements;
mod extension;
mod matching;
mod primary;

use self::budget::Budget;
use super::Object;
use super::error::ScimError;
use super::normalise::describe::cut;
use super::normalise::notes::Notes;
use super::path::{Path, Target};
use super::schema::{self, ENTERPRISE_USER_URN, Mutability};
use serde_json::Value;

/// What an operation does (RFC 7644 section 3.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Add,
    Replace,
    Remove,
}

/// How the attribute was named, which decides what happens to one that can't be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// By the `path` of an operation: a mistake is an error.
    ByPath,
    /// By a key of an object: clients send whole resources back, so a mistake is passed over.
    ByKey,
}

#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// The core attributes by name, `userName` and the like included, and the extensions by URN.
    pub(crate) resource: Object,
    pub(crate) notes: Notes,
    budget: Budget,
}

impl Draft {
    pub(crate) fn of(resource: Object) -> Self {
        Self {
            resource,
            ..Self::default()
        }
    }

    /// Applies every member of an object; each key is a path.
    pub(crate) fn apply_members(&mut self, kind: Kind, members: &Object) -> Result<(), ScimError> {
        for (key, value) in members {
            let path = Path::parse(key, &schema::USER)?;
            self.apply(kind, &path, Some(value), Named::ByKey)?;
        }
        Ok(())
    }

    /// Applies one operation. A `value` of none is one that the request did not have.
    pub(crate) fn apply(
        &mut self,
        kind: Kind,
        path: &Path,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        match path {
            Path::Declared(target) => self.apply_declared(kind, target, value, named),
            Path::Extension(schema) => self.apply_extension(kind, schema.id, value),
            Path::Open { schema, name } => self.apply_open(kind, schema.id, name, value),
            Path::Undeclared { urn, name } => self.apply_undeclared(kind, urn, name, value, named),
            Path::Unknown(name) => self.pass_over(name, value, named),
        }
    }

    fn apply_declared(
        &mut self,
        kind: Kind,
        target: &Target,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        let sub_mutability = target
            .sub
            .as_ref()
            .and_then(|sub| sub.definition)
            .map(|sub| sub.mutability);
        // `schemas` follows from the attributes, whatever a client lists there.
        if target.attribute.name == "schemas"
            || target.attribute.mutability == Mutability::WriteOnly
        {
            return Ok(());
        }
        if [Some(target.attribute.mutability), sub_mutability].contains(&Some(Mutability::ReadOnly))
        {
            return match named {
                Named::ByKey => Ok(()),
                Named::ByPath => Err(ScimError::mutability(format!(
                    "{} is read-only: this server sets it. Remove it from the attribute mapping.",
                    target.display_name()
                ))),
            };
        }
        match kind {
            Kind::Remove => self.remove(target, value),
            Kind::Add | Kind::Replace => self.assign(kind, target, value),
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
        let enterprise = schema::schema(ENTERPRISE_USER_URN).and_then(|extension| {
            extension.attribute(name.split(['.', '[']).next().unwrap_or(name))
        });
        let hint = enterprise.map_or_else(String::new, |attribute| {
            format!("; send it as {ENTERPRISE_USER_URN}:{}", attribute.name)
        });
        if named == Named::ByPath {
            return Err(ScimError::invalid_path(format!(
                "\"{}\" is not an attribute of a user{hint}. Correct the path in the attribute mapping.",
                cut(name)
            )));
        }
        // Microsoft documents a create whose unmapped attributes are null at the top level.
        if value.is_some_and(|value| !value.is_null()) {
            self.notes.push(format!(
                "ignored \"{}\": not a core attribute{hint}",
                cut(name)
            ));
        }
        Ok(())
    }

    /// Takes the value out for a change that ends in [`Self::set`]; its place in the order stays.
    fn take(&mut self, target: &Target) -> Option<Value> {
        let slot = match target.extension {
            None => self.resource.get_mut(target.attribute.name),
            Some(urn) => self
                .resource
                .get_mut(urn)
                .and_then(|extension| extension.get_mut(target.attribute.name)),
        };
        slot.map(std::mem::take)
    }

    fn set(&mut self, target: &Target, value: Option<Value>) {
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
    members
        .keys()
        .find(|key| key.eq_ignore_ascii_case(name))
        .cloned()
}

impl Target {
    /// What messages call it.
    pub(crate) fn display_name(&self) -> String {
        let extension = self
            .extension
            .map_or_else(String::new, |urn| format!("{urn}:"));
        let sub = self
            .sub
            .as_ref()
            .map_or_else(String::new, |sub| format!(".{}", sub.name));
        format!("{extension}{}{sub}", self.attribute.name)
    }
}
