//! A connection: one identity provider joined to one company.

use super::id::ConnectionId;
use super::time::Timestamp;
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
