//! Operations on values that no schema declares. What an operation means there follows from what is there: an
//! object takes parts, a list takes and loses elements, anything else is replaced.
//!
//! Invariants: a list or an object that an operation empties is gone; names are compared exactly, since they may
//! be ids.

mod elements;

use super::budget::Budget;
use super::put;
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::operation::Assignment;
use crate::scim::path::open_path;
use elements::{added, changed_in_chosen, changed_in_each, without};
use serde_json::Value;

/// What is done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// Null clears.
    Assign(Assignment, &'a Value),
    /// With values, those alone are taken from a list.
    Remove(Option<&'a Value>),
}

impl Step<'_> {
    /// Whether nothing can come of it where nothing is.
    fn only_takes(self) -> bool {
        matches!(self, Self::Remove(_) | Self::Assign(_, Value::Null))
    }
}

/// What doing it costs, and what is said of it.
pub(super) struct Work<'a> {
    budget: &'a mut Budget,
    notes: &'a mut Notes,
    /// What the request calls it.
    at: &'a str,
    /// The same as messages have it.
    name: String,
    /// Whether something was to be removed that was there, and that was not.
    has_removed: bool,
    has_missed: bool,
}

impl<'a> Work<'a> {
    pub(super) fn new(budget: &'a mut Budget, notes: &'a mut Notes, at: &'a str) -> Self {
        Self {
            budget,
            notes,
            at,
            name: cut(at),
            has_removed: false,
            has_missed: false,
        }
    }

    fn removed(&mut self, something: bool) {
        self.has_removed |= something;
        self.has_missed |= !something;
    }

    /// RFC 7644 section 3.5.2.2 would have `noTarget` where nothing was removed, but what was to be gone is gone:
    /// who repeats a request whose answer was lost must not see an error.
    pub(super) fn conclude(self) {
        if self.has_missed && !self.has_removed {
            self.notes.push(format!(
                "removed nothing from {}: what was to be removed is not there",
                self.name
            ));
        }
    }
}

/// Whether a path names something that is there, or a part of something that can have parts.
pub(super) fn leads_somewhere(members: &Object, path: &str) -> bool {
    members.contains_key(path) || parent(members, path).is_some()
}

/// Changes what a path leads to.
pub(super) fn change_path(
    members: &mut Object,
    path: &str,
    step: Step,
    work: &mut Work,
) -> Result<(), ScimError> {
    if members.contains_key(path) {
        return change_member(members, path, step, work);
    }
    if let Some((name, sub)) =
        parent(members, path).and_then(|(name, rest)| Some((name, rest.strip_prefix('.')?)))
    {
        let is_empty = match members.get_mut(name) {
            Some(Value::Object(parts)) => {
                change_path(parts, sub, step, work)?;
                parts.is_empty()
            }
            Some(Value::Array(list)) => {
                changed_in_each(list, sub, step, work)?;
                list.is_empty()
            }
            _ => false,
        };
        if is_empty {
            put(members, name, None);
        }
        return Ok(());
    }
    match open_path::chosen(path)? {
        Some(chosen) => {
            let after = changed_in_chosen(members.get(chosen.name), &chosen, step, work)?;
            put(members, chosen.name, after);
            Ok(())
        }
        None => change_member(members, path, step, work),
    }
}

/// Changes the member of that very name.
pub(super) fn change_member(
    members: &mut Object,
    name: &str,
    step: Step,
    work: &mut Work,
) -> Result<(), ScimError> {
    let after = changed(members.get(name), step, work)?;
    put(members, name, after);
    Ok(())
}

/// The longest name in front of the rest of a path that is there and can hold the rest.
fn parent<'a>(members: &Object, path: &'a str) -> Option<(&'a str, &'a str)> {
    open_path::ends(path).find(|(name, rest)| match members.get(*name) {
        Some(Value::Object(_) | Value::Array(_)) => true,
        // A filter can choose any value: a bare one is its own `value` (RFC 7643 section 2.4).
        Some(_) => rest.starts_with('['),
        None => false,
    })
}

/// What becomes of a value.
fn changed(
    current: Option<&Value>,
    step: Step,
    work: &mut Work,
) -> Result<Option<Value>, ScimError> {
    match (step, current) {
        (Step::Assign(Assignment::Add, Value::Null), Some(list @ Value::Array(_))) => {
            Ok(Some(list.clone()))
        }
        (Step::Assign(_, Value::Null), _) => Ok(None),
        (Step::Assign(Assignment::Add, sent), Some(Value::Array(list))) => {
            let sent = match sent {
                Value::Array(sent) => sent.as_slice(),
                one => std::slice::from_ref(one),
            };
            added(list, sent, work).map(Some)
        }
        // RFC 7644 section 3.5.2.3: of a complex value, only the parts that are sent are replaced.
        (Step::Assign(_, Value::Object(sent)), Some(Value::Object(parts))) => {
            Ok(Some(Value::Object(merged(parts.clone(), sent))))
        }
        (Step::Assign(_, sent), _) => Ok(Some(sent.clone())),
        (Step::Remove(Some(named)), Some(Value::Array(list))) => without(list, named, work),
        (Step::Remove(_), current) => {
            work.removed(current.is_some());
            Ok(None)
        }
    }
}

/// Lays the members of one object over another; null takes one out.
fn merged(mut parts: Object, sent: &Object) -> Object {
    for (name, part) in sent {
        put(&mut parts, name, super::assigned(part));
    }
    parts
}
