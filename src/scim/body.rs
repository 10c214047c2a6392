//! From the bytes of a request to a JSON object.
//!
//! Invariant: an object that leaves here is valid Unicode and of a depth that later code may recurse into. It is at
//! most [`MAX_DEPTH`] levels deep and holds no NUL character, so that SQLite stores it whole; but for one of
//! [`parse_in_parts`], whose reader asks [`usable`] of each part. No tree is made of a text before it is known what it
//! takes: a short text can say very many values, and what an isolate has once taken it never gives back.

use super::Object;
use super::error::ScimError;
use super::normalise::describe::{cut, kind};
use serde_json::Value;
use std::fmt::Display;

/// Levels of nested objects and lists; no documented client sends more than six.
pub const MAX_DEPTH: usize = 32;

/// Levels of a body of which parts may be left out. The log keeps it as it came, within JSON of its own, and
/// `serde_json` reads 127 levels.
const MAX_DEPTH_IN_PARTS: usize = 3 * MAX_DEPTH;

/// Values of one body. A list or object counts as [`CONTAINER`] more. The richest teammate that anybody has sent has some
/// two thousand; the tree of this many takes 7 MB, of an isolate's 128.
pub const MAX_VALUES: usize = 120_000;

/// Values of a bulk request, which is twice as long: a thousand creates as Okta and Entra write them have 90,000.
pub const MAX_VALUES_IN_BULK: usize = 200_000;

/// What a list or object counts beside its values: it has a table of its own.
const CONTAINER: usize = 7;

/// Bytes that a value takes in a tree, in Wasm.
pub const VALUE_BYTES: usize = 56;

/// How much a reader takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) levels: usize,
    pub(super) values: usize,
}

const WHOLE: Bounds = Bounds {
    levels: MAX_DEPTH,
    values: MAX_VALUES,
};

/// Reads a body that is used as a whole.
pub fn parse_object(bytes: &[u8]) -> Result<Object, ScimError> {
    parse_within(bytes, WHOLE)
}

pub(super) fn parse_within(bytes: &[u8], bounds: Bounds) -> Result<Object, ScimError> {
    let object = parsed(bytes, bounds)?;
    // Most bodies skip the walk.
    if may_hold_nul(bytes) {
        refuse_nul(&object)?;
    }
    Ok(object)
}

/// Whether the text of a value may say a NUL: it can only come as this escape (RFC 8259 section 7).
pub(super) fn may_hold_nul(json: &[u8]) -> bool {
    const ESCAPE: &[u8] = b"\\u0000";
    json.windows(ESCAPE.len()).any(|part| part == ESCAPE)
}

/// Reads a body of which a part that can't be used may be left out: such a value must not keep a leaver in.
pub fn parse_in_parts(bytes: &[u8]) -> Result<Object, ScimError> {
    let bounds = Bounds {
        levels: MAX_DEPTH_IN_PARTS,
        ..WHOLE
    };
    parsed(bytes, bounds)
}

/// Reads the object of a bulk request, in which a part that can't be used is the mistake of one operation.
pub fn parse_bulk(bytes: &[u8]) -> Result<Object, ScimError> {
    let bounds = Bounds {
        levels: MAX_DEPTH_IN_PARTS,
        values: MAX_VALUES_IN_BULK,
    };
    parsed(bytes, bounds)
}

/// Bytes that are held of a body once it is read, about: its values, and what the log keeps of it. Told by its text,
/// before it is read. What has too many values or levels is never made.
pub fn memory_of(bytes: &[u8]) -> usize {
    let shape = Shape::of(bytes);
    let is_made = shape.levels <= MAX_DEPTH_IN_PARTS && shape.values <= MAX_VALUES_IN_BULK;
    2 * bytes.len()
        + if is_made {
            shape.values * VALUE_BYTES
        } else {
            0
        }
}

/// Refuses, in an object that was read in parts, what [`parse_object`] would have refused.
pub fn usable_whole(object: &Object) -> Result<(), ScimError> {
    object
        .iter()
        .try_for_each(|(name, value)| usable(name, value, 1))
}

/// Whether a value, which stands so many levels deep in the body, can be used.
pub(crate) fn usable(place: &str, value: &Value, level: usize) -> Result<(), ScimError> {
    if level + depth(value) > MAX_DEPTH {
        return Err(too_deep());
    }
    named_without_nul(place)?;
    refuse_nul_in(place.to_owned(), value)
}

/// Whether the path of an operation, which stands at that place, can be used.
pub(crate) fn usable_path(place: &str, path: &str) -> Result<(), ScimError> {
    if path.contains('\0') {
        return Err(nul_at(place));
    }
    Ok(())
}

/// Whether a member's name can be used.
pub(crate) fn named_without_nul(place: &str) -> Result<(), ScimError> {
    if place.contains('\0') {
        return Err(nul_at(&place.replace('\0', "\\u0000")));
    }
    Ok(())
}

/// Of a message whose parts are read one by one: whether its members beside those can be used.
pub(crate) fn usable_beside(
    members: &Object,
    parts: &[&str],
    before: &str,
    level: usize,
) -> Result<(), ScimError> {
    members
        .iter()
        .filter(|(name, _)| !parts.iter().any(|part| name.eq_ignore_ascii_case(part)))
        .try_for_each(|(name, value)| usable(&format!("{before}{name}"), value, level))
}

pub fn no_body() -> ScimError {
    ScimError::invalid_syntax("This request needs a body: a JSON object. The body was empty.")
}

pub(super) fn not_json(why: &impl Display) -> ScimError {
    ScimError::invalid_syntax(format!("The request body is not valid JSON: {why}."))
}

pub(super) fn too_deep() -> ScimError {
    ScimError::invalid_syntax(format!(
        "The request body is nested more than {MAX_DEPTH} levels deep. Send a flatter JSON object."
    ))
}

fn parsed(bytes: &[u8], bounds: Bounds) -> Result<Object, ScimError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        ScimError::invalid_syntax(format!(
            "The request body is not UTF-8: byte {} does not belong there. Send JSON in UTF-8.",
            error.valid_up_to()
        ))
    })?;
    // RFC 8259 section 8.1 lets a parser ignore a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(no_body());
    }
    // Before parsing, so that the parser's own recursion and what it makes are bounded as well.
    let shape = Shape::of(text.as_bytes());
    if shape.levels > bounds.levels {
        return Err(too_deep());
    }
    if shape.values > bounds.values {
        return Err(ScimError::invalid_value(format!(
            "The request body holds too many values: {}, where each list or object counts as {} more. At most {} are \
             accepted. Send less in one request; nothing was changed.",
            shape.values, CONTAINER, bounds.values
        )));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    match value {
        Value::Object(object) => Ok(object),
        other => Err(ScimError::invalid_syntax(format!(
            "The request body has to be a JSON object, but is {}.",
            kind(&other)
        ))),
    }
}

/// What a text would become, by the brackets and commas outside its strings; an upper bound for text that is not JSON.
struct Shape {
    levels: usize,
    values: usize,
}

impl Shape {
    fn of(json: &[u8]) -> Self {
        let (mut depth, mut levels, mut values) = (0_usize, 0_usize, 1_usize);
        let (mut in_string, mut escaped) = (false, false);
        for byte in json {
            if in_string {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => in_string = true,
                b'{' | b'[' => {
                    depth += 1;
                    levels = levels.max(depth);
                    // Itself was counted by the comma or bracket before it: this one is for what is first in it.
                    values += 1 + CONTAINER;
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                b',' => values += 1,
                _ => {}
            }
        }
        Self { levels, values }
    }
}

/// The depth of a value: 0 for a string, 1 for a list of strings, and so on.
pub(crate) fn depth(value: &Value) -> usize {
    let mut deepest = 0;
    let mut open = vec![(value, 0_usize)];
    while let Some((value, level)) = open.pop() {
        deepest = deepest.max(level);
        match value {
            Value::Array(list) => {
                deepest = deepest.max(level + 1);
                open.extend(list.iter().map(|inner| (inner, level + 1)));
            }
            Value::Object(object) => {
                deepest = deepest.max(level + 1);
                open.extend(object.values().map(|inner| (inner, level + 1)));
            }
            _ => {}
        }
    }
    deepest
}

/// SQLite's text functions stop at a NUL, so that a stored value would be compared by its head only.
pub(crate) fn refuse_nul(object: &Object) -> Result<(), ScimError> {
    object.iter().try_for_each(|(name, value)| {
        named_without_nul(name)?;
        refuse_nul_in(name.clone(), value)
    })
}

pub(super) fn refuse_nul_in(place: String, value: &Value) -> Result<(), ScimError> {
    let mut open = vec![(place, value)];
    while let Some((place, value)) = open.pop() {
        match value {
            Value::String(text) if text.contains('\0') => return Err(nul_at(&place)),
            Value::Array(list) => open.extend(list.iter().map(|inner| (place.clone(), inner))),
            Value::Object(members) => {
                for (name, inner) in members {
                    let place = format!("{place}.{name}");
                    named_without_nul(&place)?;
                    open.push((place, inner));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn nul_at(path: &str) -> ScimError {
    ScimError::invalid_value(format!(
        "\"{}\" contains a NUL character (\\u0000). Remove it and send the value again.",
        cut(path)
    ))
}

#[cfg(test)]
mod tests;
