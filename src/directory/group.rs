//! A teammate group: SCIM's Group, and a group of the company in the app.
//!
//! Two may own it. Until an identity provider writes to it, it is the app's; from then on it is linked,
//! and while group sync is on its name and members belong to the identity provider. The rest of it stays
//! the app's to edit.
//!
//! The rules never hold the members: a [`change::Change`] says what is to happen to them, and only
//! whoever keeps them can tell which of them really come and go.

pub mod change;
pub mod found;

use super::company::Settings;
use super::fold::fold;
use super::id::GroupId;
use super::time::Timestamp;
use crate::scim::etag::EntityTag;
use serde::{Deserialize, Serialize};

/// For how long a deleted group can be restored, in milliseconds: 30 days.
pub const RESTORABLE_FOR: i64 = 30 * 24 * 60 * 60 * 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupState {
    Active,
    /// Gone from SCIM and from the app's list; it keeps its members and can be restored for a while.
    Deleted,
}

impl GroupState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deleted => "deleted",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub id: GroupId,
    /// Unique among the company's active groups by [`name_key`].
    pub display_name: String,
    pub external_id: Option<String>,
    pub description: Option<String>,
    /// An identity provider pushed or adopted it. It stays so while group sync is off, so that the
    /// links come back with the switch.
    pub is_linked: bool,
    pub state: GroupState,
    pub member_count: u64,
    /// Of them, those whom the identity provider that adopted the group has not named yet.
    pub unconfirmed_members: u64,
    /// Grows by one with every change, of members too.
    pub version: i64,
    /// Grows by one with every change but those of members alone.
    pub definition: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub state_changed_at: Timestamp,
    /// What it was before an identity provider adopted it, as long as that can be undone.
    pub before_adoption: Option<Adopted>,
}

/// What undoing an adoption brings back, besides the members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    pub display_name: String,
    pub external_id: Option<String>,
    pub description: Option<String>,
}

/// The form in which names of groups are stored for look-up and compared: trimmed and case-folded.
pub fn name_key(display_name: &str) -> String {
    fold(display_name.trim())
}

impl Group {
    /// The form of the name that nobody else may have; a deleted group frees its name.
    pub fn held_name(&self) -> Option<String> {
        (self.state == GroupState::Active).then(|| name_key(&self.display_name))
    }

    pub fn entity_tag(&self) -> EntityTag {
        EntityTag(self.version)
    }

    /// Whether its name and members belong to the identity provider.
    pub fn is_idp_managed(&self, settings: &Settings) -> bool {
        self.is_linked && settings.group_sync_enabled
    }

    /// Until when a deleted group can be restored.
    pub fn restorable_until(&self) -> Option<Timestamp> {
        (self.state == GroupState::Deleted)
            .then(|| Timestamp(self.state_changed_at.0.saturating_add(RESTORABLE_FOR)))
    }

    pub fn for_app(&self, settings: &Settings) -> AppGroup<'_> {
        AppGroup {
            id: &self.id,
            display_name: &self.display_name,
            external_id: self.external_id.as_deref(),
            description: self.description.as_deref(),
            idp_managed: self.is_idp_managed(settings),
            state: self.state,
            member_count: self.member_count,
            unconfirmed_members: self.unconfirmed_members,
            before_adoption: self.before_adoption.as_ref(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            state_changed_at: self.state_changed_at,
            restorable_until: self.restorable_until(),
        }
    }
}

/// The group as the app sees it: the management API's body, and `before` and `after` of events.
#[derive(Debug, Serialize)]
pub struct AppGroup<'a> {
    id: &'a GroupId,
    display_name: &'a str,
    external_id: Option<&'a str>,
    description: Option<&'a str>,
    idp_managed: bool,
    state: GroupState,
    member_count: u64,
    unconfirmed_members: u64,
    before_adoption: Option<&'a Adopted>,
    created_at: Timestamp,
    updated_at: Timestamp,
    state_changed_at: Timestamp,
    restorable_until: Option<Timestamp>,
}
