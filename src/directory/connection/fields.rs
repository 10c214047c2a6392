//! What the operator says of a connection, to create or to edit it.

use super::{Connection, Provider};
use crate::directory::edit::{Given, readable_name};
use crate::directory::id::ConnectionId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use serde::Deserialize;

/// A connection, to create.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "NewConnection"))]
#[serde(deny_unknown_fields)]
pub struct Creation {
    provider: Provider,
    /// For people, 1 to 200 characters on one line; the provider's where it is absent.
    #[serde(default)]
    name: Option<String>,
}

impl Creation {
    pub fn create(self, id: ConnectionId, now: Timestamp) -> Result<Connection, Refusal> {
        Ok(Connection {
            id,
            provider: self.provider,
            name: match &self.name {
                Some(name) => readable_name(name)?,
                None => self.provider.as_str().to_owned(),
            },
            paused: false,
            first_seen_at: None,
            last_seen_at: None,
            created_at: now,
            updated_at: now,
        })
    }
}

/// What of a connection is to change. What is absent stays as it is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ConnectionEdit"))]
#[serde(deny_unknown_fields)]
pub struct Edit {
    #[serde(default)]
    provider: Given<Provider>,
    /// For people, 1 to 200 characters on one line.
    #[serde(default)]
    name: Given<String>,
    /// While it is paused, every call of the identity provider is refused with 403.
    #[serde(default)]
    paused: Given<bool>,
}

impl Edit {
    pub fn apply(&self, connection: &mut Connection) -> Result<(), Refusal> {
        if let Some(name) = &self.name.0 {
            connection.name = readable_name(name)?;
        }
        self.provider.replace(&mut connection.provider);
        self.paused.replace(&mut connection.paused);
        Ok(())
    }
}
