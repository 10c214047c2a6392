//! What a PUT or PATCH makes of a user: all that it says, or all of it that can be used.
//!
//! A request is done whole or not at all. The one exception is a request after which the user is not active: a bad
//! phone number must not keep somebody in who has left. Who may ask for the exception is not decided here.
//!
//! Invariant: what [`Rewrite::usable`] makes of a user is what the request without the parts that can't be used
//! would make of it, whole; what these parts name is as it was, and a sentence for each says why.

use super::Object;
use super::draft::Draft;
use super::error::ScimError;
use super::normalise::describe::cut;
use super::normalise::operation::Operation;
use super::normalise::operations::Operations;
use super::normalise::record;
use super::place::ResourcePlace;
use super::secret;
use super::user::{Understood, User};

/// A PUT or PATCH of a user.
pub trait Rewrite {
    /// The user that it makes of this one.
    fn whole(&self, user: &User) -> Result<Understood<User>, ScimError>;

    /// The `active` of the user that [`Self::usable`] makes, which costs more to ask.
    fn active_after(&self, user: &User) -> Option<bool>;

    /// The user that it makes of this one without what can't be used; nothing where it was not read to its end.
    fn usable(&self, user: &User) -> Option<Understood<User>>;
}

/// The sentence for a part that is not done.
pub fn left_out(at: &str, reason: &str) -> String {
    let at = cut(at);
    // A reason may repeat any piece of what was sent.
    let reason = if at.contains(secret::NOT_KEPT) {
        "it names a secret, and could not be used"
    } else {
        reason
    };
    format!("\"{at}\" was left out, so that the user is blocked all the same: {reason}")
}

/// What the last operation on `active` says; nobody can refuse it later.
pub(super) fn active_after(operations: &Operations, user: &User) -> Option<bool> {
    let mut said = operations.understood.iter().rev();
    said.find_map(Operation::active).unwrap_or(user.active)
}

/// A draft with those operations of a request applied that can be.
pub(super) struct Usable {
    draft: Draft,
    applied: Vec<Operation>,
    /// What the others name.
    kept: Vec<ResourcePlace>,
}

impl Usable {
    pub(super) fn of(operations: &Operations, draft: Draft) -> Option<Self> {
        if operations.is_cut {
            return None;
        }
        let mut usable = Self {
            draft,
            applied: Vec::new(),
            kept: Vec::new(),
        };
        for part in operations.in_order() {
            match part {
                Ok(operation) => usable.apply(operation),
                Err(part) => usable.leave_out(&part.at, part.place.clone(), &part.reason),
            }
        }
        Some(usable)
    }

    fn apply(&mut self, operation: &Operation) {
        match self.draft.try_apply(operation) {
            Ok(()) => self.applied.push(operation.clone()),
            Err(reason) => {
                let at = operation.print().path;
                self.leave_out(&at, Some(operation.place()), &reason);
            }
        }
    }

    fn leave_out(&mut self, at: &str, place: Option<ResourcePlace>, reason: &ScimError) {
        self.draft.notes.push(left_out(at, &reason.detail));
        self.kept.extend(place);
    }

    /// Whether the request says anything of this core attribute, usable or not.
    pub(super) fn names(&self, attribute: &'static str) -> bool {
        let place = ResourcePlace::Member(attribute.into());
        self.kept.contains(&place) || self.applied.iter().any(|one| one.place() == place)
    }

    pub(super) fn note(&mut self, sentence: String) {
        self.draft.notes.push(sentence);
    }

    /// Gives every attribute of which a part was left out the value that it had: whole, for nobody knows what it
    /// was to become.
    pub(super) fn restore(&mut self, before: &Object) {
        let active = ResourcePlace::Member("active".into());
        let says_active = self.applied.iter().any(|one| one.place() == active);
        // A second spelling of `active` that can't be used takes nothing from the one that can.
        let left_out = |place: &&ResourcePlace| !(says_active && **place == active);
        for place in self.kept.iter().filter(left_out) {
            place.restore(&mut self.draft.resource, before);
        }
    }

    pub(super) fn into_user(mut self) -> Option<Understood<User>> {
        self.draft.notes.understood = Some(record::of_operations(&self.applied));
        self.draft.unchecked().ok()
    }
}

#[cfg(test)]
mod tests;
