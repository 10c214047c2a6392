//! One D1 call for the steps of a round, and what it says of each.

use super::command::Undone;
use super::look::{Finding, Look, visible};
use super::step::{Idle, Planned, RoundStep, ending};
use super::waiting::{Basis, Waiting};
use super::writer::Writer;
use crate::directory::access::Actor;
use crate::directory::group::Group;
use crate::store::error::StoreError;
use crate::store::groups::write::{self, apply_all};
use crate::store::groups::writer::{self, Aftermath};
use crate::store::journal::{self, Ending};
use crate::store::statement::{Outcome, Statement};
use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use worker::Delay;

/// D1 gives a call up after 30 seconds. One whose answer is lost must not hold up a company for ever; should it
/// still be done later, its commands are found done.
const LONGEST_CALL: Duration = Duration::from_secs(35);

/// The statements of one call, and where in it the answers stand.
struct Batch {
    statements: Vec<Statement>,
    /// Of the statement that tells the epoch.
    epoch: Option<usize>,
    /// Of the one that tells what became of the commands that were written.
    aftermath: Option<usize>,
    /// Of the first look; the others follow it.
    looks: usize,
}

impl Writer {
    /// Runs the steps in one call. Gives back the commands that are not done yet; all steps, where the call
    /// failed: then they may have been done or not.
    pub(super) async fn attempt(
        &self,
        mut steps: Vec<RoundStep>,
    ) -> Result<Vec<Waiting>, (StoreError, Vec<RoundStep>)> {
        if steps.is_empty() {
            return Ok(Vec::new());
        }
        let batch = self.batch(&steps);
        let before = self.database.cost();
        let answer = self.call(&batch.statements).await;
        let cost = self.database.cost() - before;
        for step in &mut steps {
            step.waiting_mut().took_part_in(cost);
        }
        match answer.and_then(|outcomes| self.answers(&batch, outcomes)) {
            Ok(answers) => Ok(self.conclude(steps, answers)),
            Err(error) => Err((error, steps)),
        }
    }

    async fn call(&self, statements: &[Statement]) -> Result<Vec<Outcome>, StoreError> {
        let call = pin!(self.database.batch(statements));
        let timeout = pin!(Delay::from(LONGEST_CALL));
        match select(call, timeout).await {
            Either::Left((outcomes, _)) => outcomes,
            Either::Right(_) => Err(StoreError::Call(format!(
                "no answer within {} seconds",
                LONGEST_CALL.as_secs()
            ))),
        }
    }

    fn batch(&self, steps: &[RoundStep]) -> Batch {
        let mut statements = Vec::new();
        let mut epoch = None;
        if self.epoch.get().is_none() {
            epoch = Some(statements.len());
            statements.push(self.take_over(steps));
        }
        statements.extend(self.writes(steps));
        statements.extend(steps.iter().filter_map(|step| self.log_line(step)));
        let written: Vec<_> = steps.iter().filter_map(RoundStep::written).collect();
        let aftermath = (!written.is_empty()).then_some(statements.len());
        if aftermath.is_some() {
            statements.push(writer::aftermath(self.company(), &written));
        }
        let looks = statements.len();
        statements.extend(steps.iter().filter_map(|step| match step {
            RoundStep::Look(look) => Some(look.statement().clone()),
            RoundStep::Write(_) | RoundStep::Log(_) => None,
        }));
        Batch {
            statements,
            epoch,
            aftermath,
            looks,
        }
    }

    /// For the first of those who ask, if that one may: who is refused writes nothing, not even this. Those behind a
    /// refused one look again, in the next call. After a call that failed it is for all: it must be shut out.
    fn take_over(&self, steps: &[RoundStep]) -> Statement {
        let first = steps.iter().find_map(|step| match step {
            RoundStep::Look(look) => Some(look),
            RoundStep::Write(_) | RoundStep::Log(_) => None,
        });
        let admission = first
            .filter(|_| !self.must_shut_out.get())
            .and_then(|look| look.caller.admission(look.now));
        writer::take_over(self.company(), admission.as_ref())
    }

    fn writes(&self, steps: &[RoundStep]) -> Vec<Statement> {
        let planned: Vec<(&Planned, Actor, Ending)> = steps
            .iter()
            .filter_map(|step| match step {
                RoundStep::Write(planned) => {
                    let ending = ending(&planned.waiting, &planned.change.after().id);
                    Some((planned.as_ref(), planned.authority.actor(), ending))
                }
                RoundStep::Log(_) | RoundStep::Look(_) => None,
            })
            .collect();
        let commands: Vec<write::GroupWrite> = planned
            .iter()
            .map(|(planned, actor, ending)| {
                let company = planned.authority.company();
                let command = &planned.waiting.command;
                write::GroupWrite {
                    company: self.company(),
                    settings: &company.settings,
                    rules_version: company.rules_version,
                    epoch: self.epoch.get().unwrap_or_default(),
                    change: &planned.change,
                    is_conditional: command.request.is_conditional(),
                    visible: visible(&command.request),
                    actor,
                    line: &command.line,
                    ending,
                }
            })
            .collect();
        apply_all(&commands.iter().collect::<Vec<_>>())
    }

    fn log_line(&self, step: &RoundStep) -> Option<Statement> {
        let RoundStep::Log(idle) = step else {
            return None;
        };
        // A company whose quota is used up keeps no line of what changes nothing.
        idle.authority.company().check_room().ok()?;
        Some(journal::record_nothing(
            self.company(),
            idle.authority.company().rules_version,
            &idle.authority.actor(),
            &idle.waiting.command.line,
            &ending(&idle.waiting, &idle.group.id),
        ))
    }

    /// What became of each command that was written, and what each look found.
    fn answers(
        &self,
        batch: &Batch,
        outcomes: Vec<Outcome>,
    ) -> Result<(Vec<Aftermath>, Vec<Outcome>), StoreError> {
        if let Some(outcome) = batch.epoch.and_then(|place| outcomes.get(place)) {
            self.epoch.set(writer::epoch(outcome)?);
            self.must_shut_out.set(false);
        }
        let aftermaths = match batch.aftermath.and_then(|place| outcomes.get(place)) {
            Some(outcome) => writer::aftermaths(outcome)?,
            None => Vec::new(),
        };
        Ok((aftermaths, outcomes.into_iter().skip(batch.looks).collect()))
    }

    fn conclude(
        &self,
        steps: Vec<RoundStep>,
        (aftermaths, looks): (Vec<Aftermath>, Vec<Outcome>),
    ) -> Vec<Waiting> {
        let mut aftermaths = aftermaths.into_iter();
        let mut looks = looks.into_iter();
        let epoch = self.epoch.get();
        steps
            .into_iter()
            .filter_map(|step| match step {
                RoundStep::Write(planned) => {
                    let Planned {
                        waiting, change, ..
                    } = *planned;
                    self.memory.borrow_mut().forget(&change.after().id);
                    self.after_writing(waiting, None, aftermaths.next(), epoch)
                }
                RoundStep::Log(idle) => {
                    let Idle {
                        waiting,
                        authority,
                        group,
                    } = *idle;
                    let decided_on = (group, authority.company().rules_version);
                    self.after_writing(waiting, Some(decided_on), aftermaths.next(), epoch)
                }
                RoundStep::Look(look) => {
                    self.after_looking(*look, &looks.next().unwrap_or_default())
                }
            })
            .collect()
    }

    /// Answers a command that is done. One that is not is decided anew on what is there now.
    ///
    /// What changed nothing is answered with the group that it was `decided_on`, under that version
    /// of the rules.
    fn after_writing(
        &self,
        waiting: Waiting,
        decided_on: Option<(Group, i64)>,
        aftermath: Option<Aftermath>,
        epoch: Option<i64>,
    ) -> Option<Waiting> {
        let Some(aftermath) = aftermath else {
            // None at all where the company is gone: the next look says so.
            return waiting.once_more();
        };
        if let Some(group) = &aftermath.group {
            self.memory.borrow_mut().remember(group);
        }
        match aftermath.left() {
            Some(group) if aftermath.is_committed => {
                waiting.done(decided_on.map_or(group, |(group, _)| group));
                None
            }
            _ if aftermath.epoch != epoch => {
                self.stand_down();
                waiting.undone(Undone::Superseded);
                None
            }
            _ => match (aftermath.room(), decided_on) {
                // There was no room for the line of what changes nothing, and there is nothing else to be done.
                (Err(_), Some((group, rules))) if rules == aftermath.rules_version => {
                    waiting.done(group);
                    None
                }
                (Err(refusal), None) => waiting.without_room(refusal),
                _ => waiting.once_more(),
            },
        }
    }

    /// Another instance has become the writer. Should commands go on coming here, this one takes over again.
    fn stand_down(&self) {
        self.epoch.set(None);
        self.memory.borrow_mut().forget_all();
    }

    fn after_looking(&self, look: Look, outcome: &Outcome) -> Option<Waiting> {
        let seen = look.read(outcome);
        let mut waiting = look.waiting;
        match seen {
            Ok(Finding::DoneAlready(group)) => {
                waiting.done(*group);
                None
            }
            Ok(Finding::Refused(refusal)) => {
                waiting.undone(Undone::Refused(refusal));
                None
            }
            Ok(Finding::NotAll(group)) => {
                self.memory.borrow_mut().remember(&group);
                waiting.once_more()
            }
            Ok(Finding::Known(known)) => {
                let mut memory = self.memory.borrow_mut();
                let (authority, found) = known.as_ref();
                memory.remember_company(authority.company());
                for group in found.group.iter().chain(&found.holder) {
                    memory.remember(group);
                }
                waiting.basis = Basis::Read(known);
                Some(waiting)
            }
            Err(error) => waiting.after_failure(error),
        }
    }
}
