//! What the operator's app says of a teammate group, to create or edit it or to change its members.

use super::administration::{GroupEdit, NewGroup};
use super::request::Administer;
use crate::directory::edit::{Field, Given, readable_line};
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::scim::group::{
    MAX_DESCRIPTION_CHARACTERS, MAX_DISPLAY_NAME_CHARACTERS, MemberChange, TextChange,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A group, to create.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "NewGroup"))]
#[serde(deny_unknown_fields)]
pub struct Creation {
    /// Unique among the company's active groups.
    display_name: String,
    /// For people; an empty text is none.
    #[serde(default)]
    description: Option<String>,
    /// Ids of teammates.
    #[serde(default)]
    members: BTreeSet<String>,
}

impl Creation {
    pub fn request(self, new_id: GroupId) -> Result<Administer, Refusal> {
        let new = NewGroup {
            display_name: display_name(&self.display_name)?,
            description: match self.description {
                Some(text) => description(text)?,
                None => None,
            },
            members: self.members,
        };
        Ok(Administer::Create { new, new_id })
    }
}

/// What of a group is to change. What is absent stays; `null` takes away.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "GroupEdit"))]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Unique among the company's active groups.
    #[serde(default)]
    display_name: Given<String>,
    /// For people; an empty text is none.
    #[serde(default)]
    description: Field<String>,
    /// `false` takes the group from its identity provider. It can't be set to `true`.
    #[serde(default)]
    idp_managed: Given<bool>,
}

impl Edit {
    pub fn request(self, id: GroupId) -> Result<Administer, Refusal> {
        let releases = match self.idp_managed.0 {
            Some(true) => {
                return Err(Refusal::InvalidInput(
                    "\"idp_managed\" can only be set to false, which releases the group. A group becomes IdP-managed by the \
                     first write of its identity provider: push or link it there."
                        .to_owned(),
                ));
            }
            released => released == Some(false),
        };
        let edit = GroupEdit {
            display_name: match self.display_name.0 {
                Some(name) => Some(display_name(&name)?),
                None => None,
            },
            description: match self.description {
                Field::Absent => TextChange::Keep,
                Field::Null => TextChange::Clear,
                Field::Value(text) => description(text)?.map_or(TextChange::Clear, TextChange::Set),
            },
        };
        Ok(if releases {
            Administer::Release { id, edit }
        } else {
            Administer::Edit { id, edit }
        })
    }
}

/// Who comes and who goes. It may be said again: who is there, or is gone, stays as it is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MembersDelta {
    /// Ids of teammates who are to be members.
    #[serde(default)]
    add: BTreeSet<String>,
    /// Ids of teammates who are not to be members any more.
    #[serde(default)]
    remove: BTreeSet<String>,
}

impl MembersDelta {
    pub fn request(self, id: GroupId) -> Result<Administer, Refusal> {
        let Self { add, remove } = self;
        if let Some(id) = add.intersection(&remove).next() {
            return Err(Refusal::InvalidInput(format!(
                "\"add\" and \"remove\" both name \"{id}\"."
            )));
        }
        let change = if add.is_empty() && remove.is_empty() {
            MemberChange::None
        } else {
            MemberChange::Delta { add, remove }
        };
        Ok(Administer::ChangeMembers { id, change })
    }
}

/// All who are to be members.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllMembers {
    /// Ids of teammates.
    members: BTreeSet<String>,
}

impl AllMembers {
    pub fn request(self, id: GroupId) -> Administer {
        let change = MemberChange::All(self.members);
        Administer::ChangeMembers { id, change }
    }
}

/// Who of the unconfirmed members is to go.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "UnconfirmedMembers"))]
#[serde(deny_unknown_fields)]
pub struct Unconfirmed {
    /// Ids of teammates; all who are unconfirmed where it is absent.
    #[serde(default)]
    ids: Given<BTreeSet<String>>,
}

impl Unconfirmed {
    pub fn request(self, id: GroupId) -> Administer {
        Administer::DropUnconfirmed {
            id,
            ids: self.ids.0,
        }
    }
}

/// As bounded as what an identity provider gives.
fn display_name(name: &str) -> Result<String, Refusal> {
    readable_line("display_name", name, MAX_DISPLAY_NAME_CHARACTERS)
}

/// An empty text is none.
fn description(text: String) -> Result<Option<String>, Refusal> {
    if text.chars().count() > MAX_DESCRIPTION_CHARACTERS {
        return Err(Refusal::InvalidInput(format!(
            "\"description\" must be a text of at most {MAX_DESCRIPTION_CHARACTERS} characters."
        )));
    }
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}
