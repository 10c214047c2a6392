//! Twins: two teammates, or two groups, who were there when their names became one name (migration 0015), and stay two.
//!
//! One of them is found by every spelling of the name, the other by its own alone, until one is renamed.

use super::teammate::State;
use serde::{Deserialize, Serialize};

/// Two that have one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Twins {
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The form in which names are compared, which is the same of both.
    pub compared_as: String,
    /// First the one that is found by every spelling of the name; the other is found by its own alone.
    #[serde(rename = "twins")]
    pub pair: [Twin; 2],
}

/// What the two are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "TwinsKind"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Group,
    Teammate,
}

/// One of two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Twin {
    /// Of the teammate or the group.
    pub id: String,
    /// The teammate's userName, or the group's display name, as it is spelled.
    pub name: String,
    // A deleted group holds no name.
    /// The teammate's state; groups that are twins are `active`.
    pub state: State,
}
