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

/// What the read says of a token.
#[derive(Debug, PartialEq)]
pub enum AccessRead {
    /// No such token, or no such company.
    Unknown,
    /// The rules are those that are remembered; the counts are as they are now.
    AsRemembered(Counts),
    Anew(Box<Access>),
}

/// What changes with every teammate, and so is never remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    active_teammates: u64,
    listed_teammates: u64,
    active_admins: u64,
    kept_bytes: u64,
}

impl Counts {
    pub fn of(self, mut access: Access) -> Access {
        access.company.active_teammates = self.active_teammates;
        access.company.listed_teammates = self.listed_teammates;
        access.company.active_admins = self.active_admins;
        access.company.kept_bytes = self.kept_bytes;
        access
    }
}

/// Is part of the first statement of every SCIM call. `endpoint` is the connection that the URL names.
///
/// `rules_version` grows with every change of settings, tokens and connections. While it is the
/// remembered one, the rest need not be read again: only then are the subselects left out.
pub fn read(
    token: &PresentedToken,
    endpoint: Option<&ConnectionId>,
    remembered: Option<&Access>,
) -> Statement {
    Statement::new(format!(
        "SELECT json_array(c.active_teammates, c.listed_teammates, c.active_admins, c.kept_bytes, \
         iif(c.rules_version = ?4, NULL, (SELECT json_array({}, {}, \
         (SELECT {} FROM connections n WHERE n.company_id = ?1 AND n.id = coalesce(?3, t.connection_id))) \
         FROM tokens t WHERE t.company_id = ?1 AND t.hash = ?2)), c.rules_version = ?4) AS row \
         FROM companies c WHERE c.id = ?1",
        companies::COLUMNS,
        tokens::COLUMNS,
        connections::COLUMNS,
    ))
    .bind(token.company_id.as_str())
    .bind(token.hash.as_str())
    .bind(endpoint.map(ConnectionId::as_str))
    .bind(remembered.map(|access| access.company.rules_version))
}

pub fn one(outcome: &Outcome) -> Result<AccessRead, StoreError> {
    type Anew = (CompanyRow, TokenRow, Option<ConnectionRow>);
    type Row = (u64, u64, u64, u64, Option<Anew>, Option<u8>);
    let Some((active_teammates, listed_teammates, active_admins, kept_bytes, anew, is_remembered)) =
        outcome.decode_first::<Row>()?
    else {
        return Ok(AccessRead::Unknown);
    };
    Ok(match (anew, is_remembered) {
        (Some((company, token, connection)), _) => AccessRead::Anew(Box::new(Access {
            company: company.into(),
            token: token.into(),
            connection: connection.map(Into::into),
        })),
        (None, Some(1)) => AccessRead::AsRemembered(Counts {
            active_teammates,
            listed_teammates,
            active_admins,
            kept_bytes,
        }),
        (None, _) => AccessRead::Unknown,
    })
}
