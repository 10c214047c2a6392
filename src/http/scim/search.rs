//! `POST .search` (RFC 7644 section 3.4.3): a list whose query stands in a body, where no proxy's log
//! keeps the names in it.

use super::{groups, users};
use crate::directory::access::Purpose;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::scim::filter::Filter;
use crate::scim::schema::{GROUP, ResourceType, USER};
use crate::scim::search::SearchRequest;

pub(in crate::http) async fn users(call: &Call, _: Vec<String>) -> Answer {
    match requested(call).await {
        Ok(request) => users::found(call, &request).await,
        Err(failure) => call.refuse(Purpose::Users, failure).await,
    }
}

pub(in crate::http) async fn groups(call: &Call, _: Vec<String>) -> Answer {
    match requested(call).await {
        Ok(request) => groups::found(call, &request).await,
        Err(failure) => call.refuse(Purpose::ReadGroups, failure).await,
    }
}

/// Resources of every type. A filter may name what one of them alone has: it matches none of the others.
pub(in crate::http) async fn everything(call: &Call, _: Vec<String>) -> Answer {
    let request = match requested(call).await {
        Ok(request) => request,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let is_about_groups_alone = !is_about(&request, &USER) && is_about(&request, &GROUP);
    if is_about_groups_alone {
        return groups::found(call, &request).await;
    }
    users::found(call, &request).await
}

fn is_about(request: &SearchRequest, resource_type: &'static ResourceType) -> bool {
    request.filter.as_ref().is_none_or(|filter| {
        Filter::parse(filter).is_ok_and(|filter| filter.resolve(resource_type).is_ok())
    })
}

async fn requested(call: &Call) -> Result<SearchRequest, Failure> {
    Ok(SearchRequest::from_body(&call.scim_body().await?)?)
}
