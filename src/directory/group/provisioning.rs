//! What an identity provider's write does to a teammate group: create, replace, patch, remove.
//!
//! It gets here only while group sync is on ([`Purpose::WriteGroups`]), so that a linked group is a
//! managed one. The first write to a group that is not linked yet adopts it: the same group, from then
//! on the identity provider's, with what it was kept for an undo.
//!
//! [`Purpose::WriteGroups`]: crate::directory::access::Purpose::WriteGroups

use super::change::{Aside, Change, Decision, Members};
use super::found::{Found, Selections};
use super::{Adopted, Group, GroupState};
use crate::directory::event::EventType;
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::error::ScimError;
use crate::scim::etag::Preconditions;
use crate::scim::group::{GroupBody, GroupChange, MemberChange};

/// Which group a request is about, and in which version the client expects it.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub id: &'a GroupId,
    pub preconditions: &'a Preconditions,
}

impl Target<'_> {
    /// The group, where SCIM shows it and it meets the preconditions.
    pub fn of(self, found: &Found) -> Result<&Group, Refusal> {
        let group = listed(found, self.id)?;
        let current = group.entity_tag();
        match self.preconditions.unmet(current) {
            None => Ok(group),
            Some(precondition) => Err(Refusal::unmet(precondition, current)),
        }
    }
}

/// Members whom the selections of one request may find: their ids come back from D1 in one value, and go there in one.
pub const MOST_SELECTED: usize = 20_000;

/// `POST /Groups`. A group of that name which the app made is adopted, and one that an identity provider deleted is
/// that group again; the answer is 201 as well.
pub fn create(
    found: &Found,
    body: &GroupBody,
    new_id: &GroupId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    if let Some(holder) = found.holder.as_ref().filter(|holder| holder.is_linked) {
        return Err(Refusal::group_name_taken(holder));
    }
    // Okta's POST has `members: []` and its members come later: an empty list names nobody, and must
    // not empty the group that is adopted.
    let named = body.members.clone().filter(|members| !members.is_empty());
    let members = named.map_or(MemberChange::None, MemberChange::All);
    refuse_unknown(found, members.named())?;
    let deleted = found.deleted.as_ref();
    if let Some(deleted) =
        deleted.filter(|group| found.holder.is_none() && group.may_be_restored(now))
    {
        return Ok(brought_back(deleted, body, now));
    }
    let Some(holder) = &found.holder else {
        let made = Group::new(new_id.clone(), body.display_name.clone(), now);
        let group = Group {
            is_linked: true,
            ..replaced(&made, body)
        };
        return Ok(Change::creation(group, members));
    };
    Ok(write(holder, replaced(holder, body), members, now))
}

/// A group that its identity provider deleted and pushes again, as Entra does when one falls out of scope for a while: its
/// id and what the app has set for it stay. Its members are those of the push, since the former ones may have left.
fn brought_back(deleted: &Group, body: &GroupBody, now: Timestamp) -> Decision {
    let after = Group {
        state: GroupState::Active,
        ..replaced(deleted, body)
    };
    let members = MemberChange::All(body.members.clone().unwrap_or_default());
    Change::step(
        deleted,
        after,
        members.into(),
        EventType::GroupRestored,
        now,
    )
}

/// `PUT /Groups/{id}`: a body that does not speak of members leaves them as they are.
pub fn replace(
    found: &Found,
    target: Target<'_>,
    body: &GroupBody,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = target.of(found)?;
    let members = match &body.members {
        None => MemberChange::None,
        Some(members) => MemberChange::All(members.clone()),
    };
    refuse_unknown(found, members.named())?;
    refuse_held_name(found, current, &body.display_name)?;
    Ok(write(current, replaced(current, body), members, now))
}

/// `PATCH /Groups/{id}`.
pub fn update(
    found: &Found,
    target: Target<'_>,
    change: &GroupChange,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = target.of(found)?;
    let passing = change.passing_members.iter().map(String::as_str);
    refuse_unknown(found, change.members.named().chain(passing))?;
    let attributes = change.extensions.apply(&current.attributes)?;
    if let Some(refusal) = &change.refusal {
        return Err(refusal.clone().into());
    }
    let mut after = Group {
        attributes,
        external_id: change.external_id.apply(current.external_id.as_deref()),
        description: change.description.apply(current.description.as_deref()),
        ..current.clone()
    };
    if let Some(display_name) = &change.display_name {
        refuse_held_name(found, current, display_name)?;
        after.display_name.clone_from(display_name);
    }
    let aside = Aside {
        passing_members: change.passing_members.clone(),
        to_end: change.to_end,
    };
    if aside.to_end > 0 && change.members.is_none() && after == *current && current.is_linked {
        // It changes nothing, and only the write can say so in the log.
        let members = Members::Change(MemberChange::None);
        let decision = Change::step(current, after, members, EventType::GroupUpdated, now);
        return Ok(decision.with(aside));
    }
    Ok(write(current, after, change.members.clone(), now).with(aside))
}

/// `PATCH /Groups/{id}` where it says what is true of the members whom it is about.
pub fn select(
    found: &Found,
    target: Target<'_>,
    change: &GroupChange,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    target.of(found)?;
    let selected = match &found.selected {
        Selections::Found(selected) => selected.as_slice(),
        Selections::NotLookedFor => &[],
        Selections::TooMany => {
            return Err(ScimError::too_many(format!(
                "The filters in the paths of this request choose more than {MOST_SELECTED} members. Replace members \
                 with the list of those who are to stay, or name those who are to go by their ids; nothing was changed."
            ))
            .into());
        }
    };
    update(found, target, &change.resolved(selected)?, now)
}

/// `DELETE /Groups/{id}`.
pub fn remove(found: &Found, target: Target<'_>, now: Timestamp) -> Result<Decision, Refusal> {
    let current = target.of(found)?;
    let members = if current.is_linked {
        Members::Keep
    } else {
        Members::Adopt(MemberChange::None)
    };
    // The link outlasts the group: pushed again under its name, it is this group again.
    Ok(deleted(current, true, members, now))
}

/// The group of the request, where SCIM shows it.
pub fn listed<'a>(found: &'a Found, id: &GroupId) -> Result<&'a Group, Refusal> {
    found
        .group
        .as_ref()
        .filter(|group| group.state == GroupState::Active)
        .ok_or_else(|| Refusal::NotFound {
            kind: "Group".into(),
            id: id.to_string(),
        })
}

fn replaced(current: &Group, body: &GroupBody) -> Group {
    Group {
        display_name: body.display_name.clone(),
        external_id: body.external_id.clone(),
        description: body.description.apply(current.description.as_deref()),
        attributes: body.extensions.clone(),
        ..current.clone()
    }
}

fn write(current: &Group, mut after: Group, members: MemberChange, now: Timestamp) -> Decision {
    if current.is_linked {
        let event_type = edited(current, &after);
        return Change::step(current, after, members.into(), event_type, now);
    }
    after.is_linked = true;
    after.before_adoption = Some(Adopted {
        display_name: current.display_name.clone(),
        external_id: current.external_id.clone(),
        description: current.description.clone(),
        attributes: current.attributes.clone(),
    });
    let members = Members::Adopt(members);
    Change::step(current, after, members, EventType::GroupAdopted, now)
}

/// What an edit is called.
pub(super) fn edited(before: &Group, after: &Group) -> EventType {
    if before.display_name == after.display_name {
        EventType::GroupUpdated
    } else {
        EventType::GroupRenamed
    }
}

/// Its members stay with it. `is_linked`: whether the identity provider may have it again.
pub(super) fn deleted(
    current: &Group,
    is_linked: bool,
    members: Members,
    now: Timestamp,
) -> Decision {
    let after = Group {
        state: GroupState::Deleted,
        is_linked,
        before_adoption: None,
        ..current.clone()
    };
    Change::step(current, after, members, EventType::GroupDeleted, now)
}

/// Refuses a name that another group has; a deleted group frees its name.
pub(super) fn refuse_held_name(
    found: &Found,
    current: &Group,
    display_name: &str,
) -> Result<(), Refusal> {
    let wanted = super::name_key(display_name);
    match &found.holder {
        Some(holder) if holder.id != current.id && holder.held_name() == Some(wanted) => {
            Err(Refusal::group_name_taken(holder))
        }
        _ => Ok(()),
    }
}

pub(super) fn refuse_unknown<'a>(
    found: &Found,
    named: impl Iterator<Item = &'a str>,
) -> Result<(), Refusal> {
    if found.unknown_members.is_empty() {
        return Ok(());
    }
    let unknown: Vec<String> = named
        .filter(|id| found.unknown_members.contains(*id))
        .map(str::to_owned)
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::UnknownMembers { ids: unknown })
}

#[cfg(test)]
mod tests;
