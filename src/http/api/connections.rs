//! `/api/v1/companies/{id}/connections`

use super::page::Page;
use crate::app::connections;
use crate::contract::body::NoBody;
use crate::contract::responses::{ConnectionWithEndpoint, List};
use crate::directory::connection::{Connection, Creation, Edit};
use crate::directory::id::{CompanyId, ConnectionId};
use crate::http::AnswerWith;
use crate::http::call::Call;
use crate::http::reply::ReplyWith;

type Shown = ConnectionWithEndpoint<'static>;

fn shown<'a>(call: &Call, connection: &'a Connection) -> ConnectionWithEndpoint<'a> {
    ConnectionWithEndpoint {
        connection: connection.for_app(),
        endpoint: format!("{}/scim/{}/v2", call.origin(), connection.id),
    }
}

pub(in crate::http::api) async fn list(
    call: &Call,
    (company,): (CompanyId,),
) -> AnswerWith<List<Shown>> {
    let page = Page::of(call)?;
    Ok(page.reply(
        &connections::list(&call.context, &company, page.rows()).await?,
        |connection| connection.id.to_string(),
        |connection| shown(call, connection),
    ))
}

pub(in crate::http::api) async fn create(
    call: &Call,
    (company,): (CompanyId,),
    creation: Creation,
) -> AnswerWith<Shown> {
    let connection = connections::create(&call.context, &company, creation).await?;
    Ok(ReplyWith::body(&shown(call, &connection)))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> AnswerWith<Shown> {
    let connection = connections::get(&call.context, &company, &id).await?;
    Ok(ReplyWith::body(&shown(call, &connection)))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
    edit: Edit,
) -> AnswerWith<Shown> {
    let connection = connections::edit(&call.context, &company, &id, &edit).await?;
    Ok(ReplyWith::body(&shown(call, &connection)))
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, ConnectionId),
) -> AnswerWith<NoBody> {
    connections::delete(&call.context, &company, &id).await?;
    Ok(ReplyWith::nothing())
}
