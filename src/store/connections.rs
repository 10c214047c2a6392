//! Connections of a company.

use super::companies::IS_THERE;
use super::error::StoreError;
use super::statement::{Outcome, Statement, flag, moment};
use crate::directory::connection::{Connection, Provider};
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::time::Timestamp;
use serde::Deserialize;

/// The columns of [`ConnectionRow`], in its order, from a table or alias `n`.
pub(super) const COLUMNS: &str = "json_array(n.id, n.provider, n.name, n.paused, n.first_seen_at, \
    n.last_seen_at, n.created_at, n.updated_at)";

#[derive(Debug, Deserialize)]
pub(super) struct ConnectionRow {
    id: ConnectionId,
    provider: Provider,
    name: String,
    #[serde(with = "flag")]
    paused: bool,
    #[serde(with = "moment::optional")]
    first_seen_at: Option<Timestamp>,
    #[serde(with = "moment::optional")]
    last_seen_at: Option<Timestamp>,
    #[serde(with = "moment")]
    created_at: Timestamp,
    #[serde(with = "moment")]
    updated_at: Timestamp,
}

impl From<ConnectionRow> for Connection {
    fn from(row: ConnectionRow) -> Self {
        Self {
            id: row.id,
            provider: row.provider,
            name: row.name,
            paused: row.paused,
            first_seen_at: row.first_seen_at,
            last_seen_at: row.last_seen_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

pub fn get(company: &CompanyId, id: &ConnectionId) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM connections n WHERE n.company_id = ?1 AND n.id = ?2"
    ))
    .bind(company.as_str())
    .bind(id.as_str())
}

pub fn page(company: &CompanyId, after: Option<&str>, limit: i64) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM connections n WHERE n.company_id = ?1 AND n.id > ?2 \
         ORDER BY n.id LIMIT ?3"
    ))
    .bind(company.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

pub fn many(outcome: &Outcome) -> Result<Vec<Connection>, StoreError> {
    Ok(outcome
        .decode::<ConnectionRow>()?
        .into_iter()
        .map(Connection::from)
        .collect())
}

/// Inserts it where the company exists.
pub fn insert(company: &CompanyId, connection: &Connection) -> Statement {
    Statement::new(format!(
        "INSERT INTO connections (company_id, id, provider, name, paused, created_at, updated_at) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE {IS_THERE}",
    ))
    .bind(company.as_str())
    .bind(connection.id.as_str())
    .bind(connection.provider.as_str())
    .bind(connection.name.as_str())
    .bind(connection.paused)
    .bind(connection.created_at.0)
    .bind(connection.updated_at.0)
}

/// Writes what an operator may edit, while the company's rules are still of the version it was read under.
pub fn update(company: &CompanyId, connection: &Connection, rules_version: i64) -> Statement {
    Statement::new(
        "UPDATE connections SET provider = ?3, name = ?4, paused = ?5, updated_at = ?6 \
         WHERE company_id = ?1 AND id = ?2 \
         AND EXISTS (SELECT 1 FROM companies c WHERE c.id = ?1 AND c.rules_version = ?7)",
    )
    .bind(company.as_str())
    .bind(connection.id.as_str())
    .bind(connection.provider.as_str())
    .bind(connection.name.as_str())
    .bind(connection.paused)
    .bind(connection.updated_at.0)
    .bind(rules_version)
}

pub fn delete(company: &CompanyId, id: &ConnectionId) -> Statement {
    Statement::new("DELETE FROM connections WHERE company_id = ?1 AND id = ?2")
        .bind(company.as_str())
        .bind(id.as_str())
}

/// Keeps when the connection was first and last heard of.
pub fn saw(company: &CompanyId, id: &ConnectionId, now: Timestamp) -> Statement {
    Statement::new(
        "UPDATE connections SET first_seen_at = coalesce(first_seen_at, ?3), last_seen_at = ?3 \
         WHERE company_id = ?1 AND id = ?2 AND (last_seen_at IS NULL OR last_seen_at <= ?3 - 60000)",
    )
    .bind(company.as_str())
    .bind(id.as_str())
    .bind(now.0)
}
