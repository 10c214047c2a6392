//! `/api/v1/companies/{id}/connections`

use super::page::Page;
use crate::app::connections;
use crate::directory::connection::{AppConnection, Connection, Creation, Edit};
use crate::directory::id::{CompanyId, ConnectionId};
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use serde::Serialize;

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    connection: AppConnection<'a>,
    /// What an identity provider is configured with: the host is the one that was asked.
    endpoint: String,
}

fn shown<'a>(call: &Call, connection: &'a Connection) -> Shown<'a> {
    Shown {
        connection: connection.for_app(),
        endpoint: format!("{}/scim/{}/v2", call.origin(), connection.id),
    }
}

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    Ok(page.reply(
        &connections::list(&call.context, &company, page.rows()).await?,
        |connection| connection.id.to_string(),
        |connection| shown(call, connection),
    ))
}

pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    let creation: Creation = call.api_body().await?;
    let connection = connections::create(&call.context, &company, creation).await?;
    Ok(Reply::json(201, &shown(call, &connection)))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> Answer {
    let connection = connections::get(&call.context, &company, &id).await?;
    Ok(Reply::ok(&shown(call, &connection)))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> Answer {
    let edit: Edit = call.api_body().await?;
    let connection = connections::edit(&call.context, &company, &id, &edit).await?;
    Ok(Reply::ok(&shown(call, &connection)))
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> Answer {
    connections::delete(&call.context, &company, &id).await?;
    Ok(Reply::empty())
}
