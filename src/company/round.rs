//! One round of the writer: what can be decided is written, what can't is looked up, all in one D1 call.
//!
//! Commands of a round don't see each other's decisions. One that would be decided on what another of the same
//! round is changing waits for the next; changes of members alone are not in each other's way, so that any
//! number of them go together.

use super::authority::Authority;
use super::command::Undone;
use super::look::Look;
use super::step::{Idle, Planned, RoundStep};
use super::waiting::{Basis, Waiting};
use super::writer::Writer;
use crate::ambient;
use crate::directory::group::change::{Decision, Room};
use crate::directory::group::found::Found;
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::store::error::StoreError;
use std::collections::HashSet;

pub(super) struct Round<'a> {
    writer: &'a Writer,
    now: Timestamp,
    steps: Vec<RoundStep>,
    held: Vec<Waiting>,
    /// Groups of which nothing more is decided in this round.
    closed: HashSet<GroupId>,
    /// Groups whose members, and so whose version, change in this round.
    touched: HashSet<GroupId>,
}

impl<'a> Round<'a> {
    pub(super) fn of(writer: &'a Writer, commands: Vec<Waiting>) -> Self {
        let mut round = Self {
            writer,
            now: ambient::now(),
            steps: Vec::new(),
            held: Vec::new(),
            closed: HashSet::new(),
            touched: HashSet::new(),
        };
        for waiting in commands {
            round.admit(waiting);
        }
        round
    }

    /// Gives back the commands that are not done yet, in their order.
    pub(super) async fn perform(self) -> Vec<Waiting> {
        let mut open = match self.writer.attempt(self.steps).await {
            Ok(open) => open,
            Err((error, steps)) => {
                let open = match steps.len() {
                    1 => after_failure(steps, &error),
                    _ => one_by_one(self.writer, steps).await,
                };
                self.writer.shut_out().await;
                open
            }
        };
        open.extend(self.held);
        open
    }

    fn admit(&mut self, mut waiting: Waiting) {
        let target = waiting.command.request.target().cloned();
        if self.must_wait(&waiting, target.as_ref()) {
            self.closed.extend(target);
            self.held.push(waiting);
            return;
        }
        let (basis, is_certain) = match std::mem::replace(&mut waiting.basis, Basis::Nothing) {
            Basis::Read(read) => (Some(*read), true),
            Basis::Remembered => (self.recall(&waiting), false),
            Basis::Nothing => (None, false),
        };
        // Nothing is written before this instance has become the writer, which it does with its first look.
        let basis = basis.filter(|_| self.writer.epoch.get().is_some());
        let Some((authority, found)) = basis else {
            return self.look(waiting);
        };
        match self.decide(&waiting, &authority, &found) {
            Ok(Decision::Change(change)) => {
                let id = change.after().id.clone();
                if change.event_type().is_some() {
                    self.closed.insert(id);
                } else {
                    self.touched.insert(id);
                }
                self.steps.push(RoundStep::Write(Box::new(Planned {
                    waiting,
                    authority,
                    change: *change,
                })));
            }
            Ok(Decision::Nothing(group)) if is_certain => {
                self.steps.push(RoundStep::Log(Box::new(Idle {
                    waiting,
                    authority,
                    group: *group,
                })));
            }
            Err(refusal) if is_certain => waiting.undone(Undone::Refused(refusal)),
            // Nobody is refused, and nothing left undone, on a guess.
            Ok(Decision::Nothing(_)) | Err(_) => self.look(waiting),
        }
    }

    /// First come, first served within a group: behind a command that waits, or that changes what the next one
    /// would be decided on, the next one waits too.
    fn must_wait(&self, waiting: &Waiting, target: Option<&GroupId>) -> bool {
        let is_conditional = waiting.command.request.is_conditional();
        target.is_some_and(|group| {
            self.closed.contains(group) || (is_conditional && self.touched.contains(group))
        })
    }

    fn decide(
        &self,
        waiting: &Waiting,
        authority: &Authority,
        found: &Found,
    ) -> Result<Decision, Refusal> {
        authority.authorize(self.now)?;
        let settings = &authority.company().settings;
        let decision = waiting.command.request.decide(settings, found, self.now)?;
        if let (Decision::Change(change), Authority::IdentityProvider { access, .. }) =
            (&decision, authority)
            && change.needs_room() == Room::Always
        {
            access.company.check_room()?;
        }
        Ok(decision)
    }

    /// What is remembered of all that bears on a command, and taken for granted of the rest: names are free and
    /// members are known, as they mostly are.
    fn recall(&self, waiting: &Waiting) -> Option<(Authority, Found)> {
        // Who is there can't be guessed.
        if !waiting.command.request.selections().is_empty() {
            return None;
        }
        let memory = self.writer.memory.borrow();
        let authority = Authority::recall(&waiting.command, &memory)?;
        let group = match waiting.command.request.target() {
            None => None,
            Some(id) => Some(memory.group(id)?.clone()),
        };
        let found = Found {
            group,
            ..Found::default()
        };
        Some((authority, found))
    }

    fn look(&mut self, waiting: Waiting) {
        self.closed
            .extend(waiting.command.request.target().cloned());
        let memory = self.writer.memory.borrow();
        let look = Look::of(waiting, self.writer.company(), &memory, self.now);
        self.steps.push(RoundStep::Look(Box::new(look)));
    }
}

/// What can't be written fails alone.
async fn one_by_one(writer: &Writer, steps: Vec<RoundStep>) -> Vec<Waiting> {
    let mut open = Vec::new();
    for step in steps {
        open.extend(match writer.attempt(vec![step]).await {
            Ok(open) => open,
            Err((error, steps)) => after_failure(steps, &error),
        });
    }
    open
}

fn after_failure(steps: Vec<RoundStep>, error: &StoreError) -> Vec<Waiting> {
    steps
        .into_iter()
        .filter_map(|step| step.into_waiting().after_failure(error.clone()))
        .collect()
}
