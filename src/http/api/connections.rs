//! `/api/v1/companies/{id}/connections`

use super::edit::{Editable, edit_row};
use super::journaled::JournaledChange;
use super::page::Page;
use super::{AtVersion, companies, find_one, not_found, not_null, readable_name};
use crate::directory::connection::{Connection, Provider};
use crate::directory::event::EventType;
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::{Answer, ambient};
use crate::store::statement::Statement;
use crate::store::{connections, tokens};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Creation {
    provider: Provider,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default, deserialize_with = "not_null")]
    provider: Option<Provider>,
    #[serde(default, deserialize_with = "not_null")]
    name: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    paused: Option<bool>,
}

fn body(call: &Call, connection: &Connection) -> Value {
    json!({
        "id": connection.id,
        "provider": connection.provider,
        "name": connection.name,
        "endpoint": format!("{}/scim/{}/v2", call.origin(), connection.id),
        "status": connection.status(),
        "paused": connection.paused,
        "first_seen_at": connection.first_seen_at,
        "last_seen_at": connection.last_seen_at,
        "created_at": connection.created_at,
        "updated_at": connection.updated_at,
    })
}

impl Editable for Connection {
    const EVENT: EventType = EventType::ConnectionUpdated;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn set_updated_at(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn body(&self, call: &Call) -> Value {
        body(call, self)
    }

    fn update(&self, company: &CompanyId, rules_version: i64) -> Statement {
        connections::update(company, self, rules_version)
    }
}

fn unknown(id: &ConnectionId) -> Refusal {
    not_found("connection", id.as_str())
}

async fn find(
    call: &Call,
    company: &CompanyId,
    id: &ConnectionId,
) -> Result<AtVersion<Connection>, Failure> {
    let read = connections::get(company, id);
    find_one(call, company, read, connections::many, unknown(id)).await
}

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    let statement = connections::page(&company, page.after.as_deref(), page.rows());
    let (_, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &connections::many(&outcome)?,
        |connection| connection.id.to_string(),
        |connection| body(call, connection),
    ))
}

pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    let creation: Creation = call.api_body().await?;
    let name = match &creation.name {
        Some(name) => readable_name(name)?,
        None => creation.provider.as_str().to_owned(),
    };
    let connection = Connection {
        id: ConnectionId::new(call.context.now, ambient::id_randomness()?),
        provider: creation.provider,
        name,
        paused: false,
        first_seen_at: None,
        last_seen_at: None,
        created_at: call.context.now,
        updated_at: call.context.now,
    };
    JournaledChange {
        change: connections::insert(&company, &connection),
        then: Vec::new(),
        event_type: EventType::ConnectionCreated,
        resource_id: connection.id.to_string(),
        before: Value::Null,
        after: body(call, &connection),
        status: 201,
    }
    .commit_or(companies::unknown(&company), call, &company)
    .await?;
    Ok(Reply::json(201, &body(call, &connection)))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> Answer {
    let found = find(call, &company, &id).await?;
    Ok(Reply::ok(&body(call, &found.value)))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> Answer {
    let edit: Edit = call.api_body().await?;
    let find = async || find(call, &company, &id).await;
    edit_row(call, &company, find, |connection| {
        if let Some(name) = &edit.name {
            connection.name = readable_name(name)?;
        }
        connection.provider = edit.provider.unwrap_or(connection.provider);
        connection.paused = edit.paused.unwrap_or(connection.paused);
        Ok(())
    })
    .await
}

/// Takes the connection away; its tokens end with it.
pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> Answer {
    let before = find(call, &company, &id).await?.value;
    JournaledChange {
        change: connections::delete(&company, &before.id),
        then: vec![tokens::revoke_of_connection(
            &company,
            &before.id,
            call.context.now,
        )],
        event_type: EventType::ConnectionDeleted,
        resource_id: before.id.to_string(),
        before: body(call, &before),
        after: Value::Null,
        status: 204,
    }
    .commit_or(unknown(&before.id), call, &company)
    .await?;
    Ok(Reply::empty())
}
