//! Operations on a group, one after the other, folded into what they come to.

use super::{GroupBody, GroupChange, MemberChange, TextChange, Understood};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal};
use crate::scim::normalise;
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::operation::{Assignment, Change, OpenOperation, Operation};
use crate::scim::normalise::value::bounded;
use crate::scim::path::Target;
use crate::scim::schema::{GROUP, TEAMMATE_GROUP_URN};
use crate::scim::user::MAX_EXTERNAL_ID_CHARACTERS;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name is an index key, as userName is.
pub const MAX_DISPLAY_NAME_CHARACTERS: usize = 1_024;

/// An event keeps the group before and after a change, and D1 holds at most 2 MB in a row.
pub const MAX_DESCRIPTION_CHARACTERS: usize = 10_000;

impl GroupBody {
    /// Reads the body of a POST or PUT (RFC 7644 sections 3.3 and 3.5.1).
    pub fn from_request(body: &Object) -> Result<Understood<Self>, ScimError> {
        let mut notes = Notes::default();
        let mut sent = GroupChange::default();
        for operation in normalise::of_body(body, &GROUP, &mut notes)? {
            sent.apply(operation)?;
        }
        let value = Self {
            display_name: sent.display_name.ok_or_else(no_name)?,
            external_id: sent.external_id.apply(None),
            description: sent.description,
            extensions: sent.extensions.of_whole(&mut notes)?,
            members: match sent.members {
                MemberChange::None => None,
                // A key such as `members[value eq "1"]` names a member, too.
                MemberChange::Delta { add, .. } | MemberChange::All(add) => Some(add),
            },
        };
        Ok(Understood { value, notes })
    }
}

impl GroupChange {
    /// Reads the body of a PATCH (RFC 7644 section 3.5.2).
    pub fn from_request(body: &Object) -> Result<Understood<Self>, ScimError> {
        let mut notes = Notes::default();
        let operations = normalise::of_patch(body, &GROUP, &mut notes)?;
        // Nobody's object is asked about what is no PATCH.
        if let Some(part) = operations.unusable.iter().find(|part| part.is_malformed) {
            return Err(part.reason.clone());
        }
        let (understood, refusal) = operations.up_to_the_first_refusal();
        let mut change = Self::default();
        let outcome = understood
            .into_iter()
            .try_for_each(|operation| change.apply(operation));
        change.refusal = outcome.err().or(refusal);
        Ok(Understood {
            value: change,
            notes,
        })
    }

    fn apply(&mut self, operation: Operation) -> Result<(), ScimError> {
        match operation {
            Operation::Declared { target, change } => match target.attribute.name {
                "displayName" => {
                    self.display_name = Some(display_name(change)?);
                    Ok(())
                }
                "externalId" => {
                    self.external_id = text(change);
                    match &self.external_id {
                        TextChange::Set(id) => {
                            bounded("externalId", id, MAX_EXTERNAL_ID_CHARACTERS)
                        }
                        _ => Ok(()),
                    }
                }
                "description" => {
                    self.description = text(change);
                    match &self.description {
                        TextChange::Set(text) => {
                            bounded("description", text, MAX_DESCRIPTION_CHARACTERS)
                        }
                        _ => Ok(()),
                    }
                }
                "members" => self.apply_to_members(&target, change),
                _ => Ok(()),
            },
            Operation::Open(operation) => {
                if matches!(&operation, OpenOperation::RemoveExtension { urn } if urn == TEAMMATE_GROUP_URN)
                {
                    self.description = TextChange::Clear;
                }
                self.extensions.push(operation);
                Ok(())
            }
        }
    }

    fn apply_to_members(&mut self, target: &Target, change: Change) -> Result<(), ScimError> {
        if let Some(sub) = &target.sub {
            return Err(immutable(&sub.name));
        }
        if let Some(filter) = &target.filter {
            let id = chosen(filter)?;
            match change {
                Change::Remove(_) => return self.remove_member(id),
                Change::Assign(_, Value::Null) => self.remove_members(one(id)),
                Change::Assign(_, Value::String(other)) if other != id => {
                    return Err(immutable("value"));
                }
                // Where nobody matches, the filter says whom to add (bitwarden/server knows such clients).
                Change::Assign(..) => self.add_members(one(id)),
            }
            return Ok(());
        }
        match change {
            Change::Assign(Assignment::Add, list) => self.add_members(ids(list)),
            Change::Assign(Assignment::Replace, list) => self.set_members(ids(list)),
            Change::Remove(Some(list)) => self.remove_members(ids(list)),
            Change::Remove(None) => self.set_members(BTreeSet::new()),
        }
        Ok(())
    }

    fn add_members(&mut self, ids: BTreeSet<String>) {
        self.passing_members.retain(|id| !ids.contains(id));
        self.members.add(ids);
    }

    fn set_members(&mut self, ids: BTreeSet<String>) {
        self.passing_members.retain(|id| !ids.contains(id));
        self.passing_members.extend(self.members.set(ids));
    }

    fn remove_members(&mut self, ids: BTreeSet<String>) {
        self.passing_members.extend(self.members.remove(ids));
    }

    /// `remove` with a filter in its path needs a target; with values it needs none, because Entra and
    /// others repeat it until it succeeds.
    fn remove_member(&mut self, id: &str) -> Result<(), ScimError> {
        match self.members.has(id) {
            Some(true) => {}
            Some(false) => return Err(not_a_member(id)),
            None => {
                self.must_be_members.insert(id.to_owned());
            }
        }
        self.remove_members(one(id));
        Ok(())
    }
}

fn one(id: &str) -> BTreeSet<String> {
    BTreeSet::from([id.to_owned()])
}

/// The ids of a canonical list of members.
fn ids(list: Value) -> BTreeSet<String> {
    let Value::Array(list) = list else {
        return BTreeSet::new();
    };
    list.into_iter()
        .filter_map(|element| match element {
            Value::String(id) => Some(id),
            _ => None,
        })
        .collect()
}

fn text(change: Change) -> TextChange {
    match change {
        Change::Assign(_, Value::String(text)) => TextChange::Set(text),
        _ => TextChange::Clear,
    }
}

fn display_name(change: Change) -> Result<String, ScimError> {
    match text(change) {
        TextChange::Set(name) if !name.trim().is_empty() => {
            bounded("displayName", &name, MAX_DISPLAY_NAME_CHARACTERS)?;
            Ok(name)
        }
        _ => Err(no_name()),
    }
}

fn no_name() -> ScimError {
    ScimError::invalid_value(
        "displayName is missing or blank. Map an attribute to displayName in the identity provider, usually \
         the group's name.",
    )
}

/// The member whom a value filter chooses.
fn chosen(filter: &Filter) -> Result<&str, ScimError> {
    match filter.equalities().as_deref() {
        Some([("value", Literal::String(id))]) if !id.trim().is_empty() => Ok(id),
        _ => Err(ScimError::invalid_filter(format!(
            "members[{}] can't be used here: a member is told by its id alone. Send one operation for each \
             member, with the path members[value eq \"<id>\"].",
            cut(&filter.to_string())
        ))),
    }
}

/// Why `members[value eq "..."]` removes nobody.
pub(crate) fn not_a_member(id: &str) -> ScimError {
    ScimError::no_target(format!(
        "members[value eq \"{}\"] matches nothing: no member of the group has that id, so that there is none \
         to remove. Nothing was changed.",
        cut(id)
    ))
}

/// RFC 7643 section 4.2.
fn immutable(part: &str) -> ScimError {
    ScimError::mutability(format!(
        "members.{part} can't be changed. Remove the member, and add the other one."
    ))
}

#[cfg(test)]
mod tests;
