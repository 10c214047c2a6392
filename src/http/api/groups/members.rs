//! `/api/v1/companies/{id}/groups/{group_id}/members`: a list of teammates by their ids.
//!
//! PATCH changes it, PUT sets it whole. Both may be repeated: who is to come and is there, or is to go and is
//! not, stays as it is. They answer with the group, never with its members, of which there may be very many.

use super::change;
use crate::app::groups::{self, Confirmed};
use crate::directory::group::fields::{AllMembers, MembersDelta, Unconfirmed};
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::api::page::Page;
use crate::http::call::Call;

pub(in crate::http::api) async fn list(call: &Call, (company, id): (CompanyId, GroupId)) -> Answer {
    let page = Page::of(call)?;
    let confirmed = match call.query().get("confirmed") {
        None => Confirmed::All,
        Some("true") => Confirmed::Only(true),
        Some("false") => Confirmed::Only(false),
        Some(_) => {
            let text = "\"confirmed\" must be true or false.".to_owned();
            return Err(Refusal::InvalidInput(text).into());
        }
    };
    Ok(page.reply(
        &groups::members(&call.context, &company, &id, confirmed, page.rows()).await?,
        |member| member.id.to_string(),
        |member| member,
    ))
}

pub(in crate::http::api) async fn edit(call: &Call, (company, id): (CompanyId, GroupId)) -> Answer {
    let delta: MembersDelta = call.api_group_body().await?;
    change(call, company, delta.request(id)?).await
}

pub(in crate::http::api) async fn replace(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> Answer {
    let members: AllMembers = call.api_group_body().await?;
    change(call, company, members.request(id)).await
}

/// Without `ids`, all who are unconfirmed.
pub(in crate::http::api) async fn drop_unconfirmed(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> Answer {
    let unconfirmed: Unconfirmed = call.api_group_body_if_any().await?;
    change(call, company, unconfirmed.request(id)).await
}
