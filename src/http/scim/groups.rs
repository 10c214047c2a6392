//! `/Groups`. Every gate of group sync stands: scope, entitlement, the company's switch. Behind it this
//! version keeps no groups yet: reads answer an empty directory, and writes say so.

use crate::directory::access::Purpose;
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::cursor::UNKNOWN_CURSOR;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::list::{ListResponse, Neighbours, Paging};
use crate::scim::schema::GROUP;
use crate::scim::search::SearchRequest;
use serde_json::Value;

const NOT_YET: Failure = Failure::NotImplemented(
    "Teammate groups can't be pushed to this version of Rollcall yet. Turn off group provisioning in your \
     identity provider; teammates are provisioned without it.",
);

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
    call.authorize(Purpose::ReadGroups).await?;
    Err(unknown(parameters))
}

pub(in crate::http) async fn create(call: &Call, _: Vec<String>) -> Answer {
    call.authorize(Purpose::WriteGroups).await?;
    Err(NOT_YET)
}

/// No group exists that a write could name.
pub(in crate::http) async fn write(call: &Call, parameters: Vec<String>) -> Answer {
    call.authorize(Purpose::WriteGroups).await?;
    Err(unknown(parameters))
}

fn unknown(parameters: Vec<String>) -> Failure {
    Refusal::NotFound {
        kind: "Group",
        id: parameters.into_iter().next().unwrap_or_default(),
    }
    .into()
}
