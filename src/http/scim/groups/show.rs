//! One group as a SCIM resource, whole or the part that was asked for.

use super::text::{Text, resource};
use crate::app::groups::provisioning as app;
use crate::app::groups::steps::Steps;
use crate::directory::access::Purpose;
use crate::directory::group::Group;
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::{Call, CallBody};
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::etag::Unmet;
use crate::scim::group::GroupProjection;
use crate::scim::projection::Projection;

/// What `attributes` and `excludedAttributes` ask for.
pub(super) fn projection(call: &Call) -> Result<GroupProjection, Failure> {
    let query = call.query();
    let projection = Projection::parse(
        query.names("attributes").as_deref(),
        query.names("excludedAttributes").as_deref(),
    )?;
    Ok(projection.into())
}

pub(in crate::http) async fn get(call: &Call, (id,): (GroupId,)) -> Answer {
    let projection = match projection(call) {
        Ok(projection) => projection,
        Err(failure) => return call.refuse(Purpose::ReadGroups, failure).await,
    };
    let caller = call.identity_provider()?;
    let shows_members = projection.shows_members() && call.method != "HEAD";
    let known = shows_members.then(|| call.preconditions.known_versions());
    let (group, members) = app::get(&call.context, &caller, &id, known.as_deref()).await?;
    let current = group.entity_tag();
    match call.preconditions.unmet(current) {
        None => {}
        // RFC 9110 section 13.1.2: for a read this is good news.
        Some(Unmet::IfNoneMatch) => return Ok(Reply::not_modified(current)),
        Some(precondition) => return Err(Refusal::unmet(precondition, current).into()),
    }
    match members {
        Some(members) => whole(call, 200, &group, projection, members).await,
        None => Ok(bare(call, 200, &group, &projection)),
    }
}

/// A group that was written. Its members are read only where they are asked for: what is shown is of one version, and that
/// is the one in the ETag.
pub(super) async fn show(
    call: &Call,
    status: u16,
    written: &Group,
    projection: &GroupProjection,
) -> Answer {
    // The answer to an operation of a bulk request shows no resource.
    let is_operation = matches!(call.body, CallBody::Given { .. });
    if is_operation || !projection.shows_members() {
        return Ok(bare(call, status, written, projection));
    }
    let caller = call.identity_provider()?;
    match app::with_members(&call.context, &caller, written).await? {
        Some((group, members)) => whole(call, status, &group, projection.clone(), members).await,
        None => Ok(bare(call, status, written, projection)),
    }
}

/// Without its members.
fn bare(call: &Call, status: u16, group: &Group, projection: &GroupProjection) -> Reply {
    resource(group, call.base(), |group| {
        Reply::json(status, &projection.of_group(group))
    })
    .with_etag(group.entity_tag())
}

async fn whole(
    call: &Call,
    status: u16,
    group: &Group,
    projection: GroupProjection,
    members: Steps,
) -> Answer {
    let text = Text::of_group(call, projection, group, members);
    let reply = text.into_reply(status).await?;
    Ok(reply.with_etag(group.entity_tag()))
}
