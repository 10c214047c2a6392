//! `/api/v1/companies/{id}/twins`: who has one name and is two, for the operator to rename or delete one of them.

use super::page::Page;
use crate::app::twins;
use crate::contract::responses::List;
use crate::directory::id::CompanyId;
use crate::directory::twins::Twins;
use crate::http::AnswerWith;
use crate::http::call::Call;

pub(in crate::http::api) async fn list(
    call: &Call,
    (company,): (CompanyId,),
) -> AnswerWith<List<Twins>> {
    let page = Page::of(call)?;
    let found = twins::list(&call.context, &company, page.rows()).await?;
    Ok(page.reply(&found, |(place, _)| place.clone(), |(_, twins)| twins))
}
