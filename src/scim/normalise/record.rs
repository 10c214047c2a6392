//! JSON as the provisioning log keeps it: without secrets, and not too long.
//!
//! Invariant: what leaves here is valid JSON of at most [`MAX_RECORD`] bytes.

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::{Value, json};
use std::io::{Error, ErrorKind, Write};

/// Bytes of one record. Entra's largest documented requests have some three thousand.
pub const MAX_RECORD: usize = 16 * 1024;

/// What stands in the place of a secret.
const SECRET: &str = "(not kept)";

/// An object, as the log keeps it.
pub fn of_members(members: &crate::scim::Object) -> String {
    bounded(&Members(members))
}

/// A list, as the log keeps it; no more of it is asked for than is kept.
pub(crate) fn of_list(list: impl Iterator<Item = Value> + Clone) -> String {
    struct List<I>(I);
    impl<I: Iterator<Item = Value> + Clone> Serialize for List<I> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            struct Owned(Value);
            impl Serialize for Owned {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    Redacted(&self.0).serialize(serializer)
                }
            }
            serializer.collect_seq(self.0.clone().map(Owned))
        }
    }
    bounded(&List(list))
}

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
            Value::Object(members) => Members(members).serialize(serializer),
            other => other.serialize(serializer),
        }
    }
}

struct Members<'a>(&'a crate::scim::Object);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // An operation names the attribute in its path.
        let names_secret = self.0.iter().any(|(key, value)| {
            key.eq_ignore_ascii_case("path") && value.as_str().is_some_and(is_secret)
        });
        let mut members = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            let hidden = is_secret(key) || (names_secret && key.eq_ignore_ascii_case("value"));
            if hidden && !value.is_null() {
                members.serialize_entry(key, SECRET)?;
            } else {
                members.serialize_entry(key, &Redacted(value))?;
            }
        }
        members.end()
    }
}

/// Whether the last segment of a name or path speaks of a secret.
fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 5] = ["password", "passwd", "passphrase", "secret", "token"];
    let name = name.to_ascii_lowercase();
    let last = name.rsplit([':', '.']).next().unwrap_or_default();
    WORDS.iter().any(|word| last.contains(word))
}

#[cfg(test)]
mod tests;
