//! A change to one teammate, as a value: what it was, what it becomes, and all that follows from the two.
//!
//! Invariant: event, seats and session cut are derived from `before` and `after` alone, so that they
//! can't disagree with the rows that are written.

use super::event::{Event, Step};
use super::refusal::Refusal;
use super::teammate::{Role, State, Teammate};
use super::time::Timestamp;
use crate::scim::fold::NameKey;
use crate::scim::normalise::record;

#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    before: Option<Teammate>,
    after: Teammate,
    /// Whether the company may be left without an active admin.
    pub last_admin_may_go: bool,
}

/// What a request comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Change(Box<Change>),
    /// Accepted, and everything is as asked already.
    Nothing(Box<Teammate>),
}

/// The most that a teammate's attributes may come to as JSON. An event holds them before and after a
/// change, and D1 keeps at most 2,000,000 bytes in a row: patches, each small, must not grow a teammate
/// until it can't even be blocked.
pub const MAX_ATTRIBUTES_BYTES: usize = 600 * 1024;

fn check_size(teammate: &Teammate) -> Result<(), Refusal> {
    let exact = teammate.attributes.json().len();
    // The folded forms that filters compare with are kept beside them: folding can make a text three times as
    // long. Twice the limit fits into a row.
    let folded = teammate.attributes.folded().map_or(0, str::len);
    let attributes = exact.max(folded);
    let addresses: usize = teammate.folded_emails().iter().map(String::len).sum();
    let size = attributes + addresses;
    if size > MAX_ATTRIBUTES_BYTES {
        return Err(Refusal::TooLarge {
            size,
            limit: MAX_ATTRIBUTES_BYTES,
        });
    }
    Ok(())
}

impl Change {
    pub fn creation(after: Teammate) -> Result<Decision, Refusal> {
        check_size(&after)?;
        Ok(Decision::Change(Box::new(Self {
            before: None,
            after,
            last_admin_may_go: true,
        })))
    }

    /// The step from `before` to `after` at `now`, or nothing where they are the same. Sets what every
    /// step sets: version, times, and the moment that ends the sessions of one who is no longer active. A write
    /// that changes nothing links nobody: it would be an event of which nothing can be seen.
    pub fn step(
        before: &Teammate,
        mut after: Teammate,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let is_linked = std::mem::replace(&mut after.is_linked, before.is_linked);
        if *before == after {
            return Ok(Decision::Nothing(Box::new(after)));
        }
        if before.attributes != after.attributes {
            check_size(&after)?;
        }
        after.is_linked = is_linked;
        after.version = before.version.saturating_add(1);
        after.updated_at = now;
        if after.state != before.state {
            after.state_changed_at = now;
            after.active_is_unassigned = false;
        }
        if after.state == State::Active {
            after.blocked_by = None;
        }
        if before.state == State::Active && after.state != State::Active {
            after.sessions_invalid_before = Some(now);
        }
        Ok(Decision::Change(Box::new(Self {
            before: Some(before.clone()),
            after,
            last_admin_may_go: true,
        })))
    }

    pub fn before(&self) -> Option<&Teammate> {
        self.before.as_ref()
    }

    pub fn after(&self) -> &Teammate {
        &self.after
    }

    pub fn event(&self) -> Event<'_> {
        let after = self.after.for_app();
        let Some(before) = &self.before else {
            return Event::TeammateCreated(Step::created(after));
        };
        let step = Step::changed(&before.for_app(), &after);
        match (before.state, self.after.state) {
            (from, State::Deleted) if from != State::Deleted => Event::TeammateDeleted(step),
            (from, State::Removed) if from != State::Removed => Event::TeammateRemoved(step),
            (State::Active, State::Blocked) => Event::TeammateBlocked(step),
            (from, State::Active) if from != State::Active => Event::TeammateUnblocked(step),
            _ => Event::TeammateUpdated(step),
        }
    }

    /// What is stored anew, as the provisioning log keeps it: `state` where SCIM has no attribute that
    /// says so, and the attributes that differ.
    pub fn stored(&self) -> String {
        let before = self.before.as_ref().map(Teammate::as_user);
        let mut stored = self.after.as_user().differences(before.as_ref());
        let leaves_scim = !self.after.state.is_listed_in_scim();
        if leaves_scim && self.before.as_ref().map(|before| before.state) != Some(self.after.state)
        {
            stored.insert("state".to_owned(), self.after.state.as_str().into());
        }
        record::of_members(&stored)
    }

    /// Seats taken (positive) or freed.
    pub fn active_delta(&self) -> i64 {
        self.delta(|teammate| teammate.state == State::Active)
    }

    pub fn active_admins_delta(&self) -> i64 {
        self.delta(|teammate| teammate.state == State::Active && teammate.role == Role::Admin)
    }

    fn delta(&self, counts: impl Fn(&Teammate) -> bool) -> i64 {
        let was = self.before.as_ref().is_some_and(&counts);
        i64::from(counts(&self.after)) - i64::from(was)
    }

    pub fn into_after(self) -> Teammate {
        self.after
    }

    /// The userName that this change newly claims.
    pub fn claimed_user_name(&self) -> Option<NameKey> {
        let after = NameKey::of(&self.after.user_name);
        let is_new = self
            .before
            .as_ref()
            .is_none_or(|before| NameKey::of(&before.user_name) != after);
        is_new.then_some(after)
    }
}
