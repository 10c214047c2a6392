//! `/api/v1/companies/{id}/templates`

use super::edit::{Editable, edit_row};
use super::journaled::JournaledChange;
use super::page::Page;
use super::{AtVersion, companies, find_one, not_found, not_null, readable_name};
use crate::directory::event::EventType;
use crate::directory::id::{CompanyId, TemplateId};
use crate::directory::refusal::Refusal;
use crate::directory::teammate::Role;
use crate::directory::template::Template;
use crate::directory::time::Timestamp;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::{Answer, ambient};
use crate::store::statement::Statement;
use crate::store::templates;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The most that a template may come to as JSON: its event holds it twice, and D1 keeps 2 MB in a row.
const MOST_BYTES: usize = 256 * 1024;

/// The fields of a create or an edit. What is absent stays as it is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the field's name on the wire")]
struct Fields {
    #[serde(default, deserialize_with = "not_null")]
    name: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    role: Option<Role>,
    #[serde(default, deserialize_with = "not_null")]
    workspaces: Option<Vec<Value>>,
    #[serde(default, deserialize_with = "not_null")]
    inboxes: Option<Vec<Value>>,
    #[serde(default, deserialize_with = "not_null")]
    custom_fields: Option<Map<String, Value>>,
    #[serde(default, deserialize_with = "not_null")]
    preferences: Option<Map<String, Value>>,
}

impl Fields {
    fn apply(self, template: &mut Template) -> Result<(), Failure> {
        if let Some(name) = self.name {
            template.name = readable_name(&name)?;
        }
        if let Some(role) = self.role {
            template.role = role;
        }
        if let Some(workspaces) = self.workspaces {
            template.workspaces = workspaces.into();
        }
        if let Some(inboxes) = self.inboxes {
            template.inboxes = inboxes.into();
        }
        if let Some(custom_fields) = self.custom_fields {
            template.custom_fields = custom_fields.into();
        }
        if let Some(preferences) = self.preferences {
            template.preferences = preferences.into();
        }
        let size = serde_json::to_string(template).map_or(0, |json| json.len());
        if size > MOST_BYTES {
            return Err(Refusal::InvalidInput(format!(
                "The template comes to {size} bytes, more than the {MOST_BYTES} that are kept."
            ))
            .into());
        }
        Ok(())
    }
}

impl Editable for Template {
    const EVENT: EventType = EventType::TemplateUpdated;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn set_updated_at(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn body(&self, _: &Call) -> Value {
        json!(self)
    }

    fn update(&self, company: &CompanyId, rules_version: i64) -> Statement {
        templates::update(company, self, rules_version)
    }
}

fn unknown(id: &TemplateId) -> Refusal {
    not_found("template", id.as_str())
}

async fn find(
    call: &Call,
    company: &CompanyId,
    id: &TemplateId,
) -> Result<AtVersion<Template>, Failure> {
    let read = templates::get(company, id);
    find_one(call, company, read, templates::many, unknown(id)).await
}

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    let statement = templates::page(&company, page.after.as_deref(), page.rows());
    let (_, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &templates::many(&outcome)?,
        |template| template.id.to_string(),
        |template| template,
    ))
}

pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    let fields: Fields = call.api_body().await?;
    if fields.name.is_none() {
        return Err(Refusal::InvalidInput("A template needs a \"name\".".to_owned()).into());
    }
    let mut template = Template {
        id: TemplateId::new(call.context.now, ambient::id_randomness()?),
        name: String::new(),
        role: Role::Teammate,
        workspaces: json!([]),
        inboxes: json!([]),
        custom_fields: json!({}),
        preferences: json!({}),
        created_at: call.context.now,
        updated_at: call.context.now,
    };
    fields.apply(&mut template)?;
    JournaledChange {
        change: templates::insert(&company, &template),
        then: Vec::new(),
        event_type: EventType::TemplateCreated,
        resource_id: template.id.to_string(),
        before: Value::Null,
        after: json!(template),
        status: 201,
    }
    .commit_or(companies::unknown(&company), call, &company)
    .await?;
    Ok(Reply::json(201, &template))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> Answer {
    let found = find(call, &company, &id).await?;
    Ok(Reply::ok(&found.value))
}

/// Teammates that were made from the template stay as they are.
pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> Answer {
    let fields: Fields = call.api_body().await?;
    let find = async || find(call, &company, &id).await;
    edit_row(call, &company, find, |template| {
        fields.clone().apply(template)
    })
    .await
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> Answer {
    let before = find(call, &company, &id).await?.value;
    JournaledChange {
        change: templates::delete(&company, &before.id),
        then: Vec::new(),
        event_type: EventType::TemplateDeleted,
        resource_id: before.id.to_string(),
        before: json!(before),
        after: Value::Null,
        status: 204,
    }
    .commit_or(unknown(&before.id), call, &company)
    .await?;
    Ok(Reply::empty())
}
