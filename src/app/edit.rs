//! Edits of what a company's rules are made of: read, change, and write while the rules are of the version that was read.

use super::journaled::{JournaledChange, log_nothing};
use super::{Context, Error, companies};
use crate::directory::event::Event;
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::store::error::StoreError;
use crate::store::journal::Noted;
use crate::store::statement::{Outcome, Statement};

/// Each lost race means that another change of the company's rules was done in the meantime.
const MOST_ATTEMPTS: u32 = 100;

/// Something that an edit was read with: it is written only while the rules are still of that version.
pub(super) struct AtVersion<T> {
    pub(super) rules_version: i64,
    pub(super) value: T,
}

/// What is edited as a whole.
pub(super) trait Editable: Clone + PartialEq {
    fn id(&self) -> String;
    fn set_updated_at(&mut self, now: Timestamp);
    /// The event of an edit that made `after` of it.
    fn edited<'a>(&'a self, after: &'a Self) -> Event<'a>;
    /// Writes it, if the rules are still of that version.
    fn update(&self, company: &CompanyId, rules_version: i64) -> Statement;
}

/// The edited thing. Where nothing differs, nothing is written but a log line.
pub(super) async fn edit_row<T: Editable>(
    context: &Context,
    company: &CompanyId,
    noted: Noted,
    find: impl AsyncFn() -> Result<AtVersion<T>, Error>,
    apply: impl Fn(&mut T) -> Result<(), Refusal>,
) -> Result<T, Error> {
    for _ in 0..MOST_ATTEMPTS {
        let AtVersion {
            rules_version,
            value: before,
        } = find().await?;
        let mut after = before.clone();
        apply(&mut after)?;
        if after == before {
            if log_nothing(context, company, rules_version, before.id(), noted.clone()).await? {
                return Ok(before);
            }
            continue;
        }
        after.set_updated_at(context.now);
        let is_done = JournaledChange {
            company,
            change: after.update(company, rules_version),
            then: Vec::new(),
            event: before.edited(&after),
            resource_id: after.id(),
            status: 200,
            noted: noted.clone(),
        }
        .commit(context)
        .await?;
        if is_done {
            return Ok(after);
        }
    }
    Err(StoreError::Contention(MOST_ATTEMPTS).into())
}

/// The one thing of a company that a read by its id finds.
pub(super) async fn find_one<T>(
    context: &Context,
    company: &CompanyId,
    read: Statement,
    decode: impl FnOnce(&Outcome) -> Result<Vec<T>, StoreError>,
    missing: Refusal,
) -> Result<AtVersion<T>, Error> {
    let (company, [outcome]) = companies::read_of(context, company, [read]).await?;
    Ok(AtVersion {
        rules_version: company.rules_version,
        value: decode(&outcome)?.into_iter().next().ok_or(missing)?,
    })
}
