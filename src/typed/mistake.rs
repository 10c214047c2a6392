//! Where in JSON a value is not what it should be, and how.

use serde::de::{Error, Expected, Unexpected};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Such as `scopes[0]`; empty for the whole.
    pub place: String,
    /// In serde's words.
    pub reason: String,
}

/// Boxed, as every error in serde_json: it is handed on in the code of each type.
impl Mistake {
    #[cold]
    #[inline(never)]
    pub(super) fn within(mut self: Box<Self>, name: &str) -> Box<Self> {
        if !self.place.is_empty() && !self.place.starts_with('[') {
            self.place.insert(0, '.');
        }
        self.place.insert_str(0, name);
        self
    }

    #[cold]
    #[inline(never)]
    pub(super) fn at(self: Box<Self>, place: usize) -> Box<Self> {
        self.within(&format!("[{place}]"))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, reason } = self;
        if place.is_empty() {
            formatter.write_str(reason)
        } else {
            write!(formatter, "{place}: {reason}")
        }
    }
}

impl std::error::Error for Mistake {}

impl Error for Box<Mistake> {
    #[cold]
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::new(Mistake {
            place: String::new(),
            reason: reason.to_string(),
        })
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
