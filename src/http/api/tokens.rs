//! `/api/v1/companies/{id}/tokens`

use super::page::Page;
use crate::app::tokens;
use crate::contract::body::NoBody;
use crate::contract::responses::{List, TokenWithText};
use crate::directory::id::{CompanyId, TokenId};
use crate::directory::token::{Creation, Token};
use crate::http::AnswerWith;
use crate::http::call::Call;
use crate::http::reply::ReplyWith;

pub(in crate::http::api) async fn list(
    call: &Call,
    (company,): (CompanyId,),
) -> AnswerWith<List<Token>> {
    let page = Page::of(call)?;
    Ok(page.reply(
        &tokens::list(&call.context, &company, page.rows()).await?,
        |token| token.id.to_string(),
        |token| token,
    ))
}

/// The one answer that shows the token.
pub(in crate::http::api) async fn create(
    call: &Call,
    (company,): (CompanyId,),
    creation: Creation,
) -> AnswerWith<TokenWithText> {
    let (token, text) = tokens::create(&call.context, &company, creation).await?;
    Ok(ReplyWith::body(&TokenWithText { token, text }))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, TokenId),
) -> AnswerWith<Token> {
    let token = tokens::get(&call.context, &company, &id).await?;
    Ok(ReplyWith::body(&token))
}

pub(in crate::http::api) async fn revoke(
    call: &Call,
    (company, id): (CompanyId, TokenId),
) -> AnswerWith<NoBody> {
    tokens::revoke(&call.context, &company, &id).await?;
    Ok(ReplyWith::nothing())
}
