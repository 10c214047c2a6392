//! Changes to extensions as wholes, and where in the resource a path leads that no schema declares.
//!
//! What is there decides, because a name may hold dots, colons and brackets itself: what has the very name wins;
//! else what is there and can hold the rest, an extension, an object or a list; else the name is taken whole.

use super::open::{self, Names, OpenChange, Work};
use super::{Draft, put, spelled};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::normalise::operation::{AttributeChange, OpenOperation};
use crate::scim::normalise::value::names_nothing;
use crate::scim::path::open_path;
use crate::scim::schema::CUSTOM_FIELDS_URN;
use serde_json::Value;

/// Core attributes and extensions of one resource: their keys are looked up one by one.
const MAX_MEMBERS: usize = 128;

impl Draft {
    pub(crate) fn apply_open(&mut self, operation: &OpenOperation) -> Result<(), ScimError> {
        match operation {
            OpenOperation::Member {
                how,
                urn,
                name,
                value,
            } => self.in_extension(urn, name, |members, work| {
                open::change_member(members, name, OpenChange::Assign(*how, value), work)
            }),
            OpenOperation::Path {
                urn,
                path,
                is_registered,
                change,
            } => {
                let step = OpenChange::from(change);
                if *is_registered {
                    return self.change_path(urn, path, step);
                }
                self.change_undeclared(urn, path, step)
            }
            OpenOperation::RemoveExtension { urn } => {
                self.remove_extension(urn);
                Ok(())
            }
        }
    }

    /// `urn:path`, where the URN is not registered: of an extension as a whole, or of a part of one.
    fn change_undeclared(
        &mut self,
        urn: &str,
        path: &str,
        step: OpenChange,
    ) -> Result<(), ScimError> {
        let whole = format!("{urn}:{path}");
        let is_name = !path.contains('[');
        // A URN of one segment is no extension's: the two are one name together, and a core attribute is never meant.
        if !urn.contains(':') && matches!(step, OpenChange::Remove(_)) {
            return self.change_members(&whole, step);
        }
        if self.is_whole
            && is_name
            && let OpenChange::Assign(_, Value::Object(_)) = step
        {
            // The members of a whole resource: a key with an object is the URN of an extension, as it is
            // when the resource is given out.
            return self.change_members(&whole, step);
        }
        if is_name && self.extension(&whole).is_some() && speaks_of_an_extension(step) {
            return self.change_members(&whole, step);
        }
        if let Some(members) = self.extension(urn) {
            let is_there = open::leads_somewhere(members, path, Names::InAnyCase);
            return match self.extension_before_the_end(urn, path) {
                Some((parent, rest)) if !is_there => self.change_path(&parent, rest, step),
                _ => self.change_path(urn, path, step),
            };
        }
        if let Some((parent, rest)) = self.extension_before_the_end(urn, path) {
            return self.change_path(&parent, rest, step);
        }
        if is_name && let OpenChange::Assign(_, Value::Object(_)) = step {
            return self.change_members(&whole, step);
        }
        self.change_path(urn, path, step)
    }

    /// The extension that the beginning of a path names: `urn:example:hr` of `urn:example:hr.grade`.
    fn extension_before_the_end<'a>(&self, urn: &str, path: &'a str) -> Option<(String, &'a str)> {
        open_path::ends(path).find_map(|(name, rest)| {
            let rest = rest.strip_prefix('.')?;
            let parent = format!("{urn}:{name}");
            self.extension(&parent).map(|_| (parent, rest))
        })
    }

    /// Each member of an object on its own, or all of the extension.
    fn change_members(&mut self, urn: &str, step: OpenChange) -> Result<(), ScimError> {
        let (how, sent) = match step {
            OpenChange::Assign(how, Value::Object(sent)) => (how, sent),
            OpenChange::Assign(how, Value::Array(list))
                if let [Value::Object(sent)] = list.as_slice() =>
            {
                (how, sent)
            }
            OpenChange::Remove(Some(named)) if !names_nothing(named) => {
                return self.in_extension(urn, "", |members, work| {
                    open::take_named(members, named, work)
                });
            }
            OpenChange::Assign(..) | OpenChange::Remove(_) => {
                self.remove_extension(urn);
                return Ok(());
            }
        };
        for (name, value) in sent {
            let value = match value {
                Value::Array(list) if list.is_empty() => &Value::Null,
                value => value,
            };
            self.in_extension(urn, name, |members, work| {
                open::change_member(members, name, OpenChange::Assign(how, value), work)
            })?;
        }
        Ok(())
    }

    fn change_path(&mut self, urn: &str, path: &str, step: OpenChange) -> Result<(), ScimError> {
        self.in_extension(urn, path, |members, work| {
            open::change_path(members, path, step, work)
        })
    }

    /// Changes the members of an extension, which is made for it, and is gone where it has none afterwards.
    fn in_extension(
        &mut self,
        urn: &str,
        path: &str,
        change: impl FnOnce(&mut Object, &mut Work) -> Result<(), ScimError>,
    ) -> Result<(), ScimError> {
        let key = spelled(&self.resource, urn).unwrap_or_else(|| urn.to_owned());
        let is_new = !self.resource.contains_key(&key);
        let at = format!("{urn}:{path}");
        // What comes as a whole is kept as it came.
        let names = if self.is_whole || urn.eq_ignore_ascii_case(CUSTOM_FIELDS_URN) {
            Names::Exact
        } else {
            Names::InAnyCase
        };
        let mut work = Work::new(&mut self.budget, &mut self.notes, &at, names);
        let mut made = Object::new();
        let members = match self.resource.get_mut(&key) {
            Some(Value::Object(members)) => members,
            _ => &mut made,
        };
        change(members, &mut work)?;
        work.conclude();
        let is_empty = members.is_empty();
        if !is_new {
            if is_empty {
                self.resource.shift_remove(&key);
            }
        } else if !is_empty {
            if self.resource.len() > MAX_MEMBERS {
                return Err(ScimError::invalid_value(format!(
                    "The resource has attributes of too many extensions; at most {MAX_MEMBERS} attributes and extensions are accepted."
                )));
            }
            self.resource.insert(key, Value::Object(made));
        }
        Ok(())
    }

    /// The object of an extension. What has no colon is the name of a core attribute.
    fn extension(&self, urn: &str) -> Option<&Object> {
        let key = spelled(&self.resource, urn).filter(|key| key.contains(':'))?;
        self.resource.get(&key)?.as_object()
    }

    fn remove_extension(&mut self, urn: &str) {
        if let Some(key) = spelled(&self.resource, urn).filter(|key| key.contains(':')) {
            self.resource.shift_remove(&key);
        }
    }

    /// Sets a declared member of an extension's object.
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

impl<'a> From<&'a AttributeChange> for OpenChange<'a> {
    fn from(change: &'a AttributeChange) -> Self {
        match change {
            AttributeChange::Assign(how, value) => Self::Assign(*how, value),
            AttributeChange::Remove(values) => Self::Remove(values.as_ref()),
        }
    }
}

/// Whether a step can be meant for an extension as a whole. A list of values is none of an extension's.
fn speaks_of_an_extension(step: OpenChange) -> bool {
    match step {
        OpenChange::Remove(None) => true,
        OpenChange::Assign(_, value) => match value {
            Value::Null | Value::Object(_) => true,
            Value::Array(list) => matches!(list.as_slice(), [Value::Object(_)]),
            _ => false,
        },
        OpenChange::Remove(Some(value)) => match value {
            Value::Array(list) => list.iter().all(Value::is_object),
            value => value.is_object() || names_nothing(value),
        },
    }
}
