//! What the operator's app does to a teammate: create, edit, block, unblock, delete.

use super::change::{Change, Decision};
use super::found::Found;
use super::provisioning::{check_seats, refuse_user_name};
use super::{Attributes, BlockedBy, Origin, Role, State, Teammate};
use crate::directory::company::Company;
use crate::directory::id::{TeammateId, TemplateId};
use crate::directory::refusal::Refusal;
use crate::directory::template::Requested;
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::fold::NameKey;

/// An app-side teammate to be made, its attributes in canonical SCIM form.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTeammate {
    pub user_name: String,
    pub external_id: Option<String>,
    /// Where it is not said, the template's, or else an ordinary teammate's.
    pub role: Option<Role>,
    pub template_id: Option<TemplateId>,
    pub attributes: Object,
}

/// Creates a teammate, or brings back one that was removed or deleted: adding a deleted one in the app
/// again is how a company admin takes a tombstone away.
pub fn create(
    company: &Company,
    found: &Found,
    new: &NewTeammate,
    new_id: &TeammateId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let requested = Requested::of_id(new.template_id.as_ref());
    let chosen = requested.among(&found.templates)?;
    if let Some(sent) = chosen.unknown.first() {
        return Err(Refusal::UnknownTemplate {
            sent: (*sent).to_owned(),
        });
    }
    // What a removed teammate had is kept; a deleted one begins anew.
    let kept = found
        .teammate
        .as_ref()
        .filter(|existing| existing.state == State::Removed);
    let role = new
        .role
        .or_else(|| chosen.template.map(|template| template.role))
        .or_else(|| kept.map(|kept| kept.role))
        .unwrap_or(Role::Teammate);
    let template_id = new
        .template_id
        .clone()
        .or_else(|| kept.and_then(|kept| kept.template_id.clone()));
    let external_id = new
        .external_id
        .clone()
        .or_else(|| kept.and_then(|kept| kept.external_id.clone()));
    let decision = match &found.teammate {
        None => Change::creation(Teammate {
            external_id,
            role,
            template_id,
            attributes: new.attributes.clone().into(),
            ..Teammate::new(new_id.clone(), new.user_name.clone(), Origin::App, now)
        })?,
        Some(existing) if existing.state.is_listed_in_scim() => {
            return Err(refuse_user_name(existing));
        }
        Some(existing) => Change::step(
            existing,
            Teammate {
                user_name: new.user_name.clone(),
                external_id,
                state: State::Active,
                role,
                template_id,
                attributes: new.attributes.clone().into(),
                renamed_from: None,
                ..existing.clone()
            },
            now,
        )?,
    };
    check_seats(company, &decision)?;
    Ok(decision)
}

/// Edits name, role and attributes: `edit` gives the teammate as it should be.
pub fn edit(
    found: &Found,
    id: &TeammateId,
    edit: impl FnOnce(&Teammate) -> Result<Teammate, Refusal>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let mut after = edit(current)?;
    if after.user_name != current.user_name {
        after.renamed_from = None;
    }
    if NameKey::of(&after.user_name) != NameKey::of(&current.user_name)
        && let Some(holder) = found.other_holder(&after.user_name, current)
    {
        return Err(refuse_user_name(holder));
    }
    Change::step(current, after, now)
}

/// Blocks a teammate. One that an identity provider has blocked or removed is from now on blocked by the app: it
/// stays so when the identity provider assigns it again.
pub fn block(found: &Found, id: &TeammateId, now: Timestamp) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let state = match current.state {
        State::Active => State::Blocked,
        other => other,
    };
    Change::step(
        current,
        Teammate {
            state,
            blocked_by: Some(BlockedBy::App),
            ..current.clone()
        },
        now,
    )
}

/// Unblocks a teammate; one that was removed from SCIM is listed there again.
pub fn unblock(
    company: &Company,
    found: &Found,
    id: &TeammateId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let after = Teammate {
        state: State::Active,
        ..current.clone()
    };
    let decision = Change::step(current, after, now)?;
    check_seats(company, &decision)?;
    Ok(decision)
}

/// Deletes a teammate for good: a tombstone stays, with the userName and nothing else of the person.
pub fn delete(found: &Found, id: &TeammateId, now: Timestamp) -> Result<Decision, Refusal> {
    let current = known(found, id)?;
    let after = Teammate {
        state: State::Deleted,
        external_id: None,
        attributes: Attributes::default(),
        renamed_from: None,
        blocked_by: None,
        ..current.clone()
    };
    Change::step(current, after, now)
}

fn known<'a>(found: &'a Found, id: &TeammateId) -> Result<&'a Teammate, Refusal> {
    found.teammate.as_ref().ok_or_else(|| Refusal::NotFound {
        kind: "teammate".into(),
        id: id.to_string(),
    })
}

fn living<'a>(found: &'a Found, id: &TeammateId) -> Result<&'a Teammate, Refusal> {
    let teammate = known(found, id)?;
    if teammate.state == State::Deleted {
        return Err(Refusal::Deleted { id: id.clone() });
    }
    Ok(teammate)
}

#[cfg(test)]
mod tests;
