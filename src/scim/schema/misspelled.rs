//! URNs of registered schemas with a slip at a separator, as in `...:2.0:User.department`,
//! `...:enterprise:2.0:department`, `...:frontapp:teammate:template:` and `...:frontapp:template`. Admins type attribute
//! names into mappings by hand, and what they type must not become an extension that nobody meant.

use super::qualified::{ENTERPRISE_URN_WITHOUT_COLON, VERSIONED_TAILS};
use super::{ENTERPRISE_USER_URN, Openness, SCHEMAS, Schema};

/// What may stand where the URN's last colon belongs.
const SEPARATORS: [char; 3] = ['.', '/', '#'];

/// What stands in excess, or in its place, where a separator belongs.
fn is_slip(character: char) -> bool {
    character == ':' || SEPARATORS.contains(&character) || character.is_whitespace()
}

/// The schema that is meant and the name of its attribute, where it has that attribute; no name where the URN
/// stands alone.
pub(super) fn meant(text: &str) -> Option<(&'static Schema, &str)> {
    readings(text)
        .find(|(schema, name)| declares(schema, name))
        .or_else(|| alone(text))
}

/// A registered URN with nothing but slips around it.
fn alone(text: &str) -> Option<(&'static Schema, &str)> {
    let inner = text.trim_matches(is_slip);
    if inner == text {
        return None;
    }
    let is_whole = |schema: &&Schema| {
        behind(inner, schema.id)
            .is_some_and(|rest| rest.is_empty() || tail_of(schema, rest) == Some(""))
    };
    Some((SCHEMAS.into_iter().find(is_whole)?, ""))
}

/// The attribute that is meant where the last segment of the schema's URN is left out, as in
/// `...:frontapp:template`.
pub(crate) fn shortened(text: &str) -> Option<(&'static Schema, &str)> {
    let text = text.trim();
    SCHEMAS.into_iter().find_map(|schema| {
        let (beginning, _) = schema.id.rsplit_once(':')?;
        let rest = behind(text, beginning)?;
        let name = rest.trim_matches(is_slip);
        (rest.starts_with(is_slip) && declares(schema, name)).then_some((schema, name))
    })
}

/// Whether the text names an attribute of a registered schema but for the slip.
pub(crate) fn is_misspelled(text: &str) -> bool {
    meant(text).or_else(|| shortened(text)).is_some()
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
    let trimmed = text.trim_start();
    // Nothing where the separator is one colon and the name begins and ends as one does.
    let slipped = move |rest: &'a str| {
        let name = rest.trim_matches(is_slip);
        let is_right = trimmed == text && rest.strip_prefix(':') == Some(name);
        (rest.starts_with(is_slip) && !is_right).then_some(name)
    };
    let whole = || slipped(behind(trimmed, schema.id)?);
    let versioned = || slipped(tail_of(schema, behind(trimmed, schema.id)?)?);
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

/// What follows a tail that Microsoft asks for, where the schema's URN may have one.
fn tail_of<'a>(schema: &Schema, rest: &'a str) -> Option<&'a str> {
    VERSIONED_TAILS
        .iter()
        .filter(|_| schema.openness != Openness::Closed)
        .find_map(|tail| behind(rest, tail))
}

fn behind<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(beginning.len())?;
    start.eq_ignore_ascii_case(beginning).then_some(rest)
}

fn declares(schema: &'static Schema, name: &str) -> bool {
    let head = name.split(['.', '[']).next().unwrap_or(name);
    schema.attribute(head).is_some()
}
