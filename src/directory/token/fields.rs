//! What the operator says of a token, to create it. A token is never edited.

use super::{Scope, Token};
use crate::directory::edit::{each_once, readable_name};
use crate::directory::id::{ConnectionId, TokenId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use serde::Deserialize;

/// A token, to create. A token is never edited.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "NewToken"))]
#[serde(deny_unknown_fields)]
pub struct Creation {
    /// For people, who have to know it again when they revoke it: 1 to 200 characters on one line.
    name: String,
    /// What it may be used for: one or both.
    scopes: Vec<Scope>,
    /// It ends by itself then; without it, only by being revoked.
    #[serde(default)]
    expires_at: Option<Timestamp>,
    /// The one connection whose endpoint takes it; without it, each of the company's does.
    #[serde(default)]
    connection_id: Option<ConnectionId>,
}

impl Creation {
    pub fn create(self, id: TokenId, now: Timestamp) -> Result<Token, Refusal> {
        if self.scopes.is_empty() {
            return Err(Refusal::InvalidInput(
                "\"scopes\" must name at least one of auto_provisioning and provisioning."
                    .to_owned(),
            ));
        }
        if self.expires_at.is_some_and(|expiry| expiry <= now) {
            return Err(Refusal::InvalidInput(
                "\"expires_at\" is in the past.".to_owned(),
            ));
        }
        Ok(Token {
            id,
            name: readable_name(&self.name)?,
            scopes: each_once(self.scopes),
            connection_id: self.connection_id,
            created_at: now,
            expires_at: self.expires_at,
            revoked_at: None,
            last_used_at: None,
        })
    }
}
