//! A teammate group: SCIM's Group, and a group of the company in the app.
//!
//! Two may own it. Until an identity provider writes to it, it is the app's; from then on it is linked,
//! and while group sync is on its name and members belong to the identity provider ([`provisioning`]).
//! The rest of it stays the app's to edit ([`administration`]).
//!
//! The rules never hold the members: a [`change::Change`] says what is to happen to them, and only
//! whoever keeps them can tell which of them really come and go.

pub mod administration;
pub mod change;
pub mod fields;
#[cfg(test)]
mod fixtures;
pub mod found;
pub mod member;
mod names;
pub mod provisioning;
pub mod request;

pub use names::name_key;

use super::company::Settings;
use super::event::Told;
use super::event::part::fields_of;
use super::id::GroupId;
use super::time::Timestamp;
use crate::scim::Object;
use crate::scim::etag::EntityTag;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// For how long a deleted group can be restored, in milliseconds: 30 days.
pub const RESTORABLE_FOR: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Where a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GroupState {
    /// It is there.
    Active,
    /// Gone from SCIM and from the app's list; it keeps its members and can be restored for 30 days.
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub id: GroupId,
    /// Unique among the company's active groups by [`name_key`].
    pub display_name: String,
    pub external_id: Option<String>,
    pub description: Option<String>,
    /// Extensions that no schema declares, by their URN.
    #[serde(default)]
    pub attributes: Object,
    /// An identity provider pushed or adopted it. It stays so while group sync is off, so that the
    /// links come back with the switch; and of a group that the identity provider itself deleted, so that it is the
    /// same group when it is pushed again.
    pub is_linked: bool,
    pub state: GroupState,
    pub member_count: u64,
    /// Of them, those whom the identity provider that adopted the group has not named yet. Means nothing
    /// for a group that is not linked.
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Adopted {
    /// Its name.
    pub display_name: String,
    /// The identity provider's own id of the group.
    pub external_id: Option<String>,
    /// What people wrote of it.
    pub description: Option<String>,
    /// Extensions, by their URN.
    // An adoption by an earlier version kept none: there were none.
    #[serde(default, deserialize_with = "or_none")]
    pub attributes: Object,
}

fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl Group {
    /// As it is made: the app's own, with nobody in it.
    pub fn new(id: GroupId, display_name: String, now: Timestamp) -> Self {
        Self {
            id,
            display_name,
            external_id: None,
            description: None,
            attributes: Object::new(),
            is_linked: false,
            state: GroupState::Active,
            member_count: 0,
            unconfirmed_members: 0,
            version: 1,
            definition: 1,
            created_at: now,
            updated_at: now,
            state_changed_at: now,
            before_adoption: None,
        }
    }

    pub fn entity_tag(&self) -> EntityTag {
        EntityTag(self.version)
    }

    /// Whether its name and members belong to the identity provider.
    pub fn is_idp_managed(&self, settings: &Settings) -> bool {
        self.is_linked && self.state == GroupState::Active && settings.group_sync_enabled
    }

    /// Until when a deleted group can be restored.
    pub fn restorable_until(&self) -> Option<Timestamp> {
        (self.state == GroupState::Deleted)
            .then(|| Timestamp(self.state_changed_at.0.saturating_add(RESTORABLE_FOR)))
    }

    /// Bytes in JSON of what no schema declares, what it had before its adoption included.
    pub fn attributes_length(&self) -> usize {
        let before = self
            .before_adoption
            .iter()
            .map(|adopted| &adopted.attributes);
        std::iter::once(&self.attributes)
            .chain(before)
            .filter(|attributes| !attributes.is_empty())
            .map(|attributes| serde_json::to_string(attributes).map_or(0, |json| json.len()))
            .sum()
    }

    /// What its row counts for in its company's quota: `groups.bytes` of migration 0018.
    pub fn row_bytes(&self) -> usize {
        let length = |text: &Option<String>| text.as_deref().map_or(0, str::len);
        let json = |json: serde_json::Result<String>| json.map_or(0, |json| json.len());
        let attributes = if self.attributes.is_empty() {
            0
        } else {
            json(serde_json::to_string(&self.attributes))
        };
        let before = self
            .before_adoption
            .as_ref()
            .map_or(0, |before| json(serde_json::to_string(before)));
        let texts = self.display_name.len() + length(&self.external_id) + length(&self.description);
        400 + 2 * texts + attributes + before
    }

    pub fn may_be_restored(&self, now: Timestamp) -> bool {
        self.restorable_until().is_some_and(|until| until >= now)
    }

    pub fn for_app(&self, settings: &Settings) -> AppGroup<'_> {
        AppGroup {
            id: Cow::Borrowed(&self.id),
            display_name: self.display_name.as_str().into(),
            external_id: self.external_id.as_deref().map(Cow::from),
            description: self.description.as_deref().map(Cow::from),
            attributes: Cow::Borrowed(&self.attributes),
            idp_managed: self.is_idp_managed(settings),
            state: self.state,
            member_count: self.member_count,
            unconfirmed_members: if self.is_linked {
                self.unconfirmed_members
            } else {
                0
            },
            before_adoption: self.before_adoption.as_ref().map(Cow::Borrowed),
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            state_changed_at: self.state_changed_at,
            restorable_until: self.restorable_until(),
        }
    }
}

// The management API's body, and `before` and `after` of events.
/// A teammate group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Group"))]
pub struct AppGroup<'a> {
    id: Cow<'a, GroupId>,
    /// Unique among the company's active groups.
    display_name: Cow<'a, str>,
    /// The identity provider's own id of the group.
    external_id: Option<Cow<'a, str>>,
    /// What people wrote of it.
    description: Option<Cow<'a, str>>,
    /// What an identity provider has sent besides, as extensions by their URN.
    // Earlier events don't tell: there were none.
    #[serde(default)]
    attributes: Cow<'a, Object>,
    /// Whether its name and members belong to an identity provider, so that the app can't change them.
    idp_managed: bool,
    state: GroupState,
    /// How many members it has; those who are removed from SCIM don't count.
    member_count: u64,
    /// Of them, those whom the identity provider that adopted the group has not named yet.
    unconfirmed_members: u64,
    /// What it was before an identity provider adopted it, as long as that can be undone; `null` where it can't.
    before_adoption: Option<Cow<'a, Adopted>>,
    /// Grows by one with every change: which of two answers or events is the later one.
    version: i64,
    /// When it was made.
    created_at: Timestamp,
    /// When anything of it was changed last, its members too.
    updated_at: Timestamp,
    /// When `state` was changed last.
    state_changed_at: Timestamp,
    /// Until when a deleted group can be restored; `null` of an active one.
    restorable_until: Option<Timestamp>,
}

impl Told for AppGroup<'_> {
    fn fields(&self) -> Object {
        let mut fields = fields_of(&Self {
            attributes: Cow::Owned(Object::new()),
            ..self.clone()
        });
        fields.shift_remove("attributes");
        fields
    }

    fn open(&self) -> Vec<(&'static str, &Object)> {
        vec![("attributes", &self.attributes)]
    }
}

#[cfg(test)]
mod tests {
    use super::fixtures::support;
    use super::*;
    use crate::directory::fixtures::company;
    use serde_json::json;

    #[test]
    fn a_group_is_managed_while_it_is_linked_and_sync_is_on() {
        let mut settings = company().settings;
        let linked = Group {
            is_linked: true,
            ..support()
        };
        assert!(!linked.is_idp_managed(&settings));
        settings.group_sync_enabled = true;
        assert!(linked.is_idp_managed(&settings));
        assert!(!support().is_idp_managed(&settings));
    }

    #[test]
    fn the_app_sees_a_deleted_group_with_the_end_of_its_time() {
        let deleted = Group {
            state: GroupState::Deleted,
            state_changed_at: Timestamp(1_763_717_400_000),
            unconfirmed_members: 2,
            ..support()
        };
        let seen = serde_json::to_value(deleted.for_app(&company().settings)).expect("rendered");
        assert_eq!(
            seen,
            json!({
                "id": "grp_support",
                "display_name": "Support",
                "external_id": null,
                "description": "First line",
                "attributes": {},
                "idp_managed": false,
                "state": "deleted",
                "member_count": 3,
                "unconfirmed_members": 0,
                "before_adoption": null,
                "version": 7,
                "created_at": "2025-11-13T02:13:20.000Z",
                "updated_at": "2025-11-13T02:13:20.000Z",
                "state_changed_at": "2025-11-21T09:30:00.000Z",
                "restorable_until": "2025-12-21T09:30:00.000Z",
            })
        );
        assert_eq!(support().restorable_until(), None);
    }
}
