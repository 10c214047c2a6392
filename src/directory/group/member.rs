//! A member of a group, as the operator's app sees it.

use crate::directory::id::TeammateId;
use crate::directory::teammate::State;
use serde::Serialize;

/// Also one that is removed from SCIM: it keeps its memberships, and is not counted until it is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppMember {
    pub id: TeammateId,
    pub user_name: String,
    pub display_name: Option<String>,
    pub state: State,
    /// `false` for one who was in the group when an identity provider adopted it, and whom that has not named.
    pub confirmed: bool,
}
