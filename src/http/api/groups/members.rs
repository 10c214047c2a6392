//! `/api/v1/companies/{id}/groups/{group_id}/members`: a list of teammates by their ids.
//!
//! PATCH changes it, PUT sets it whole. Both may be repeated: who is to come and is there, or is to go and is
//! not, stays as it is. They answer with the group, never with its members, of which there may be very many.

use super::{Shown, change};
use crate::app::groups::{self, Confirmed};
use crate::contract::responses::List;
use crate::directory::group::fields::{AllMembers, MembersDelta, Unconfirmed};
use crate::directory::group::member::AppMember;
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::http::AnswerWith;
use crate::http::api::page::Page;
use crate::http::call::Call;

pub(in crate::http::api) async fn list(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> AnswerWith<List<AppMember>> {
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

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, GroupId),
    delta: MembersDelta,
) -> AnswerWith<Shown> {
    change(call, company, delta.request(id)?).await
}

pub(in crate::http::api) async fn replace(
    call: &Call,
    (company, id): (CompanyId, GroupId),
    members: AllMembers,
) -> AnswerWith<Shown> {
    change(call, company, members.request(id)).await
}

/// Without `ids`, all who are unconfirmed.
pub(in crate::http::api) async fn drop_unconfirmed(
    call: &Call,
    (company, id): (CompanyId, GroupId),
    unconfirmed: Unconfirmed,
) -> AnswerWith<Shown> {
    change(call, company, unconfirmed.request(id)).await
}
