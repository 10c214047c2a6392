//! A canonical operation: one change to one attribute, spelled and typed as the schema has it.
//!
//! Invariant: understanding what [`Operation::print`] prints gives the same operation.

use super::Kind;
use crate::scim::path::Target;
use crate::scim::place::Place;
use serde_json::Value;

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

/// The members of an operation in the form of RFC 7644 section 3.5.2.
pub(crate) struct Printed<'a> {
    pub(crate) kind: Kind,
    pub(crate) path: String,
    pub(crate) value: PrintedValue<'a>,
}

pub(crate) enum PrintedValue<'a> {
    Missing,
    Whole(&'a Value),
    /// An object with one member.
    Member(&'a str, &'a Value),
}

impl Operation {
    /// What it makes of `active`, where it is about that: nothing where it takes it away.
    #[expect(
        clippy::option_option,
        reason = "the three cases are spelled out above"
    )]
    pub(crate) fn active(&self) -> Option<Option<bool>> {
        match self {
            Self::Declared { target, change }
                if target.extension.is_none() && target.attribute.name == "active" =>
            {
                Some(match change {
                    Change::Assign(_, value) => value.as_bool(),
                    Change::Remove(_) => None,
                })
            }
            _ => None,
        }
    }

    /// Where the resource keeps what it changes.
    pub(crate) fn place(&self) -> Place {
        match self {
            Self::Declared { target, .. } => match target.extension {
                None => Place::Member(target.attribute.name.into()),
                Some(urn) => Place::within(urn, target.attribute.name),
            },
            Self::Open { urn, name, .. } | Self::RemoveUndeclared { urn, name } => {
                Place::within(urn.clone(), name.clone())
            }
            Self::RemoveExtension { urn } => Place::Member(urn.clone().into()),
        }
    }

    pub(crate) fn print(&self) -> Printed<'_> {
        let (kind, path, value) = match self {
            Self::Declared { target, change } => {
                let (kind, value) = match change {
                    Change::Assign(how, value) => (how.kind(), PrintedValue::Whole(value)),
                    Change::Remove(Some(values)) => (Kind::Remove, PrintedValue::Whole(values)),
                    Change::Remove(None) => (Kind::Remove, PrintedValue::Missing),
                };
                (kind, target.to_string(), value)
            }
            // In an object the name is taken as it is; in a path, a colon or a dot would cut it.
            Self::Open {
                how,
                urn,
                name,
                value,
            } => (how.kind(), urn.clone(), PrintedValue::Member(name, value)),
            Self::RemoveUndeclared { urn, name } => {
                (Kind::Remove, format!("{urn}:{name}"), PrintedValue::Missing)
            }
            Self::RemoveExtension { urn } => (Kind::Remove, urn.clone(), PrintedValue::Missing),
        };
        Printed { kind, path, value }
    }
}
