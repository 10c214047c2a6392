//! Groups as identity providers write them.

use super::group_id;
use super::steps::Steps;
use crate::app::{Context, Error, IdentityProvider};
use crate::company::{Command, Principal};
use crate::directory::access::{Access, Purpose};
use crate::directory::group::found::Found;
use crate::directory::group::request::{Provision, Request};
use crate::directory::group::{Group, GroupState, provisioning};
use crate::directory::id::GroupId;
use crate::scim::group::GroupBody;
use crate::scim::normalise::notes::Notes;
use crate::store::groups::whole::MemberPosition;
use crate::store::groups::{self, GroupKey, whole};
use crate::store::journal::Noted;

/// One that SCIM shows. With its members, unless it is of a version that is `known` already; where that is nothing, none
/// are wanted.
pub(crate) async fn get(
    context: &Context,
    caller: &IdentityProvider,
    id: &GroupId,
    known: Option<&[i64]>,
) -> Result<(Group, Option<Steps>), Error> {
    let company = &caller.token.company_id;
    let read = vec![groups::get(company, &GroupKey::Id(id.clone()))];
    let (found, members) = if let Some(known) = known {
        let admission = caller.admission(Purpose::ReadGroups, context.now);
        let members = whole::members(&admission, id, known);
        let (_, found, members) = context
            .authorized_page(caller, Purpose::ReadGroups, read, Vec::new(), members)
            .await?;
        (found, Some(members))
    } else {
        let (_, found) = context
            .authorized_read(caller, Purpose::ReadGroups, read)
            .await?;
        (found, None)
    };
    let found = Found {
        group: found.first().map(groups::one).transpose()?.flatten(),
        ..Found::default()
    };
    let group = provisioning::listed(&found, id)?.clone();
    let steps = members.map(|read| Steps::new(context, caller, vec![id.clone()], 0, read));
    Ok((group, steps))
}

/// A group that was written, as it is now, with its members: read in one round trip, so that they are of one version.
/// Nothing where they can't be read: it is written, and a failure must not have the client write it again.
pub(crate) async fn with_members(
    context: &Context,
    caller: &IdentityProvider,
    written: &Group,
) -> Result<Option<(Group, Steps)>, Error> {
    let ids = vec![written.id.clone()];
    let admission = caller.admission(Purpose::ReadGroups, context.now);
    let read = whole::from(&admission, &ids, &MemberPosition::default());
    let database = context.database(&caller.token.company_id)?;
    let Ok(read) = database.run(read).await else {
        return Ok(None);
    };
    let Some(first) = read.rows.first() else {
        // The token has ended since.
        return Ok(None);
    };
    // Where it has been deleted since, it is shown as it was.
    let now = whole::part(first)?.group;
    let now = now.filter(|group| group.state == GroupState::Active);
    Ok(Some((
        now.unwrap_or_else(|| written.clone()),
        Steps::new(context, caller, ids, 0, read),
    )))
}

pub(crate) async fn create(
    context: &Context,
    caller: &IdentityProvider,
    body: GroupBody,
    notes: Notes,
) -> Result<Group, Error> {
    let new_id = group_id(context)?;
    write(
        context,
        caller,
        Provision::Create { body, new_id },
        201,
        notes,
    )
    .await
}

/// Has a write done. `status` is what the answer will have, for the log.
pub(crate) async fn write(
    context: &Context,
    caller: &IdentityProvider,
    request: Provision,
    status: u16,
    mut notes: Notes,
) -> Result<Group, Error> {
    let access = admitted(context, caller).await?;
    notes.spoken_by(context.dialect(&access, &notes.quirks()));
    let command = Command {
        caller: Principal::IdentityProvider {
            token: caller.token.clone(),
            endpoint: caller.endpoint.clone(),
        },
        request: Request::Provision(request),
        line: context.line()?,
        status,
        noted: Noted::from(&notes),
    };
    let group = context.send(&access.company, command).await?;
    // Where it was read, it has been seen.
    if caller.remembered.as_ref() == Some(&access) {
        context.saw(caller, &access);
    }
    Ok(group)
}

/// Nobody is refused on what is remembered: then it is read.
async fn admitted(context: &Context, caller: &IdentityProvider) -> Result<Access, Error> {
    let remembered = caller.remembered.clone().filter(|access| {
        access
            .authorize(caller.endpoint.as_ref(), Purpose::WriteGroups, context.now)
            .is_ok()
    });
    if let Some(access) = remembered {
        return Ok(access);
    }
    let (access, _) = context
        .authorized_read(caller, Purpose::WriteGroups, Vec::new())
        .await?;
    Ok(access)
}
