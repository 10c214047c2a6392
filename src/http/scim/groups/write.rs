//! Writes to `/Groups`: understood here, decided and done by the company's object.

use super::show::{projection, show};
use crate::app::groups::provisioning as app;
use crate::directory::access::Purpose;
use crate::directory::group::Group;
use crate::directory::group::request::Provision;
use crate::directory::id::GroupId;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::error::ScimError;
use crate::scim::group::{GroupBody, GroupChange, GroupProjection, MessageKind, Read, Understood};
use crate::scim::normalise::notes::Notes;

pub(in crate::http) async fn create(call: &Call, (): ()) -> Answer {
    let (body, asked) = match requested(call, MessageKind::Resource, |body| {
        GroupBody::from_request(body)
    })
    .await
    {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::WriteGroups, failure).await,
    };
    let caller = call.identity_provider()?;
    let group = app::create(&call.context, &caller, body, asked.notes).await?;
    let location = format!("{}/Groups/{}", call.base(), group.id);
    Ok(show(call, 201, &group, &asked.projection)
        .await?
        .with_header("location", location))
}

pub(in crate::http) async fn replace(call: &Call, (id,): (GroupId,)) -> Answer {
    let (body, asked) = match requested(call, MessageKind::Resource, |body| {
        GroupBody::from_request(body)
    })
    .await
    {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::WriteGroups, failure).await,
    };
    let caller = call.identity_provider()?;
    let request = Provision::Replace {
        id,
        body,
        preconditions: call.preconditions.clone(),
    };
    let group = app::write(&call.context, &caller, request, 200, asked.notes).await?;
    show(call, 200, &group, &asked.projection).await
}

/// Answers 204: a group of 100,000 must not come back for one member that was added. Who asks for a part of it
/// gets that (RFC 7644 section 3.5.2).
pub(in crate::http) async fn patch(call: &Call, (id,): (GroupId,)) -> Answer {
    let (change, asked) = match requested(call, MessageKind::Patch, |body| {
        GroupChange::from_request(body, call.base())
    })
    .await
    {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::WriteGroups, failure).await,
    };
    let caller = call.identity_provider()?;
    let request = Provision::patch(id, change, call.preconditions.clone());
    if asked.projection.is_everything() {
        let group = app::write(&call.context, &caller, request, 204, asked.notes).await?;
        return Ok(tagged(&group));
    }
    let group = app::write(&call.context, &caller, request, 200, asked.notes).await?;
    show(call, 200, &group, &asked.projection).await
}

pub(in crate::http) async fn remove(call: &Call, (id,): (GroupId,)) -> Answer {
    let request = Provision::Remove {
        id,
        preconditions: call.preconditions.clone(),
    };
    let caller = call.identity_provider()?;
    app::write(&call.context, &caller, request, 204, Notes::new()).await?;
    Ok(Reply::empty())
}

/// What a write asks for besides itself.
struct Asked {
    projection: GroupProjection,
    notes: Notes,
}

/// All that can be wrong with a request is found before it is sent on.
async fn requested<T>(
    call: &Call,
    kind: MessageKind,
    understand: impl FnOnce(&Read) -> Result<Understood<T>, ScimError>,
) -> Result<(T, Asked), Failure> {
    let Understood { value, mut notes } = understand(&call.group_body(kind).await?)?;
    if let Some(sent) = call.sent_otherwise() {
        notes.came_as(sent.to_owned());
    }
    let projection = projection(call)?;
    Ok((value, Asked { projection, notes }))
}

/// The version that the change made, so that a client can go on from it.
fn tagged(group: &Group) -> Reply {
    Reply::empty().with_etag(group.entity_tag())
}
