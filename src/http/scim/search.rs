//! `POST .search` (RFC 7644 section 3.4.3): a list whose query stands in a body, where no proxy's log
//! keeps the names in it.

use super::{groups, users};
use crate::app::list::Everything;
use crate::directory::access::Purpose;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::scim::search::SearchRequest;

pub(in crate::http) async fn users(call: &Call, (): ()) -> Answer {
    match requested(call).await {
        Ok(request) => users::found(call, &request).await,
        Err(failure) => call.refuse(Purpose::Users, failure).await,
    }
}

pub(in crate::http) async fn groups(call: &Call, (): ()) -> Answer {
    match requested(call).await {
        Ok(request) => groups::found(call, &request).await,
        Err(failure) => call.refuse(Purpose::ReadGroups, failure).await,
    }
}

/// Resources of every type. A filter may name what one of them alone has: the others have no value of it.
pub(in crate::http) async fn everything(call: &Call, (): ()) -> Answer {
    let request = match requested(call).await {
        Ok(request) => request,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let everything = match Everything::of(&request) {
        Ok(everything) => everything,
        Err(error) => return call.refuse(Purpose::Users, error).await,
    };
    let caller = call.identity_provider()?;
    let found = everything.find(&call.context, &caller).await?;
    let Everything { teammates, groups } = everything;
    let count = found.teammates_shown;
    let before = users::first(call, &found.teammates, &teammates.projection, count)?;
    groups::behind(call, &caller, groups.projection, &before, found.groups).await
}

async fn requested(call: &Call) -> Result<SearchRequest, Failure> {
    Ok(SearchRequest::from_body(&call.scim_body().await?)?)
}
