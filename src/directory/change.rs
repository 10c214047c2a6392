//! A change to one teammate, as a value: what it was, what it becomes, and all that follows from the two.
//!
//! Invariant: event, counters and session cut are derived from `before` and `after` alone, so that they
//! can't disagree with the rows that are written.

use super::event::EventType;
use super::fold::fold;
use super::teammate::{Role, State, Teammate};
use super::time::Timestamp;

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

impl Change {
    pub fn creation(after: Teammate) -> Self {
        Self {
            before: None,
            after,
            last_admin_may_go: true,
        }
    }

    /// The step from `before` to `after` at `now`, or nothing where they are the same. Sets what every
    /// step sets: version, times, and the moment that ends the sessions of one who is no longer active.
    pub fn step(before: &Teammate, mut after: Teammate, now: Timestamp) -> Decision {
        if *before == after {
            return Decision::Nothing(Box::new(after));
        }
        after.version = before.version.saturating_add(1);
        after.updated_at = now;
        if after.state != before.state {
            after.state_changed_at = now;
        }
        if before.state == State::Active && after.state != State::Active {
            after.sessions_invalid_before = Some(now);
        }
        Decision::Change(Box::new(Self {
            before: Some(before.clone()),
            after,
            last_admin_may_go: true,
        }))
    }

    pub fn before(&self) -> Option<&Teammate> {
        self.before.as_ref()
    }

    pub fn after(&self) -> &Teammate {
        &self.after
    }

    pub fn event_type(&self) -> EventType {
        let Some(before) = &self.before else {
            return EventType::TeammateCreated;
        };
        match (before.state, self.after.state) {
            (from, State::Deleted) if from != State::Deleted => EventType::TeammateDeleted,
            (from, State::Removed) if from != State::Removed => EventType::TeammateRemoved,
            (State::Active, State::Blocked) => EventType::TeammateBlocked,
            (from, State::Active) if from != State::Active => EventType::TeammateUnblocked,
            _ => EventType::TeammateUpdated,
        }
    }

    /// Seats taken (positive) or freed.
    pub fn active_delta(&self) -> i64 {
        self.delta(|teammate| teammate.state == State::Active)
    }

    pub fn listed_delta(&self) -> i64 {
        self.delta(|teammate| teammate.state.is_listed_in_scim())
    }

    pub fn active_admins_delta(&self) -> i64 {
        self.delta(|teammate| teammate.state == State::Active && teammate.role == Role::Admin)
    }

    fn delta(&self, counts: impl Fn(&Teammate) -> bool) -> i64 {
        let was = self.before.as_ref().is_some_and(&counts);
        i64::from(counts(&self.after)) - i64::from(was)
    }

    /// The folded userName that this change newly claims.
    pub fn claimed_user_name(&self) -> Option<String> {
        let after = fold(&self.after.user_name);
        let is_new = self
            .before
            .as_ref()
            .is_none_or(|before| fold(&before.user_name) != after);
        is_new.then_some(after)
    }

    /// Folded e-mail addresses that come, and those that go.
    pub fn emails(&self) -> (Vec<String>, Vec<String>) {
        let before = self
            .before
            .as_ref()
            .map(Teammate::folded_emails)
            .unwrap_or_default();
        let after = self.after.folded_emails();
        let come = after
            .iter()
            .filter(|email| !before.contains(email))
            .cloned()
            .collect();
        let go = before
            .into_iter()
            .filter(|email| !after.contains(email))
            .collect();
        (come, go)
    }
}
