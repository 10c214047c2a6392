//! What creates and edits of the management API are made of. Each resource's own stand beside the resource; whoever
//! reads a body or describes the API goes by the same types.

#[cfg(test)]
mod schema;

use super::refusal::Refusal;
use crate::scim::fold;
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

/// A field that may be absent, but not `null`: nothing would be done, and nobody told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<T>(pub Option<T>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

impl<T> Given<T> {
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Given<U> {
        Given(self.0.map(into))
    }

    pub fn replace(self, setting: &mut T) {
        if let Some(value) = self.0 {
            *setting = value;
        }
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
    if fold::name(text).is_empty() || text.chars().count() > most || text.contains(char::is_control)
    {
        return Err(Refusal::InvalidInput(format!(
            "\"{field}\" must be a text of 1 to {most} characters on one line."
        )));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Edit {
        #[serde(default)]
        seats: Field<u32>,
        #[serde(default)]
        name: Given<String>,
    }

    fn edit(json: &str) -> Result<Edit, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_field_that_is_absent_stays_and_null_takes_it_away() {
        for (json, expected) in [
            ("{}", Some(5)),
            (r#"{"seats":null}"#, None),
            (r#"{"seats":7}"#, Some(7)),
        ] {
            let mut seats = Some(5);
            edit(json).expect("an edit").seats.replace(&mut seats);
            assert_eq!(seats, expected, "{json}");
        }
    }

    #[test]
    fn what_can_not_be_taken_away_is_not_null() {
        assert_eq!(edit("{}").expect("an edit").name, Given(None));
        assert!(edit(r#"{"name":null}"#).is_err());
    }

    #[test]
    fn a_name_is_something_that_fits_on_a_line() {
        assert_eq!(readable_name(" Acme ").as_deref(), Ok("Acme"));
        assert_eq!(
            readable_name(&"é".repeat(200)).as_deref(),
            Ok("é".repeat(200).as_str())
        );
        for name in ["", "  ", "two\nlines", &"é".repeat(201)] {
            let Err(Refusal::InvalidInput(why)) = readable_name(name) else {
                panic!("{name:?} was taken");
            };
            assert_eq!(
                why,
                "\"name\" must be a text of 1 to 200 characters on one line."
            );
        }
    }
}
