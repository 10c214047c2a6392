//! What the operator says of a connection, to create or to edit it.

use super::{Connection, Provider};
use crate::directory::edit::{not_null, readable_name, replace};
use crate::directory::id::ConnectionId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Creation {
    /// Whose identity provider it is.
    provider: Provider,
    /// For people; the provider's where it is absent.
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

/// What is absent stays as it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    #[serde(default, deserialize_with = "not_null")]
    provider: Option<Provider>,
    #[serde(default, deserialize_with = "not_null")]
    name: Option<String>,
    /// While paused, every call of the identity provider is refused.
    #[serde(default, deserialize_with = "not_null")]
    paused: Option<bool>,
}

impl Edit {
    pub fn apply(&self, connection: &mut Connection) -> Result<(), Refusal> {
        if let Some(name) = &self.name {
            connection.name = readable_name(name)?;
        }
        replace(&mut connection.provider, self.provider);
        replace(&mut connection.paused, self.paused);
        Ok(())
    }
}
