//! A command on its way through the writer, with what is known for it so far.

use super::authority::Authority;
use super::command::{Command, CommandDone, CommandResult, Undone};
use crate::directory::group::Group;
use crate::directory::group::found::Found;
use crate::directory::refusal::Refusal;
use crate::store::cost::Cost;
use crate::store::error::StoreError;
use futures_channel::oneshot;

/// Times that a command is decided anew before its client is told to come again.
const MOST_ATTEMPTS: u32 = 20;

/// D1 calls for a command that may fail: the first may have failed for another command's sake, or a broken
/// connection's.
const MOST_FAILURES: u32 = 3;

pub(super) struct Waiting {
    pub(super) command: Command,
    pub(super) basis: Basis,
    answer: oneshot::Sender<CommandResult>,
    queued_behind: usize,
    attempts: u32,
    failures: u32,
    /// Whether it was not done on what was read, in a company whose quota is used up.
    lacked_room: bool,
    cost: Cost,
}

/// What a decision on the command would rest on.
pub(super) enum Basis {
    /// What the writer remembers, if that is enough: nobody is refused on it, and nothing left undone.
    Remembered,
    /// Nothing: what was remembered or read before is out of date.
    Nothing,
    Read(Box<(Authority, Found)>),
}

impl Waiting {
    pub(super) fn new(
        command: Command,
        queued_behind: usize,
        answer: oneshot::Sender<CommandResult>,
    ) -> Self {
        Self {
            command,
            basis: Basis::Remembered,
            answer,
            queued_behind,
            attempts: 0,
            failures: 0,
            lacked_room: false,
            cost: Cost::default(),
        }
    }

    /// How many ids the command brings: what it costs to hold and to send.
    pub(super) fn weight(&self) -> usize {
        self.command.request.weight()
    }

    /// Whether it has been in a call that failed: then it may be what made it fail.
    pub(super) fn is_suspect(&self) -> bool {
        self.failures > 0
    }

    pub(super) fn took_part_in(&mut self, cost: Cost) {
        self.cost += cost;
    }

    /// The client may have gone: what is done stays done.
    pub(super) fn done(self, group: Group) {
        let _ = self.answer.send(Ok(CommandDone {
            group,
            queued_behind: self.queued_behind,
            cost: self.cost,
        }));
    }

    pub(super) fn undone(self, why: Undone) {
        let _ = self.answer.send(Err(why));
    }

    /// To be decided anew on what is there now, unless that has been so too often.
    pub(super) fn once_more(mut self) -> Option<Self> {
        self.attempts += 1;
        self.basis = Basis::Nothing;
        if self.attempts < MOST_ATTEMPTS {
            return Some(self);
        }
        self.undone(Undone::Store(StoreError::Contention(MOST_ATTEMPTS)));
        None
    }

    /// To be decided anew where the company's quota is used up: it may not have been done for another reason. The second
    /// time, that was it.
    pub(super) fn without_room(mut self, refusal: Refusal) -> Option<Self> {
        if std::mem::replace(&mut self.lacked_room, true) {
            self.undone(Undone::Refused(refusal));
            return None;
        }
        self.once_more()
    }

    /// To be decided anew after a call that failed, unless too many have.
    pub(super) fn after_failure(mut self, error: StoreError) -> Option<Self> {
        self.failures += 1;
        if self.failures < MOST_FAILURES {
            return self.once_more();
        }
        self.undone(Undone::Store(error));
        None
    }
}
