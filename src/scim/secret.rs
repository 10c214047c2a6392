//! Secrets, by their names. What stands under a secret's name is neither stored nor logged: identity providers send
//! passwords that nobody asked for (Okta docs, SCIM 2.0 reference), and an admin can map one to any name.
//!
//! Invariant: what the log masks is not kept, and what is kept is not masked, because both ask here: of a name
//! ([`is_secret`]), of an object ([`HiddenMembers`]), of a text that may be JSON ([`text::kept`]).

mod name;
mod text;

use super::Object;
use super::error::ScimError;
use serde_json::Value;
use std::borrow::Cow;

pub(crate) use name::is_secret;
pub use text::up_to_a_secret;
pub(crate) use text::{KeptText, kept, shown};

/// Refuses a path or key whose filter compares with a secret. No value holds one, and an element is made of what the
/// filter that finds none says.
pub(crate) fn compares_none(path: &str) -> Result<(), ScimError> {
    if is_secret(path)
        || !path.contains('[')
        || matches!(shown(path), Cow::Borrowed(text) if text == path)
    {
        return Ok(());
    }
    Err(ScimError::invalid_filter(
        "A filter in brackets compares with a secret, by its name. No secret is kept here, so that there is nothing to \
         find by one. Choose by another part of the value.",
    ))
}

/// What stands in the place of a secret.
pub(crate) const NOT_KEPT: &str = "(not kept)";

/// Which members of an object are secrets.
pub(crate) struct HiddenMembers {
    /// The object is an operation, or looks like one, on something secret: it says so in its `path`, and whatever
    /// else it holds may be the value.
    is_of_a_secret: bool,
}

impl HiddenMembers {
    pub(crate) fn of(members: &Object) -> Self {
        Self {
            is_of_a_secret: members.iter().any(|(key, value)| {
                key.trim().eq_ignore_ascii_case("path") && value.as_str().is_some_and(is_secret)
            }),
        }
    }

    /// A null says nothing, whatever its name.
    pub(crate) fn hides(&self, key: &str, value: &Value) -> bool {
        let says_what = || {
            ["op", "path"]
                .iter()
                .any(|one| key.eq_ignore_ascii_case(one))
        };
        !value.is_null() && (is_secret(key) || (self.is_of_a_secret && !says_what()))
    }
}

/// A value without its secrets, at any depth, in the texts that are JSON as well. `left_out` is told the name of
/// each, which begins with `name`; [`members_without`] goes through an object whose own name ends otherwise.
pub(crate) fn value_without(value: &Value, name: &str, left_out: &mut dyn FnMut(&str)) -> Value {
    match value {
        Value::Array(list) => list
            .iter()
            .map(|value| value_without(value, name, left_out))
            .collect(),
        Value::Object(members) => {
            Value::Object(members_without(members, &format!("{name}."), left_out))
        }
        Value::String(sent) => text_without(sent, name, left_out),
        other => other.clone(),
    }
}

/// What is hidden of the members of an object, which are called by what stands `before` their keys.
pub(crate) fn members_without(
    members: &Object,
    before: &str,
    left_out: &mut dyn FnMut(&str),
) -> Object {
    let hidden = HiddenMembers::of(members);
    let mut kept = Object::new();
    for (key, value) in members {
        let name = format!("{before}{key}");
        if hidden.hides(key, value) {
            left_out(&name);
        } else {
            kept.insert(key.clone(), value_without(value, &name, left_out));
        }
    }
    kept
}

/// A text without the secrets in it; null where it can't be told apart from them.
pub(crate) fn text_without(sent: &str, name: &str, left_out: &mut dyn FnMut(&str)) -> Value {
    let outcome = kept(sent, &mut |key| {
        left_out(&format!("{name}.{key}"));
        None
    });
    match outcome {
        KeptText::AsSent => sent.into(),
        KeptText::Without(text) => text.into(),
        KeptText::Nothing => {
            left_out(name);
            Value::Null
        }
    }
}
