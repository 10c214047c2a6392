//! What the operator's app says of a teammate group, to create or edit it or to change its members.

use super::administration::{GroupEdit, NewGroup};
use super::request::Administer;
use crate::directory::edit::{Field, not_null, readable_line};
use crate::directory::id::GroupId;
use crate::directory::refusal::Refusal;
use crate::scim::group::{
    MAX_DESCRIPTION_CHARACTERS, MAX_DISPLAY_NAME_CHARACTERS, MemberChange, TextChange,
};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Creation {
    /// Unique among the company's active groups.
    display_name: String,
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

/// What is absent stays; `null` takes away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    #[serde(default, deserialize_with = "not_null")]
    display_name: Option<String>,
    #[serde(default)]
    description: Field<String>,
    /// `false` takes the group from its identity provider.
    #[serde(default, deserialize_with = "not_null")]
    idp_managed: Option<bool>,
}

impl Edit {
    pub fn request(self, id: GroupId) -> Result<Administer, Refusal> {
        let releases = match self.idp_managed {
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
            display_name: match self.display_name {
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
#[serde(deny_unknown_fields)]
pub struct MembersDelta {
    /// Ids of teammates.
    #[serde(default)]
    add: BTreeSet<String>,
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
#[serde(deny_unknown_fields)]
pub struct Unconfirmed {
    /// All of them where it is absent.
    #[serde(default, deserialize_with = "not_null")]
    ids: Option<BTreeSet<String>>,
}

impl Unconfirmed {
    pub fn request(self, id: GroupId) -> Administer {
        Administer::DropUnconfirmed { id, ids: self.ids }
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
