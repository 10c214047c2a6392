//! `/api/v1/companies/{id}/templates`

use super::page::Page;
use crate::app::templates;
use crate::contract::body::NoBody;
use crate::contract::responses::List;
use crate::directory::id::{CompanyId, TemplateId};
use crate::directory::template::{Fields, Template};
use crate::http::AnswerWith;
use crate::http::call::Call;
use crate::http::reply::ReplyWith;

pub(in crate::http::api) async fn list(
    call: &Call,
    (company,): (CompanyId,),
) -> AnswerWith<List<Template>> {
    let page = Page::of(call)?;
    Ok(page.reply(
        &templates::list(&call.context, &company, page.rows()).await?,
        |template| template.id.to_string(),
        |template| template,
    ))
}

pub(in crate::http::api) async fn create(
    call: &Call,
    (company,): (CompanyId,),
    fields: Fields,
) -> AnswerWith<Template> {
    let template = templates::create(&call.context, &company, fields).await?;
    Ok(ReplyWith::body(&template))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> AnswerWith<Template> {
    let template = templates::get(&call.context, &company, &id).await?;
    Ok(ReplyWith::body(&template))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
    fields: Fields,
) -> AnswerWith<Template> {
    let template = templates::edit(&call.context, &company, &id, fields).await?;
    Ok(ReplyWith::body(&template))
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, TemplateId),
) -> AnswerWith<NoBody> {
    templates::delete(&call.context, &company, &id).await?;
    Ok(ReplyWith::nothing())
}
