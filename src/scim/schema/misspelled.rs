//! URNs of registered schemas with a slip at a separator, as in `...:2.0:User.department` and
//! `...:enterprise:2.0:department`. Admins type attribute names into mappings by hand, and what they type must
//! not become an extension that nobody meant.

use super::qualified::{ENTERPRISE_URN_WITHOUT_COLON, VERSIONED_TAILS};
use super::{ENTERPRISE_USER_URN, Openness, SCHEMAS, Schema};

/// What may stand where the URN's last colon belongs.
const SEPARATORS: [char; 3] = ['.', '/', '#'];

/// The schema that is meant and the name of its attribute, where it has that attribute.
pub(super) fn meant(text: &str) -> Option<(&'static Schema, &str)> {
    readings(text).find(|(schema, name)| declares(schema, name))
}

/// Whether the text names an attribute of a registered schema but for the slip.
pub(crate) fn is_misspelled(text: &str) -> bool {
    meant(text).is_some()
}

/// Whether the text is near a registered URN, but names none of the attributes that could be meant.
pub(crate) fn is_near_miss(text: &str) -> bool {
    let has_no_colon = |name: &str| !name.split('[').next().unwrap_or(name).contains(':');
    readings(text).any(|(_, name)| has_no_colon(name))
}

/// Every schema whose URN the text begins with, up to a slip, and the rest.
fn readings(text: &str) -> impl Iterator<Item = (&'static Schema, &str)> {
    SCHEMAS
        .into_iter()
        .flat_map(move |schema| rests(schema, text).map(move |rest| (schema, rest)))
}

fn rests<'a>(schema: &'static Schema, text: &'a str) -> impl Iterator<Item = &'a str> {
    let whole = || behind(text, schema.id)?.strip_prefix(SEPARATORS);
    let versioned = || {
        let rest = behind(text, schema.id).filter(|_| schema.openness != Openness::Closed)?;
        VERSIONED_TAILS
            .iter()
            .find_map(|tail| behind(rest, tail))?
            .strip_prefix(SEPARATORS)
    };
    let without_colon = || {
        Some(text)
            .filter(|_| schema.id == ENTERPRISE_USER_URN)
            .and_then(|text| behind(text, ENTERPRISE_URN_WITHOUT_COLON))?
            .strip_prefix(SEPARATORS)
    };
    // The end of these URNs names the type of resource. Without it, a colon is a slip too.
    let without_end = || {
        let ends = [":User", ":Group"];
        let beginning = ends.iter().find_map(|end| schema.id.strip_suffix(end))?;
        let rest = behind(text, beginning)?;
        Some(rest)
            .filter(|rest| rest.is_empty())
            .or_else(|| rest.strip_prefix(':'))
            .or_else(|| rest.strip_prefix(SEPARATORS))
    };
    [whole(), versioned(), without_colon(), without_end()]
        .into_iter()
        .flatten()
}

fn behind<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(beginning.len())?;
    start.eq_ignore_ascii_case(beginning).then_some(rest)
}

fn declares(schema: &'static Schema, name: &str) -> bool {
    let head = name.split(['.', '[']).next().unwrap_or(name);
    schema.attribute(head).is_some()
}
