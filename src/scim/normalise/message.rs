//! The bodies of POST, PUT and PATCH: from JSON to canonical operations.

use super::describe::{cut, kind_and_value};
use super::notes::Notes;
use super::operation::Operation;
use super::operations::{Operations, Unusable};
use super::{OperationKind, Reader, record};
use crate::scim::Object;
use crate::scim::body;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::member::entry;
use crate::scim::path::Path;
use crate::scim::schema::{self, ResourceType};
use crate::scim::secret::is_secret;
use serde_json::Value;

/// Operations in one request. Entra groups about a hundred; the bound keeps the work per call small.
pub(crate) const MAX_OPERATIONS: usize = 1_000;

/// Unusable parts of one request. One with more is nobody's that means it, and each costs an error.
const MOST_UNUSABLE: usize = MAX_OPERATIONS;

/// A body as it was read.
#[derive(Clone, Copy)]
pub struct Sent<'a> {
    pub body: &'a Object,
    /// Where long lists of references were cut down to ids as they came ([`crate::scim::group::Intake`]): whether any
    /// element was an id alone from the start.
    pub had_bare_ids: Option<bool>,
}

impl<'a> From<&'a Object> for Sent<'a> {
    fn from(body: &'a Object) -> Self {
        Self {
            body,
            had_bare_ids: None,
        }
    }
}

/// The body of a POST or PUT: a path-less `replace` of everything it names.
pub(crate) fn of_body<'a>(
    sent: impl Into<Sent<'a>>,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
) -> Result<Vec<Operation>, ScimError> {
    let operations = read_body(sent.into(), resource_type, notes, 1);
    match operations.up_to_the_first_refusal() {
        (operations, None) => Ok(operations),
        (_, Some(refusal)) => Err(refusal),
    }
}

/// The operations of a body of which what can't be used may be left out.
pub(crate) fn parts_of_body(
    body: &Object,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
) -> Operations {
    read_body(body.into(), resource_type, notes, MOST_UNUSABLE)
}

fn read_body(
    sent: Sent<'_>,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
    most_unusable: usize,
) -> Operations {
    understand(sent, resource_type, notes, most_unusable, true, |reader| {
        reader.level = 1;
        reader.unknown_schemas(sent.body);
        reader.members(OperationKind::Replace, sent.body, Path::of_body);
    })
}

/// The body of a PATCH (RFC 7644 section 3.5.2). What is no list of operations is refused here.
pub(crate) fn of_patch<'a>(
    sent: impl Into<Sent<'a>>,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
) -> Result<Operations, ScimError> {
    let whole = sent.into();
    let body = whole.body;
    if member(body, "schemas", notes).is_none_or(Value::is_null) {
        notes.quirk(Quirk::MissingSchemas, "schemas");
    }
    let sent: Vec<_> = operations(body, notes)?
        .iter()
        .map(|operation| SentOperation::read(operation, notes))
        .collect();
    Ok(understand(
        whole,
        resource_type,
        notes,
        MOST_UNUSABLE,
        false,
        |reader| {
            // An object of the body, a list and its operation are above the members of a value.
            "Operations.value.".clone_into(&mut reader.before);
            reader.level = 4;
            reader.message(body);
            for (place, operation) in sent.into_iter().enumerate() {
                if reader.is_full() {
                    return;
                }
                reader.operation(place, operation);
            }
        },
    ))
}

fn understand(
    sent: Sent<'_>,
    resource_type: &'static ResourceType,
    notes: &mut Notes,
    most_unusable: usize,
    is_resource: bool,
    read: impl FnOnce(&mut Reader<'_>),
) -> Operations {
    let mut reader = Reader {
        resource_type,
        notes,
        operations: Vec::new(),
        unusable: Vec::new(),
        most_unusable,
        before: String::new(),
        level: 0,
        had_bare_ids: sent.had_bare_ids,
    };
    read(&mut reader);
    let operations = Operations {
        is_cut: reader.is_full(),
        understood: reader.operations,
        unusable: reader.unusable,
    };
    let record = record::of_body(sent.body);
    notes.understood = Some(if is_resource {
        record::of_operations_beside(&operations.understood, sent.body, &record)
    } else {
        record::of_operations(&operations.understood)
    });
    notes.sent = Some(record);
    operations
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

/// An operation as it stands in the message.
struct SentOperation<'a> {
    kind: OperationKind,
    /// Nothing when the value's keys are the paths.
    path: Option<&'a str>,
    /// Nothing when the member is missing, which is not the same as null.
    value: Option<&'a Value>,
}

impl<'a> SentOperation<'a> {
    fn read(sent: &'a Value, notes: &mut Notes) -> Result<Self, ScimError> {
        let Value::Object(members) = sent else {
            return Err(ScimError::invalid_syntax(format!(
                "Each operation has to be an object, but one is {}.",
                kind_and_value(sent)
            )));
        };
        body::usable_beside(members, &["path", "value"], "Operations.", 3)?;
        let kind = kind(members, notes)?;
        passed_over(members, notes);
        let path = match member(members, "path", notes) {
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
        if path == Some("") {
            notes.quirk(Quirk::EmptyPath, "path");
        }
        Ok(Self {
            kind,
            path: path.filter(|path| !path.is_empty()),
            value: member(members, "value", notes),
        })
    }
}

impl Reader<'_> {
    /// What stands beside the operations of a PATCH: it says nothing of the resource, and a mistake is one all the same.
    fn message(&mut self, body: &Object) {
        if let Err(reason) = body::usable_beside(body, &["Operations"], "", 1) {
            self.unusable.push(Unusable {
                behind: 0,
                at: "what stands beside Operations".to_owned(),
                is_malformed: false,
                place: None,
                reason,
            });
        }
    }

    /// The operation at a place of the list.
    fn operation(&mut self, place: usize, sent: Result<SentOperation<'_>, ScimError>) {
        let is_malformed = sent.is_err();
        let outcome = sent.and_then(|sent| match (sent.path, sent.kind, sent.value) {
            (Some(path), ..) => {
                self.path(sent.kind, path, sent.value);
                Ok(())
            }
            (None, OperationKind::Remove, _) => Err(ScimError::no_target(
                "The operation \"remove\" needs a path that says what to remove.",
            )),
            (None, _, Some(Value::Object(members))) => {
                self.members(sent.kind, members, Path::parse);
                Ok(())
            }
            (None, _, value) => Err(ScimError::invalid_value(format!(
                "An operation without a path needs an object of attributes as its value, but it is {}.",
                value.map_or_else(|| "missing".to_owned(), kind_and_value)
            ))),
        });
        if let Err(reason) = outcome {
            self.unusable.push(Unusable {
                behind: self.operations.len(),
                at: format!("operation {}", place + 1),
                is_malformed,
                place: None,
                reason,
            });
        }
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

/// Names what an operation holds beside what it consists of. It says nothing that is done, and is kept nowhere.
fn passed_over(members: &Object, notes: &mut Notes) {
    let own = record::OF_AN_OPERATION.map(|name| entry(members, name).map(|(key, _)| key));
    for (key, value) in members {
        if own.contains(&Some(key)) {
            continue;
        }
        let quirk = if is_secret(key) && !value.is_null() {
            Quirk::Secret
        } else {
            Quirk::OperationMember
        };
        notes.quirk(quirk, &format!("Operations.{key}"));
    }
}

fn kind(members: &Object, notes: &mut Notes) -> Result<OperationKind, ScimError> {
    let word = match member(members, "op", notes) {
        Some(Value::String(word)) => word,
        other => {
            return Err(ScimError::invalid_syntax(format!(
                "Each operation needs \"op\", which is \"add\", \"replace\" or \"remove\", but it is {}.",
                other.map_or_else(|| "missing".to_owned(), kind_and_value)
            )));
        }
    };
    let kind = OperationKind::ALL
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
        notes.quirk_as(Quirk::OperationLetterCase, "op", &sent, understood);
    }
    Ok(kind)
}

fn member<'a>(members: &'a Object, name: &str, notes: &mut Notes) -> Option<&'a Value> {
    let (key, value) = entry(members, name)?;
    if key != name {
        notes.quirk(Quirk::MemberLetterCase, name);
    }
    Some(value)
}
