//! What this server can do (RFC 7644, section 4). Answered without a token, from constants alone.

use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::discovery;
use crate::scim::error::ScimError;
use serde_json::Value;

pub(in crate::http) async fn service_provider_config(call: &Call, (): ()) -> Answer {
    refuse_filter(call)?;
    Ok(Reply::ok(&discovery::service_provider_config(call.base())))
}

pub(in crate::http) async fn resource_types(call: &Call, (): ()) -> Answer {
    refuse_filter(call)?;
    Ok(Reply::ok(&discovery::resource_types(call.base())))
}

pub(in crate::http) async fn resource_type(call: &Call, (name,): (String,)) -> Answer {
    one(name, "ResourceType", |id| {
        discovery::resource_type(call.base(), id)
    })
}

pub(in crate::http) async fn schemas(call: &Call, (): ()) -> Answer {
    refuse_filter(call)?;
    Ok(Reply::ok(&discovery::schemas(call.base())))
}

pub(in crate::http) async fn schema(call: &Call, (urn,): (String,)) -> Answer {
    one(urn, "Schema", |id| discovery::schema(call.base(), id))
}

/// RFC 7644 section 4: nobody may think that a filter was applied.
fn refuse_filter(call: &Call) -> Result<(), Failure> {
    if call.query().get("filter").is_none() {
        return Ok(());
    }
    Err(ScimError::new(
        403,
        "Discovery is not filtered. Leave the filter out, or ask for one resource by its id.",
    )
    .into())
}

fn one(id: String, kind: &'static str, find: impl FnOnce(&str) -> Option<Value>) -> Answer {
    match find(&id) {
        Some(found) => Ok(Reply::ok(&found)),
        None => Err(Refusal::NotFound {
            kind: kind.into(),
            id,
        }
        .into()),
    }
}
