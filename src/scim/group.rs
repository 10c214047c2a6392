//! A group as the rest of the program sees it: canonical, and free of protocol.
//!
//! A group's members may be a hundred thousand, so that no write ever holds the group as it is: what a
//! request asks for is a value of its own, [`GroupBody`] for a POST or PUT and [`GroupChange`] for a
//! PATCH, and whoever keeps the members applies the difference.
//!
//! Invariants: `display_name` is not blank; names are bounded; a member is named by the `value` of its
//! element alone (RFC 7643 section 4.2: its sub-attributes are immutable, so that nothing else of it
//! can be written), and no group is a member.

mod change;
mod choice;
mod extensions;
mod members;
mod projected;
mod render;
mod steps;

pub use super::normalise::notes::Understood;
pub use change::{MAX_DESCRIPTION_CHARACTERS, MAX_DISPLAY_NAME_CHARACTERS};
pub use choice::{MemberTest, Selection, ids_in};
pub use extensions::ExtensionChange;
#[cfg(test)]
pub use extensions::MAX_EXTENSIONS;
pub use members::MemberChange;
pub use projected::{GroupProjection, GroupWriter};
pub use render::{GroupMeta, GroupResource, Member};
#[cfg(test)]
pub use steps::Assigned;
pub use steps::{MemberStep, Selected};

use change::immutable;

use super::Object;
use super::error::ScimError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a request says of an attribute that holds a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextChange {
    /// Nothing.
    #[default]
    Keep,
    /// That it has no value: null, an empty string, or "remove".
    Clear,
    Set(String),
}

impl TextChange {
    /// What becomes of a text.
    pub fn apply(&self, current: Option<&str>) -> Option<String> {
        match self {
            Self::Keep => current.map(str::to_owned),
            Self::Clear => None,
            Self::Set(text) => Some(text.clone()),
        }
    }
}

/// The body of a POST or PUT: a group without what the server adds to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupBody {
    pub display_name: String,
    pub external_id: Option<String>,
    /// A PUT that does not speak of it leaves it as it is (RFC 7644 section 3.5.1 lets the server
    /// choose): clients that do not map the extension would wipe what the app has set.
    pub description: TextChange,
    /// What it has under the URNs of extensions, but for what is declared there. A body of an earlier version has
    /// none.
    #[serde(default, skip_serializing_if = "Object::is_empty")]
    pub extensions: Object,
    /// Nothing when the body does not speak of them.
    pub members: Option<BTreeSet<String>>,
}

/// What a PATCH comes to, whatever its operations: applying it once is applying them in their order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupChange {
    pub display_name: Option<String>,
    pub external_id: TextChange,
    pub description: TextChange,
    #[serde(default, skip_serializing_if = "ExtensionChange::is_none")]
    pub extensions: ExtensionChange,
    pub members: MemberChange,
    /// Those whom one operation added and a later one took away. They are in no part of `members` that
    /// adds, and have to be teammates all the same.
    pub passing_members: BTreeSet<String>,
    /// How many memberships end by it where each `remove` finds whom it names. Where fewer do, that is noted: what was
    /// to be gone is gone, and a client that repeats a lost answer must not see an error.
    #[serde(default)]
    pub to_end: u32,
    /// The operations on members, where some say what is true of those whom they are about: then `members`,
    /// `passing_members` and `to_end` are as good as nothing until [`GroupChange::resolved`].
    #[serde(default)]
    pub steps: Vec<MemberStep>,
    /// An object of the version before this one reads no change without it.
    #[serde(default, skip_deserializing)]
    pub must_be_members: [(); 0],
    /// Why the first operation that could not be understood is refused; nothing behind it was read.
    ///
    /// It waits, because the client is told of the first mistake in its own order, and of none where
    /// there is no such group.
    pub refusal: Option<ScimError>,
}
