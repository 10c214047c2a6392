//! Reading all that bears on one command, as one statement.

use super::authority::{AnyCaller, Authority};
use super::memory::Memory;
use super::waiting::Waiting;
use crate::directory::group::Group;
use crate::directory::group::found::Found;
use crate::directory::group::request::Request;
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::fold::NameKey;
use crate::store::error::StoreError;
use crate::store::groups::write::Visible;
use crate::store::groups::{self, GroupKey, members, selected, writer};
use crate::store::statement::{Outcome, Statement, taken_apart};

pub(super) struct Look {
    pub(super) waiting: Waiting,
    pub(super) caller: AnyCaller,
    /// The moment for which the caller was asked for.
    pub(super) now: Timestamp,
    /// The name whose holder is looked up.
    name: Option<NameKey>,
    statement: Statement,
}

/// What a look found.
pub(super) enum Finding {
    /// An earlier attempt of the same command was committed; this is its group now.
    DoneAlready(Box<Group>),
    Refused(Refusal),
    Known(Box<(Authority, Found)>),
    /// What was found says what else has to be looked up.
    NotAll(Box<Group>),
}

impl Look {
    pub(super) fn of(
        waiting: Waiting,
        company: &CompanyId,
        memory: &Memory,
        now: Timestamp,
    ) -> Self {
        let caller = AnyCaller::of(&waiting.command, company);
        let request = &waiting.command.request;
        let target = request.target();
        let remembered = target.and_then(|id| memory.group(id));
        let name = request.wanted_name(remembered);
        let nobody = GroupId::named("");
        // A create names no group of its own yet.
        let group = target.cloned().unwrap_or_else(|| nobody.clone());
        let visible = visible(request);
        // Whether it was done before, in any case: whoever may no longer is told so all the same. Its log line names the
        // group; the one that was asked for is looked at for those alone who may.
        let done = writer::aftermath(company, &[(&waiting.command.line.request_id, &nobody)]);
        let mut reads = Vec::new();
        if target.is_some() {
            reads.push(groups::get(company, &GroupKey::Id(group.clone())));
        }
        if let Some(name) = &name {
            reads.push(groups::get(company, &GroupKey::Name(name.clone())));
            if request.may_bring_back() {
                reads.push(groups::get(company, &GroupKey::DeletedName(name.clone())));
            }
        }
        let named = request.named();
        if !named.is_empty() {
            reads.push(members::unknown(company, visible, &named));
        }
        let selections = request.selections();
        if !selections.is_empty() {
            reads.push(selected::selected(company, &group, &selections, &named));
        }
        let statement = caller.look(done, reads, now);
        Self {
            waiting,
            caller,
            now,
            name,
            statement,
        }
    }

    pub(super) fn statement(&self) -> &Statement {
        &self.statement
    }

    pub(super) fn read(&self, outcome: &Outcome) -> Result<Finding, StoreError> {
        let mut outcomes = taken_apart(outcome).into_iter();
        let mut next = || outcomes.next().unwrap_or_default();
        let request = &self.waiting.command.request;
        let authority = self.caller.authority(&next(), self.now)?;
        let aftermath = writer::aftermaths(&next())?.into_iter().next();
        let done = aftermath.filter(|aftermath| aftermath.is_committed);
        if let Some(group) = done.and_then(|aftermath| aftermath.left()) {
            return Ok(Finding::DoneAlready(Box::new(group)));
        }
        let authority = match authority {
            Ok(authority) => authority,
            Err(refusal) => return Ok(Finding::Refused(refusal)),
        };
        let mut found = Found::default();
        if request.target().is_some() {
            found.group = groups::one(&next())?;
        }
        if self.name.is_some() {
            found.holder = groups::one(&next())?;
            if request.may_bring_back() {
                found.deleted = groups::one(&next())?;
            }
        }
        if !request.named().is_empty() {
            found.unknown_members = members::set(&next())?;
        }
        let selections = request.selections().len();
        if selections > 0 {
            found.selected = selected::found(&next(), selections)?;
        }
        Ok(match &found.group {
            Some(group) if request.wanted_name(Some(group)) != self.name => {
                Finding::NotAll(Box::new(group.clone()))
            }
            _ => Finding::Known(Box::new((authority, found))),
        })
    }
}

/// Whom the sender of a request can name as a member.
pub(super) fn visible(request: &Request) -> Visible {
    match request {
        Request::Provision(_) => Visible::Listed,
        Request::Administer(_) => Visible::Living,
    }
}
