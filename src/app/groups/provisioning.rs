//! Groups as identity providers write them.

use super::group_id;
use crate::app::{Context, Error};
use crate::company::{Command, Principal};
use crate::directory::access::{Access, Purpose};
use crate::directory::group::Group;
use crate::directory::group::request::{Provision, Request};
use crate::scim::group::GroupBody;
use crate::scim::normalise::notes::Notes;
use crate::store::caller::IdentityProvider;
use crate::store::journal::Noted;

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
