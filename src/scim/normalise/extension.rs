//! Operations on extensions as wholes, and on attributes that no schema declares: kept as sent.

use super::describe::{cut, kind_and_value};
use super::operation::{Assignment, AttributeChange, OpenOperation, Operation};
use super::value::{self, MAX_ELEMENTS, at_most, is_unassigned};
use super::{Named, OperationKind, Reader};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::path::Path;
use crate::scim::path::open_path;
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
    /// The path or key was the URN of a registered extension: the value is an object of its attributes.
    pub(super) fn extension(
        &mut self,
        kind: OperationKind,
        schema: &'static Schema,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        let urn = schema.id;
        let takes_all = match kind {
            OperationKind::Remove => value.is_none_or(value::names_nothing),
            OperationKind::Add | OperationKind::Replace => value.is_some_and(is_unassigned),
        };
        if takes_all {
            if kind != OperationKind::Remove {
                self.notes.quirk(Quirk::NullExtension, urn);
            }
            self.remove_extension(urn.to_owned());
            return Ok(());
        }
        if let [only] = schema.attributes
            && value.is_some_and(is_text)
        {
            self.notes.quirk(Quirk::MisspelledUrn, urn);
            let path = Path::within(schema, only.name)?;
            return self.understand(kind, path, value, Named::ByKey);
        }
        if kind == OperationKind::Remove
            && let Some(Value::Array(list)) = value
            && list.len() > 1
        {
            at_most(MAX_ELEMENTS, list.len(), urn)?;
            return list
                .iter()
                .try_for_each(|one| self.extension(kind, schema, Some(one)));
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
            if self.is_full() {
                break;
            }
            let path = self
                .readable_key(name)
                .and_then(|()| Path::within(schema, name));
            self.part_at(name, path, |reader, path| {
                reader.usable_member(name, &path, value)?;
                match path {
                    // A member that says nothing of its value names none that is there.
                    _ if kind == OperationKind::Remove && value.is_null() => Ok(()),
                    Path::Open { name, .. } if kind == OperationKind::Remove => {
                        reader.named_member(urn, name, value)
                    }
                    Path::Open { name, .. } => {
                        reader.member(kind, urn, &name, value);
                        Ok(())
                    }
                    path => reader.understand(kind, path, Some(value), Named::ByKey),
                }
            });
        }
        Ok(())
    }

    /// A member of a registered extension's object that no schema declares. Its name is taken as spelled,
    /// because it may be an id (the custom fields' names are). A secret is not kept there either.
    fn member(&mut self, kind: OperationKind, urn: &str, name: &str, value: &Value) {
        let at = format!("{urn}:{name}");
        let value = self.as_sent(value, &at);
        if !value.is_null() && is_secret(name) {
            self.notes.quirk(Quirk::Secret, &at);
            return;
        }
        self.operations.push(Operation::Open(OpenOperation::Member {
            how: assignment(kind),
            urn: urn.to_owned(),
            name: name.to_owned(),
            value,
        }));
    }

    /// One member of a registered extension, undeclared, that is to go if it has this value: an object says so of the
    /// extension, as of one that is not registered.
    fn named_member(&mut self, urn: &str, name: String, value: &Value) -> Result<(), ScimError> {
        let (before, last) = urn.rsplit_once(':').unwrap_or((urn, ""));
        let members = Value::Object(Object::from_iter([(name, value.clone())]));
        self.path_as_sent(
            OperationKind::Remove,
            before.to_owned(),
            last.to_owned(),
            false,
            Some(&members),
        )
    }

    /// A path behind the URN of a registered extension that no schema declares.
    pub(super) fn open(
        &mut self,
        kind: OperationKind,
        urn: &'static str,
        path: &str,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        match value {
            // A plain name means the same as the name of a member.
            Some(value) if kind != OperationKind::Remove && !path.contains(['.', '[']) => {
                self.member(kind, urn, path, value);
                Ok(())
            }
            _ => self.path_as_sent(kind, urn.to_owned(), path.to_owned(), true, value),
        }
    }

    /// A path under an unregistered URN. Only the resource and the value can tell whether the last segment is an
    /// attribute (Entra's flat keys) or the end of the extension's own URN (an object of attributes).
    pub(super) fn undeclared(
        &mut self,
        kind: OperationKind,
        urn: String,
        path: String,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        let rest = match value {
            Some(Value::Object(members)) if kind != OperationKind::Remove => {
                self.cut_oddly(kind, &format!("{urn}:{path}"), members)
            }
            _ => None,
        };
        if rest.as_ref().is_some_and(Object::is_empty) {
            return Ok(());
        }
        let rest = rest.map(Value::Object);
        let value = rest.as_ref().or(value);
        // "custom:badge" has an attribute's name, but no URN in front of it: it can be no more than an extension.
        if urn.contains(':') {
            return self.path_as_sent(kind, urn, path, false, value);
        }
        let whole = format!("{urn}:{path}");
        match (kind, value) {
            _ if path.contains('[') => self.pass_over(&whole, value, named),
            (OperationKind::Add | OperationKind::Replace, Some(Value::Object(_))) => {
                self.path_as_sent(kind, urn, path, false, value)
            }
            (OperationKind::Remove, Some(value)) if !value::names_nothing(value) => {
                self.path_as_sent(kind, urn, path, false, Some(value))
            }
            (OperationKind::Remove, _) | (_, Some(Value::Null)) => {
                self.remove_extension(whole);
                Ok(())
            }
            _ => self.pass_over(&whole, value, named),
        }
    }

    /// Understands the members of an object whose key was but the beginning of a registered URN, and gives back the
    /// others; nothing where there is no such member.
    fn cut_oddly(&mut self, kind: OperationKind, urn: &str, members: &Object) -> Option<Object> {
        let mut rest = Object::new();
        for (name, value) in members {
            if self.is_full() {
                break;
            }
            match Path::across(urn, name, self.resource_type).transpose() {
                Some(path) => self.part_at(name, path, |reader, path| {
                    let at = format!("{urn}:{name}");
                    reader.notes.quirk(Quirk::MisspelledUrn, &at);
                    reader.understand(kind, path, Some(value), Named::ByKey)
                }),
                None => {
                    rest.insert(name.clone(), value.clone());
                }
            }
        }
        (rest.len() < members.len()).then_some(rest)
    }

    fn remove_extension(&mut self, urn: String) {
        self.operations
            .push(Operation::Open(OpenOperation::RemoveExtension { urn }));
    }

    fn path_as_sent(
        &mut self,
        kind: OperationKind,
        urn: String,
        path: String,
        is_registered: bool,
        value: Option<&Value>,
    ) -> Result<(), ScimError> {
        let at = format!("{urn}:{path}");
        // What can't be read may still be the name of something that is there.
        let chosen = open_path::chosen(&path).ok().flatten();
        if let Some(chosen) = &chosen {
            chosen.filter.of_values_as_sent()?;
        }
        let change = match (kind, value) {
            (OperationKind::Remove, None) => AttributeChange::Remove(None),
            (OperationKind::Remove, Some(Value::Null)) => {
                self.notes.quirk(Quirk::RemoveNull, &at);
                AttributeChange::Remove(None)
            }
            (OperationKind::Remove, Some(value)) => {
                let kept = value::kept_as_sent(value, &at, self.notes);
                // Secrets alone name nothing that is there, and must not come to mean all of it.
                if value::names_nothing(&kept) && !value::names_nothing(value) {
                    return Ok(());
                }
                AttributeChange::Remove(Some(kept))
            }
            // The filter says what to add, and an add takes nothing away.
            (OperationKind::Add, value)
                if chosen.is_some_and(|chosen| chosen.sub.is_none())
                    && value.is_none_or(|value| self.as_sent(value, &at).is_null()) =>
            {
                self.notes.quirk(Quirk::AddWithoutValue, &at);
                AttributeChange::Assign(Assignment::Add, Value::Object(Object::new()))
            }
            // Mostly an extension, which notes name so.
            (_, Some(Value::Object(members))) if !is_registered => AttributeChange::Assign(
                assignment(kind),
                value::members_as_sent(members, &format!("{at}:"), self.notes),
            ),
            (_, Some(value)) => AttributeChange::Assign(assignment(kind), self.as_sent(value, &at)),
            (_, None) => {
                return Err(ScimError::invalid_value(format!(
                    "The operation on {} has no value. Send one, or use \"remove\".",
                    cut(&at)
                )));
            }
        };
        let assigns = matches!(&change, AttributeChange::Assign(_, value) if !value.is_null());
        if assigns && (is_secret(&path) || is_secret(&urn)) {
            self.notes.quirk(Quirk::Secret, &at);
            return Ok(());
        }
        self.operations.push(Operation::Open(OpenOperation::Path {
            urn,
            path,
            is_registered,
            change,
        }));
        Ok(())
    }

    /// A value of what no schema declares; null where it is unassigned. An empty text is a text.
    fn as_sent(&mut self, value: &Value, at: &str) -> Value {
        match value {
            Value::Array(list) if list.is_empty() => Value::Null,
            value => value::kept_as_sent(value, at, self.notes),
        }
    }
}

fn assignment(kind: OperationKind) -> Assignment {
    match kind {
        OperationKind::Add => Assignment::Add,
        OperationKind::Replace | OperationKind::Remove => Assignment::Replace,
    }
}
