//! Groups in pages. Where members are asked for, they come with the groups, however many.

use super::text::{Text, resource};
use crate::directory::access::Purpose;
use crate::directory::group::Group;
use crate::directory::id::GroupId;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::http::scim::list::{
    self, Figures, Items, ListPart, ListQuery, PartRows, ResourcePage, Resources,
};
use crate::scim::group::GroupProjection;
use crate::scim::list::{ListResponse, PagePlace};
use crate::scim::search::SearchRequest;
use crate::store::caller::IdentityProvider;
use crate::store::error::StoreError;
use crate::store::groups::{self, whole};
use crate::store::list::Entry;
use crate::store::statement::{Outcome, Statement};
use serde_json::Value;

pub(in crate::http) async fn list(call: &Call, (): ()) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(in crate::http::scim) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    list::found::<Groups>(call, request).await
}

pub(in crate::http::scim) enum Groups {
    Bare(Items<Group>),
    /// The ids of all that were read, and the steps of those that are shown.
    Whole(Vec<GroupId>, Outcome),
}

impl Groups {
    pub(in crate::http::scim) fn nothing() -> Self {
        Self::Whole(Vec::new(), Outcome::default())
    }
}

impl ResourcePage for Groups {
    type Item = Group;
    type Projection = GroupProjection;
    const PURPOSE: Purpose = Purpose::ReadGroups;

    fn statement(asked: &ListQuery<Self>, caller: &IdentityProvider, part: &ListPart) -> Statement {
        let token = &caller.token;
        if !asked.projection.shows_members() {
            return asked.rows(caller, part, groups::COLUMNS);
        }
        match part.rows {
            PartRows::One => whole::find(token, asked.condition(), part.shown),
            PartRows::In(window) => whole::page(token, &asked.listing(caller), window, part.shown),
            PartRows::Ids(ids) => whole::page_of_ids(token, ids, part.shown),
            PartRows::Kept(order, stretch) => whole::page_of_kept_order(token, order, stretch),
        }
    }

    fn finds_one_row(asked: &ListQuery<Self>) -> bool {
        !asked.projection.shows_members()
    }

    fn read(
        asked: &ListQuery<Self>,
        part: &ListPart,
        mut outcome: Outcome,
    ) -> Result<Self, StoreError> {
        if !asked.projection.shows_members() {
            return Items::of(part, &outcome).map(Self::Bare);
        }
        if outcome.rows.is_empty() {
            return Ok(Self::Whole(Vec::new(), outcome));
        }
        let ids = whole::ids(&outcome.rows.remove(0))?;
        Ok(Self::Whole(ids, outcome))
    }

    fn length(&self) -> usize {
        match self {
            Self::Bare(groups) => groups.all.len(),
            Self::Whole(ids, _) => ids.len(),
        }
    }

    fn id(&self, place: usize) -> Option<String> {
        let id = match self {
            Self::Bare(groups) => groups.all.get(place).map(Entry::id),
            Self::Whole(ids, _) => ids.get(place).map(GroupId::as_str),
        };
        id.map(str::to_owned)
    }

    /// A page of groups without members has room for all, and members are read on and on.
    fn is_full(&self) -> bool {
        false
    }

    fn ends(&self) -> Option<(u32, u32)> {
        None
    }

    async fn reply(
        self,
        call: &Call,
        caller: &IdentityProvider,
        asked: ListQuery<'_, Self>,
        list: Figures,
    ) -> Answer {
        let Figures {
            before,
            shown,
            total,
            place,
        } = list;
        match self {
            Self::Bare(groups) => {
                let resources: Vec<Value> = groups
                    .shown(&shown)
                    .iter()
                    .map(|group| {
                        resource(group, call.base(), |group| asked.projection.of_group(group))
                    })
                    .collect();
                if before.count == 0 {
                    return Ok(Reply::ok(&ListResponse::of(resources, total, place)));
                }
                let (mut text, tail) = behind(&before, resources.len(), total, place);
                let list = serde_json::to_string(&resources).unwrap_or_default();
                text.push_str(
                    list.get(1..list.len().saturating_sub(1))
                        .unwrap_or_default(),
                );
                text.push_str(tail);
                Ok(Reply::text(200, text.into_bytes()))
            }
            Self::Whole(ids, outcome) => {
                let around = behind(&before, shown.len(), total, place);
                let company = &caller.token.company_id;
                let groups = (ids, shown);
                let projection = asked.projection;
                Text::of_list(call, company, projection, groups, outcome, around)
                    .into_reply(200)
                    .await
            }
        }
    }
}

/// What stands around the groups of a page, those in front of them included.
fn behind(
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
