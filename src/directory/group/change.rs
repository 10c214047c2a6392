//! A change to one group, as a value: what it was, what it becomes, and what happens to its members.
//!
//! Invariants: a change is one event, whatever it does, and the version grows by one. `member_count` and `unconfirmed_members`
//! of `after` are those of `before`: only the write can count.

use super::Group;
use crate::directory::event::EventType;
use crate::directory::time::Timestamp;
use crate::scim::fold::NameKey;
use crate::scim::group::MemberChange;
use std::collections::BTreeSet;

/// What happens to the members. Members whom `Change` or `Adopt` adds, or would if they were not there
/// already, are confirmed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// Nothing. It may turn out to be so for the others as well.
    Keep,
    Change(MemberChange),
    /// An identity provider takes the group over: the members are kept for an undo as they are now and
    /// become unconfirmed, and then comes the change.
    Adopt(MemberChange),
    /// They become those who were kept by `Adopt`, all of them confirmed.
    Undo,
    /// Removes unconfirmed members: these, or all where none are named. Others stay.
    DropUnconfirmed(Option<BTreeSet<String>>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    before: Option<Group>,
    after: Group,
    members: Members,
    /// What the definition's own change is called; nothing where the definition stays.
    event_type: Option<EventType>,
    aside: Aside,
}

/// What a change needs room for in its company's quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Never,
    Always,
    ForWhoComes,
}

/// What a request says of members that its change does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    /// Those who have to be teammates though they are no part of what is written.
    pub passing_members: BTreeSet<String>,
    /// How many memberships end where each removal finds whom it names; the log notes it where fewer do.
    pub to_end: u32,
}

/// What a request comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Change(Box<Change>),
    /// Accepted, and everything is as asked already.
    Nothing(Box<Group>),
}

impl Decision {
    /// This decision, with what the request says besides.
    #[must_use]
    pub fn with(mut self, aside: Aside) -> Self {
        if let Self::Change(change) = &mut self {
            change.aside = aside;
        }
        self
    }
}

impl Change {
    pub fn creation(after: Group, members: MemberChange) -> Decision {
        Decision::Change(Box::new(Self {
            before: None,
            after,
            members: members.into(),
            event_type: Some(EventType::GroupCreated),
            aside: Aside::default(),
        }))
    }

    /// The step from `before` to `after` at `now`, called `event_type` where the definition changes, or
    /// nothing where everything stays. Sets what every step sets: version, definition and times.
    pub fn step(
        before: &Group,
        mut after: Group,
        members: Members,
        event_type: EventType,
        now: Timestamp,
    ) -> Decision {
        let definition_changes = *before != after;
        if !definition_changes && members == Members::Keep {
            return Decision::Nothing(Box::new(after));
        }
        after.version = before.version.saturating_add(1);
        after.updated_at = now;
        if definition_changes {
            after.definition = before.definition.saturating_add(1);
        }
        if after.state != before.state {
            after.state_changed_at = now;
        }
        Decision::Change(Box::new(Self {
            before: Some(before.clone()),
            after,
            members,
            event_type: definition_changes.then_some(event_type),
            aside: Aside::default(),
        }))
    }

    pub fn before(&self) -> Option<&Group> {
        self.before.as_ref()
    }

    /// The group once the change is done. Where [`Self::event_type`] is none and no member came, went or
    /// was confirmed, nothing is changed, and the group stays as it was before: its version too.
    pub fn after(&self) -> &Group {
        &self.after
    }

    pub fn members(&self) -> &Members {
        &self.members
    }

    /// What the one event is called where the definition changes. Where members alone do, the write knows:
    /// `GroupMembersAdded`, `GroupMembersRemoved` or `GroupMembersConfirmed`, by what really happened.
    pub fn event_type(&self) -> Option<EventType> {
        self.event_type
    }

    /// Bytes by which the group's row becomes larger.
    pub fn row_growth(&self) -> i64 {
        let bytes = |group: &Group| i64::try_from(group.row_bytes()).unwrap_or(i64::MAX);
        let before = self.before.as_ref().map_or(0, bytes);
        bytes(&self.after).saturating_sub(before)
    }

    /// Whether an identity provider's change of this kind is made only while the company's quota has room. That of the
    /// members alone is made as well where nobody comes, which the write alone can tell.
    pub fn needs_room(&self) -> Room {
        match self.event_type {
            Some(EventType::GroupDeleted) => Room::Never,
            Some(_) => Room::Always,
            None => Room::ForWhoComes,
        }
    }

    /// The form of the name that the group newly claims.
    pub fn claimed_name(&self) -> Option<NameKey> {
        let held = self.before.as_ref().and_then(Group::held_name);
        self.after
            .held_name()
            .filter(|name| held.as_ref() != Some(name))
    }

    pub fn aside(&self) -> &Aside {
        &self.aside
    }

    #[cfg(test)]
    pub fn into_after(self) -> Group {
        self.after
    }
}

impl From<MemberChange> for Members {
    fn from(change: MemberChange) -> Self {
        if change.is_none() {
            Self::Keep
        } else {
            Self::Change(change)
        }
    }
}
