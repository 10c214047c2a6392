//! What a request does to the members of a group.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A change of a set of members, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberChange {
    #[default]
    None,
    /// The two have no id in common, and not both are empty. Who is to be added and is there already,
    /// or is to be removed and is not, stays as it is.
    Delta {
        add: BTreeSet<String>,
        remove: BTreeSet<String>,
    },
    /// Afterwards these are the members, and no others.
    All(BTreeSet<String>),
}

impl MemberChange {
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// Those who are members afterwards because the request names them: all have to be teammates.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let ids = match self {
            Self::None => None,
            Self::Delta { add, .. } => Some(add),
            Self::All(ids) => Some(ids),
        };
        ids.into_iter().flatten().map(String::as_str)
    }

    pub(super) fn add(&mut self, ids: BTreeSet<String>) {
        match self {
            Self::None if ids.is_empty() => {}
            Self::None => {
                *self = Self::Delta {
                    add: ids,
                    remove: BTreeSet::new(),
                };
            }
            Self::Delta { add, remove } => {
                for id in ids {
                    remove.remove(&id);
                    add.insert(id);
                }
            }
            Self::All(all) => all.extend(ids),
        }
    }

    /// Gives back those who had been named before.
    pub(super) fn remove(&mut self, ids: BTreeSet<String>) -> BTreeSet<String> {
        match self {
            Self::None if ids.is_empty() => BTreeSet::new(),
            Self::None => {
                *self = Self::Delta {
                    add: BTreeSet::new(),
                    remove: ids,
                };
                BTreeSet::new()
            }
            Self::Delta { add, remove } => {
                let named = take(add, &ids);
                remove.extend(ids);
                named
            }
            Self::All(all) => take(all, &ids),
        }
    }

    /// Gives back those who had been named before and are no longer.
    pub(super) fn set(&mut self, ids: BTreeSet<String>) -> BTreeSet<String> {
        let mut named = match std::mem::take(self) {
            Self::None => BTreeSet::new(),
            Self::Delta { add, .. } => add,
            Self::All(all) => all,
        };
        named.retain(|id| !ids.contains(id));
        *self = Self::All(ids);
        named
    }

    /// Whether somebody is a member after the change; nothing where that depends on who was before.
    pub(super) fn has(&self, id: &str) -> Option<bool> {
        match self {
            Self::Delta { add, .. } if add.contains(id) => Some(true),
            Self::Delta { remove, .. } if remove.contains(id) => Some(false),
            Self::None | Self::Delta { .. } => None,
            Self::All(all) => Some(all.contains(id)),
        }
    }
}

fn take(from: &mut BTreeSet<String>, ids: &BTreeSet<String>) -> BTreeSet<String> {
    ids.iter().filter_map(|id| from.take(id)).collect()
}
