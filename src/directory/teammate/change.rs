//! A change to one teammate, as a value: what it was, what it becomes, and all that follows from the two.
//!
//! Invariant: event, seats and session cut are derived from `before` and `after` alone, so that they
//! can't disagree with the rows that are written.

use super::{Role, State, Teammate};
use crate::directory::event::{Event, Step};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::fold::NameKey;
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    before: Option<Teammate>,
    after: Teammate,
    /// Whether the company may be left without an active admin.
    pub last_admin_may_go: bool,
    /// Whether it is made only while the company's quota has room.
    pub needs_room: bool,
}

/// What a request comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Change(Box<Change>),
    /// Accepted, and everything is as asked already.
    Nothing(Box<Teammate>),
}

/// Bytes in JSON of one attribute, or of one member of an extension: what a company's directory says of somebody in one
/// word, or a list of it. It is what a single text may have, too.
pub const MAX_ATTRIBUTE_BYTES: usize = 64 * 1024;

/// Bytes of all attributes of a teammate. A page of an isolate's memory holds a hundred such teammates, and patches, each
/// small, must not grow one until it can't even be blocked.
pub const MAX_ATTRIBUTES_BYTES: usize = 256 * 1024;

/// Bytes of all attributes of a teammate that an earlier version has taken.
pub const LARGEST_EVER_BYTES: usize = 600 * 1024;

/// Refuses what has become too large. Who is larger from before may stay so, and become smaller.
fn check_size(before: Option<&Teammate>, after: &Teammate) -> Result<(), Refusal> {
    let size = size_of(after);
    if size > MAX_ATTRIBUTES_BYTES && size > before.map_or(0, size_of) {
        return Err(Refusal::TooLarge {
            size,
            limit: MAX_ATTRIBUTES_BYTES,
        });
    }
    // Where all of them are no more than one may be, none is looked at.
    if after.attributes.json().len() <= MAX_ATTRIBUTE_BYTES {
        return Ok(());
    }
    let was = |name: &str, part: Option<&str>| {
        let value = before?.attributes.get(name)?;
        part.map_or(Some(value), |part| value.get(part))
    };
    for (name, value) in after.attributes.iter() {
        match value {
            Value::Object(parts) if name.contains(':') => {
                for (part, value) in parts {
                    check_attribute(was(name, Some(part)), value, || format!("{name}:{part}"))?;
                }
            }
            value => check_attribute(was(name, None), value, || name.clone())?,
        }
    }
    Ok(())
}

fn check_attribute(
    before: Option<&Value>,
    after: &Value,
    name: impl Fn() -> String,
) -> Result<(), Refusal> {
    let bytes = |value: &Value| value.to_string().len();
    let size = bytes(after);
    if size > MAX_ATTRIBUTE_BYTES && size > before.map_or(0, bytes) {
        return Err(Refusal::AttributeTooLarge {
            name: name(),
            size,
            limit: MAX_ATTRIBUTE_BYTES,
        });
    }
    Ok(())
}

fn size_of(teammate: &Teammate) -> usize {
    let exact = teammate.attributes.json().len();
    // The folded forms that filters compare with are kept beside them: folding can make a text three times as long.
    let folded = teammate.attributes.folded().map_or(0, str::len);
    let addresses: usize = teammate.folded_emails().iter().map(String::len).sum();
    exact.max(folded) + addresses
}

impl Change {
    pub fn creation(after: Teammate) -> Result<Decision, Refusal> {
        check_size(None, &after)?;
        Ok(Decision::Change(Box::new(Self {
            before: None,
            after,
            last_admin_may_go: true,
            needs_room: false,
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
            check_size(Some(before), &after)?;
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
            needs_room: false,
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

    /// What is stored anew and the event does not say, for the log: whether SCIM shows `active`, which is nothing that the
    /// app is told. All else that was stored is the event's `after`.
    pub fn stored_unsaid(&self) -> Option<String> {
        let (before, after) = (self.before.as_ref()?, &self.after);
        let differs = before.shown_active() != after.shown_active();
        (differs && before.state == after.state)
            .then(|| json!({ "active": after.shown_active() }).to_string())
    }

    /// Bytes by which the row becomes larger.
    pub fn row_growth(&self) -> i64 {
        let bytes = |teammate: &Teammate| i64::try_from(teammate.row_bytes()).unwrap_or(i64::MAX);
        let before = self.before.as_ref().map_or(0, bytes);
        bytes(&self.after).saturating_sub(before)
    }

    /// Whether it ends somebody's access.
    pub fn blocks(&self) -> bool {
        let is_active = |teammate: &Teammate| teammate.state == State::Active;
        self.before.as_ref().is_some_and(is_active) && !is_active(&self.after)
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
