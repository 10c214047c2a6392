//! `/api/v1/companies`

use super::page::Page;
use crate::app::companies;
use crate::directory::company::Fields;
use crate::directory::id::CompanyId;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;

pub(in crate::http::api) async fn list(call: &Call, (): ()) -> Answer {
    let page = Page::of(call)?;
    Ok(page.reply(
        &companies::list(&call.context, page.rows()).await?,
        |company| company.id.to_string(),
        |company| company,
    ))
}

pub(in crate::http::api) async fn create(call: &Call, (): ()) -> Answer {
    let fields: Fields = call.api_body().await?;
    let company = companies::create(&call.context, fields).await?;
    Ok(Reply::json(201, &company).with_header(
        "location",
        format!("{}/api/v1/companies/{}", call.origin(), company.id),
    ))
}

pub(in crate::http::api) async fn get(call: &Call, (id,): (CompanyId,)) -> Answer {
    Ok(Reply::ok(&companies::get(&call.context, &id).await?))
}

pub(in crate::http::api) async fn edit(call: &Call, (id,): (CompanyId,)) -> Answer {
    let fields: Fields = call.api_body().await?;
    let company = companies::edit(&call.context, &id, &fields).await?;
    Ok(Reply::ok(&company))
}

pub(in crate::http::api) async fn erase(call: &Call, (id,): (CompanyId,)) -> Answer {
    companies::erase(&call.context, &id).await?;
    Ok(Reply::empty())
}
