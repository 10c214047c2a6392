//! Teammates in pages.

use super::show::{Projected, Shown, columns};
use crate::directory::access::Purpose;
use crate::directory::teammate::Listed;
use crate::directory::token::PresentedToken;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::http::scim::list::{self, Asked, Figures, Items, Page, Part, Resources};
use crate::scim::list::ListResponse;
use crate::scim::projection::Projection;
use crate::scim::search::SearchRequest;
use crate::store::caller::IdentityProvider;
use crate::store::error::StoreError;
use crate::store::list::Entry as _;
use crate::store::statement::{Outcome, Statement};
use crate::store::teammates::recent;

pub(in crate::http) async fn list(call: &Call, _: Vec<String>) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(in crate::http::scim) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    list::found::<Items<Listed>>(call, request).await
}

impl Page for Items<Listed> {
    type Item = Listed;
    type Projection = Projection;
    const PURPOSE: Purpose = Purpose::Users;

    fn statement(asked: &Asked<Self>, token: &PresentedToken, part: &Part) -> Statement {
        asked.rows(token, part, &columns(&asked.projection).row())
    }

    fn finds_one_row(_: &Asked<Self>) -> bool {
        true
    }

    fn read(_: &Asked<Self>, part: &Part, outcome: Outcome) -> Result<Self, StoreError> {
        Items::of(part, &outcome)
    }

    fn length(&self) -> usize {
        self.items.len()
    }

    fn id(&self, place: usize) -> Option<String> {
        self.items.get(place).map(|item| item.id().to_owned())
    }

    fn looked_up(&self, caller: &IdentityProvider) {
        for listed in &self.items {
            recent::remember(&caller.token.company_id, listed.teammate.clone());
        }
    }

    fn is_full(&self) -> bool {
        self.is_full
    }

    fn ends(&self) -> Option<(u32, u32)> {
        self.ends
    }

    async fn reply(
        self,
        call: &Call,
        _: &IdentityProvider,
        asked: Asked<'_, Self>,
        list: Figures,
    ) -> Answer {
        let shown: Vec<Shown> = self
            .shown(&list.shown)
            .iter()
            .map(|listed| Shown::new(call, listed))
            .collect();
        let resources: Vec<Projected> = shown
            .iter()
            .map(|shown| shown.resource(&asked.projection))
            .collect();
        Ok(Reply::ok(&ListResponse::of(
            resources, list.total, list.place,
        )))
    }
}

/// The first teammates of a page, for a list that goes on with other resources.
pub(in crate::http::scim) fn first(
    call: &Call,
    page: &Items<Listed>,
    asked: &Asked<'_, Items<Listed>>,
    count: usize,
) -> Resources {
    let shown = page.shown(&(0..count.min(page.items.len())));
    let mut json = Vec::new();
    for listed in shown {
        if !json.is_empty() {
            json.push(b',');
        }
        let shown = Shown::new(call, listed);
        let resource = shown.resource(&asked.projection);
        json.extend(serde_json::to_vec(&resource).unwrap_or_default());
    }
    Resources {
        count: shown.len(),
        json,
    }
}
