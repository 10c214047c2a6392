//! A canonical operation: one change to one attribute, spelled and typed as the schema has it.
//!
//! Invariant: understanding what [`Operation::to_json`] prints gives the same operation.

use super::Kind;
use crate::scim::path::Target;
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operation {
    /// On an attribute that a schema declares.
    Declared { target: Target, change: Change },
    /// On an attribute of an extension that no schema declares, which is kept as sent; null removes it.
    Open {
        how: Assignment,
        urn: String,
        name: String,
        value: Value,
    },
    /// Removes what `urn:name` names under an unregistered URN: an attribute, or an extension as a
    /// whole. Only the resource can tell.
    RemoveUndeclared { urn: String, name: String },
    /// Removes an extension as a whole.
    RemoveExtension { urn: String },
}

/// What is done to a declared attribute.
///
/// A value is what the target holds: a list for a multi-valued attribute, one element for a value
/// filter, a part for a sub-attribute; null for none. In an object, null clears that part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    Assign(Assignment, Value),
    /// With values, those alone are removed.
    Remove(Option<Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assignment {
    Add,
    Replace,
}

impl Assignment {
    const fn kind(self) -> Kind {
        match self {
            Self::Add => Kind::Add,
            Self::Replace => Kind::Replace,
        }
    }
}

impl Operation {
    /// As an operation of RFC 7644 section 3.5.2.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Declared { target, change } => {
                let path = target.to_string();
                match change {
                    Change::Assign(how, value) => {
                        json!({ "op": how.kind().as_str(), "path": path, "value": value })
                    }
                    Change::Remove(None) => remove(&path),
                    Change::Remove(Some(values)) => {
                        json!({ "op": Kind::Remove.as_str(), "path": path, "value": values })
                    }
                }
            }
            // In an object the name is taken as it is; in a path, a colon or a dot would cut it.
            Self::Open {
                how,
                urn,
                name,
                value,
            } => json!({ "op": how.kind().as_str(), "path": urn, "value": { name: value } }),
            Self::RemoveUndeclared { urn, name } => remove(&format!("{urn}:{name}")),
            Self::RemoveExtension { urn } => remove(urn),
        }
    }
}

fn remove(path: &str) -> Value {
    json!({ "op": Kind::Remove.as_str(), "path": path })
}
