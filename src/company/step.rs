//! What a round does for one command.

use super::authority::Authority;
use super::look::Look;
use super::waiting::Waiting;
use crate::directory::group::Group;
use crate::directory::group::change::Change;
use crate::directory::id::{GroupId, RequestId};
use crate::store::journal::Ending;

pub(super) enum RoundStep {
    Write(Box<Planned>),
    Log(Box<Idle>),
    Look(Box<Look>),
}

/// A command that changes something.
pub(super) struct Planned {
    pub(super) waiting: Waiting,
    pub(super) authority: Authority,
    pub(super) change: Change,
}

/// A command that finds everything as it wants it: it leaves a log line.
pub(super) struct Idle {
    pub(super) waiting: Waiting,
    pub(super) authority: Authority,
    pub(super) group: Group,
}

impl RoundStep {
    /// The command's id and the group that it is about, where something is written for it.
    pub(super) fn written(&self) -> Option<(&RequestId, &GroupId)> {
        let (waiting, group) = match self {
            Self::Write(planned) => (&planned.waiting, planned.change.after()),
            Self::Log(idle) => (&idle.waiting, &idle.group),
            Self::Look(_) => return None,
        };
        Some((&waiting.command.line.request_id, &group.id))
    }

    pub(super) fn waiting_mut(&mut self) -> &mut Waiting {
        match self {
            Self::Write(planned) => &mut planned.waiting,
            Self::Log(idle) => &mut idle.waiting,
            Self::Look(look) => &mut look.waiting,
        }
    }

    pub(super) fn into_waiting(self) -> Waiting {
        match self {
            Self::Write(planned) => planned.waiting,
            Self::Log(idle) => idle.waiting,
            Self::Look(look) => look.waiting,
        }
    }
}

/// What the log says of a command that is done.
pub(super) fn ending(waiting: &Waiting, group: &GroupId) -> Ending {
    Ending {
        status: waiting.command.status,
        resource_id: group.to_string(),
        noted: waiting.command.noted.clone(),
        stored: None,
    }
}
