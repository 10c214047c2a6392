//! Writing a group: the statements of one command, which may stand beside those of others in a batch.
//!
//! Invariants. The first statement journals the change, and does so only if everything that it was decided on
//! still holds and the command has not been done before. The others do something only if the first did: they
//! look for the event, and that the group is still of the version which the event found. So a command is done
//! wholly or not at all, whatever else is in the batch; and sent twice, it is done once.
//!
//! One row is written for each member that really comes or goes, besides its entry in the index of
//! teammates; all else costs the same at any size of the group.

mod counted;
mod delta;
mod deltas;
mod guard;
mod journal;
mod memberships;
mod parameters;
mod row;

pub(super) use delta::list;

use crate::directory::access::Actor;
use crate::directory::company::Settings;
use crate::directory::group::change::{Change, Room};
use crate::directory::id::CompanyId;
use crate::store::journal::{Ending, RequestLine, keep};
use crate::store::statement::Statement;
use deltas::Deltas;
/// An event names the first of those who came or went, and counts all.
pub const MAX_NAMED: usize = 1_000;

/// Whom the caller can name as a member. Who goes is not bounded by it: a list that leaves somebody out ends the
/// membership, whether or not that teammate is away at the moment: otherwise that teammate would come back as a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    /// What SCIM shows.
    Listed,
    /// The app also sees who was removed from SCIM.
    Living,
}

impl Visible {
    /// Of teammates `t`.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::Listed => "t.state IN ('active', 'blocked')",
            Self::Living => "t.state <> 'deleted'",
        }
    }
}

/// A change of one group, and what has to hold for it still.
pub struct GroupWrite<'a> {
    pub company: &'a CompanyId,
    pub settings: &'a Settings,
    /// The rules that it was decided under, and the epoch of the writer that decided.
    pub rules_version: i64,
    pub epoch: i64,
    pub change: &'a Change,
    /// Whether the group must have the very version that the change was decided on: If-Match was sent.
    pub is_conditional: bool,
    pub visible: Visible,
    pub actor: &'a Actor,
    pub line: &'a RequestLine,
    pub ending: &'a Ending,
}

impl GroupWrite<'_> {
    /// What it needs room for in the company's quota: the operator is never refused for that.
    fn needs_room(&self) -> Room {
        match self.actor {
            Actor::Operator => Room::Never,
            Actor::IdentityProvider { .. } => self.change.needs_room(),
        }
    }
}

/// The statements of one command, in their order.
pub fn apply(command: &GroupWrite) -> Vec<Statement> {
    let told = journal::told(command);
    let mut statements = vec![journal::journal(command, &told)];
    statements.extend(keep(command.company, command.line, &told.values));
    statements.extend(memberships::memberships(command));
    statements.push(match command.change.before() {
        None => row::insert(command),
        Some(before) => row::update(command, before),
    });
    statements
}

/// The statements of many commands of one company, in their order: each is done as if it stood alone. Changes
/// of a few members each that follow one another share their statements.
pub fn apply_all<'a>(commands: &[&'a GroupWrite<'a>]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut together = Deltas::default();
    for command in commands {
        if together.take(command) {
            continue;
        }
        statements.extend(std::mem::take(&mut together).into_statements());
        if !together.take(command) {
            statements.extend(apply(command));
        }
    }
    statements.extend(together.into_statements());
    statements
}
