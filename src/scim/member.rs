//! Members of a client's object, found by name in any letter case (RFC 7643 section 2.1).

use super::Object;
use serde_json::Value;

/// The first member of that name, with the name as it was sent.
pub(super) fn entry<'a>(members: &'a Object, name: &str) -> Option<(&'a String, &'a Value)> {
    members
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
}

/// The value of the first member of that name.
pub(super) fn member<'a>(members: &'a Object, name: &str) -> Option<&'a Value> {
    entry(members, name).map(|(_, value)| value)
}

/// The value of the first [`member`] of that name; null is as good as absent.
pub(super) fn assigned<'a>(members: &'a Object, name: &str) -> Option<&'a Value> {
    member(members, name).filter(|value| !value.is_null())
}
