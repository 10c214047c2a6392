//! `/Groups`. Every gate of group sync stands: scope, entitlement, the company's switch. Behind it this
//! version takes no writes yet, and says so.

mod list;
mod show;
mod text;

pub(in crate::http::scim) use list::found;
pub(in crate::http) use list::list;
pub(in crate::http) use show::get;

use crate::directory::access::Purpose;
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;

const NOT_YET: Failure = Failure::NotImplemented(
    "Teammate groups can't be pushed to this version of Rollcall yet. Turn off group provisioning in your \
     identity provider; teammates are provisioned without it.",
);

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
