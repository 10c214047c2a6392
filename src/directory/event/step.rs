//! The forms that the data of events have: what was before, and what is after. Nothing, where there was nothing or
//! nothing is left, is `()`, which JSON writes as null and reads from nothing else.

use super::Part;
use crate::directory::id::TeammateId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step<B, A> {
    pub before: B,
    pub after: A,
}

pub type Created<T> = Step<(), T>;
pub type Changed = Step<Part, Part>;
pub type Deleted<T> = Step<T, ()>;

impl<T> Step<(), T> {
    pub fn created(after: T) -> Self {
        Self { before: (), after }
    }
}

impl<T> Step<T, ()> {
    pub fn deleted(before: T) -> Self {
        Self { before, after: () }
    }
}

/// A group may have hundreds of thousands of members: an event tells those who came and went, not those who are there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupStep<B, A> {
    pub before: B,
    pub after: A,
    pub members_added: MembersMoved,
    pub members_removed: MembersMoved,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersMoved {
    /// All of them.
    pub count: u64,
    /// The first of them, up to a thousand.
    pub ids: Vec<TeammateId>,
}
