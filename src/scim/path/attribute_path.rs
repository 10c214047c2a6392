//! The name of an attribute in a filter or a projection: `attrPath` of RFC 7644 figure 1.
//!
//! Invariant: parsing what [`AttributePath`] prints gives the same value.

use crate::scim::schema::{Openness, Qualified};
use std::fmt;

/// Schema, attribute and sub-attribute. A registered schema's URN is spelled as registered; the
/// names are spelled as sent and compared without regard to letter case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributePath {
    pub schema: Option<String>,
    pub name: String,
    pub sub: Option<String>,
}

impl AttributePath {
    /// Nothing when the text is no attribute path.
    pub fn parse(text: &str) -> Option<Self> {
        let (schema, name, verbatim) = match Qualified::split(text) {
            Qualified::Plain(name) => (None, name, false),
            Qualified::Whole(_) => return None,
            Qualified::Attribute(schema, name) => {
                (Some(schema.id), name, schema.openness == Openness::Open)
            }
            Qualified::Undeclared { urn, name } => (Some(urn), name, true),
        };
        let schema = schema.map(str::to_owned);
        if verbatim {
            return (!name.is_empty()).then(|| Self {
                schema,
                name: name.to_owned(),
                sub: None,
            });
        }
        let (name, sub) = match name.split_once('.') {
            Some((name, sub)) => (name, Some(sub)),
            None => (name, None),
        };
        if !is_attribute_name(name) || !sub.is_none_or(is_attribute_name) {
            return None;
        }
        Some(Self {
            schema,
            name: name.to_owned(),
            sub: sub.map(str::to_owned),
        })
    }
}

impl fmt::Display for AttributePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(formatter, "{schema}:")?;
        }
        formatter.write_str(&self.name)?;
        match &self.sub {
            Some(sub) => write!(formatter, ".{sub}"),
            None => Ok(()),
        }
    }
}

/// `ATTRNAME` of RFC 7643 section 2.1, and names such as `$ref` that the RFCs use against it.
pub(super) fn is_attribute_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '$' || first == '_')
        && characters.all(|other| other.is_ascii_alphanumeric() || matches!(other, '-' | '_' | '$'))
}
