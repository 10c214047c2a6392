//! The authentication read: token, company and connection in one statement, on keys alone.

pub mod recent;

use super::companies::{self, CompanyRow};
use super::connections::{self, ConnectionRow};
use super::error::StoreError;
use super::statement::{Outcome, Statement};
use super::tokens::{self, TokenRow};
use crate::directory::access::Access;
use crate::directory::id::ConnectionId;
use crate::directory::token::PresentedToken;

/// Stands first in the batch of every SCIM call. `endpoint` is the connection that the URL names.
pub fn read(token: &PresentedToken, endpoint: Option<&ConnectionId>) -> Statement {
    Statement::new(format!(
        "SELECT json_array({}, {}, iif(n.id IS NULL, NULL, {})) AS row \
         FROM tokens t JOIN companies c ON c.id = t.company_id \
         LEFT JOIN connections n ON n.company_id = t.company_id AND n.id = coalesce(?3, t.connection_id) \
         WHERE t.company_id = ?1 AND t.hash = ?2",
        companies::COLUMNS,
        tokens::COLUMNS,
        connections::COLUMNS,
    ))
    .bind(token.company_id.as_str())
    .bind(token.hash.as_str())
    .bind(endpoint.map(ConnectionId::as_str))
}

pub fn one(outcome: &Outcome) -> Result<Option<Access>, StoreError> {
    type Row = (CompanyRow, TokenRow, Option<ConnectionRow>);
    Ok(outcome
        .decode_first::<Row>()?
        .map(|(company, token, connection)| Access {
            company: company.into(),
            token: token.into(),
            connection: connection.map(Into::into),
        }))
}
