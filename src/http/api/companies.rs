//! `/api/v1/companies`

use super::page::Page;
use crate::app::companies;
use crate::contract::body::NoBody;
use crate::contract::responses::List;
use crate::directory::company::{Company, Fields};
use crate::directory::id::CompanyId;
use crate::http::AnswerWith;
use crate::http::call::Call;
use crate::http::reply::ReplyWith;

pub(in crate::http::api) async fn list(call: &Call, (): ()) -> AnswerWith<List<Company>> {
    let page = Page::of(call)?;
    Ok(page.reply(
        &companies::list(&call.context, page.rows()).await?,
        |company| company.id.to_string(),
        |company| company,
    ))
}

pub(in crate::http::api) async fn create(
    call: &Call,
    (): (),
    fields: Fields,
) -> AnswerWith<Company> {
    let company = companies::create(&call.context, fields).await?;
    Ok(ReplyWith::body(&company).with_header(
        "location",
        format!("{}/api/v1/companies/{}", call.origin(), company.id),
    ))
}

pub(in crate::http::api) async fn get(call: &Call, (id,): (CompanyId,)) -> AnswerWith<Company> {
    Ok(ReplyWith::body(&companies::get(&call.context, &id).await?))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (id,): (CompanyId,),
    fields: Fields,
) -> AnswerWith<Company> {
    let company = companies::edit(&call.context, &id, &fields).await?;
    Ok(ReplyWith::body(&company))
}

pub(in crate::http::api) async fn erase(call: &Call, (id,): (CompanyId,)) -> AnswerWith<NoBody> {
    companies::erase(&call.context, &id).await?;
    Ok(ReplyWith::nothing())
}
