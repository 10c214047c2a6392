//! What the operator's app does to a teammate group: create, edit, change its members, delete, restore,
//! and undo its adoption by an identity provider.

use super::change::{Change, Decision, Members};
use super::found::Found;
use super::provisioning::{deleted, edited, refuse_held_name, refuse_unknown};
use super::{Group, GroupState};
use crate::directory::company::Settings;
use crate::directory::event::EventType;
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::group::{MemberChange, TextChange};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An app-side group to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGroup {
    pub display_name: String,
    pub description: Option<String>,
    pub members: BTreeSet<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupEdit {
    pub display_name: Option<String>,
    pub description: TextChange,
}

impl GroupEdit {
    fn of(&self, group: &Group) -> Group {
        let display_name = self.display_name.as_ref().unwrap_or(&group.display_name);
        Group {
            display_name: display_name.clone(),
            description: self.description.apply(group.description.as_deref()),
            ..group.clone()
        }
    }
}

pub fn create(
    found: &Found,
    new: &NewGroup,
    new_id: &GroupId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    if let Some(holder) = &found.holder {
        return Err(Refusal::group_name_taken(holder));
    }
    let members = if new.members.is_empty() {
        MemberChange::None
    } else {
        MemberChange::All(new.members.clone())
    };
    refuse_unknown(found, members.named())?;
    let group = Group {
        description: new.description.clone(),
        ..Group::new(new_id.clone(), new.display_name.clone(), now)
    };
    Ok(Change::creation(group, members))
}

/// Edits name and description. Of a managed group the name is the identity provider's alone.
pub fn edit(
    settings: &Settings,
    found: &Found,
    id: &GroupId,
    edit: &GroupEdit,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let after = edit.of(current);
    if after.display_name != current.display_name {
        refuse_managed(settings, current)?;
        refuse_held_name(found, current, &after.display_name)?;
    }
    let event_type = edited(current, &after);
    Ok(Change::step(current, after, Members::Keep, event_type, now))
}

/// Takes the group from its identity provider, which may have left it without a word (Okta's "Unlink, leave the group"
/// sends nothing), and edits it. Its members stay; the identity provider's next write to it adopts it again.
pub fn release(
    found: &Found,
    id: &GroupId,
    edit: &GroupEdit,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let released = Group {
        is_linked: false,
        before_adoption: None,
        ..current.clone()
    };
    let after = edit.of(&released);
    refuse_held_name(found, current, &after.display_name)?;
    let event_type = if current.is_linked {
        EventType::GroupReleased
    } else {
        edited(current, &after)
    };
    Ok(Change::step(current, after, Members::Keep, event_type, now))
}

pub fn change_members(
    settings: &Settings,
    found: &Found,
    id: &GroupId,
    change: &MemberChange,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    refuse_managed(settings, current)?;
    refuse_unknown(found, change.named())?;
    Ok(members_alone(current, change.clone().into(), now))
}

/// Removes members whom the identity provider that adopted the group has not named, these or all: the
/// one thing about the members of a managed group that is an admin's to decide.
pub fn drop_unconfirmed(
    found: &Found,
    id: &GroupId,
    ids: Option<&BTreeSet<String>>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let members = if current.is_linked && current.unconfirmed_members > 0 {
        Members::DropUnconfirmed(ids.cloned())
    } else {
        Members::Keep
    };
    Ok(members_alone(current, members, now))
}

pub fn delete(
    settings: &Settings,
    found: &Found,
    id: &GroupId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = known(found, id)?;
    if current.state == GroupState::Deleted {
        return Ok(Decision::Nothing(Box::new(current.clone())));
    }
    refuse_managed(settings, current)?;
    Ok(deleted(current, false, Members::Keep, now))
}

/// Brings a deleted group back, with its members and as the app's own.
pub fn restore(found: &Found, id: &GroupId, now: Timestamp) -> Result<Decision, Refusal> {
    let current = known(found, id)?;
    if current.state == GroupState::Deleted && !current.may_be_restored(now) {
        return Err(Refusal::GroupRestoreExpired {
            display_name: current.display_name.clone(),
            deleted_at: current.state_changed_at,
        });
    }
    refuse_held_name(found, current, &current.display_name)?;
    // An identity provider that deleted it does not know it any more: locked, it would be nobody's to edit.
    let after = Group {
        state: GroupState::Active,
        is_linked: current.is_linked && current.state == GroupState::Active,
        ..current.clone()
    };
    Ok(Change::step(
        current,
        after,
        Members::Keep,
        EventType::GroupRestored,
        now,
    ))
}

/// Makes an adopted group what it was before, its members as well. `found.holder` is who has the name
/// that it had.
pub fn undo_adoption(found: &Found, id: &GroupId, now: Timestamp) -> Result<Decision, Refusal> {
    let current = living(found, id)?;
    let Some(adopted) = &current.before_adoption else {
        return Err(Refusal::GroupNotAdopted {
            display_name: current.display_name.clone(),
        });
    };
    refuse_held_name(found, current, &adopted.display_name)?;
    let after = Group {
        display_name: adopted.display_name.clone(),
        external_id: adopted.external_id.clone(),
        description: adopted.description.clone(),
        attributes: adopted.attributes.clone(),
        is_linked: false,
        before_adoption: None,
        ..current.clone()
    };
    Ok(Change::step(
        current,
        after,
        Members::Undo,
        EventType::GroupAdoptionUndone,
        now,
    ))
}

/// A change that leaves the definition as it is, so that its own event has no name.
fn members_alone(current: &Group, members: Members, now: Timestamp) -> Decision {
    Change::step(
        current,
        current.clone(),
        members,
        EventType::GroupUpdated,
        now,
    )
}

fn refuse_managed(settings: &Settings, group: &Group) -> Result<(), Refusal> {
    if group.is_idp_managed(settings) {
        return Err(Refusal::GroupIsIdpManaged {
            display_name: group.display_name.clone(),
        });
    }
    Ok(())
}

fn known<'a>(found: &'a Found, id: &GroupId) -> Result<&'a Group, Refusal> {
    found.group.as_ref().ok_or_else(|| Refusal::NotFound {
        kind: "teammate group".into(),
        id: id.to_string(),
    })
}

fn living<'a>(found: &'a Found, id: &GroupId) -> Result<&'a Group, Refusal> {
    let group = known(found, id)?;
    if group.state == GroupState::Deleted {
        return Err(Refusal::GroupDeleted { id: id.clone() });
    }
    Ok(group)
}

#[cfg(test)]
mod tests;
