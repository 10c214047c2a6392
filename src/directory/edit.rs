//! What creates and edits of the management API are made of. Each resource's own stand beside the resource; whoever
//! reads a body or describes the API goes by the same types.

use super::refusal::Refusal;
use serde::{Deserialize, Deserializer};

/// A field of an edit: absent (leave it), `null` (take it away) or a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Field<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Value(value),
            None => Self::Null,
        })
    }
}

impl<T> Field<T> {
    pub fn replace(self, setting: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *setting = None,
            Self::Value(value) => *setting = Some(value),
        }
    }
}

/// A field of an edit that may be absent, but not `null`: nothing would be done, and nobody told.
pub fn not_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

pub fn replace<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

/// A list of names, each of which is said enough once.
pub fn each_once<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut each = Vec::new();
    for one in list {
        if !each.contains(&one) {
            each.push(one);
        }
    }
    each
}

/// A name that people read: something is there, and it fits on a line.
pub fn readable_name(name: &str) -> Result<String, Refusal> {
    readable_line("name", name, 200)
}

pub fn readable_line(field: &str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most || text.contains(char::is_control) {
        return Err(Refusal::InvalidInput(format!(
            "\"{field}\" must be a text of 1 to {most} characters on one line."
        )));
    }
    Ok(text.to_owned())
}
