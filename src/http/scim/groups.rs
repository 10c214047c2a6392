//! `/Groups`. Every gate of group sync stands: scope, entitlement, the company's switch. Behind it this
//! version keeps no groups yet: reads answer an empty directory, and writes say so.

use crate::directory::access::Purpose;
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::list::{ListQuery, ListResponse};
use serde_json::Value;

const NOT_YET: Failure = Failure::NotImplemented(
    "Teammate groups can't be pushed to this version of Rollcall yet. Turn off group provisioning in your \
     identity provider; teammates are provisioned without it.",
);

pub(in crate::http) async fn list(call: &Call, _: Vec<String>) -> Answer {
    call.authorize(Purpose::ReadGroups).await?;
    let query = call.query();
    let page = ListQuery::from_parameters(query.get("startIndex"), query.get("count"))?;
    if let Some(filter) = query.get("filter") {
        crate::scim::filter::Filter::parse(filter)?;
    }
    Ok(Reply::ok(&ListResponse::<Value>::new(
        Vec::new(),
        0,
        page.start_index,
    )))
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
