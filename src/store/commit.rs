//! One change with its event and its log line, in one D1 batch; and what is known where that batch fails.
//!
//! Invariant: the three are written together or not at all, and a call whose answer is lost is never taken for one that
//! did nothing: the log line, which the batch itself writes, tells.
//!
//! A company's object writes groups by statements of its own ([`super::groups::write`]), many commands in one batch: their
//! guard, event and log line are one statement each, and after a failure it raises its epoch before it looks.

use super::database::Database;
use super::error::StoreError;
use super::journal::{self, Ending, RequestLine};
use super::statement::{Outcome, Statement};
use crate::directory::access::Actor;
use crate::directory::event::{Event, Kept};
use crate::directory::id::CompanyId;

pub struct Commit<'a> {
    pub database: &'a Database,
    pub company: &'a CompanyId,
    pub actor: &'a Actor,
    pub line: &'a RequestLine,
    /// Changes one row, or none where the change can't be made any more.
    pub change: Statement,
    /// What only makes sense together with the change; may change any number of rows.
    pub then: Vec<Statement>,
    pub event: &'a Event<'a>,
    /// Bytes by which the change makes its row larger, where that is counted.
    pub row_growth: i64,
    pub ending: &'a Ending,
}

/// What is read where the change was not made: what it would have to be decided on anew.
pub struct Reread<'a> {
    /// Made where it is needed alone: hardly any change comes too late.
    pub statement: &'a dyn Fn() -> Statement,
    /// Whether the change may well come too late: then this is part of its batch, and saves a call.
    pub is_likely: bool,
}

pub enum Ended {
    /// With what the change's statement gave back.
    Done(Outcome),
    /// Done, but the answer was lost; with what was read since.
    DoneUnheard(Option<Outcome>),
    /// The change changed nothing.
    TooLate(Option<Outcome>),
    /// The call failed, and nothing was written.
    Failed(StoreError, Option<Outcome>),
}

impl Commit<'_> {
    /// Fails where it can't be told whether it is done.
    pub async fn run(self, reread: Option<Reread<'_>>) -> Result<Ended, StoreError> {
        let kept = Kept::of(self.event);
        let event_type = self.event.event_type();
        let record = journal::record(
            self.company,
            (event_type, &kept),
            self.row_growth,
            self.actor,
            self.line,
            self.ending,
        );
        let at_once = reread.as_ref().filter(|reread| reread.is_likely);
        let mut batch = vec![self.change];
        batch.extend(at_once.map(|reread| (reread.statement)().if_nothing_changed()));
        batch.push(record);
        batch.extend(journal::keep(self.company, self.line, &kept.values));
        batch.extend(self.then);
        match self.database.batch(&batch).await {
            Ok(outcomes) => {
                let mut outcomes = outcomes.into_iter();
                let change = outcomes.next().unwrap_or_default();
                if change.changes > 0 {
                    return Ok(Ended::Done(change));
                }
                Ok(Ended::TooLate(at_once.and_then(|_| outcomes.next())))
            }
            Err(error) => {
                let mut look = vec![journal::is_committed(self.company, &self.line.request_id)];
                look.extend(reread.map(|reread| (reread.statement)()));
                let Ok(found) = self.database.batch(&look).await else {
                    return Err(error);
                };
                let mut found = found.into_iter();
                let is_committed = found.next().is_some_and(|line| !line.rows.is_empty());
                let known = found.next();
                Ok(if is_committed {
                    Ended::DoneUnheard(known)
                } else {
                    Ended::Failed(error, known)
                })
            }
        }
    }
}
