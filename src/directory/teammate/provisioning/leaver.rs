//! A leaver leaves: what blocks a teammate is not refused for anything else that it says.
//!
//! A phone number in a bad format, or a userName that another has, would otherwise keep somebody in whom the identity
//! provider has taken out, and it would try the same again for weeks. So a PUT or PATCH after which the teammate is
//! not active is done without what can't be used, and the log has a sentence for each. Who may not call at all, and
//! whoever would lock the company out, is refused as ever.

use super::{Target, state_for, update};
use crate::directory::access::Access;
use crate::directory::refusal::Refusal;
use crate::directory::teammate::change::Decision;
use crate::directory::teammate::found::Found;
use crate::directory::teammate::{State, Teammate};
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::normalise::notes::Notes;
use crate::scim::rewrite::{Rewrite, left_out};
use crate::scim::user::{Understood, User};
use serde_json::Value;

/// Whether a refusal is about something that the request says, and that could be left out of it.
pub(super) fn is_about_a_part(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Scim(_)
            | Refusal::UserNameTaken { .. }
            | Refusal::UserNameHeldByRemoved { .. }
            | Refusal::Tombstone { .. }
            | Refusal::DomainNotAllowed { .. }
            | Refusal::UserNameIsNotPrimaryEmail { .. }
            | Refusal::TooLarge { .. }
            | Refusal::AttributeTooLarge { .. }
            | Refusal::NoRoomLeft { .. }
    )
}

/// What is done of a request that is refused as a whole; nothing where it leaves the teammate active.
pub(super) fn leave(
    access: &Access,
    found: &Found,
    target: Target<'_>,
    request: &impl Rewrite,
    now: Timestamp,
    notes: &mut Notes,
) -> Option<Result<Decision, Refusal>> {
    let current = target.of(found).ok()?;
    let before = current.as_user();
    let blocks = |active: Option<bool>| active.map_or(current.state, state_for) == State::Blocked;
    if !blocks(request.active_after(&before)) {
        return None;
    }
    let Understood {
        value: mut user,
        notes: mut said,
    } = request.usable(&before)?;
    loop {
        let mut own = Notes::new();
        match update(access, found, target, &user, now, &mut own) {
            Ok(decision) => {
                said.absorb(own);
                notes.absorb(said);
                return Some(Ok(decision));
            }
            // Each round takes back one change, and without changes nothing of these is refused.
            Err(refusal) => match take_back(&mut user, current, &refusal) {
                Some(at) => said.push(left_out(&at, &refusal.to_string())),
                None => return Some(Err(refusal)),
            },
        }
    }
}

/// Takes back what a refusal is about; tells what it was, where there was anything to take back.
fn take_back(user: &mut User, current: &Teammate, refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::UserNameTaken { .. }
        | Refusal::UserNameHeldByRemoved { .. }
        | Refusal::Tombstone { .. }
        | Refusal::DomainNotAllowed { .. }
        | Refusal::UserNameIsNotPrimaryEmail { .. }
            if user.user_name != current.user_name =>
        {
            user.user_name.clone_from(&current.user_name);
            Some("userName".to_owned())
        }
        Refusal::UserNameIsNotPrimaryEmail { .. } => {
            let emails = "emails".to_owned();
            (user.attributes.get(&emails) != current.attributes.get(&emails)).then(|| {
                restore(&mut user.attributes, &current.attributes, &emails);
                emails
            })
        }
        Refusal::AttributeTooLarge { name, .. } => {
            let urn = name.rsplit_once(':').map(|(urn, _)| urn);
            let is_there = user.attributes.contains_key(name);
            let attribute = urn.filter(|_| !is_there).unwrap_or(name);
            restore(&mut user.attributes, &current.attributes, attribute);
            Some(name.clone())
        }
        // Whoever leaves needs no room: all else that the request says does.
        Refusal::NoRoomLeft { .. } => {
            let stays = current.as_user();
            let is_all = user.attributes == stays.attributes
                && user.user_name == stays.user_name
                && user.external_id == stays.external_id;
            user.attributes = stays.attributes;
            user.user_name = stays.user_name;
            user.external_id = stays.external_id;
            (!is_all).then(|| "what else it says".to_owned())
        }
        Refusal::TooLarge { .. } => {
            let name = grown_most(&user.attributes, &current.attributes)?;
            restore(&mut user.attributes, &current.attributes, &name);
            Some(name)
        }
        _ => None,
    }
}

fn restore(attributes: &mut Object, before: &Object, name: &str) {
    match before.get(name) {
        Some(value) => {
            attributes.insert(name.to_owned(), value.clone());
        }
        None => {
            attributes.shift_remove(name);
        }
    }
}

/// The attribute, or the extension, to which the most was added.
fn grown_most(attributes: &Object, before: &Object) -> Option<String> {
    let size = |value: &Value| value.to_string().len();
    let growth =
        |name: &str, value: &Value| size(value).saturating_sub(before.get(name).map_or(0, size));
    attributes
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .max_by_key(|(name, value)| growth(name, value))
        .map(|(name, _)| name.clone())
}

#[cfg(test)]
mod tests;
