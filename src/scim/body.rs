//! From the bytes of a request to a JSON object.
//!
//! Invariant: an object that leaves here is at most [`MAX_DEPTH`] levels deep, is valid Unicode and
//! holds no NUL character, so that later code may recurse into it and SQLite stores it whole.

use super::Object;
use super::error::ScimError;
use super::normalise::describe::{cut, kind};
use serde_json::Value;

/// Levels of nested objects and lists; no documented client sends more than six.
pub const MAX_DEPTH: usize = 32;

/// Reads the body of a POST, PUT or PATCH.
pub fn parse_object(bytes: &[u8]) -> Result<Object, ScimError> {
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
    if nesting(text) > MAX_DEPTH {
        return Err(ScimError::invalid_syntax(format!(
            "The request body is nested more than {MAX_DEPTH} levels deep. Send a flatter JSON object."
        )));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        ScimError::invalid_syntax(format!("The request body is not valid JSON: {error}."))
    })?;
    let object = match value {
        Value::Object(object) => object,
        other => {
            return Err(ScimError::invalid_syntax(format!(
                "The request body has to be a JSON object, but is {}.",
                kind(&other)
            )));
        }
    };
    // A NUL can only have come as this escape (RFC 8259 section 7); most bodies skip the walk.
    if text.contains("\\u0000") {
        refuse_nul(&object)?;
    }
    Ok(object)
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
    let mut open: Vec<(String, &Value)> = Vec::new();
    push_members(&mut open, "", object)?;
    while let Some((path, value)) = open.pop() {
        match value {
            Value::String(text) if text.contains('\0') => return Err(nul_at(&path)),
            Value::Array(list) => open.extend(list.iter().map(|inner| (path.clone(), inner))),
            Value::Object(members) => push_members(&mut open, &path, members)?,
            _ => {}
        }
    }
    Ok(())
}

fn push_members<'a>(
    open: &mut Vec<(String, &'a Value)>,
    path: &str,
    members: &'a Object,
) -> Result<(), ScimError> {
    for (name, value) in members {
        let inner = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        if name.contains('\0') {
            return Err(nul_at(&inner.replace('\0', "\\u0000")));
        }
        open.push((inner, value));
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
