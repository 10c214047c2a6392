//! What the store knows that bears on one write to a group.

use super::Group;
use crate::scim::group::Selected;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The group that the request is about, by its id, deleted or not; nothing for a create.
    pub group: Option<Group>,
    /// The active group that has the name which the change wants, by [`super::name_key`]. It may be the
    /// one that the request is about.
    pub holder: Option<Group>,
    /// Of the members whom the request names, those who are no teammates that can be members: for SCIM,
    /// those whom SCIM does not show; for the app, deleted ones.
    pub unknown_members: BTreeSet<String>,
    /// Where the request is to make a group: the one that an identity provider deleted last under its name.
    pub deleted: Option<Group>,
    /// Whom each selection of the request found, in their order.
    pub selected: Selections,
}

/// What is known of those whom a request selects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selections {
    #[default]
    NotLookedFor,
    TooMany,
    Found(Vec<Selected>),
}
