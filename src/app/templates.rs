//! A company's templates for new teammates.

use super::edit::{AtVersion, Editable, edit_row, find_one};
use super::journaled::JournaledChange;
use super::{Context, Error, PageBounds, companies};
use crate::ambient;
use crate::directory::event::{Event, Step};
use crate::directory::id::{CompanyId, TemplateId};
use crate::directory::refusal::Refusal;
use crate::directory::template::{Fields, Template};
use crate::directory::time::Timestamp;
use crate::store::journal::Noted;
use crate::store::statement::Statement;
use crate::store::templates;
use std::borrow::Cow;

impl Editable for Template {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn set_updated_at(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn edited<'a>(&'a self, after: &'a Self) -> Event<'a> {
        Event::TemplateUpdated(Step::changed(self, after))
    }

    fn update(&self, company: &CompanyId, rules_version: i64) -> Statement {
        templates::update(company, self, rules_version)
    }
}

fn unknown(id: &TemplateId) -> Refusal {
    Refusal::not_found("template", id.as_str())
}

async fn find(
    context: &Context,
    company: &CompanyId,
    id: &TemplateId,
) -> Result<AtVersion<Template>, Error> {
    let read = templates::get(company, id);
    find_one(context, company, read, templates::many, unknown(id)).await
}

pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    rows: PageBounds<'_>,
) -> Result<Vec<Template>, Error> {
    let statement = templates::page(company, rows.after, rows.limit);
    let (_, [outcome]) = companies::read_of(context, company, [statement]).await?;
    Ok(templates::many(&outcome)?)
}

pub(crate) async fn get(
    context: &Context,
    company: &CompanyId,
    id: &TemplateId,
) -> Result<Template, Error> {
    Ok(find(context, company, id).await?.value)
}

pub(crate) async fn create(
    context: &Context,
    company: &CompanyId,
    fields: Fields,
) -> Result<Template, Error> {
    let id = TemplateId::new(context.now, ambient::id_randomness()?);
    let (fields, notes) = fields.without_secrets();
    let template = fields.create(id, context.now)?;
    JournaledChange {
        company,
        change: templates::insert(company, &template),
        then: Vec::new(),
        event: Event::TemplateCreated(Step::created(Cow::Borrowed(&template))),
        resource_id: template.id.to_string(),
        status: 201,
        noted: Noted::from(&notes),
    }
    .commit_or(companies::unknown(company), context)
    .await?;
    Ok(template)
}

/// Teammates that were made from the template stay as they are.
pub(crate) async fn edit(
    context: &Context,
    company: &CompanyId,
    id: &TemplateId,
    fields: Fields,
) -> Result<Template, Error> {
    let (fields, notes) = fields.without_secrets();
    let find = async || find(context, company, id).await;
    edit_row(context, company, Noted::from(&notes), find, |template| {
        fields.clone().apply(template)
    })
    .await
}

pub(crate) async fn delete(
    context: &Context,
    company: &CompanyId,
    id: &TemplateId,
) -> Result<(), Error> {
    let before = get(context, company, id).await?;
    JournaledChange {
        company,
        change: templates::delete(company, id),
        then: Vec::new(),
        event: Event::TemplateDeleted(Step::deleted(Cow::Borrowed(&before))),
        resource_id: id.to_string(),
        status: 204,
        noted: Noted::default(),
    }
    .commit_or(unknown(id), context)
    .await
}
