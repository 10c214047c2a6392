//! A change by the operator to one row: the row, its event and its log line in one batch.

use crate::directory::access::Actor;
use crate::directory::event::EventType;
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::store::journal::{self, Ending, Event, Noted};
use crate::store::statement::Statement;
use serde_json::Value;

pub(super) struct JournaledChange {
    /// The statement that changes one row, or none where the change can't be made any more.
    pub(super) change: Statement,
    /// Statements that only make sense together with the change; they may change any number of rows.
    pub(super) then: Vec<Statement>,
    pub(super) event_type: EventType,
    pub(super) resource_id: String,
    pub(super) before: Value,
    pub(super) after: Value,
    pub(super) status: u16,
}

impl JournaledChange {
    /// `missing` is said where the change changed nothing: what it names is not there.
    pub(super) async fn commit_or(
        self,
        missing: Refusal,
        call: &Call,
        company: &CompanyId,
    ) -> Result<(), Failure> {
        if self.commit(call, company).await? {
            Ok(())
        } else {
            Err(missing.into())
        }
    }

    /// `false` where the change changed nothing.
    pub(super) async fn commit(self, call: &Call, company: &CompanyId) -> Result<bool, Failure> {
        let event = Event::new(self.event_type, &self.before, &self.after);
        let ending = Ending {
            status: self.status,
            resource_id: self.resource_id,
            noted: Noted::default(),
            stored: None,
        };
        let line = call.context.line()?;
        let record = journal::record(company, &event, &Actor::Operator, &line, &ending);
        let mut batch = vec![self.change, record];
        batch.extend(self.then);
        let database = call.context.database(company)?;
        match database.batch(&batch).await {
            Ok(outcomes) => Ok(outcomes.first().is_some_and(|outcome| outcome.changes > 0)),
            // A call that failed may have been committed all the same: the log line tells.
            Err(error) => {
                let look = journal::is_committed(company, &line.request_id);
                match database.run(look).await {
                    Ok(found) if !found.rows.is_empty() => Ok(true),
                    _ => Err(error.into()),
                }
            }
        }
    }
}

/// An edit that leaves everything as it is: logged, and no event says that something changed.
pub(super) async fn log_nothing(
    call: &Call,
    company: &CompanyId,
    resource_id: String,
) -> Result<(), Failure> {
    let ending = Ending {
        status: 200,
        resource_id,
        noted: Noted::default(),
        stored: None,
    };
    let line = journal::record_nothing(company, &Actor::Operator, &call.context.line()?, &ending);
    call.context.database(company)?.run(line).await?;
    Ok(())
}
