//! Tokens of a company. The hash of a token's text is its key; the text is not here.

use super::companies::IS_THERE;
use super::error::StoreError;
use super::statement::{Outcome, Statement, moment, to_json};
use crate::directory::id::{CompanyId, ConnectionId, TokenId};
use crate::directory::time::Timestamp;
use crate::directory::token::{Scope, Token};
use serde::Deserialize;

/// The columns of [`TokenRow`], in its order, from a table or alias `t`.
pub(super) const COLUMNS: &str = "json_array(t.id, t.name, json(t.scopes), t.connection_id, \
    t.created_at, t.expires_at, t.revoked_at, t.last_used_at)";

#[derive(Debug, Deserialize)]
pub(super) struct TokenRow {
    id: TokenId,
    name: String,
    scopes: Vec<Scope>,
    connection_id: Option<ConnectionId>,
    #[serde(with = "moment")]
    created_at: Timestamp,
    #[serde(with = "moment::optional")]
    expires_at: Option<Timestamp>,
    #[serde(with = "moment::optional")]
    revoked_at: Option<Timestamp>,
    #[serde(with = "moment::optional")]
    last_used_at: Option<Timestamp>,
}

impl From<TokenRow> for Token {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: row.scopes,
            connection_id: row.connection_id,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_at: row.last_used_at,
        }
    }
}

pub fn get(company: &CompanyId, id: &TokenId) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM tokens t WHERE t.company_id = ?1 AND t.id = ?2"
    ))
    .bind(company.as_str())
    .bind(id.as_str())
}

pub fn page(company: &CompanyId, after: Option<&str>, limit: i64) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM tokens t WHERE t.company_id = ?1 AND t.id > ?2 \
         ORDER BY t.id LIMIT ?3"
    ))
    .bind(company.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

pub fn many(outcome: &Outcome) -> Result<Vec<Token>, StoreError> {
    Ok(outcome
        .decode::<TokenRow>()?
        .into_iter()
        .map(Token::from)
        .collect())
}

/// Inserts it where its company exists, and the connection that it names as well.
pub fn insert(company: &CompanyId, token: &Token, hash: &str) -> Statement {
    Statement::new(format!(
        "INSERT INTO tokens (company_id, hash, id, name, scopes, connection_id, expires_at, created_at) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE {IS_THERE} \
         AND (?6 IS NULL OR EXISTS (SELECT 1 FROM connections WHERE company_id = ?1 AND id = ?6))",
    ))
    .bind(company.as_str())
    .bind(hash)
    .bind(token.id.as_str())
    .bind(token.name.as_str())
    .bind(to_json(&token.scopes))
    .bind(token.connection_id.as_ref().map(ConnectionId::as_str))
    .bind(token.expires_at.map(|moment| moment.0))
    .bind(token.created_at.0)
}

/// Ends a token for good. One that is revoked already keeps the moment that it has.
pub fn revoke(company: &CompanyId, id: &TokenId, now: Timestamp) -> Statement {
    Statement::new(
        "UPDATE tokens SET revoked_at = ?3 WHERE company_id = ?1 AND id = ?2 AND revoked_at IS NULL",
    )
    .bind(company.as_str())
    .bind(id.as_str())
    .bind(now.0)
}

/// Ends all tokens of a connection.
pub fn revoke_of_connection(
    company: &CompanyId,
    connection: &ConnectionId,
    now: Timestamp,
) -> Statement {
    Statement::new(
        "UPDATE tokens SET revoked_at = ?3 WHERE company_id = ?1 AND connection_id = ?2 \
         AND revoked_at IS NULL",
    )
    .bind(company.as_str())
    .bind(connection.as_str())
    .bind(now.0)
}

/// Keeps when the token was last used, a minute exactly enough.
pub fn used(company: &CompanyId, id: &TokenId, now: Timestamp) -> Statement {
    Statement::new(
        "UPDATE tokens SET last_used_at = ?3 WHERE company_id = ?1 AND id = ?2 \
         AND (last_used_at IS NULL OR last_used_at <= ?3 - 60000)",
    )
    .bind(company.as_str())
    .bind(id.as_str())
    .bind(now.0)
}
