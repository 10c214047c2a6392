//! `/api/v1/companies/{id}/tokens`

use super::journaled::JournaledChange;
use super::page::Page;
use super::{AtVersion, companies, each_once, find_one, not_found, readable_name};
use crate::directory::event::EventType;
use crate::directory::id::{CompanyId, ConnectionId, TokenId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::directory::token::{Scope, Token, token_hash, token_text};
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::{Answer, ambient};
use crate::store::tokens;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Creation {
    name: String,
    scopes: Vec<Scope>,
    #[serde(default)]
    expires_at: Option<Timestamp>,
    #[serde(default)]
    connection_id: Option<ConnectionId>,
}

fn unknown(id: &TokenId) -> Refusal {
    not_found("token", id.as_str())
}

async fn find(call: &Call, company: &CompanyId, id: &TokenId) -> Result<AtVersion<Token>, Failure> {
    let read = tokens::get(company, id);
    find_one(call, company, read, tokens::many, unknown(id)).await
}

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    let statement = tokens::page(&company, page.after.as_deref(), page.rows());
    let (_, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &tokens::many(&outcome)?,
        |token| token.id.to_string(),
        |token| token,
    ))
}

/// The one answer that shows the token.
pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    let creation: Creation = call.api_body().await?;
    let token = new_token(call, creation)?;
    let text = token_text(&company, ambient::random()?);
    let is_done = JournaledChange {
        change: tokens::insert(&company, &token, &token_hash(&text)),
        then: Vec::new(),
        event_type: EventType::TokenCreated,
        resource_id: token.id.to_string(),
        before: Value::Null,
        after: json!(token),
        status: 201,
    }
    .commit(call, &company)
    .await?;
    if !is_done {
        companies::find(call, &company).await?;
        return Err(Refusal::InvalidInput(
            "\"connection_id\" names no connection of this company.".to_owned(),
        )
        .into());
    }
    let mut body = json!(token);
    if let Some(fields) = body.as_object_mut() {
        fields.insert("token".to_owned(), text.into());
    }
    Ok(Reply::json(201, &body))
}

fn new_token(call: &Call, creation: Creation) -> Result<Token, Failure> {
    if creation.scopes.is_empty() {
        return Err(Refusal::InvalidInput(
            "\"scopes\" must name at least one of auto_provisioning and provisioning.".to_owned(),
        )
        .into());
    }
    if creation
        .expires_at
        .is_some_and(|expiry| expiry <= call.context.now)
    {
        return Err(Refusal::InvalidInput("\"expires_at\" is in the past.".to_owned()).into());
    }
    Ok(Token {
        id: TokenId::new(call.context.now, ambient::id_randomness()?),
        name: readable_name(&creation.name)?,
        scopes: each_once(creation.scopes),
        connection_id: creation.connection_id,
        created_at: call.context.now,
        expires_at: creation.expires_at,
        revoked_at: None,
        last_used_at: None,
    })
}

pub(in crate::http::api) async fn get(call: &Call, (company, id): (CompanyId, TokenId)) -> Answer {
    let found = find(call, &company, &id).await?;
    Ok(Reply::ok(&found.value))
}

/// Ends the token at once: the next call with it is refused, also where an isolate remembers it.
pub(in crate::http::api) async fn revoke(
    call: &Call,
    (company, id): (CompanyId, TokenId),
) -> Answer {
    let before = find(call, &company, &id).await?.value;
    if before.revoked_at.is_some() {
        return Ok(Reply::empty());
    }
    let after = Token {
        revoked_at: Some(call.context.now),
        ..before.clone()
    };
    JournaledChange {
        change: tokens::revoke(&company, &before.id, call.context.now),
        then: Vec::new(),
        event_type: EventType::TokenRevoked,
        resource_id: before.id.to_string(),
        before: json!(before),
        after: json!(after),
        status: 204,
    }
    .commit(call, &company)
    .await?;
    Ok(Reply::empty())
}
