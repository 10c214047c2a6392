//! A teammate: SCIM's User, and a person of the company in the app.

pub mod administration;
mod attributes;
pub mod change;
mod fields;
#[cfg(test)]
pub(super) mod fixtures;
pub mod found;
mod names;
pub mod provisioning;

pub use attributes::Attributes;
pub use fields::{Creation, Edit};

use super::event::Told;
use super::event::part::fields_of;
use super::id::{TeammateId, TemplateId};
use super::time::Timestamp;
use crate::scim::Object;
use crate::scim::etag::EntityTag;
use crate::scim::schema::CUSTOM_FIELDS_URN;
use crate::scim::user::{AttributesView, GroupOfUser, User};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::sync::LazyLock;

// One value, so that no two flags can contradict each other.
/// Where a teammate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "TeammateState"))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Takes a seat.
    Active,
    /// No access and no seat; everything it had is kept.
    Blocked,
    /// Blocked, and gone from SCIM after `DELETE`, until it is created or unblocked again.
    Removed,
    /// A tombstone: deleted in the app by the company's own admin.
    Deleted,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Removed => "removed",
            Self::Deleted => "deleted",
        }
    }

    /// What SCIM shows as `active`.
    pub fn shown_as_active(self, is_unassigned: bool) -> Option<bool> {
        (!is_unassigned).then_some(self == Self::Active)
    }

    pub fn is_listed_in_scim(self) -> bool {
        matches!(self, Self::Active | Self::Blocked)
    }
}

/// What a teammate may do in the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A company admin: the last active one is not blocked by an identity provider.
    Admin,
    /// Anybody else.
    Teammate,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Teammate => "teammate",
        }
    }
}

/// Who blocked a teammate, or removed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlockedBy {
    /// The company's own admin: an identity provider brings it back only where the company lets it.
    App,
    /// An identity provider.
    Idp,
}

impl BlockedBy {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Idp => "idp",
        }
    }
}

/// Who made the teammate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An identity provider.
    Scim,
    /// The app.
    App,
}

impl Origin {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::App => "app",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Teammate {
    pub id: TeammateId,
    /// The match key: unique in the company by its folded form ([`crate::scim::fold::name`]), removed and deleted
    /// teammates included.
    pub user_name: String,
    pub external_id: Option<String>,
    pub state: State,
    /// An identity provider removed `active` (RFC 7644 section 3.5.2.2): SCIM doesn't show it until it is
    /// assigned again. The state is as it was.
    pub active_is_unassigned: bool,
    /// Nothing while it is active, and where it is not known: it was not always kept.
    pub blocked_by: Option<BlockedBy>,
    /// The userName that a soft delete in Entra ID has replaced before the block came
    /// (`provisioning::soft_delete`).
    pub renamed_from: Option<String>,
    pub role: Role,
    pub template_id: Option<TemplateId>,
    pub origin: Origin,
    /// An identity provider has written it.
    pub is_linked: bool,
    /// Canonical SCIM attributes but for those above.
    pub attributes: Attributes,
    /// A session that began before this moment must not be honoured.
    pub sessions_invalid_before: Option<Timestamp>,
    /// Grows by one with every change; a write names the version that it was decided on.
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub state_changed_at: Timestamp,
}

/// A teammate as SCIM lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub teammate: Teammate,
    /// The active groups that it is in, where they were asked for.
    pub groups: Vec<GroupOfUser>,
}

impl Teammate {
    /// As it is made: active, and nobody in particular.
    pub fn new(id: TeammateId, user_name: String, origin: Origin, now: Timestamp) -> Self {
        Self {
            id,
            user_name,
            external_id: None,
            state: State::Active,
            active_is_unassigned: false,
            blocked_by: None,
            renamed_from: None,
            role: Role::Teammate,
            template_id: None,
            origin,
            is_linked: origin == Origin::Scim,
            attributes: Attributes::default(),
            sessions_invalid_before: None,
            version: 1,
            created_at: now,
            updated_at: now,
            state_changed_at: now,
        }
    }

    /// What SCIM may change, as one value.
    pub fn as_user(&self) -> User {
        User {
            user_name: self.user_name.clone(),
            external_id: self.external_id.clone(),
            active: self.shown_active(),
            attributes: Object::clone(&self.attributes),
        }
    }

    /// The groups that it is in are shown with it and are no part of its version: they are readOnly, made of
    /// what its groups say (RFC 7643 section 4.1.2). Were they a part, adding a member would write the member, too.
    pub fn entity_tag(&self) -> EntityTag {
        EntityTag(self.version)
    }

    /// What SCIM shows as `active`.
    pub fn shown_active(&self) -> Option<bool> {
        self.state.shown_as_active(self.active_is_unassigned)
    }

    pub fn view(&self) -> AttributesView<'_> {
        AttributesView(&self.attributes)
    }

    /// Where the app writes to. A userName is an address in most directories, and then often the only one.
    fn email(&self) -> Option<&str> {
        let user_name = Some(self.user_name.as_str());
        self.view()
            .primary_email()
            .or(user_name.filter(|user_name| user_name.contains('@')))
    }

    /// What its row counts for in its company's quota: `teammates.bytes` of migration 0018.
    pub fn row_bytes(&self) -> usize {
        let external_id = self.external_id.as_deref().map_or(0, str::len);
        400 + 2 * (self.user_name.len() + external_id + self.attributes.json().len())
    }

    pub fn for_app(&self) -> AppTeammate<'_> {
        AppTeammate {
            id: Cow::Borrowed(&self.id),
            user_name: self.user_name.as_str().into(),
            email: self.email().map(Cow::from),
            display_name: self.view().display_name().map(Cow::from),
            external_id: self.external_id.as_deref().map(Cow::from),
            state: self.state,
            blocked_by: self.blocked_by,
            role: self.role,
            template_id: self.template_id.as_ref().map(Cow::Borrowed),
            custom_fields: Cow::Borrowed(self.view().custom_fields().unwrap_or(&NO_FIELDS)),
            attributes: Cow::Borrowed(&self.attributes),
            origin: self.origin,
            sessions_invalid_before: self.sessions_invalid_before,
            created_at: self.created_at,
            updated_at: self.updated_at,
            state_changed_at: self.state_changed_at,
        }
    }
}

static NO_FIELDS: LazyLock<Object> = LazyLock::new(Object::new);

// The management API's body, and `before` and `after` of events.
/// A teammate: a person of the company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Teammate"))]
pub struct AppTeammate<'a> {
    id: Cow<'a, TeammateId>,
    /// Unique in the company, also among removed and deleted teammates; identity providers find the teammate by it.
    user_name: Cow<'a, str>,
    /// The primary e-mail address; the userName where that is one and no other is known.
    email: Option<Cow<'a, str>>,
    /// The name that people read.
    display_name: Option<Cow<'a, str>>,
    /// The identity provider's own id of the person.
    external_id: Option<Cow<'a, str>>,
    state: State,
    /// Who blocked or removed it; `null` while it is active, and where that is not known.
    blocked_by: Option<BlockedBy>,
    role: Role,
    /// The template that it was made from.
    template_id: Option<Cow<'a, TemplateId>>,
    /// What the app keeps of a teammate, by names of its own.
    custom_fields: Cow<'a, Object>,
    /// All other attributes as SCIM knows them (RFC 7643 section 4), by their names; those of an extension stand under
    /// its URN.
    #[serde(serialize_with = "without_custom_fields")]
    attributes: Cow<'a, Object>,
    /// Who made it.
    origin: Origin,
    /// A session that began before this moment must not be honoured; `null` where none has been ended.
    sessions_invalid_before: Option<Timestamp>,
    /// When it was made.
    created_at: Timestamp,
    /// When anything of it was changed last.
    updated_at: Timestamp,
    /// When `state` was changed last.
    state_changed_at: Timestamp,
}

impl Told for AppTeammate<'_> {
    fn fields(&self) -> Object {
        let mut fields = fields_of(&Self {
            custom_fields: Cow::Borrowed(&NO_FIELDS),
            attributes: Cow::Borrowed(&NO_FIELDS),
            ..self.clone()
        });
        for (name, _) in self.open() {
            fields.shift_remove(name);
        }
        fields
    }

    fn open(&self) -> Vec<(&'static str, &Object)> {
        vec![
            ("custom_fields", &self.custom_fields),
            ("attributes", &self.attributes),
        ]
    }

    fn is_told_elsewhere(member: &str) -> bool {
        member == CUSTOM_FIELDS_URN
    }
}

fn without_custom_fields<S: Serializer>(
    attributes: &Object,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        attributes
            .iter()
            .filter(|(name, _)| *name != CUSTOM_FIELDS_URN),
    )
}
