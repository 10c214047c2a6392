//! `/Groups`: teammate groups as identity providers see them.

mod show;
mod write;

pub(in crate::http) use write::{create, patch, remove, replace};

use crate::directory::access::Purpose;
use crate::directory::group::found::Found;
use crate::directory::group::provisioning;
use crate::directory::id::GroupId;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::scim::cursor::UNKNOWN_CURSOR;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::list::{ListResponse, Neighbours, Paging};
use crate::scim::schema::GROUP;
use crate::scim::search::SearchRequest;
use crate::store::groups::{self, Key};
use serde_json::Value;

pub(in crate::http) async fn list(call: &Call, _: Vec<String>) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(super) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    call.authorize(Purpose::ReadGroups).await?;
    none(request)
}

/// There is no group that could match; what is asked has to make sense all the same.
pub(super) fn none(request: &SearchRequest) -> Answer {
    if let Some(filter) = &request.filter {
        Filter::parse(filter)?.resolve(&GROUP)?;
    }
    let no_groups = Vec::<Value>::new();
    Ok(Reply::ok(&match request.paging()? {
        Paging::Index { start_index, .. } => ListResponse::from_index(no_groups, 0, start_index),
        // No group, hence no page that a cursor could have come from.
        Paging::Cursor {
            cursor: Some(_), ..
        } => return Err(ScimError::invalid_cursor(UNKNOWN_CURSOR).into()),
        Paging::Cursor { cursor: None, .. } => {
            ListResponse::from_cursor(no_groups, 0, Neighbours::default())
        }
    }))
}

pub(in crate::http) async fn get(call: &Call, parameters: Vec<String>) -> Answer {
    let caller = call.identity_provider()?;
    let id = GroupId::named(parameters.into_iter().next().unwrap_or_default());
    let read = groups::get(&caller.token.company_id, &Key::Id(id.clone()));
    let (_, outcomes) = call
        .authorized_read(&caller, Purpose::ReadGroups, vec![read])
        .await?;
    let found = Found {
        group: groups::one(&outcomes.into_iter().next().unwrap_or_default())?,
        ..Found::default()
    };
    let group = provisioning::listed(&found, &id)?;
    show::show(call, 200, group, &show::projection(call)?).await
}
