//! What is asked of the one writer of a company's groups, as a value that can travel to it.
//!
//! A request says by itself what has to be known to decide it, and decides: whoever writes groups needs to
//! know nothing of what a PUT, an adoption or a restore is.

use super::administration::{self, GroupEdit, NewGroup};
use super::change::Decision;
use super::found::Found;
use super::provisioning::{self, Target};
use super::{Group, name_key};
use crate::directory::company::Settings;
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::error::ScimError;
use crate::scim::etag::Preconditions;
use crate::scim::fold::NameKey;
use crate::scim::group::{GroupBody, GroupChange, MemberChange, MemberStep, Selection, ids_in};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A write to one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// An identity provider's, over SCIM.
    Provision(Provision),
    /// The operator's app's.
    Administer(Administer),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Provision {
    Create {
        body: GroupBody,
        new_id: GroupId,
    },
    Replace {
        id: GroupId,
        body: GroupBody,
        preconditions: Preconditions,
    },
    Update {
        id: GroupId,
        change: Box<GroupChange>,
        preconditions: Preconditions,
    },
    /// An update that says what is true of the members whom it is about. An object of the version before would overlook
    /// that in an `Update`, and say that it was done.
    Select {
        id: GroupId,
        change: Box<GroupChange>,
        preconditions: Preconditions,
    },
    Remove {
        id: GroupId,
        preconditions: Preconditions,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Administer {
    Create {
        new: NewGroup,
        new_id: GroupId,
    },
    Edit {
        id: GroupId,
        edit: GroupEdit,
    },
    /// An edit that takes the group from its identity provider; a variant of its own for the same reason.
    Release {
        id: GroupId,
        edit: GroupEdit,
    },
    ChangeMembers {
        id: GroupId,
        change: MemberChange,
    },
    DropUnconfirmed {
        id: GroupId,
        /// Nothing stands for all of them.
        ids: Option<BTreeSet<String>>,
    },
    Delete {
        id: GroupId,
    },
    Restore {
        id: GroupId,
    },
    UndoAdoption {
        id: GroupId,
    },
}

/// As many as SCIM takes of one list.
const MAX_MEMBERS_AT_ONCE: usize = 200_000;

/// Bytes of their ids in JSON: 200,000 have 6.6 million. They go to D1 in five lists at most, of 2 MB each.
const MAX_BYTES_AT_ONCE: usize = 9_000_000;

/// Ours have 30. Those that are unknown come back from D1, up to a thousand of them in one value, which can have 2 MB,
/// and in the worst case JSON needs four bytes for each of theirs.
const MAX_ID_BYTES: usize = 200;

/// How long a text is in JSON, at most.
pub fn bytes_in_json(text: &str) -> usize {
    let escaped = |byte: u8| match byte {
        b'"' | b'\\' => 2,
        0..=0x1f => 6,
        _ => 1,
    };
    2 + text.bytes().map(escaped).sum::<usize>()
}

static NOBODY: BTreeSet<String> = BTreeSet::new();

impl Request {
    /// The group that it names; a create names none.
    pub fn target(&self) -> Option<&GroupId> {
        match self {
            Self::Provision(Provision::Create { .. })
            | Self::Administer(Administer::Create { .. }) => None,
            Self::Provision(
                Provision::Replace { id, .. }
                | Provision::Update { id, .. }
                | Provision::Select { id, .. }
                | Provision::Remove { id, .. },
            )
            | Self::Administer(
                Administer::Edit { id, .. }
                | Administer::Release { id, .. }
                | Administer::ChangeMembers { id, .. }
                | Administer::DropUnconfirmed { id, .. }
                | Administer::Delete { id }
                | Administer::Restore { id }
                | Administer::UndoAdoption { id },
            ) => Some(id),
        }
    }

    /// The name that the group is to have, by [`name_key`]: whoever has it bears on the decision. Some requests
    /// tell it only once the group is known.
    pub fn wanted_name(&self, known: Option<&Group>) -> Option<NameKey> {
        let name = match self {
            Self::Provision(Provision::Create { body, .. } | Provision::Replace { body, .. }) => {
                Some(body.display_name.as_str())
            }
            Self::Provision(
                Provision::Update { change, .. } | Provision::Select { change, .. },
            ) => change.display_name.as_deref(),
            Self::Administer(Administer::Create { new, .. }) => Some(new.display_name.as_str()),
            Self::Administer(Administer::Edit { edit, .. } | Administer::Release { edit, .. }) => {
                edit.display_name.as_deref()
            }
            Self::Administer(Administer::Restore { .. }) => {
                known.map(|group| group.display_name.as_str())
            }
            Self::Administer(Administer::UndoAdoption { .. }) => known
                .and_then(|group| group.before_adoption.as_ref())
                .map(|adopted| adopted.display_name.as_str()),
            Self::Provision(Provision::Remove { .. })
            | Self::Administer(
                Administer::ChangeMembers { .. }
                | Administer::DropUnconfirmed { .. }
                | Administer::Delete { .. },
            ) => None,
        };
        name.map(name_key)
    }

    /// Everybody who has to be a teammate for it.
    pub fn named(&self) -> Cow<'_, BTreeSet<String>> {
        let members = match self {
            Self::Provision(Provision::Create { body, .. } | Provision::Replace { body, .. }) => {
                body.members.as_ref()
            }
            Self::Provision(Provision::Update { change, .. }) => {
                let named = added(&change.members).unwrap_or(&NOBODY);
                if change.passing_members.is_empty() {
                    Some(named)
                } else {
                    return Cow::Owned(named | &change.passing_members);
                }
            }
            Self::Provision(Provision::Select { change, .. }) => {
                return Cow::Owned(named_by_steps(&change.steps));
            }
            Self::Administer(Administer::Create { new, .. }) => Some(&new.members),
            Self::Administer(Administer::ChangeMembers { change, .. }) => added(change),
            Self::Provision(Provision::Remove { .. }) | Self::Administer(_) => None,
        };
        Cow::Borrowed(members.unwrap_or(&NOBODY))
    }

    /// What chooses members in it: whom, has to be known before it is decided.
    pub fn selections(&self) -> Vec<&Selection> {
        match self {
            Self::Provision(Provision::Select { change, .. }) => change.selections().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it may bring back the group that an identity provider deleted under this name.
    pub fn may_bring_back(&self) -> bool {
        matches!(self, Self::Provision(Provision::Create { .. }))
    }

    /// How many ids it brings.
    pub fn weight(&self) -> usize {
        self.named().len() + self.leaving().len()
    }

    /// Those who are to be members no longer, by their ids.
    fn leaving(&self) -> Cow<'_, BTreeSet<String>> {
        let change = match self {
            Self::Provision(Provision::Update { change, .. }) => &change.members,
            Self::Provision(Provision::Select { change, .. }) => {
                return Cow::Owned(removed_by_steps(&change.steps));
            }
            Self::Administer(Administer::ChangeMembers { change, .. }) => change,
            Self::Administer(Administer::DropUnconfirmed { ids: Some(ids), .. }) => {
                return Cow::Borrowed(ids);
            }
            _ => return Cow::Borrowed(&NOBODY),
        };
        Cow::Borrowed(match change {
            MemberChange::Delta { remove, .. } => remove,
            MemberChange::None | MemberChange::All(_) => &NOBODY,
        })
    }

    /// Refuses what can be nobody's id, and more ids than one request may bring: D1 would refuse them, and say
    /// nothing of use.
    pub fn refuse_excess(&self) -> Result<(), Refusal> {
        let (named, leaving) = (self.named(), self.leaving());
        let lists = [&*named, &*leaving];
        let most = lists.map(BTreeSet::len).into_iter().max().unwrap_or(0);
        if most > MAX_MEMBERS_AT_ONCE {
            return Err(ScimError::invalid_value(format!(
                "{most} members are named; one request takes at most {MAX_MEMBERS_AT_ONCE}. Add or remove them in \
                 several requests; nothing was changed."
            ))
            .into());
        }
        let endless = |id: &&String| id.len() > MAX_ID_BYTES;
        if let Some(id) = lists.into_iter().flatten().find(endless) {
            return Err(Refusal::UnknownMembers {
                ids: vec![id.clone()],
            });
        }
        let bytes = |ids: &BTreeSet<String>| ids.iter().map(|id| bytes_in_json(id) + 1).sum();
        let most: usize = lists.map(bytes).into_iter().max().unwrap_or(0);
        if most > MAX_BYTES_AT_ONCE {
            return Err(ScimError::invalid_value(format!(
                "The ids of the members have {most} bytes; one request takes at most {MAX_BYTES_AT_ONCE}. Check \
                 that they are the ids of teammates, and add or remove them in several requests; nothing was \
                 changed."
            ))
            .into());
        }
        Ok(())
    }

    /// Whether it is for one version of the group alone: another change of it, be it of members, bears on it.
    pub fn is_conditional(&self) -> bool {
        match self {
            Self::Provision(
                Provision::Replace { preconditions, .. }
                | Provision::Update { preconditions, .. }
                | Provision::Remove { preconditions, .. },
            ) => !preconditions.are_none(),
            // Whom it selects is told by who is there.
            Self::Provision(Provision::Select { .. }) => true,
            Self::Provision(Provision::Create { .. }) | Self::Administer(_) => false,
        }
    }

    /// Decides it on what was found, under the company's settings as they are.
    pub fn decide(
        &self,
        settings: &Settings,
        found: &Found,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match self {
            Self::Provision(request) => request.decide(found, now),
            Self::Administer(request) => request.decide(settings, found, now),
        }
    }
}

impl Provision {
    /// A PATCH.
    pub fn patch(id: GroupId, change: GroupChange, preconditions: Preconditions) -> Self {
        let change = Box::new(change);
        if change.selections().next().is_none() {
            return Self::Update {
                id,
                change,
                preconditions,
            };
        }
        Self::Select {
            id,
            change,
            preconditions,
        }
    }

    fn decide(&self, found: &Found, now: Timestamp) -> Result<Decision, Refusal> {
        match self {
            Self::Create { body, new_id } => provisioning::create(found, body, new_id, now),
            Self::Replace {
                id,
                body,
                preconditions,
            } => provisioning::replace(found, Target { id, preconditions }, body, now),
            Self::Update {
                id,
                change,
                preconditions,
            } => provisioning::update(found, Target { id, preconditions }, change, now),
            Self::Select {
                id,
                change,
                preconditions,
            } => provisioning::select(found, Target { id, preconditions }, change, now),
            Self::Remove { id, preconditions } => {
                provisioning::remove(found, Target { id, preconditions }, now)
            }
        }
    }
}

impl Administer {
    fn decide(
        &self,
        settings: &Settings,
        found: &Found,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match self {
            Self::Create { new, new_id } => administration::create(found, new, new_id, now),
            Self::Edit { id, edit } => administration::edit(settings, found, id, edit, now),
            Self::Release { id, edit } => administration::release(found, id, edit, now),
            Self::ChangeMembers { id, change } => {
                administration::change_members(settings, found, id, change, now)
            }
            Self::DropUnconfirmed { id, ids } => {
                administration::drop_unconfirmed(found, id, ids.as_ref(), now)
            }
            Self::Delete { id } => administration::delete(settings, found, id, now),
            Self::Restore { id } => administration::restore(found, id, now),
            Self::UndoAdoption { id } => administration::undo_adoption(found, id, now),
        }
    }
}

fn added(change: &MemberChange) -> Option<&BTreeSet<String>> {
    match change {
        MemberChange::None => None,
        MemberChange::Delta { add, .. } => Some(add),
        MemberChange::All(all) => Some(all),
    }
}

/// Everybody whom one of the steps adds, or would where it chooses nobody.
fn named_by_steps(steps: &[MemberStep]) -> BTreeSet<String> {
    let ids = steps.iter().flat_map(|step| match step {
        MemberStep::Add(ids) | MemberStep::Set(ids) => ids.iter().cloned().collect(),
        MemberStep::Assign(_, assigned) => assigned.otherwise.iter().cloned().collect(),
        _ => Vec::new(),
    });
    ids.collect()
}

fn removed_by_steps(steps: &[MemberStep]) -> BTreeSet<String> {
    let ids = steps.iter().flat_map(|step| match step {
        MemberStep::Remove(ids) => vec![ids],
        MemberStep::RemoveSelected(selection) => ids_in(selection),
        _ => Vec::new(),
    });
    ids.flatten().cloned().collect()
}

#[cfg(test)]
mod tests;
