//! A member of a group, as the operator's app sees it.

use crate::directory::id::TeammateId;
use crate::directory::teammate::State;
use serde::Serialize;

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Member"))]
pub struct AppMember {
    /// Of the teammate.
    pub id: TeammateId,
    /// As identity providers know the teammate.
    pub user_name: String,
    /// The name that people read.
    pub display_name: Option<String>,
    /// One that is removed from SCIM keeps its memberships, and is not counted until it is back.
    pub state: State,
    /// `false` for one who was in the group when an identity provider adopted it, and whom that has not named.
    pub confirmed: bool,
}
