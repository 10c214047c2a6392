//! `/Users`: teammates as identity providers see them.

mod list;
mod show;

pub(in crate::http) use list::list;
pub(in crate::http::scim) use list::{first, found};

use crate::app::teammates::provisioning as app;
use crate::directory::access::Purpose;
use crate::directory::id::TeammateId;
use crate::directory::refusal::Refusal;
use crate::directory::teammate::provisioning::Target;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::etag::Unmet;
use crate::scim::patch::PatchRequest;
use crate::scim::projection::Projection;
use crate::scim::rewrite::Rewrite;
use crate::scim::user::{Replacement, Understood, User};

use show::{projection, show};

pub(in crate::http) async fn get(call: &Call, (id,): (TeammateId,)) -> Answer {
    let projection = match projection(call) {
        Ok(projection) => projection,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let caller = call.identity_provider()?;
    let listed = app::get(&call.context, &caller, &id, &projection).await?;
    let current = listed.teammate.entity_tag();
    match call.preconditions.unmet(current) {
        None => Ok(show(call, 200, &listed, &projection)),
        // RFC 9110 section 13.1.2: for a read this is good news.
        Some(Unmet::IfNoneMatch) => Ok(Reply::not_modified(current)),
        Some(precondition) => Err(Refusal::unmet(precondition, current).into()),
    }
}

pub(in crate::http) async fn create(call: &Call, (): ()) -> Answer {
    let (user, projection) = match requested_user(call).await {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let caller = call.identity_provider()?;
    let written = app::create(&call.context, &caller, user, &projection).await?;
    let location = format!("{}/Users/{}", call.base(), written.teammate.id);
    Ok(show(call, 201, &written, &projection).with_header("location", location))
}

pub(in crate::http) async fn replace(call: &Call, (id,): (TeammateId,)) -> Answer {
    rewrite(call, &id, requested_replacement(call).await).await
}

pub(in crate::http) async fn patch(call: &Call, (id,): (TeammateId,)) -> Answer {
    rewrite(call, &id, requested_patch(call).await).await
}

async fn rewrite<R: Rewrite>(
    call: &Call,
    id: &TeammateId,
    requested: Result<(Understood<R>, Projection), Failure>,
) -> Answer {
    let (request, projection) = match requested {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let caller = call.identity_provider()?;
    let target = target(call, id);
    let written = app::rewrite(&call.context, &caller, target, request, &projection).await?;
    Ok(show(call, 200, &written, &projection))
}

pub(in crate::http) async fn remove(call: &Call, (id,): (TeammateId,)) -> Answer {
    let caller = call.identity_provider()?;
    app::remove(&call.context, &caller, target(call, &id)).await?;
    Ok(Reply::empty())
}

/// All that can be wrong with a request is found before anything is written.
async fn requested_user(call: &Call) -> Result<(Understood<User>, Projection), Failure> {
    let user = User::from_request(&call.scim_body().await?)?;
    Ok((as_it_came(call, user), projection(call)?))
}

async fn requested_replacement(
    call: &Call,
) -> Result<(Understood<Replacement>, Projection), Failure> {
    let replacement = Replacement::read(&call.rewriting_body().await?);
    Ok((as_it_came(call, replacement), projection(call)?))
}

async fn requested_patch(call: &Call) -> Result<(Understood<PatchRequest>, Projection), Failure> {
    let patch = PatchRequest::parse(&call.rewriting_body().await?)?;
    Ok((as_it_came(call, patch), projection(call)?))
}

fn as_it_came<T>(call: &Call, mut understood: Understood<T>) -> Understood<T> {
    if let Some(sent) = call.sent_otherwise() {
        understood.notes.came_as(sent.to_owned());
    }
    understood
}

fn target<'a>(call: &'a Call, id: &'a TeammateId) -> Target<'a> {
    Target {
        id,
        preconditions: &call.preconditions,
    }
}
