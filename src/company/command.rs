//! A group write on its way to the company's object, in its [envelope](super::envelope), and the answer to it.
//!
//! A command is complete: the object asks nobody but D1. The id of its request is the operation's id: it stays
//! the same however often the command is sent, and is written together with what the command does.
//!
//! A field has a default where its absence can only mean that there is nothing to say; never one that decides who may,
//! or what is done.

use crate::directory::group::Group;
use crate::directory::group::request::Request;
use crate::directory::id::ConnectionId;
use crate::directory::refusal::Refusal;
use crate::directory::token::PresentedToken;
use crate::store::cost::Cost;
use crate::store::error::StoreError;
use crate::store::journal::{Noted, RequestLine};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Command {
    pub(crate) caller: Principal,
    pub(crate) request: Request,
    /// What the log keeps of the HTTP request.
    pub(crate) line: RequestLine,
    /// The status of the answer where the command is done, for the log.
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) noted: Noted,
}

/// On whose behalf a command is done. Only the Worker can reach an object, and it has checked the operator's key; what a token may
/// is checked again, in the same transaction as the write.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Principal {
    IdentityProvider {
        token: PresentedToken,
        /// The connection that the URL names.
        endpoint: Option<ConnectionId>,
    },
    Operator,
}

/// How a command ended.
pub(crate) type CommandResult = Result<CommandDone, Undone>;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CommandDone {
    /// The group as the command left it, or found it where there was nothing to do.
    pub(crate) group: Group,
    /// How many commands were before it when it came.
    #[serde(default)]
    pub(crate) queued_behind: usize,
    /// What the D1 calls cost that it took part in; other commands may have shared them.
    #[serde(default)]
    pub(crate) cost: Cost,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Undone {
    Refused(Refusal),
    /// Another instance of the object has become the writer: the command is to be sent again.
    Superseded,
    Store(StoreError),
}
