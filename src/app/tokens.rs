//! A company's tokens, which its identity providers call with.

use super::edit::find_one;
use super::journaled::JournaledChange;
use super::{Context, Error, PageBounds, companies};
use crate::ambient;
use crate::directory::event::{Event, Step};
use crate::directory::id::{CompanyId, TokenId};
use crate::directory::refusal::Refusal;
use crate::directory::token::{Creation, Token, token_hash, token_text};
use crate::store::journal::Noted;
use crate::store::tokens;
use std::borrow::Cow;

pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    rows: PageBounds<'_>,
) -> Result<Vec<Token>, Error> {
    let statement = tokens::page(company, rows.after, rows.limit);
    let (_, [outcome]) = companies::read_of(context, company, [statement]).await?;
    Ok(tokens::many(&outcome)?)
}

pub(crate) async fn get(
    context: &Context,
    company: &CompanyId,
    id: &TokenId,
) -> Result<Token, Error> {
    let read = tokens::get(company, id);
    let missing = Refusal::not_found("token", id.as_str());
    let found = find_one(context, company, read, tokens::many, missing).await?;
    Ok(found.value)
}

/// With the token's text, which is given out this once and kept nowhere.
pub(crate) async fn create(
    context: &Context,
    company: &CompanyId,
    creation: Creation,
) -> Result<(Token, String), Error> {
    let id = TokenId::new(context.now, ambient::id_randomness()?);
    let token = creation.create(id, context.now)?;
    let text = token_text(company, ambient::random()?);
    let is_done = JournaledChange {
        company,
        change: tokens::insert(company, &token, &token_hash(&text)),
        then: Vec::new(),
        event: Event::TokenCreated(Step::created(Cow::Borrowed(&token))),
        resource_id: token.id.to_string(),
        status: 201,
        noted: Noted::default(),
    }
    .commit(context)
    .await?;
    if !is_done {
        companies::get(context, company).await?;
        return Err(Refusal::InvalidInput(
            "\"connection_id\" names no connection of this company.".to_owned(),
        )
        .into());
    }
    Ok((token, text))
}

/// Ends the token at once: the next call with it is refused, even where an isolate remembers it.
pub(crate) async fn revoke(
    context: &Context,
    company: &CompanyId,
    id: &TokenId,
) -> Result<(), Error> {
    let before = get(context, company, id).await?;
    if before.revoked_at.is_some() {
        return Ok(());
    }
    let after = Token {
        revoked_at: Some(context.now),
        ..before.clone()
    };
    JournaledChange {
        company,
        change: tokens::revoke(company, id, context.now),
        then: Vec::new(),
        event: Event::TokenRevoked(Step::changed(&before, &after)),
        resource_id: id.to_string(),
        status: 204,
        noted: Noted::default(),
    }
    // Where it changed nothing, somebody else has revoked it meanwhile.
    .commit(context)
    .await?;
    Ok(())
}
