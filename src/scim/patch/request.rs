//! The PatchOp message: from JSON to operations.
//!
//! Members and `op` are read without regard to letter case, because Entra without aadOptscim062020
//! sends "Add", "Replace" and "Remove" (Microsoft docs, known issues). `schemas` may be missing:
//! authentik leaves it out.

use super::{MAX_OPERATIONS, Operation, PatchRequest};
use crate::scim::Object;
use crate::scim::draft::Kind;
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::{cut, kind_and_value};
use crate::scim::normalise::notes::{Notes, Understood};
use serde_json::Value;

impl PatchRequest {
    /// Reads the body of a PATCH. Paths are read when the request is applied.
    pub fn parse(body: &Object) -> Result<Understood<Self>, ScimError> {
        let mut notes = Notes::default();
        let sent = match member(body, "Operations") {
            Some(Value::Array(list)) => list.as_slice(),
            Some(single @ Value::Object(_)) => {
                notes.push("read the single object in Operations as a list of one".to_owned());
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
        let operations = sent
            .iter()
            .map(Operation::parse)
            .collect::<Result<_, _>>()?;
        Ok(Understood {
            value: Self { operations },
            notes: notes.into_sentences(),
        })
    }
}

impl Operation {
    fn parse(sent: &Value) -> Result<Self, ScimError> {
        let Value::Object(members) = sent else {
            return Err(ScimError::invalid_syntax(format!(
                "Each operation has to be an object, but one is {}.",
                kind_and_value(sent)
            )));
        };
        let kind = match member(members, "op") {
            Some(Value::String(word)) => operation_kind(word).ok_or_else(|| {
                ScimError::invalid_syntax(format!(
                    "\"{}\" is not an operation; use \"add\", \"replace\" or \"remove\".",
                    cut(word)
                ))
            })?,
            other => {
                return Err(ScimError::invalid_syntax(format!(
                    "Each operation needs \"op\", which is \"add\", \"replace\" or \"remove\", but it is {}.",
                    other.map_or_else(|| "missing".to_owned(), kind_and_value)
                )));
            }
        };
        let path = match member(members, "path") {
            None | Some(Value::Null) => None,
            Some(Value::String(path)) => {
                Some(path.trim().to_owned()).filter(|path| !path.is_empty())
            }
            Some(other) => {
                return Err(ScimError::invalid_path(format!(
                    "The path of an operation has to be a string, but is {}.",
                    kind_and_value(other)
                )));
            }
        };
        Ok(Self {
            kind,
            path,
            value: member(members, "value").cloned(),
        })
    }
}

fn operation_kind(word: &str) -> Option<Kind> {
    [
        ("add", Kind::Add),
        ("replace", Kind::Replace),
        ("remove", Kind::Remove),
    ]
    .into_iter()
    .find(|(name, _)| word.trim().eq_ignore_ascii_case(name))
    .map(|(_, kind)| kind)
}

fn member<'a>(members: &'a Object, name: &str) -> Option<&'a Value> {
    members
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
