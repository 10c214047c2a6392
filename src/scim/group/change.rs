//! Operations on a group, one after the other, folded into what they come to.

use super::choice::{Choice, MembersAttribute, Selection, named_by};
use super::steps::{Assigned, MemberStep, MembersEffect, Selected, refuse_excess};
use super::{GroupBody, GroupChange, MemberChange, TextChange, Understood};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal, same_text};
use crate::scim::fold;
use crate::scim::normalise;
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::operation::{Assignment, AttributeChange, OpenOperation, Operation};
use crate::scim::normalise::value::bounded;
use crate::scim::path::AttributeTarget;
use crate::scim::schema::{GROUP, TEAMMATE_GROUP_URN, USER};
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
            // A key such as `members[value eq "1"]` names a member, too; a URI in one is told by its end alone.
            sent.apply(operation, "")?;
        }
        sent.fold()?;
        if !sent.steps.is_empty() {
            return Err(ScimError::invalid_filter(
                "A body names members by their ids. Send them as members: [{\"value\": \"<id>\"}].",
            ));
        }
        let value = Self {
            display_name: sent.display_name.ok_or_else(no_name)?,
            external_id: sent.external_id.apply(None),
            description: sent.description,
            extensions: sent.extensions.of_whole(&mut notes)?,
            members: match sent.members {
                MemberChange::None => None,
                MemberChange::Delta { add, .. } | MemberChange::All(add) => Some(add),
            },
        };
        Ok(Understood { value, notes })
    }
}

impl GroupChange {
    /// Reads the body of a PATCH (RFC 7644 section 3.5.2). `base` is that of the URIs of this request.
    pub fn from_request(body: &Object, base: &str) -> Result<Understood<Self>, ScimError> {
        let mut notes = Notes::default();
        let operations = normalise::of_patch(body, &GROUP, &mut notes)?;
        // Nobody's object is asked about what is no PATCH.
        if let Some(part) = operations.unusable.iter().find(|part| part.is_malformed) {
            return Err(part.reason.clone());
        }
        let (understood, refusal) = operations.up_to_the_first_refusal();
        let users = format!("{base}{}/", USER.endpoint);
        let mut change = Self::default();
        let outcome = understood
            .into_iter()
            .try_for_each(|operation| change.apply(operation, &users));
        change.refusal = outcome.err().or(refusal);
        refuse_excess(&change.steps)?;
        change.fold()?;
        Ok(Understood {
            value: change,
            notes,
        })
    }

    /// What the change comes to once it is known whom each of its selections found, in their order.
    pub fn resolved(&self, selected: &[Selected]) -> Result<Self, ScimError> {
        let mut selected = selected.iter();
        let nobody = Selected::default();
        let mut outcome = MembersEffect::default();
        for step in &self.steps {
            let found = step.selection().and_then(|_| selected.next());
            outcome.apply(step.clone(), found.unwrap_or(&nobody))?;
        }
        Ok(Self {
            to_end: outcome.to_end(),
            members: outcome.members,
            passing_members: outcome.passing,
            steps: Vec::new(),
            display_name: self.display_name.clone(),
            external_id: self.external_id.clone(),
            description: self.description.clone(),
            extensions: self.extensions.clone(),
            refusal: self.refusal.clone(),
            must_be_members: [],
        })
    }

    /// What chooses members, in the order of the operations.
    pub fn selections(&self) -> impl Iterator<Item = &Selection> {
        self.steps.iter().filter_map(MemberStep::selection)
    }

    /// Folds the steps, unless they have to wait until it is known whom they select.
    fn fold(&mut self) -> Result<(), ScimError> {
        if self.selections().next().is_some() {
            return Ok(());
        }
        let mut outcome = MembersEffect::default();
        for step in std::mem::take(&mut self.steps) {
            outcome.apply(step, &Selected::default())?;
        }
        self.to_end = outcome.to_end();
        self.members = outcome.members;
        self.passing_members = outcome.passing;
        Ok(())
    }

    fn apply(&mut self, operation: Operation, users: &str) -> Result<(), ScimError> {
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
                "members" => {
                    self.steps.push(step(&target, change, users)?);
                    Ok(())
                }
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
}

fn step(
    target: &AttributeTarget,
    change: AttributeChange,
    users: &str,
) -> Result<MemberStep, ScimError> {
    if let Some(sub) = &target.sub {
        return Err(immutable(&sub.name));
    }
    let Some(filter) = &target.filter else {
        return Ok(match change {
            AttributeChange::Assign(Assignment::Add, list) => MemberStep::Add(ids(list)),
            AttributeChange::Assign(Assignment::Replace, list) => MemberStep::Set(ids(list)),
            AttributeChange::Remove(Some(list)) => MemberStep::Remove(ids(list)),
            AttributeChange::Remove(None) => MemberStep::RemoveAll,
        });
    };
    let members = MembersAttribute {
        attribute: target.attribute,
        users,
    };
    let choice = Choice::of(filter, members);
    let value = match change {
        AttributeChange::Remove(Some(list)) => return Ok(removal(choice.among(ids(list)))),
        AttributeChange::Remove(None) | AttributeChange::Assign(_, Value::Null) => {
            return Ok(removal(choice));
        }
        AttributeChange::Assign(_, value) => value,
    };
    let id = match value {
        Value::String(id) => Some(id),
        _ => None,
    };
    let otherwise = described(filter, id.as_deref());
    match (choice, &otherwise) {
        // There or not: nobody else is chosen, and who is not there is added.
        (Choice::Only(ids), Ok(one)) if ids.iter().eq([one]) => Ok(MemberStep::Add(ids)),
        (Choice::Only(ids), Err(refusal)) if ids.len() < 2 => Err(refusal.clone()),
        (choice, _) => Ok(MemberStep::Assign(
            choice.into_selection(),
            Assigned { id, otherwise },
        )),
    }
}

fn removal(choice: Choice) -> MemberStep {
    match choice {
        Choice::Only(ids) if ids.is_empty() => MemberStep::RemoveNobody,
        Choice::Only(ids) => MemberStep::Remove(ids),
        Choice::AllBut(ids) if ids.is_empty() => MemberStep::RemoveAll,
        other => MemberStep::RemoveSelected(other.into_selection()),
    }
}

/// Whom `add` and `replace` make a member where the filter chooses nobody: the filter says whom (bitwarden/server knows
/// such clients), or else the value.
fn described(filter: &Filter, id: Option<&str>) -> Result<String, ScimError> {
    let undescribed = |what: &str| {
        ScimError::no_target(format!(
            "No member matches [{}]. {what} Nothing was changed.",
            cut(&filter.to_string())
        ))
    };
    let equalities = filter.equalities().ok_or_else(|| {
        undescribed("A member can be added only by a filter of the form attribute eq value.")
    })?;
    let mut wanted = id;
    for (name, literal) in equalities {
        // The schema has no part of a member that is no text: others were refused with the path.
        let Literal::String(text) = literal else {
            continue;
        };
        let named = match name {
            "value" => Some(text.as_str()),
            "$ref" => named_by(text),
            "type" if same_text(text, USER.id, None) => continue,
            // It follows from the id.
            "display" => continue,
            _ => None,
        };
        match (named, wanted) {
            (Some(named), Some(wanted)) if named != wanted => return Err(immutable(name)),
            (Some(_), _) => wanted = named,
            (None, _) => {
                return Err(undescribed(
                    "A member is a user: groups are not nested here, so that none can be added.",
                ));
            }
        }
    }
    wanted
        .filter(|id| !id.trim().is_empty())
        .map(str::to_owned)
        .ok_or_else(|| undescribed("It names no id, so that nobody can be added."))
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

fn text(change: AttributeChange) -> TextChange {
    match change {
        AttributeChange::Assign(_, Value::String(text)) => TextChange::Set(text),
        _ => TextChange::Clear,
    }
}

fn display_name(change: AttributeChange) -> Result<String, ScimError> {
    match text(change) {
        TextChange::Set(name) if !fold::name(&name).is_empty() => {
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

/// RFC 7643 section 4.2.
pub(super) fn immutable(part: &str) -> ScimError {
    ScimError::mutability(format!(
        "members.{part} can't be changed. Remove the member, and add the other one."
    ))
}

#[cfg(test)]
mod tests;
