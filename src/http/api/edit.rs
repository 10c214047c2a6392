//! Edits by the operator: read, change, and write while the company's rules are of the version that was read.

use super::AtVersion;
use super::journaled::{JournaledChange, log_nothing};
use crate::directory::event::EventType;
use crate::directory::id::CompanyId;
use crate::directory::time::Timestamp;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::store::error::StoreError;
use crate::store::statement::Statement;
use serde_json::Value;

/// Each lost race means that another change of the company's rules was done in the meantime.
const MOST_ATTEMPTS: u32 = 100;

/// What the operator edits as a whole.
pub(super) trait Editable: Clone + PartialEq {
    const EVENT: EventType;

    fn id(&self) -> String;
    fn set_updated_at(&mut self, now: Timestamp);
    /// What is answered, and told in `before` and `after` of the event.
    fn body(&self, call: &Call) -> Value;
    /// Writes it, if the rules are still of that version.
    fn update(&self, company: &CompanyId, rules_version: i64) -> Statement;
}

/// Answers with the edited thing. Where nothing differs, nothing is written but a log line.
pub(super) async fn edit_row<T: Editable>(
    call: &Call,
    company: &CompanyId,
    find: impl AsyncFn() -> Result<AtVersion<T>, Failure>,
    apply: impl Fn(&mut T) -> Result<(), Failure>,
) -> Answer {
    for _ in 0..MOST_ATTEMPTS {
        let AtVersion {
            rules_version,
            value: before,
        } = find().await?;
        let mut after = before.clone();
        apply(&mut after)?;
        if after == before {
            log_nothing(call, company, before.id()).await?;
            return Ok(Reply::ok(&before.body(call)));
        }
        after.set_updated_at(call.context.now);
        let is_done = JournaledChange {
            change: after.update(company, rules_version),
            then: Vec::new(),
            event_type: T::EVENT,
            resource_id: after.id(),
            before: before.body(call),
            after: after.body(call),
            status: 200,
        }
        .commit(call, company)
        .await?;
        if is_done {
            return Ok(Reply::ok(&after.body(call)));
        }
    }
    Err(StoreError::Contention(MOST_ATTEMPTS).into())
}
