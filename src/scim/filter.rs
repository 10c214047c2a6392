//! Filters (RFC 7644 section 3.4.2.2): grammar, syntax tree, types and evaluation over JSON.
//!
//! A [`Filter`] is what was written; resolved against the schemas it becomes a [`ResolvedFilter`],
//! which is what it means.
//!
//! Invariants: parsing what a [`Filter`] prints gives the same filter; a filter is at most
//! [`MAX_FILTER_DEPTH`] levels deep, so that recursion over it is bounded.

pub mod comparison;
pub mod operand;
pub mod resolved;

mod brackets;
mod display;
pub(crate) mod email;
mod parser;
mod resolve;
mod value_filter;

pub(crate) use comparison::same_text;
pub(in crate::scim) use resolve::typed;
pub use resolved::ResolvedFilter;
pub use value_filter::ValueFilter;

use super::error::ScimError;
use super::path::AttributePath;

/// Bytes in one filter.
pub const MAX_FILTER_LENGTH: usize = 8 * 1024;

/// Levels of parentheses, `not` and brackets.
pub const MAX_FILTER_DEPTH: usize = 32;

/// Comparisons in one filter of a list. Each becomes a part of one SQL statement, and D1 bounds that.
pub const MAX_COMPARISONS: usize = 80;

/// A parsed filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// `attribute pr`
    Present(AttributePath),
    /// `attribute operator value`
    Compare {
        attribute: AttributePath,
        operator: Operator,
        value: Literal,
    },
    /// `attribute[filter]`: one element satisfies the whole inner filter.
    ///
    /// `attribute[filter].sub eq value`, which Entra sends as a matching attribute (Microsoft docs)
    /// and the RFC lacks, is read as `attribute[filter and sub eq value]`.
    ValuePath {
        attribute: AttributePath,
        filter: Box<Filter>,
    },
    /// At least two parts.
    And(Vec<Filter>),
    /// At least two parts.
    Or(Vec<Filter>),
    Not(Box<Filter>),
}

/// The comparison operators of RFC 7644 table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
}

/// The value an attribute is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    String(String),
    Number(serde_json::Number),
    Boolean(bool),
    Null,
}

impl Operator {
    const ALL: [Self; 9] = [
        Self::Equal,
        Self::NotEqual,
        Self::Contains,
        Self::StartsWith,
        Self::EndsWith,
        Self::GreaterThan,
        Self::GreaterOrEqual,
        Self::LessThan,
        Self::LessOrEqual,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::NotEqual => "ne",
            Self::Contains => "co",
            Self::StartsWith => "sw",
            Self::EndsWith => "ew",
            Self::GreaterThan => "gt",
            Self::GreaterOrEqual => "ge",
            Self::LessThan => "lt",
            Self::LessOrEqual => "le",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|operator| operator.as_str().eq_ignore_ascii_case(word))
    }
}

impl Filter {
    /// Reads the `filter` parameter of a list request.
    pub fn parse(text: &str) -> Result<Self, ScimError> {
        parser::filter(text)
            .map_err(|why| ScimError::invalid_filter(format!("The filter is not valid: {why}")))
    }

    /// Reads a value filter from after its `[`, and gives what follows the `]`.
    pub(crate) fn parse_value_filter(text: &str) -> Result<(Self, &str), String> {
        parser::value_filter(text)
    }

    /// The number of attributes that the filter looks at.
    pub fn comparisons(&self) -> usize {
        match self {
            Self::Present(path)
            | Self::Compare {
                attribute: path, ..
            } => email::attributes(path),
            Self::ValuePath { filter, .. } => filter.comparisons(),
            Self::Not(inner) => inner.comparisons(),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::comparisons).sum(),
        }
    }

    /// The values that an element must have to satisfy a conjunction of `eq` on sub-attributes;
    /// nothing for any other filter.
    pub(crate) fn equalities(&self) -> Option<Vec<(&str, &Literal)>> {
        match self {
            Self::Compare {
                attribute:
                    AttributePath {
                        schema: None,
                        name,
                        sub: None,
                    },
                operator: Operator::Equal,
                value,
            } if *value != Literal::Null => Some(vec![(name.as_str(), value)]),
            Self::And(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(part.equalities()?);
                }
                Some(all)
            }
            _ => None,
        }
    }

    /// The text that the `value` of an element has to be, where the filter says one.
    pub(crate) fn value(&self) -> Option<&str> {
        let equalities = self.equalities()?;
        equalities
            .into_iter()
            .find_map(|(name, literal)| match literal {
                Literal::String(text) if name.eq_ignore_ascii_case("value") => Some(text.as_str()),
                _ => None,
            })
    }
}

#[cfg(test)]
mod tests;
