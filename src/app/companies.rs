//! The operator's companies.

use super::edit::{AtVersion, Editable, edit_row};
use super::journaled::JournaledChange;
use super::{Context, Error, PageBounds};
use crate::ambient;
use crate::directory::company::{Company, Fields};
use crate::directory::event::{Event, Step};
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::store::companies;
use crate::store::journal::Noted;
use crate::store::statement::{Outcome, Statement};
use std::borrow::Cow;

impl Editable for Company {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn set_updated_at(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn edited<'a>(&'a self, after: &'a Self) -> Event<'a> {
        Event::CompanyUpdated(Step::changed(self, after))
    }

    fn update(&self, _: &CompanyId, rules_version: i64) -> Statement {
        companies::update(self, rules_version)
    }
}

pub(super) fn unknown(id: &CompanyId) -> Refusal {
    Refusal::not_found("company", id.as_str())
}

/// Reads something of a company in one call, and says so where there is no such company.
pub(super) async fn read_of<const N: usize>(
    context: &Context,
    id: &CompanyId,
    statements: [Statement; N],
) -> Result<(Company, [Outcome; N]), Error> {
    let mut batch = vec![companies::get(id)];
    batch.extend(statements);
    let mut outcomes = context.database(id)?.batch(&batch).await?.into_iter();
    let mut next = || outcomes.next().unwrap_or_default();
    let company = companies::one(&next())?.ok_or_else(|| unknown(id))?;
    Ok((company, std::array::from_fn(|_| next())))
}

pub(crate) async fn list(context: &Context, rows: PageBounds<'_>) -> Result<Vec<Company>, Error> {
    let statement = companies::page(rows.after, rows.limit);
    let outcome = context.companies_database()?.run(statement).await?;
    Ok(companies::many(&outcome)?)
}

pub(crate) async fn get(context: &Context, id: &CompanyId) -> Result<Company, Error> {
    let outcome = context.database(id)?.run(companies::get(id)).await?;
    Ok(companies::one(&outcome)?.ok_or_else(|| unknown(id))?)
}

/// Whether the database answers and has been migrated.
pub(crate) async fn ready(context: &Context) -> Result<(), Error> {
    context.companies_database()?.run(companies::any()).await?;
    Ok(())
}

pub(crate) async fn create(context: &Context, fields: Fields) -> Result<Company, Error> {
    let id = CompanyId::new(context.now, ambient::id_randomness()?);
    let company = fields.create(id, context.now)?;
    JournaledChange {
        company: &company.id,
        change: companies::insert(&company.id, &company.settings, context.now),
        then: Vec::new(),
        event: Event::CompanyCreated(Step::created(Cow::Borrowed(&company))),
        resource_id: company.id.to_string(),
        status: 201,
        noted: Noted::default(),
    }
    .commit(context)
    .await?;
    Ok(company)
}

pub(crate) async fn edit(
    context: &Context,
    id: &CompanyId,
    fields: &Fields,
) -> Result<Company, Error> {
    let find = async || {
        let company = get(context, id).await?;
        Ok(AtVersion {
            rules_version: company.rules_version,
            value: company,
        })
    };
    edit_row(context, id, Noted::default(), find, |company| {
        fields.clone().apply(&mut company.settings)
    })
    .await
}

/// Erases a company with everything that is kept of it, in steps that leave D1 free for others in between.
/// From the first of them on the company is refused to everybody. Cut short, it can be asked for again and goes on.
pub(crate) async fn erase(context: &Context, id: &CompanyId) -> Result<(), Error> {
    let database = context.database(id)?;
    let closed = database.batch(&companies::close(id, context.now)).await?;
    if closed.first().is_none_or(|mark| mark.changes == 0) {
        return Err(unknown(id).into());
    }
    loop {
        for statement in companies::erase_some(id) {
            // D1's count may hold what triggers changed: it says whether there may be more, never that there is none.
            while database.run(statement.clone()).await?.changes >= companies::ERASED_AT_ONCE {}
        }
        let outcomes = database.batch(&companies::erase_last(id)).await?;
        if outcomes
            .last()
            .is_none_or(|company| company.rows.is_empty())
        {
            return Ok(());
        }
    }
}
