//! Splits a name such as `urn:...:User:manager.value` into its schema and its attribute.
//!
//! The cut is after the longest registered schema URN; for an unregistered one it is at the last
//! colon, where Entra and Microsoft's own validator cut (Microsoft SCIMReferenceCode,
//! `TryExtractSchemaIdentifier`). Where a registered URN was meant but for a slip, it is the one that was
//! meant: see [`super::misspelled`].

use super::enterprise::ENTERPRISE_USER;
use super::{Openness, SCHEMAS, Schema, misspelled};

/// What the text in front of an attribute name said about its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualified<'a> {
    /// No URN: a core attribute.
    Plain(&'a str),
    /// A registered URN and nothing after it.
    Whole(&'static Schema),
    /// A registered URN and a name.
    Attribute(&'static Schema, &'a str),
    /// An unregistered URN, cut at its last colon.
    Undeclared { urn: &'a str, name: &'a str },
}

/// Microsoft asks that custom target names look like `urn:...:2.0:User:attribute` (Microsoft docs,
/// "Customize attribute mappings"), so a registered extension is recognised with this tail too.
pub(super) const VERSIONED_TAILS: [&str; 2] = [":2.0:User", ":2.0:Group"];

/// The enterprise extension as Microsoft's documented create spells it ("Develop and plan
/// provisioning for a SCIM endpoint").
pub(crate) const ENTERPRISE_URN_WITHOUT_COLON: &str =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0User";

/// Whether a registered extension's URN is followed by such a tail in the text.
pub(crate) fn has_versioned_tail(text: &str) -> bool {
    SCHEMAS
        .into_iter()
        .filter(|schema| schema.openness != Openness::Closed)
        .filter_map(|schema| after_segment(text, schema.id))
        .any(|rest| {
            VERSIONED_TAILS
                .iter()
                .any(|tail| after_segment(rest, tail).is_some())
        })
}

impl<'a> Qualified<'a> {
    pub fn split(text: &'a str) -> Self {
        if let Some(rest) = after_segment(text, ENTERPRISE_URN_WITHOUT_COLON) {
            return Self::registered(&ENTERPRISE_USER, rest);
        }
        let longest = SCHEMAS
            .into_iter()
            .filter_map(|schema| Some((schema, after_segment(text, schema.id)?)))
            .max_by_key(|(schema, _)| schema.id.len());
        match misspelled::meant(text) {
            Some((schema, "")) => return Self::Whole(schema),
            Some((schema, name)) => return Self::Attribute(schema, name),
            None => {}
        }
        if let Some((schema, rest)) = longest {
            return Self::registered(schema, rest);
        }
        // What stands in a value filter's brackets may contain colons of its own.
        let head = text.split('[').next().unwrap_or(text);
        match head.rfind(':').and_then(|colon| {
            let (urn, name) = text.split_at_checked(colon)?;
            Some((urn, name.strip_prefix(':')?))
        }) {
            Some((urn, name)) => Self::Undeclared { urn, name },
            None => Self::Plain(text),
        }
    }

    fn registered(schema: &'static Schema, rest: &'a str) -> Self {
        let rest = match schema.openness {
            Openness::Closed => rest,
            Openness::Extension | Openness::Open => VERSIONED_TAILS
                .iter()
                .find_map(|tail| after_segment(rest, tail))
                .unwrap_or(rest),
        };
        match rest.strip_prefix(':') {
            Some(name) => Self::Attribute(schema, name),
            None => Self::Whole(schema),
        }
    }
}

/// What follows `prefix` in `text`, when the prefix ends where a segment of the URN ends.
fn after_segment<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    (head.eq_ignore_ascii_case(prefix) && (rest.is_empty() || rest.starts_with(':')))
        .then_some(rest)
}
