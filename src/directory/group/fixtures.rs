//! What the tests of groups begin with.

use super::change::{Change, Decision};
use super::found::Found;
use super::{Group, GroupState};
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::Object;
use std::collections::BTreeSet;

pub(super) const BEFORE: Timestamp = Timestamp(1_763_000_000_000);

/// A group that the app made.
pub(super) fn support() -> Group {
    Group {
        id: GroupId::named("grp_support"),
        display_name: "Support".into(),
        external_id: None,
        description: Some("First line".into()),
        attributes: Object::new(),
        is_linked: false,
        state: GroupState::Active,
        member_count: 3,
        unconfirmed_members: 0,
        version: 7,
        definition: 2,
        created_at: BEFORE,
        updated_at: BEFORE,
        state_changed_at: BEFORE,
        before_adoption: None,
    }
}

/// The group of [`support`], linked.
pub(super) fn linked() -> Group {
    Group {
        is_linked: true,
        external_id: Some("8aa1".into()),
        ..support()
    }
}

/// Another group, linked.
pub(super) fn sales() -> Group {
    Group {
        id: GroupId::named("grp_sales"),
        display_name: "Sales".into(),
        ..linked()
    }
}

pub(super) fn found(group: Group) -> Found {
    Found {
        group: Some(group),
        ..Found::default()
    }
}

pub(super) fn held_by(holder: Group) -> Found {
    Found {
        holder: Some(holder),
        ..Found::default()
    }
}

pub(super) fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

pub(super) fn change(decision: Result<Decision, Refusal>) -> Change {
    match decision {
        Ok(Decision::Change(change)) => *change,
        other => panic!("expected a change, not {other:?}"),
    }
}

pub(super) fn nothing(decision: Result<Decision, Refusal>) -> Group {
    match decision {
        Ok(Decision::Nothing(group)) => *group,
        other => panic!("expected nothing, not {other:?}"),
    }
}
