//! Teammates in pages.

use super::show::{Projected, ShownTeammate, columns, write};
use crate::directory::access::Purpose;
use crate::directory::teammate::Listed;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::http::scim::list::{
    self, Figures, Items, ListPart, ListQuery, PartRows, ResourcePage, Resources,
};
use crate::scim::list::ListResponse;
use crate::scim::projection::Projection;
use crate::scim::search::SearchRequest;
use crate::store::caller::IdentityProvider;
use crate::store::error::StoreError;
use crate::store::list::{self as lists, Entry as _};
use crate::store::statement::{Outcome, Statement};
use crate::store::teammates::recent;
use crate::store::teammates::stored::{self, StoredTeammate};
use std::borrow::Cow;

pub(in crate::http) async fn list(call: &Call, (): ()) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(in crate::http::scim) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    list::found::<Users>(call, request).await
}

pub(in crate::http::scim) enum Users {
    Read(Items<Listed>),
    /// A page of many, whose attributes nobody looks at: rows of [`stored`].
    Stored {
        rows: Vec<String>,
        is_full: bool,
    },
}

impl ResourcePage for Users {
    type Item = Listed;
    type Projection = Projection;
    const PURPOSE: Purpose = Purpose::Users;

    fn statement(asked: &ListQuery<Self>, caller: &IdentityProvider, part: &ListPart) -> Statement {
        let columns = columns(&asked.projection);
        let row = match part.rows {
            PartRows::In(_) | PartRows::Ids(_) => stored::row(columns),
            PartRows::One | PartRows::Kept(..) => columns.row(),
        };
        asked.rows(caller, part, &row)
    }

    fn finds_one_row(_: &ListQuery<Self>) -> bool {
        true
    }

    fn read(_: &ListQuery<Self>, part: &ListPart, outcome: Outcome) -> Result<Self, StoreError> {
        Ok(match part.rows {
            PartRows::In(_) | PartRows::Ids(_) => Self::Stored {
                is_full: lists::is_full(&outcome),
                rows: outcome.rows,
            },
            PartRows::One | PartRows::Kept(..) => Self::Read(Items::of(part, &outcome)?),
        })
    }

    fn length(&self) -> usize {
        match self {
            Self::Read(items) => items.all.len(),
            Self::Stored { rows, .. } => rows.len(),
        }
    }

    fn id(&self, place: usize) -> Option<String> {
        match self {
            Self::Read(items) => items.all.get(place).map(|item| item.id().to_owned()),
            Self::Stored { rows, .. } => {
                let stored = StoredTeammate::read(rows.get(place)?).ok()?;
                Some(stored.id.into_owned())
            }
        }
    }

    fn looked_up(&self, caller: &IdentityProvider) {
        if let Self::Read(items) = self {
            for listed in &items.all {
                recent::remember(&caller.token.company_id, Cow::Borrowed(&listed.teammate));
            }
        }
    }

    fn is_full(&self) -> bool {
        match self {
            Self::Read(items) => items.is_full,
            Self::Stored { is_full, .. } => *is_full,
        }
    }

    fn ends(&self) -> Option<(u32, u32)> {
        match self {
            Self::Read(items) => items.ends,
            Self::Stored { .. } => None,
        }
    }

    async fn reply(
        self,
        call: &Call,
        _: &IdentityProvider,
        asked: ListQuery<'_, Self>,
        list: Figures,
    ) -> Answer {
        match self {
            Self::Read(items) => {
                let shown = items.shown(&list.shown).iter();
                let shown: Vec<ShownTeammate> = shown
                    .map(|listed| ShownTeammate::new(call, listed))
                    .collect();
                let resources: Vec<Projected> = shown
                    .iter()
                    .map(|shown| shown.resource(&asked.projection))
                    .collect();
                let list = ListResponse::of(resources, list.total, list.place);
                Ok(Reply::ok(&list))
            }
            Self::Stored { rows, .. } => {
                let rows = rows.get(list.shown).unwrap_or_default();
                let (head, tail) = ListResponse::around(rows.len(), list.total, list.place);
                let mut body = head.into_bytes();
                // What a resource has more than its row are names and references.
                body.reserve(rows.iter().map(|row| row.len() + 512).sum());
                for (place, row) in rows.iter().enumerate() {
                    if place > 0 {
                        body.push(b',');
                    }
                    let stored = StoredTeammate::read(row)?;
                    write(call, &stored, &asked.projection, &mut body)?;
                }
                body.extend_from_slice(tail.as_bytes());
                Ok(Reply::text(200, body))
            }
        }
    }
}

/// The first teammates of a page, for a list that goes on with other resources.
pub(in crate::http::scim) fn first(
    call: &Call,
    page: &Users,
    asked: &ListQuery<'_, Users>,
    count: usize,
) -> Result<Resources, StoreError> {
    let count = count.min(page.length());
    let mut json = Vec::new();
    for place in 0..count {
        if place > 0 {
            json.push(b',');
        }
        match page {
            Users::Read(items) => {
                if let Some(listed) = items.all.get(place) {
                    let shown = ShownTeammate::new(call, listed);
                    let resource = shown.resource(&asked.projection);
                    json.extend(serde_json::to_vec(&resource).unwrap_or_default());
                }
            }
            Users::Stored { rows, .. } => {
                if let Some(row) = rows.get(place) {
                    let stored = StoredTeammate::read(row)?;
                    write(call, &stored, &asked.projection, &mut json)?;
                }
            }
        }
    }
    Ok(Resources { count, json })
}
