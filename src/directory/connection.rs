//! A connection: one identity provider joined to one company.

mod fields;

pub use fields::{Creation, Edit};

use super::id::ConnectionId;
use super::time::Timestamp;
use serde::ser::{SerializeStruct as _, Serializer};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionStatus {
    /// No call has been seen yet.
    Waiting,
    Connected,
    Paused,
}

/// Serialised as the app sees it, but for its URL, which depends on the host that was asked.
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
}

impl Serialize for Connection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Connection", 9)?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("provider", &self.provider)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("status", &self.status())?;
        fields.serialize_field("paused", &self.paused)?;
        fields.serialize_field("first_seen_at", &self.first_seen_at)?;
        fields.serialize_field("last_seen_at", &self.last_seen_at)?;
        fields.serialize_field("created_at", &self.created_at)?;
        fields.serialize_field("updated_at", &self.updated_at)?;
        fields.end()
    }
}
