//! What travels between the Worker and the company's object, as JSON.
//!
//! A command is complete: the object asks nobody but D1. The id of its request is the operation's id: it stays
//! the same however often the command is sent, and is written together with what the command does.

use crate::directory::group::Group;
use crate::directory::group::request::Request;
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::refusal::Refusal;
use crate::directory::token::PresentedToken;
use crate::store::database::Cost;
use crate::store::error::StoreError;
use crate::store::journal::{Noted, RequestLine};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Command {
    pub(crate) company: CompanyId,
    pub(crate) caller: Caller,
    pub(crate) request: Request,
    /// What the log keeps of the HTTP request.
    pub(crate) line: RequestLine,
    /// The status of the answer where the command is done, for the log.
    pub(crate) status: u16,
    pub(crate) noted: Noted,
}

/// On whose behalf. Only the Worker can reach an object, and it has checked the operator's key; what a token may
/// is checked again, in the same transaction as the write.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Caller {
    IdentityProvider {
        token: PresentedToken,
        /// The connection that the URL names.
        endpoint: Option<ConnectionId>,
    },
    Operator,
}

/// How a command ended.
pub(crate) type Answer = Result<Done, Undone>;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Done {
    /// The group as the command left it, or found it where there was nothing to do.
    pub(crate) group: Group,
    /// How many commands were before it when it came.
    pub(crate) queued_behind: usize,
    /// Of the D1 calls that it took part in; others may have been in the same.
    pub(crate) cost: Cost,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Undone {
    Refused(Refusal),
    /// Another instance of the object has become the writer: the command is to be sent again.
    Superseded,
    Store(StoreError),
}
