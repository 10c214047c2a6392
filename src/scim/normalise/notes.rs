//! What the provisioning log is told of one request: what was sent, what was understood by it, which
//! quirks it had, and sentences for people.
//!
//! Invariant: nothing here holds a secret, and all of it is bounded however large the request is.

use crate::scim::dialect::{Dialect, Quirk};
use serde::Serialize;
use serde::ser::{SerializeSeq as _, Serializer};
use serde_json::Value;

use super::describe::{cut, kind_and_value};

/// Sentences, and quirks, kept of one request; more say nothing new.
const MOST_KEPT: usize = 50;

/// A value, and how it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood<T> {
    pub value: T,
    pub notes: Notes,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    sentences: Vec<String>,
    sentences_left_out: usize,
    seen: Vec<SeenQuirk>,
    seen_left_out: usize,
    /// The body as it came, as the log keeps it; JSON.
    pub(crate) sent: Option<String>,
    /// The canonical operations, as the log keeps them; JSON.
    pub(crate) understood: Option<String>,
    dialect: Option<Dialect>,
}

/// A quirk that a request had.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenQuirk {
    pub quirk: Quirk,
    /// The attribute, path or member that had it.
    pub at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub understood: Option<Value>,
}

impl Notes {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a sentence, once.
    pub fn push(&mut self, sentence: String) {
        keep(&mut self.sentences, &mut self.sentences_left_out, sentence);
    }

    pub fn extend(&mut self, sentences: impl IntoIterator<Item = String>) {
        for sentence in sentences {
            self.push(sentence);
        }
    }

    /// Takes over what was noted elsewhere of the same request.
    pub fn absorb(&mut self, other: Self) {
        self.extend(other.sentences);
        for seen in other.seen {
            keep(&mut self.seen, &mut self.seen_left_out, seen);
        }
        self.sentences_left_out += other.sentences_left_out;
        self.seen_left_out += other.seen_left_out;
        self.sent = self.sent.take().or(other.sent);
        // What came of it is known later than what was read.
        self.understood = other.understood.or(self.understood.take());
        self.dialect = self.dialect.or(other.dialect);
    }

    /// Adds a quirk whose place says it all.
    pub(crate) fn quirk(&mut self, quirk: Quirk, at: &str) {
        self.saw(quirk, at, None, None);
    }

    /// Adds a quirk with the form that was sent and the form that it was understood as.
    pub(crate) fn quirk_as(&mut self, quirk: Quirk, at: &str, sent: &Value, understood: Value) {
        self.saw(quirk, at, Some(short(sent)), Some(understood));
    }

    fn saw(&mut self, quirk: Quirk, at: &str, sent: Option<Value>, understood: Option<Value>) {
        let seen = SeenQuirk {
            quirk,
            at: cut(at),
            sent,
            understood,
        };
        if let Some(sentence) = quirk.note(&seen) {
            self.push(sentence);
        }
        keep(&mut self.seen, &mut self.seen_left_out, seen);
    }

    /// Says who speaks; only a request whose speaker is known by this is kept with what it sent.
    pub fn spoken_by(&mut self, dialect: Dialect) {
        self.dialect = Some(dialect);
    }

    /// Says what came, where that is not the body that was read.
    pub fn came_as(&mut self, sent: String) {
        self.sent = Some(sent);
    }

    pub fn dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    pub fn sent(&self) -> Option<&str> {
        self.sent.as_deref()
    }

    pub fn understood(&self) -> Option<&str> {
        self.understood.as_deref()
    }

    pub fn quirks(&self) -> Vec<Quirk> {
        self.seen.iter().map(|seen| seen.quirk).collect()
    }

    /// The quirks as the log keeps them.
    pub fn seen(&self) -> impl Serialize + '_ {
        Kept {
            list: &self.seen,
            more: self.seen_left_out,
        }
    }

    /// The sentences as the log keeps them.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = self.sentences.clone();
        if self.sentences_left_out > 0 {
            sentences.push(format!("{} more", self.sentences_left_out));
        }
        sentences
    }
}

struct Kept<'a> {
    list: &'a [SeenQuirk],
    more: usize,
}

impl Serialize for Kept<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for seen in self.list {
            list.serialize_element(seen)?;
        }
        if self.more > 0 {
            list.serialize_element(&serde_json::json!({ "more": self.more }))?;
        }
        list.end()
    }
}

fn keep<T: PartialEq>(list: &mut Vec<T>, left_out: &mut usize, one: T) {
    if list.contains(&one) {
        return;
    }
    if list.len() < MOST_KEPT {
        list.push(one);
    } else {
        *left_out += 1;
    }
}

/// A foreign value as a note has it: itself, cut short, or what kind of value it is.
fn short(value: &Value) -> Value {
    match value {
        Value::String(text) => cut(text).into(),
        Value::Array(_) | Value::Object(_) => kind_and_value(value).into(),
        other => other.clone(),
    }
}
