//! One group as a SCIM resource, whole or the part that was asked for.

use super::text::{Text, resource};
use crate::directory::access::Purpose;
use crate::directory::group::found::Found;
use crate::directory::group::{Group, GroupState, provisioning};
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::{Call, CallBody};
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::etag::Unmet;
use crate::scim::group::GroupProjection;
use crate::scim::projection::Projection;
use crate::store::groups::{self, GroupKey, whole};
use crate::store::statement::Outcome;

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
    let company = &caller.token.company_id;
    let read = vec![groups::get(company, &GroupKey::Id(id.clone()))];
    let shows_members = projection.shows_members() && call.method != "HEAD";
    let (found, members) = if shows_members {
        let known = call.preconditions.known_versions();
        let members = whole::members(&caller.token, &id, &known);
        let (_, found, members) = call
            .context
            .authorized_page(&caller, Purpose::ReadGroups, read, Vec::new(), members)
            .await?;
        (found, Some(members))
    } else {
        let (_, found) = call
            .context
            .authorized_read(&caller, Purpose::ReadGroups, read)
            .await?;
        (found, None)
    };
    let found = Found {
        group: found.first().map(groups::one).transpose()?.flatten(),
        ..Found::default()
    };
    let group = provisioning::listed(&found, &id)?;
    let current = group.entity_tag();
    match call.preconditions.unmet(current) {
        None => {}
        // RFC 9110 section 13.1.2: for a read this is good news.
        Some(Unmet::IfNoneMatch) => return Ok(Reply::not_modified(current)),
        Some(precondition) => return Err(Refusal::unmet(precondition, current).into()),
    }
    match members {
        Some(members) => whole(call, 200, group, projection, members).await,
        None => Ok(bare(call, 200, group, &projection)),
    }
}

/// A group that was written. Its members are read only where they are asked for, in one round trip with the group:
/// what is shown is of one version, and that is the one in the ETag.
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
    let company = &caller.token.company_id;
    let reads = [
        groups::get(company, &GroupKey::Id(written.id.clone())),
        whole::members(&caller.token, &written.id, &[]),
    ];
    // It is written: a failure to read it must not have the client write it again.
    let Ok(mut outcomes) = call.context.database(company)?.batch(&reads).await else {
        return Ok(bare(call, status, written, projection));
    };
    let members = outcomes.pop().unwrap_or_default();
    if members.rows.is_empty() {
        // The token has ended since.
        return Ok(bare(call, status, written, projection));
    }
    let now = outcomes.first().map(groups::one).transpose()?.flatten();
    // Where it has been deleted since, it is shown as it was.
    let now = now.filter(|group| group.state == GroupState::Active);
    whole(
        call,
        status,
        now.as_ref().unwrap_or(written),
        projection.clone(),
        members,
    )
    .await
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
    members: Outcome,
) -> Answer {
    let company = call.identity_provider()?.token.company_id;
    let text = Text::of_group(call, &company, projection, group, members);
    let reply = text.into_reply(status).await?;
    Ok(reply.with_etag(group.entity_tag()))
}
