//! A canonical operation: one change to one attribute, spelled and typed as the schema has it.
//!
//! Invariant: understanding what [`Operation::print`] prints gives the same operation.

use super::OperationKind;
use crate::scim::path::AttributeTarget;
use crate::scim::place::ResourcePlace;
use crate::scim::schema::AttributeType;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operation {
    /// On an attribute that a schema declares.
    Declared {
        target: AttributeTarget,
        change: AttributeChange,
    },
    /// On what no schema declares.
    Open(OpenOperation),
}

/// An operation on an extension as a whole, or on an attribute of one that no schema declares.
///
/// It travels to whoever keeps the resource: what a path names there, only the resource can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum OpenOperation {
    /// A member of the object of a registered extension, whose name is taken as it is; null removes it.
    Member {
        how: Assignment,
        urn: String,
        name: String,
        value: Value,
    },
    /// What stands behind the URN of an extension in a path.
    Path {
        urn: String,
        /// A name, perhaps with a value filter and a sub-attribute behind it. But a name may hold dots and
        /// brackets itself.
        path: String,
        /// Where the URN is not registered, its end is a guess, and `urn:path` may be an extension as a whole.
        is_registered: bool,
        change: AttributeChange,
    },
    /// Removes an extension as a whole.
    RemoveExtension { urn: String },
}

/// What is done to an attribute.
///
/// A value is what the target holds. Of a declared attribute: a list for a multi-valued attribute, one element
/// for a value filter, a part for a sub-attribute; null for none. In an object, null clears that part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum AttributeChange {
    Assign(Assignment, Value),
    /// With values, those alone are removed.
    Remove(Option<Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Assignment {
    Add,
    Replace,
}

impl Assignment {
    const fn kind(self) -> OperationKind {
        match self {
            Self::Add => OperationKind::Add,
            Self::Replace => OperationKind::Replace,
        }
    }
}

/// The members of an operation in the form of RFC 7644 section 3.5.2.
pub(crate) struct Printed<'a> {
    pub(crate) kind: OperationKind,
    pub(crate) path: String,
    pub(crate) value: PrintedValue<'a>,
}

pub(crate) enum PrintedValue<'a> {
    Missing,
    Whole(&'a Value),
    /// An object with one member.
    Member(&'a str, &'a Value),
}

impl AttributeChange {
    fn print(&self) -> (OperationKind, PrintedValue<'_>) {
        match self {
            Self::Assign(how, value) => (how.kind(), PrintedValue::Whole(value)),
            Self::Remove(Some(values)) => (OperationKind::Remove, PrintedValue::Whole(values)),
            Self::Remove(None) => (OperationKind::Remove, PrintedValue::Missing),
        }
    }
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
                    AttributeChange::Assign(_, value) => value.as_bool(),
                    AttributeChange::Remove(_) => None,
                })
            }
            _ => None,
        }
    }

    /// Where the resource keeps what it changes.
    pub(crate) fn place(&self) -> ResourcePlace {
        match self {
            Self::Declared { target, .. } => match target.extension {
                None => ResourcePlace::Member(target.attribute.name.into()),
                Some(urn) => ResourcePlace::within(urn, target.attribute.name),
            },
            Self::Open(OpenOperation::Member { urn, name, .. }) => {
                ResourcePlace::within(urn.clone(), name.clone())
            }
            Self::Open(OpenOperation::Path { urn, path, .. }) => ResourcePlace::at_path(urn, path),
            Self::Open(OpenOperation::RemoveExtension { urn }) => {
                ResourcePlace::Member(urn.clone().into())
            }
        }
    }

    pub(crate) fn print(&self) -> Printed<'_> {
        let (path, (kind, value)) = match self {
            // Behind the path of a plain value, what is to go would be ignored.
            Self::Declared {
                target:
                    AttributeTarget {
                        extension: Some(urn),
                        attribute,
                        filter: None,
                        sub: None,
                    },
                change: AttributeChange::Remove(Some(value)),
            } if !attribute.multi_valued && attribute.attribute_type != AttributeType::Complex => {
                let member = PrintedValue::Member(attribute.name, value);
                ((*urn).to_owned(), (OperationKind::Remove, member))
            }
            Self::Declared { target, change } => (target.to_string(), change.print()),
            Self::Open(OpenOperation::Member {
                how,
                urn,
                name,
                value,
            }) => (urn.clone(), (how.kind(), PrintedValue::Member(name, value))),
            Self::Open(OpenOperation::Path {
                urn, path, change, ..
            }) => (format!("{urn}:{path}"), change.print()),
            Self::Open(OpenOperation::RemoveExtension { urn }) => {
                (urn.clone(), (OperationKind::Remove, PrintedValue::Missing))
            }
        };
        Printed { kind, path, value }
    }
}
