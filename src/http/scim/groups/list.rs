//! Groups in pages.

use super::text::{Text, resource};
use crate::app::IdentityProvider;
use crate::app::groups::page::Groups;
use crate::app::list::Paged;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::http::scim::list::{self, Resources, ShownPage};
use crate::scim::group::GroupProjection;
use crate::scim::list::{ListResponse, PagePlace};
use crate::scim::search::SearchRequest;
use serde_json::Value;

pub(in crate::http) async fn list(call: &Call, (): ()) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(in crate::http::scim) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    list::found::<Groups>(call, request).await
}

impl ShownPage for Groups {
    async fn reply(
        call: &Call,
        caller: &IdentityProvider,
        projection: GroupProjection,
        found: Paged<Self>,
    ) -> Answer {
        behind(call, caller, projection, &Resources::default(), found).await
    }
}

/// A page of groups behind resources of another type.
pub(in crate::http::scim) async fn behind(
    call: &Call,
    caller: &IdentityProvider,
    projection: GroupProjection,
    before: &Resources,
    found: Paged<Groups>,
) -> Answer {
    let Paged {
        page,
        shown,
        total,
        place,
    } = found;
    match page {
        Groups::Bare(groups) => {
            let resources: Vec<Value> = groups
                .shown(&shown)
                .iter()
                .map(|group| resource(group, call.base(), |group| projection.of_group(group)))
                .collect();
            if before.count == 0 {
                return Ok(Reply::ok(&ListResponse::of(resources, total, place)));
            }
            let (mut text, tail) = around(before, resources.len(), total, place);
            let list = serde_json::to_string(&resources).unwrap_or_default();
            text.push_str(
                list.get(1..list.len().saturating_sub(1))
                    .unwrap_or_default(),
            );
            text.push_str(tail);
            Ok(Reply::text(200, text.into_bytes()))
        }
        Groups::Whole(groups) => {
            let around = around(before, shown.len(), total, place);
            let steps = groups.steps(&call.context, caller, &shown);
            Text::of_list(call, projection, steps, around)
                .into_reply(200)
                .await
        }
    }
}

/// What stands around the groups of a page, those in front of them included.
fn around(
    before: &Resources,
    count: usize,
    total: u64,
    place: PagePlace,
) -> (String, &'static str) {
    let (mut head, tail) = ListResponse::around(before.count + count, total, place);
    head.push_str(&String::from_utf8_lossy(&before.json));
    if before.count > 0 && count > 0 {
        head.push(',');
    }
    (head, tail)
}
