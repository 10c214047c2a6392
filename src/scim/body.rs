//! From the bytes of a request to a JSON object.
//!
//! Invariant: an object that leaves here is valid Unicode and of a depth that later code may recurse into. It is at
//! most [`MAX_DEPTH`] levels deep and holds no NUL character, so that SQLite stores it whole; but for one of
//! [`parse_in_parts`], whose reader asks [`usable`] of each part.

use super::Object;
use super::error::ScimError;
use super::normalise::describe::{cut, kind};
use serde_json::Value;

/// Levels of nested objects and lists; no documented client sends more than six.
pub const MAX_DEPTH: usize = 32;

/// Levels of a body of which parts may be left out. The log keeps it as it came, within JSON of its own, and
/// `serde_json` reads 127 levels.
const MAX_DEPTH_IN_PARTS: usize = 3 * MAX_DEPTH;

/// Reads a body that is used as a whole.
pub fn parse_object(bytes: &[u8]) -> Result<Object, ScimError> {
    let object = parsed(bytes, MAX_DEPTH)?;
    // A NUL can only have come as this escape (RFC 8259 section 7); most bodies skip the walk.
    if bytes
        .windows(NUL_ESCAPE.len())
        .any(|part| part == NUL_ESCAPE)
    {
        refuse_nul(&object)?;
    }
    Ok(object)
}

const NUL_ESCAPE: &[u8] = b"\\u0000";

/// Reads a body of which a part that can't be used may be left out: such a value must not keep a leaver in, and in a
/// bulk request it is the mistake of one operation.
pub fn parse_in_parts(bytes: &[u8]) -> Result<Object, ScimError> {
    parsed(bytes, MAX_DEPTH_IN_PARTS)
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

fn too_deep() -> ScimError {
    ScimError::invalid_syntax(format!(
        "The request body is nested more than {MAX_DEPTH} levels deep. Send a flatter JSON object."
    ))
}

fn parsed(bytes: &[u8], most_levels: usize) -> Result<Object, ScimError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        ScimError::invalid_syntax(format!(
            "The request body is not UTF-8: byte {} does not belong there. Send JSON in UTF-8.",
            error.valid_up_to()
        ))
    })?;
    // RFC 8259 section 8.1 lets a parser ignore a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ScimError::invalid_syntax(
            "This request needs a body: a JSON object. The body was empty.",
        ));
    }
    // Before parsing, so that the parser's own recursion is bounded as well.
    if nesting(text) > most_levels {
        return Err(too_deep());
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        ScimError::invalid_syntax(format!("The request body is not valid JSON: {error}."))
    })?;
    match value {
        Value::Object(object) => Ok(object),
        other => Err(ScimError::invalid_syntax(format!(
            "The request body has to be a JSON object, but is {}.",
            kind(&other)
        ))),
    }
}

/// The depth of the brackets outside strings; an upper bound for text that is not JSON.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
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
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
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

fn refuse_nul_in(place: String, value: &Value) -> Result<(), ScimError> {
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
