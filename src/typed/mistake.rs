//! Where in JSON a value is not what it should be, and how.

use serde::de::{Error, Expected, Unexpected};
use std::fmt;

/// Boxed, as serde_json's errors are: the code for every type hands it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake(Box<Told>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Such as `scopes[0]`; empty for the whole.
    pub place: String,
    /// In serde's words.
    pub reason: String,
}

impl Mistake {
    pub fn told(self) -> Told {
        *self.0
    }

    #[cold]
    #[inline(never)]
    pub(super) fn within(mut self, name: &str) -> Self {
        let place = &mut self.0.place;
        if !place.is_empty() && !place.starts_with('[') {
            place.insert(0, '.');
        }
        place.insert_str(0, name);
        self
    }

    #[cold]
    #[inline(never)]
    pub(super) fn at(self, place: usize) -> Self {
        self.within(&format!("[{place}]"))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Told { place, reason } = self.0.as_ref();
        if place.is_empty() {
            formatter.write_str(reason)
        } else {
            write!(formatter, "{place}: {reason}")
        }
    }
}

impl std::error::Error for Mistake {}

impl Error for Mistake {
    #[cold]
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self(Box::new(Told {
            place: String::new(),
            reason: reason.to_string(),
        }))
    }

    /// JSON has a name of its own for what serde calls a unit.
    #[cold]
    #[inline(never)]
    fn invalid_type(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        let unexpected = match unexpected {
            Unexpected::Unit => Unexpected::Other("null"),
            other => other,
        };
        Self::custom(format_args!(
            "invalid type: {unexpected}, expected {expected}"
        ))
    }
}
