//! A connection: one identity provider joined to one company.

mod fields;

pub use fields::{Creation, Edit};

use super::event::Told;
use super::event::part::fields_of;
use super::id::ConnectionId;
use super::time::Timestamp;
use crate::scim::Object;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Whose identity provider it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    Okta,
    Entra,
    Onelogin,
    Jumpcloud,
    Google,
    Custom,
}

impl Provider {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Okta => "okta",
            Self::Entra => "entra",
            Self::Onelogin => "onelogin",
            Self::Jumpcloud => "jumpcloud",
            Self::Google => "google",
            Self::Custom => "custom",
        }
    }
}

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionStatus {
    /// No call has been seen yet.
    Waiting,
    /// Calls come in.
    Connected,
    /// Every call of the identity provider is refused.
    Paused,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    pub id: ConnectionId,
    pub provider: Provider,
    pub name: String,
    /// While paused, every SCIM call is refused with 403.
    pub paused: bool,
    pub first_seen_at: Option<Timestamp>,
    pub last_seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Connection {
    pub fn status(&self) -> ConnectionStatus {
        match (self.paused, self.first_seen_at) {
            (true, _) => ConnectionStatus::Paused,
            (false, None) => ConnectionStatus::Waiting,
            (false, Some(_)) => ConnectionStatus::Connected,
        }
    }

    pub fn for_app(&self) -> AppConnection<'_> {
        AppConnection {
            id: Cow::Borrowed(&self.id),
            provider: self.provider,
            name: self.name.as_str().into(),
            status: self.status(),
            paused: self.paused,
            first_seen_at: self.first_seen_at,
            last_seen_at: self.last_seen_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

// `before` and `after` of events, and the management API's body but for the endpoint, which depends on the host that was
// called.
/// A connection: one identity provider joined to one company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AppConnection<'a> {
    id: Cow<'a, ConnectionId>,
    provider: Provider,
    /// For people.
    name: Cow<'a, str>,
    status: ConnectionStatus,
    /// While it is paused, every call of the identity provider is refused with 403.
    paused: bool,
    /// When the identity provider's first call came in; `null` until then.
    first_seen_at: Option<Timestamp>,
    /// When a call came in last, exact to a minute.
    last_seen_at: Option<Timestamp>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was edited last.
    updated_at: Timestamp,
}

impl Told for AppConnection<'_> {
    fn fields(&self) -> Object {
        fields_of(self)
    }
}
