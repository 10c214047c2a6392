//! `/api/v1/companies/{id}/tokens`

use super::page::Page;
use crate::app::tokens;
use crate::directory::id::{CompanyId, TokenId};
use crate::directory::token::{Creation, Token};
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use serde::Serialize;

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    Ok(page.reply(
        &tokens::list(&call.context, &company, page.rows()).await?,
        |token| token.id.to_string(),
        |token| token,
    ))
}

/// The one answer that shows the token.
pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    #[derive(Serialize)]
    struct Shown {
        #[serde(flatten)]
        token: Token,
        #[serde(rename = "token")]
        text: String,
    }
    let creation: Creation = call.api_body().await?;
    let (token, text) = tokens::create(&call.context, &company, creation).await?;
    Ok(Reply::json(201, &Shown { token, text }))
}

pub(in crate::http::api) async fn get(call: &Call, (company, id): (CompanyId, TokenId)) -> Answer {
    let token = tokens::get(&call.context, &company, &id).await?;
    Ok(Reply::ok(&token))
}

pub(in crate::http::api) async fn revoke(
    call: &Call,
    (company, id): (CompanyId, TokenId),
) -> Answer {
    tokens::revoke(&call.context, &company, &id).await?;
    Ok(Reply::empty())
}
