//! JSON as the provisioning log keeps it: without secrets, and not too long.
//!
//! Invariant: what leaves here is valid JSON of at most [`MAX_RECORD`] bytes, without a NUL: SQLite would cut a text
//! off that it reads from it.

use super::OperationKind;
use super::operation::{Operation, Printed, PrintedValue};
use crate::scim::Object;
use crate::scim::member::entry;
use crate::scim::secret::{self, HiddenMembers, KeptText, NOT_KEPT, is_secret};
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{Error, ErrorKind, Write};

/// Bytes of one record. Entra's largest documented requests have some three thousand.
pub const MAX_RECORD: usize = 16 * 1024;

/// The members of an operation. What stands beside them says nothing that is done, and may be anything.
pub(super) const OF_AN_OPERATION: [&str; 3] = ["op", "path", "value"];

/// An object, as the log keeps it.
#[cfg(test)]
pub fn of_members(members: &Object) -> String {
    bounded(&RedactedMembers {
        members,
        operations: None,
    })
}

/// The body of a POST or PUT, or the message of a PATCH, as the log keeps it.
pub(crate) fn of_body(body: &Object) -> String {
    bounded(&RedactedMembers::of_body(body))
}

/// The data of an operation of a bulk request, as the log keeps it: a body, or operations without a message.
pub(crate) fn of_data(data: &Value) -> String {
    match data {
        Value::Object(members) if entry(members, "op").is_none() => of_body(members),
        operations => bounded(&SentOperations(operations)),
    }
}

/// Canonical operations, as the log keeps them; no more of them are printed than are kept.
pub(crate) fn of_operations(operations: &[Operation]) -> String {
    bounded(&List(operations, None))
}

/// Operations of what was `sent` as a body, which the log keeps beside them: of one that replaces an attribute by the very
/// value that stands there, the path alone. A create would else be kept twice.
pub(crate) fn of_operations_beside(operations: &[Operation], sent: &Object, kept: &str) -> String {
    let is_whole = !kept.starts_with(CUT);
    bounded(&List(operations, is_whole.then_some(sent)))
}

/// How the record of what is too long begins.
const CUT: &str = "{\"cut\":\"too long";

fn bounded(value: &impl Serialize) -> String {
    let mut start = Start(Vec::new());
    let is_whole = serde_json::to_writer(&mut start, value).is_ok();
    // Only the cut can have split a character.
    let text = match String::from_utf8(start.0) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(valid);
            String::from_utf8(bytes).unwrap_or_default()
        }
    };
    if is_whole { text } else { cut_short(&text) }
}

/// The start of a text that is too long, in an object that says so.
fn cut_short(text: &str) -> String {
    const NOTICE: &str = "too long to be kept whole; this is how it starts";
    let frame = json!({ "cut": NOTICE, "start": "" }).to_string().len();
    let mut length = frame;
    let start: String = text
        .chars()
        .take_while(|character| {
            // JSON escapes these two; it has left no control character unescaped.
            let escape = usize::from(matches!(character, '"' | '\\'));
            length += character.len_utf8() + escape;
            length <= MAX_RECORD
        })
        .collect();
    json!({ "cut": NOTICE, "start": start }).to_string()
}

/// Keeps what is written up to the limit, and then says that it is full.
struct Start(Vec<u8>);

impl Write for Start {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let free = MAX_RECORD - self.0.len();
        match bytes.get(..free) {
            Some(fitting) if fitting.len() < bytes.len() => {
                self.0.extend_from_slice(fitting);
                Err(Error::from(ErrorKind::WriteZero))
            }
            _ => {
                self.0.extend_from_slice(bytes);
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Redacted<'a>(&'a Value);

impl Serialize for Redacted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(list) => serializer.collect_seq(list.iter().map(Redacted)),
            Value::Object(members) => RedactedMembers {
                members,
                operations: None,
            }
            .serialize(serializer),
            Value::String(text) => match secret::kept(text, &mut |_| Some(NOT_KEPT.into())) {
                KeptText::AsSent => serializer.serialize_str(&without_nul(text)),
                KeptText::Without(text) => serializer.serialize_str(&without_nul(&text)),
                KeptText::Nothing => serializer.serialize_str(NOT_KEPT),
            },
            other => other.serialize(serializer),
        }
    }
}

/// The members of an object. Of a body, `operations` is the name of those of a PATCH, which are known as such.
struct RedactedMembers<'a> {
    members: &'a Object,
    operations: Option<&'a String>,
}

impl<'a> RedactedMembers<'a> {
    fn of_body(members: &'a Object) -> Self {
        let operations = entry(members, "Operations").map(|(key, _)| key);
        Self {
            members,
            operations,
        }
    }
}

impl Serialize for RedactedMembers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hidden = HiddenMembers::of(self.members);
        let mut members = serializer.serialize_map(Some(self.members.len()))?;
        for (key, value) in self.members {
            if Some(key) == self.operations {
                members.serialize_entry(key, &SentOperations(value))?;
            } else if hidden.hides(key, value) {
                members.serialize_entry(&name(key), NOT_KEPT)?;
            } else {
                members.serialize_entry(&name(key), &Redacted(value))?;
            }
        }
        members.end()
    }
}

/// Operations as they were sent: a list of them, or a single one.
struct SentOperations<'a>(&'a Value);

impl Serialize for SentOperations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(list) => serializer.collect_seq(list.iter().map(SentOperation)),
            one => SentOperation(one).serialize(serializer),
        }
    }
}

struct SentOperation<'a>(&'a Value);

impl Serialize for SentOperation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(sent) = self.0 else {
            return Redacted(self.0).serialize(serializer);
        };
        // Those that are read: of several names that differ in case alone, the first.
        let own = OF_AN_OPERATION.map(|name| entry(sent, name));
        let [_, path, value_of_it] = own;
        let hides_value = match path.map(|(_, path)| path) {
            None | Some(Value::Null) => false,
            Some(Value::String(path)) => is_secret(path),
            // No path at all, so that nobody knows what it is the value of.
            Some(_) => true,
        };
        let mut members = serializer.serialize_map(None)?;
        let is_own = |key: &String| own.iter().flatten().any(|(own, _)| *own == key);
        for (key, value) in sent.iter().filter(|(key, _)| is_own(key)) {
            let is_value = value_of_it.is_some_and(|(own, _)| own == key);
            match value {
                value if is_value && hides_value && !value.is_null() => {
                    members.serialize_entry(key, NOT_KEPT)?;
                }
                Value::String(path) if !is_value => members.serialize_entry(key, &name(path))?,
                value => members.serialize_entry(key, &Redacted(value))?,
            }
        }
        members.end()
    }
}

/// A key or path, as the log keeps it.
fn name(text: &str) -> Cow<'_, str> {
    match secret::shown(text) {
        Cow::Borrowed(text) => without_nul(text),
        Cow::Owned(text) => without_nul(&text).into_owned().into(),
    }
}

fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

struct List<'a>(&'a [Operation], Option<&'a Object>);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = self.0.iter().map(|operation| Line {
            printed: operation.print(),
            sent: self.1,
        });
        serializer.collect_seq(lines)
    }
}

struct Line<'a> {
    printed: Printed<'a>,
    sent: Option<&'a Object>,
}

impl Line<'_> {
    /// Whether that very value stands in the body, under the path or within the extension that it begins with.
    fn is_as_sent(&self, value: &Value) -> bool {
        let path = self.printed.path.as_str();
        let stands = |sent: &Object| {
            let within = path
                .rsplit_once(':')
                .and_then(|(urn, name)| sent.get(urn)?.get(name));
            sent.get(path).or(within) == Some(value)
        };
        self.sent.is_some_and(stands)
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let printed = &self.printed;
        if let (OperationKind::Replace, PrintedValue::Whole(value)) = (printed.kind, &printed.value)
            && self.is_as_sent(value)
            && !is_secret(&printed.path)
        {
            return serializer.serialize_str(&name(&printed.path));
        }
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("op", printed.kind.as_str())?;
        members.serialize_entry("path", &name(&printed.path))?;
        match printed.value {
            PrintedValue::Missing => {}
            PrintedValue::Whole(_) if is_secret(&printed.path) => {
                members.serialize_entry("value", NOT_KEPT)?;
            }
            PrintedValue::Whole(value) => members.serialize_entry("value", &Redacted(value))?,
            PrintedValue::Member(name, value) => {
                members.serialize_entry("value", &RedactedMember(name, value))?;
            }
        }
        members.end()
    }
}

struct RedactedMember<'a>(&'a str, &'a Value);

impl Serialize for RedactedMember<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(1))?;
        if is_secret(self.0) && !self.1.is_null() {
            members.serialize_entry(&name(self.0), NOT_KEPT)?;
        } else {
            members.serialize_entry(&name(self.0), &Redacted(self.1))?;
        }
        members.end()
    }
}

#[cfg(test)]
mod tests;
