//! The bodies of POST, PUT and PATCH: from JSON to canonical operations.

use super::describe::{cut, kind_and_value};
use super::notes::Notes;
use super::operation::Operation;
use super::{Kind, Reader, record};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::schema::{self, ResourceType};
use serde_json::Value;

/// Operations in one request. Entra groups about a hundred; the bound keeps the work per call small.
pub(crate) const MAX_OPERATIONS: usize = 1_000;

/// The body of a POST or PUT: a path-less `replace` of everything it names.
pub(crate) fn of_body(
    body: &Object,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
) -> Result<Vec<Operation>, ScimError> {
    understand(body, resource_type, notes, |reader| {
        reader.unknown_schemas(body);
        reader.members(Kind::Replace, body)
    })
}

/// The body of a PATCH (RFC 7644 section 3.5.2).
pub(crate) fn of_patch(
    body: &Object,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
) -> Result<Vec<Operation>, ScimError> {
    understand(body, resource_type, notes, |reader| {
        if member(body, "schemas", reader.notes).is_none_or(Value::is_null) {
            reader.notes.quirk(Quirk::MissingSchemas, "schemas");
        }
        for operation in operations(body, reader.notes)? {
            reader.operation(operation)?;
        }
        Ok(())
    })
}

fn understand(
    body: &Object,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
    read: impl FnOnce(&mut Reader<'_>) -> Result<(), ScimError>,
) -> Result<Vec<Operation>, ScimError> {
    let mut reader = Reader {
        resource_type,
        notes,
        operations: Vec::new(),
    };
    read(&mut reader)?;
    let operations = reader.operations;
    notes.sent = Some(record::of_members(body));
    notes.understood = Some(record::of_list(operations.iter().map(Operation::to_json)));
    Ok(operations)
}

fn operations<'a>(body: &'a Object, notes: &mut Notes) -> Result<&'a [Value], ScimError> {
    let sent = match member(body, "Operations", notes) {
        Some(Value::Array(list)) => list.as_slice(),
        Some(single @ Value::Object(_)) => {
            notes.quirk(Quirk::ObjectForOperations, "Operations");
            std::slice::from_ref(single)
        }
        other => {
            return Err(ScimError::invalid_syntax(format!(
                "A PATCH needs \"Operations\", a list of operations, but it is {}.",
                other.map_or_else(|| "missing".to_owned(), kind_and_value)
            )));
        }
    };
    if sent.is_empty() {
        return Err(ScimError::invalid_syntax(
            "\"Operations\" is empty. A PATCH needs at least one operation.",
        ));
    }
    if sent.len() > MAX_OPERATIONS {
        return Err(ScimError::invalid_value(format!(
            "The request has {} operations; at most {MAX_OPERATIONS} are accepted. Send them in several requests.",
            sent.len()
        )));
    }
    Ok(sent)
}

impl Reader<'_> {
    fn operation(&mut self, sent: &Value) -> Result<(), ScimError> {
        let Value::Object(members) = sent else {
            return Err(ScimError::invalid_syntax(format!(
                "Each operation has to be an object, but one is {}.",
                kind_and_value(sent)
            )));
        };
        let kind = self.kind(members)?;
        let path = match member(members, "path", self.notes) {
            None => None,
            Some(Value::Null) => Some(""),
            Some(Value::String(path)) => Some(path.trim()),
            Some(other) => {
                return Err(ScimError::invalid_path(format!(
                    "The path of an operation has to be a string, but is {}.",
                    kind_and_value(other)
                )));
            }
        };
        let value = member(members, "value", self.notes);
        match path {
            Some("") => {
                self.notes.quirk(Quirk::EmptyPath, "path");
                self.without_path(kind, value)
            }
            Some(path) => self.path(kind, path, value),
            None => self.without_path(kind, value),
        }
    }

    fn without_path(&mut self, kind: Kind, value: Option<&Value>) -> Result<(), ScimError> {
        match (kind, value) {
            (Kind::Remove, _) => Err(ScimError::no_target(
                "The operation \"remove\" needs a path that says what to remove.",
            )),
            (_, Some(Value::Object(members))) => self.members(kind, members),
            (_, value) => Err(ScimError::invalid_value(format!(
                "An operation without a path needs an object of attributes as its value, but it is {}.",
                value.map_or_else(|| "missing".to_owned(), kind_and_value)
            ))),
        }
    }

    fn kind(&mut self, members: &Object) -> Result<Kind, ScimError> {
        let word = match member(members, "op", self.notes) {
            Some(Value::String(word)) => word,
            other => {
                return Err(ScimError::invalid_syntax(format!(
                    "Each operation needs \"op\", which is \"add\", \"replace\" or \"remove\", but it is {}.",
                    other.map_or_else(|| "missing".to_owned(), kind_and_value)
                )));
            }
        };
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| word.trim().eq_ignore_ascii_case(kind.as_str()))
            .ok_or_else(|| {
                ScimError::invalid_syntax(format!(
                    "\"{}\" is not an operation; use \"add\", \"replace\" or \"remove\".",
                    cut(word)
                ))
            })?;
        if word != kind.as_str() {
            let (sent, understood) = (word.as_str().into(), kind.as_str().into());
            self.notes
                .quirk_as(Quirk::OperationLetterCase, "op", &sent, understood);
        }
        Ok(kind)
    }

    /// A URN in `schemas` that is neither known nor explained by what the body carries.
    fn unknown_schemas(&mut self, body: &Object) {
        let listed = body.get("schemas").and_then(Value::as_array);
        for urn in listed.into_iter().flatten().filter_map(Value::as_str) {
            let is_carried = body.keys().any(|key| {
                key.split_at_checked(urn.len())
                    .is_some_and(|(start, _)| start.eq_ignore_ascii_case(urn))
            });
            if schema::schema(urn).is_none() && !is_carried {
                self.notes.quirk(Quirk::UnknownSchema, urn);
            }
        }
    }
}

fn member<'a>(members: &'a Object, name: &str, notes: &mut Notes) -> Option<&'a Value> {
    let (key, value) = members
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    if key != name {
        notes.quirk(Quirk::MemberLetterCase, name);
    }
    Some(value)
}
