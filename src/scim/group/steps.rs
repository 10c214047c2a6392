//! What the operations of a request do to members, one after the other, and what that comes to.
//!
//! Most operations say by themselves whom they are about, and are folded where they are read. Where one says what is
//! true of the members that it is about, all of them wait as [`MemberStep`]s until somebody has looked who that is.

use super::choice::{Selection, ids_in};
use super::{MemberChange, immutable};
use crate::scim::error::ScimError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Operations of a request that choose members by more than their ids: they are looked for in one statement.
const MOST_SELECTIONS: usize = 20;

/// Comparisons that their filters make together: D1 takes 100 parameters in a statement.
const MOST_COMPARISONS: usize = 40;

/// Ids among which they choose, all together: each list goes to D1 with its selection, in one statement.
const MOST_IDS: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MemberStep {
    Add(BTreeSet<String>),
    Set(BTreeSet<String>),
    Remove(BTreeSet<String>),
    RemoveAll,
    /// The filter can choose nobody.
    RemoveNobody,
    RemoveSelected(Selection),
    Assign(Selection, Assigned),
}

/// The value of an `add` or `replace` on those whom a filter chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    /// The id that it has: nobody can become another.
    #[serde(default)]
    pub id: Option<String>,
    /// What to do where nobody is chosen: the filter, or the value, says whom to add, or why it can't.
    pub otherwise: Result<String, ScimError>,
}

/// Whom a selection found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// Members of the group as it was before the request.
    pub members: BTreeSet<String>,
    /// Others whom the request itself names.
    pub others: BTreeSet<String>,
}

/// What operations on members come to, applied to whoever is there.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MembersEffect {
    pub(super) members: MemberChange,
    /// Those whom one operation added and a later one took away.
    pub(super) passing: BTreeSet<String>,
    /// That one operation was to remove somebody who surely was not there.
    has_missed: bool,
    /// That one was to remove all, whoever it was.
    empties: bool,
}

impl MemberStep {
    pub(super) fn selection(&self) -> Option<&Selection> {
        match self {
            Self::RemoveSelected(selection) | Self::Assign(selection, _) => Some(selection),
            Self::Add(_)
            | Self::Set(_)
            | Self::Remove(_)
            | Self::RemoveAll
            | Self::RemoveNobody => None,
        }
    }
}

/// Refuses more than is looked for at once.
pub(super) fn refuse_excess(steps: &[MemberStep]) -> Result<(), ScimError> {
    let selections = || steps.iter().filter_map(MemberStep::selection);
    let comparisons: usize = selections().map(|selection| selection.sum(&|_| 1)).sum();
    if selections().count() > MOST_SELECTIONS || comparisons > MOST_COMPARISONS {
        return Err(ScimError::invalid_filter(format!(
            "The paths of this request choose members by {comparisons} comparisons in {} operations; at most \
             {MOST_COMPARISONS} in {MOST_SELECTIONS} are accepted. Name the members by their ids, or send several \
             requests; nothing was changed.",
            selections().count()
        )));
    }
    let ids: usize = selections().flat_map(ids_in).map(BTreeSet::len).sum();
    if ids > MOST_IDS {
        return Err(ScimError::invalid_value(format!(
            "The operations of this request whose paths choose members by their names or by parts of their ids name \
             {ids} ids; at most {MOST_IDS} are accepted. Leave out the filters, or send several requests; nothing was \
             changed."
        )));
    }
    Ok(())
}

impl MembersEffect {
    /// Applies a step. `selected` is whom its selection found; nobody, where it has none.
    pub(super) fn apply(&mut self, step: MemberStep, selected: &Selected) -> Result<(), ScimError> {
        match step {
            MemberStep::Add(ids) => self.add(ids),
            MemberStep::Set(ids) => self.set(ids),
            MemberStep::Remove(ids) => self.remove(ids),
            MemberStep::RemoveAll => {
                self.empties = !self.has_somebody();
                self.set(BTreeSet::new());
            }
            MemberStep::RemoveNobody => self.has_missed = true,
            MemberStep::RemoveSelected(_) => {
                let go = self.present(selected);
                self.has_missed |= go.is_empty();
                self.remove(go);
            }
            MemberStep::Assign(_, assigned) => {
                let chosen = self.present(selected);
                if chosen.is_empty() {
                    self.add(BTreeSet::from([assigned.otherwise?]));
                } else if let Some(id) = assigned.id
                    && !chosen.iter().all(|member| *member == id)
                {
                    return Err(immutable("value"));
                }
            }
        }
        Ok(())
    }

    /// Of those who were found, those who are members at this step.
    fn present(&self, selected: &Selected) -> BTreeSet<String> {
        let before = selected.members.iter();
        let before = before.filter(|id| self.members.has(id) != Some(false));
        let named = selected.others.iter();
        let named = named.filter(|id| self.members.has(id) == Some(true));
        before.chain(named).cloned().collect()
    }

    fn has_somebody(&self) -> bool {
        self.members.named().next().is_some()
    }

    fn add(&mut self, ids: BTreeSet<String>) {
        self.passing.retain(|id| !ids.contains(id));
        self.members.add(ids);
    }

    fn set(&mut self, ids: BTreeSet<String>) {
        self.passing.retain(|id| !ids.contains(id));
        self.passing.extend(self.members.set(ids));
    }

    fn remove(&mut self, ids: BTreeSet<String>) {
        self.has_missed |= ids.iter().any(|id| self.members.has(id) == Some(false));
        self.passing.extend(self.members.remove(ids));
    }

    /// How many memberships end by it where each operation that removes finds whom it names: where fewer do, one was
    /// for nothing.
    pub(super) fn to_end(&self) -> u32 {
        if self.has_missed {
            return u32::MAX;
        }
        let count = match &self.members {
            MemberChange::None => 0,
            MemberChange::Delta { remove, .. } => remove.difference(&self.passing).count(),
            MemberChange::All(_) => usize::from(self.empties),
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}
