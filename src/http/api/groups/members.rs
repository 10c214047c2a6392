//! `/api/v1/companies/{id}/groups/{group_id}/members`: a list of teammates by their ids.
//!
//! PATCH changes it, PUT sets it whole. Both may be repeated: who is to come and is there, or is to go and is
//! not, stays as it is. They answer with the group, never with its members, of which there may be very many.

use super::{change, unknown};
use crate::directory::group::request::Administer;
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::api::companies;
use crate::http::api::not_null;
use crate::http::api::page::Page;
use crate::http::call::Call;
use crate::scim::group::MemberChange;
use crate::store::groups::administration::{self, Confirmed};
use crate::store::groups::{self, Key};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delta {
    #[serde(default)]
    add: BTreeSet<String>,
    #[serde(default)]
    remove: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    members: BTreeSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unconfirmed {
    #[serde(default, deserialize_with = "not_null")]
    ids: Option<BTreeSet<String>>,
}

pub(in crate::http::api) async fn list(call: &Call, (company, id): (CompanyId, GroupId)) -> Answer {
    let page = Page::of(call)?;
    let confirmed = match call.query().get("confirmed") {
        None => Confirmed::All,
        Some("true") => Confirmed::Only(true),
        Some("false") => Confirmed::Only(false),
        Some(_) => {
            return Err(
                Refusal::InvalidInput("\"confirmed\" must be true or false.".to_owned()).into(),
            );
        }
    };
    let after = page.after.as_deref();
    let members = administration::members_page(&company, &id, confirmed, after, page.rows());
    let group = groups::get(&company, &Key::Id(id.clone()));
    let (_, [group, members]) = companies::read_of(call, &company, [group, members]).await?;
    groups::one(&group)?.ok_or_else(|| unknown(&id))?;
    Ok(page.reply(
        &administration::members(&members)?,
        |member| member.id.to_string(),
        |member| member,
    ))
}

pub(in crate::http::api) async fn edit(call: &Call, named: (CompanyId, GroupId)) -> Answer {
    let Delta { add, remove } = call.api_group_body().await?;
    if let Some(id) = add.intersection(&remove).next() {
        return Err(
            Refusal::InvalidInput(format!("\"add\" and \"remove\" both name \"{id}\".")).into(),
        );
    }
    let delta = if add.is_empty() && remove.is_empty() {
        MemberChange::None
    } else {
        MemberChange::Delta { add, remove }
    };
    change_members(call, named, delta).await
}

pub(in crate::http::api) async fn replace(call: &Call, named: (CompanyId, GroupId)) -> Answer {
    let Whole { members } = call.api_group_body().await?;
    change_members(call, named, MemberChange::All(members)).await
}

async fn change_members(call: &Call, named: (CompanyId, GroupId), delta: MemberChange) -> Answer {
    change(call, named, |id| Administer::ChangeMembers {
        id,
        change: delta,
    })
    .await
}

/// Without `ids`, all who are unconfirmed.
pub(in crate::http::api) async fn drop_unconfirmed(
    call: &Call,
    named: (CompanyId, GroupId),
) -> Answer {
    let Unconfirmed { ids } = call.api_group_body_if_any().await?;
    change(call, named, |id| Administer::DropUnconfirmed { id, ids }).await
}
