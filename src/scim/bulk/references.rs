//! `bulkId:x` where an id belongs (RFC 7644 section 3.7.2): found, and replaced once the id is known.
//!
//! A reference is a whole string: in `data` at any depth, a segment of the path, or a literal of a value filter, in the
//! path of a PATCH or in a key that is one. There an unresolved one would be an id that nobody has, and the operation
//! would do nothing and succeed.

use crate::scim::Object;
use crate::scim::member::member;
use serde_json::Value;
use std::ops::Range;

const PREFIX: &str = "bulkId:";
const OPERATIONS: &str = "Operations";

/// The bulkId that a text refers to.
pub(super) fn referred(text: &str) -> Option<&str> {
    text.strip_prefix(PREFIX)
}

/// Every bulkId that is referred to in `data`, in no particular order.
pub(super) fn all_in(data: &Object) -> Vec<String> {
    let mut found = Vec::new();
    let in_path = |path: &str| in_filter(path).into_iter().map(|(_, bulk_id)| bulk_id);
    found.extend(data.keys().flat_map(|key| in_path(key)));
    let mut open: Vec<&Value> = data.values().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.extend(referred(text).map(str::to_owned)),
            Value::Array(list) => open.extend(list),
            Value::Object(members) => {
                found.extend(members.keys().flat_map(|key| in_path(key)));
                open.extend(members.values());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let paths = operations(data).iter().filter_map(path_of);
    found.extend(paths.flat_map(in_path));
    found
}

/// Puts what `id_of` knows in the place of references.
pub(super) fn resolve(data: &mut Object, id_of: &dyn Fn(&str) -> Option<String>) {
    resolve_keys(data, id_of);
    let mut open: Vec<&mut Value> = data.values_mut().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => {
                if let Some(id) = referred(text).and_then(id_of) {
                    *text = id;
                }
            }
            Value::Array(list) => open.extend(list),
            Value::Object(members) => {
                resolve_keys(members, id_of);
                open.extend(members.values_mut());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    for operation in operations_mut(data) {
        if let Some(Value::String(path)) = named_mut(operation, "path")
            && let Some(resolved) = resolved_path(path, id_of)
        {
            *path = resolved;
        }
    }
}

fn resolve_keys(members: &mut Object, id_of: &dyn Fn(&str) -> Option<String>) {
    if members.keys().any(|key| !in_filter(key).is_empty()) {
        let resolved =
            |(key, value): (String, Value)| (resolved_path(&key, id_of).unwrap_or(key), value);
        *members = std::mem::take(members).into_iter().map(resolved).collect();
    }
}

/// The path with ids in the place of the references in its value filter; nothing where there is none.
fn resolved_path(path: &str, id_of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut resolved = path.to_owned();
    // From the end, so that the places before stay what they are.
    let references = in_filter(path);
    for (place, bulk_id) in references.iter().rev() {
        if let Some(id) = id_of(bulk_id) {
            resolved.replace_range(place.clone(), &Value::from(id).to_string());
        }
    }
    (!references.is_empty()).then_some(resolved)
}

/// The literals of a path's value filter that are references: their places, quotes included, and the bulkIds.
fn in_filter(path: &str) -> Vec<(Range<usize>, String)> {
    let Some(filter) = path.find('[') else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut start = None;
    let mut is_escaped = false;
    for (place, character) in path.char_indices().skip_while(|(place, _)| *place < filter) {
        match (start, character) {
            (None, '"') => start = Some(place),
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(from), '"') => {
                start = None;
                let place = from..place + 1;
                // The grammar has the strings of JSON (RFC 7644 section 3.4.2.2).
                let literal = path.get(place.clone()).map(serde_json::from_str::<String>);
                if let Some(Ok(text)) = literal
                    && let Some(bulk_id) = referred(&text)
                {
                    found.push((place, bulk_id.to_owned()));
                }
            }
            _ => {}
        }
    }
    found
}

/// The operations of a PATCH: a list, or one alone.
fn operations(data: &Object) -> &[Value] {
    match member(data, OPERATIONS) {
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn operations_mut(data: &mut Object) -> &mut [Value] {
    match named_mut_in(data, OPERATIONS) {
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_mut(one),
        None => &mut [],
    }
}

fn path_of(operation: &Value) -> Option<&str> {
    member(operation.as_object()?, "path")?.as_str()
}

fn named_mut<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    named_mut_in(value.as_object_mut()?, name)
}

fn named_mut_in<'a>(members: &'a mut Object, name: &str) -> Option<&'a mut Value> {
    members
        .iter_mut()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
