//! What an instance remembers of groups and of its company: a head start, never an authority.
//!
//! An instance is the only one that changes groups, so that what it has written last is how they are; but for
//! the moment in which another becomes the writer, and for the counts, which follow the teammates. Every write
//! is guarded by what it was decided on, so that a wrong memory costs a look and nothing else.

use crate::directory::company::Company;
use crate::directory::group::Group;
use crate::directory::id::GroupId;
use std::collections::HashMap;

/// When full, it begins anew.
const MOST_GROUPS: usize = 4_096;

/// Bytes of a group's extensions. One with more of them is looked up each time: an object has 128 MB.
const MOST_ATTRIBUTES: usize = 4 * 1024;

#[derive(Default)]
pub(super) struct Memory {
    groups: HashMap<GroupId, Group>,
    /// As it was last read. Every write is guarded by the version of its rules.
    company: Option<Company>,
}

impl Memory {
    pub(super) fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.get(id)
    }

    pub(super) fn remember(&mut self, group: &Group) {
        if group.attributes_length() > MOST_ATTRIBUTES {
            self.groups.remove(&group.id);
            return;
        }
        if self.groups.len() >= MOST_GROUPS {
            self.groups.clear();
        }
        self.groups.insert(group.id.clone(), group.clone());
    }

    pub(super) fn company(&self) -> Option<&Company> {
        self.company.as_ref()
    }

    pub(super) fn remember_company(&mut self, company: &Company) {
        self.company = Some(company.clone());
    }

    pub(super) fn forget(&mut self, id: &GroupId) {
        self.groups.remove(id);
    }

    pub(super) fn forget_all(&mut self) {
        self.groups.clear();
    }
}
