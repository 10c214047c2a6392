//! `/api/v1/companies/{id}/templates`

use super::page::Page;
use crate::app::templates;
use crate::directory::id::{CompanyId, TemplateId};
use crate::directory::template::Fields;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    Ok(page.reply(
        &templates::list(&call.context, &company, page.rows()).await?,
        |template| template.id.to_string(),
        |template| template,
    ))
}

pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    let fields: Fields = call.api_body().await?;
    let template = templates::create(&call.context, &company, fields).await?;
    Ok(Reply::json(201, &template))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> Answer {
    let template = templates::get(&call.context, &company, &id).await?;
    Ok(Reply::ok(&template))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> Answer {
    let fields: Fields = call.api_body().await?;
    let template = templates::edit(&call.context, &company, &id, fields).await?;
    Ok(Reply::ok(&template))
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> Answer {
    templates::delete(&call.context, &company, &id).await?;
    Ok(Reply::empty())
}
