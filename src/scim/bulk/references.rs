//! `bulkId:x` where an id belongs (RFC 7644 section 3.7.2): found, and replaced once the id is known.
//!
//! A reference is a whole string: in `data` at any depth, or a segment of the path.

use crate::scim::Object;
use serde_json::Value;

const PREFIX: &str = "bulkId:";

/// The bulkId that a text refers to.
pub(super) fn referred(text: &str) -> Option<&str> {
    text.strip_prefix(PREFIX)
}

/// Every bulkId that is referred to in `data`, in no particular order.
pub(super) fn all_in(data: &Object) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = data.values().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.extend(referred(text)),
            Value::Array(list) => open.extend(list),
            Value::Object(members) => open.extend(members.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
}

/// Puts what `id_of` knows in the place of references.
pub(super) fn resolve(data: &mut Object, id_of: &dyn Fn(&str) -> Option<String>) {
    let mut open: Vec<&mut Value> = data.values_mut().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => {
                if let Some(id) = referred(text).and_then(id_of) {
                    *text = id;
                }
            }
            Value::Array(list) => open.extend(list),
            Value::Object(members) => open.extend(members.values_mut()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}
