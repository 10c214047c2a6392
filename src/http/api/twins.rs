//! `/api/v1/companies/{id}/twins`: who has one name and is two, for the operator to rename or delete one of them.

use super::companies;
use super::page::Page;
use crate::directory::id::CompanyId;
use crate::http::Answer;
use crate::http::call::Call;
use crate::store::twins;

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    let statement = twins::page(&company, page.after.as_deref(), page.rows());
    let (_, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &twins::many(&outcome)?,
        |(place, _)| place.clone(),
        |(_, twins)| twins,
    ))
}
