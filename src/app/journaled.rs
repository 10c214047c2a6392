//! A change to one of the things that a company's rules are made of: the row, its event and its log line.

use super::{Committed, Context, Error};
use crate::directory::event::Event;
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::store::commit::{Commit, Ended};
use crate::store::journal::{self, Ending, Noted};
use crate::store::statement::Statement;

pub(super) struct JournaledChange<'a> {
    pub(super) company: &'a CompanyId,
    /// The statement that changes one row, or none where the change can't be made any more.
    pub(super) change: Statement,
    /// Statements that only make sense together with the change; they may change any number of rows.
    pub(super) then: Vec<Statement>,
    pub(super) event: Event<'a>,
    pub(super) resource_id: String,
    /// What the answer's status will be, for the log.
    pub(super) status: u16,
    /// What the log is to say of the request.
    pub(super) noted: Noted,
}

impl JournaledChange<'_> {
    /// `missing` is said where the change changed nothing: what it names is not there.
    pub(super) async fn commit_or(self, missing: Refusal, context: &Context) -> Result<(), Error> {
        if self.commit(context).await? {
            Ok(())
        } else {
            Err(missing.into())
        }
    }

    /// `false` where the change changed nothing.
    pub(super) async fn commit(self, context: &Context) -> Result<bool, Error> {
        let ended = Commit {
            database: context.database(self.company)?,
            company: self.company,
            actor: context.actor()?,
            line: &context.line()?,
            change: self.change,
            then: self.then,
            event: &self.event,
            // What the operator keeps here is not counted.
            row_growth: 0,
            ending: &ending(self.status, self.resource_id, self.noted),
        }
        .run(None)
        .await?;
        match ended {
            Ended::Done(_) | Ended::DoneUnheard(_) => {
                context.committed(self.company, &Committed::Rules);
                Ok(true)
            }
            Ended::TooLate(_) => Ok(false),
            Ended::Failed(error, _) => Err(error.into()),
        }
    }
}

/// An edit that leaves everything as it is: logged, and no event says that something changed. `false` where the rules
/// have changed since it was read.
pub(super) async fn log_nothing(
    context: &Context,
    company: &CompanyId,
    rules_version: i64,
    resource_id: String,
    noted: Noted,
) -> Result<bool, Error> {
    let (actor, line) = (context.actor()?, context.line()?);
    let ending = ending(200, resource_id, noted);
    let line = journal::record_nothing(company, rules_version, actor, &line, &ending);
    Ok(context.database(company)?.run(line).await?.changes > 0)
}

fn ending(status: u16, resource_id: String, noted: Noted) -> Ending {
    Ending {
        status,
        resource_id,
        noted,
        stored: None,
    }
}
