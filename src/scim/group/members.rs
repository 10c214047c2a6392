//! What a request does to the members of a group.

use std::collections::BTreeSet;

/// A change of a set of members, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
}
