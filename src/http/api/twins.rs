//! `/api/v1/companies/{id}/twins`: who has one name and is two, for the operator to rename or delete one of them.

use super::page::Page;
use super::{companies, ids};
use crate::http::Answer;
use crate::http::call::Call;
use crate::store::twins;

pub(in crate::http) async fn list(call: &Call, parameters: Vec<String>) -> Answer {
    call.require_operator()?;
    let (company, _) = ids(parameters);
    let page = Page::of(call)?;
    let statement = twins::page(&company, page.after.as_deref(), page.rows());
    let (_, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &twins::many(&outcome)?,
        |(place, _)| place.clone(),
        |(_, twins)| twins,
    ))
}
