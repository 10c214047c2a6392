//! Operations on values that no schema declares. What an operation means there follows from what is there: an
//! object takes parts, a list takes and loses elements, anything else is replaced.
//!
//! Invariants: a list or an object that an operation empties is gone; what has the very name is meant before what has
//! it but for letter case.

mod elements;

use super::budget::Budget;
use super::{put, spelled};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimError;
use crate::scim::member::assigned;
use crate::scim::normalise::describe::cut;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::operation::Assignment;
use crate::scim::normalise::value::{MAX_ELEMENTS, at_most, names_nothing};
use crate::scim::path::open_path;
use elements::{added, changed_in_chosen, changed_in_each, is_named, same_but_for_case, without};
use serde_json::Value;

/// What is done.
#[derive(Debug, Clone, Copy)]
pub(super) enum OpenChange<'a> {
    /// Null clears.
    Assign(Assignment, &'a Value),
    /// With values, those alone are taken from a list.
    Remove(Option<&'a Value>),
}

impl OpenChange<'_> {
    /// Whether nothing can come of it where nothing is.
    fn only_takes(self) -> bool {
        matches!(self, Self::Remove(_) | Self::Assign(_, Value::Null))
    }
}

/// How names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// They are ids, or come as they are to be kept.
    Exact,
    /// RFC 7643 section 2.1.
    InAnyCase,
}

impl Names {
    /// The key that a name means, where it is there.
    fn key(self, members: &Object, name: &str) -> Option<String> {
        match members.get_key_value(name) {
            Some((key, _)) => Some(key.clone()),
            None if self == Self::InAnyCase => spelled(members, name),
            None => None,
        }
    }
}

/// What doing it costs, and what is said of it.
pub(super) struct Work<'a> {
    budget: &'a mut Budget,
    notes: &'a mut Notes,
    /// What the request calls it.
    at: &'a str,
    /// What messages call it.
    name: String,
    names: Names,
    /// Whether something was to be removed that was there, and that was not.
    has_removed: bool,
    has_missed: bool,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        budget: &'a mut Budget,
        notes: &'a mut Notes,
        at: &'a str,
        names: Names,
    ) -> Self {
        Self {
            budget,
            notes,
            at,
            name: cut(at),
            names,
            has_removed: false,
            has_missed: false,
        }
    }

    /// The key that a name means, or else the name: each key may have to be looked at.
    fn key(&mut self, members: &Object, name: &str) -> Result<String, ScimError> {
        self.budget.look_up(members, &self.name)?;
        let key = self.names.key(members, name);
        Ok(key.unwrap_or_else(|| name.to_owned()))
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
pub(super) fn leads_somewhere(members: &Object, path: &str, names: Names) -> bool {
    names.key(members, path).is_some() || parent(members, path, names).is_some()
}

/// Changes what a path leads to.
pub(super) fn change_path(
    members: &mut Object,
    path: &str,
    step: OpenChange,
    work: &mut Work,
) -> Result<(), ScimError> {
    let key = work.key(members, path)?;
    if members.contains_key(&key) {
        return change_at(members, &key, step, work);
    }
    if let Some((key, rest)) = parent(members, path, work.names)
        && let Some(sub) = rest.strip_prefix('.')
    {
        let is_empty = match members.get_mut(&key) {
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
            put(members, &key, None);
        }
        return Ok(());
    }
    match open_path::chosen(path)? {
        Some(chosen) => {
            let key = work.key(members, chosen.name)?;
            let after = changed_in_chosen(members.get(&key), &chosen, step, work)?;
            put(members, &key, after);
            Ok(())
        }
        None => change_at(members, path, step, work),
    }
}

/// Changes the member that a name means, whatever the name holds.
pub(super) fn change_member(
    members: &mut Object,
    name: &str,
    step: OpenChange,
    work: &mut Work,
) -> Result<(), ScimError> {
    let key = work.key(members, name)?;
    change_at(members, &key, step, work)
}

fn change_at(
    members: &mut Object,
    key: &str,
    step: OpenChange,
    work: &mut Work,
) -> Result<(), ScimError> {
    let after = changed(members.get(key), step, work)?;
    put(members, key, after);
    Ok(())
}

/// The longest name in front of the rest of a path that is there and can hold the rest.
fn parent<'a>(members: &Object, path: &'a str, names: Names) -> Option<(String, &'a str)> {
    let among = |names: Names| {
        open_path::ends(path).find_map(|(name, rest)| {
            let key = names.key(members, name)?;
            let can_hold = match members.get(&key)? {
                Value::Object(_) | Value::Array(_) => true,
                // A filter can choose any value: a bare one is its own `value` (RFC 7643 section 2.4).
                _ => rest.starts_with('['),
            };
            can_hold.then_some((key, rest))
        })
    };
    let exactly = among(Names::Exact);
    exactly.or_else(|| (names == Names::InAnyCase).then(|| among(names)).flatten())
}

/// Takes away what has the value that is named, and nothing where nothing has: of a list those elements, of an object
/// those members.
pub(super) fn take_named(
    parts: &mut Object,
    named: &Value,
    work: &mut Work,
) -> Result<(), ScimError> {
    let named = match named {
        Value::Array(named) => named.as_slice(),
        one => std::slice::from_ref(one),
    };
    at_most(MAX_ELEMENTS, named.len(), &work.name)?;
    work.notes.quirk(Quirk::RemoveByValue, work.at);
    for named in named {
        let members = match named {
            Value::Object(members)
                if assigned(members, "value").is_none() || assigned(parts, "value").is_none() =>
            {
                members
            }
            // An object with a `value` is that value, as an element of a list is.
            named => {
                let current = Value::Object(std::mem::take(parts));
                let is_meant = is_named(&current, named, same_but_for_case);
                work.removed(is_meant);
                if let (false, Value::Object(stays)) = (is_meant, current) {
                    *parts = stays;
                }
                continue;
            }
        };
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let key = work.key(parts, name)?;
            let is_empty = match parts.get_mut(&key) {
                Some(Value::Object(inner)) if value.is_object() => {
                    take_named(inner, value, work)?;
                    inner.is_empty()
                }
                Some(Value::Array(list)) => match without(list, value, work)? {
                    Some(Value::Array(left)) => {
                        *list = left;
                        false
                    }
                    _ => true,
                },
                Some(present) => {
                    let is_same = same_but_for_case(present, value);
                    work.removed(is_same);
                    is_same
                }
                None => {
                    work.removed(false);
                    false
                }
            };
            if is_empty {
                put(parts, &key, None);
            }
        }
    }
    Ok(())
}

/// What becomes of a value.
fn changed(
    current: Option<&Value>,
    step: OpenChange,
    work: &mut Work,
) -> Result<Option<Value>, ScimError> {
    match (step, current) {
        (OpenChange::Assign(Assignment::Add, Value::Null), Some(list @ Value::Array(_))) => {
            Ok(Some(list.clone()))
        }
        (OpenChange::Assign(_, Value::Null), _) => Ok(None),
        (OpenChange::Assign(Assignment::Add, sent), Some(Value::Array(list))) => {
            let sent = match sent {
                Value::Array(sent) => sent.as_slice(),
                one => std::slice::from_ref(one),
            };
            added(list, sent, work).map(Some)
        }
        // RFC 7644 section 3.5.2.3: of a complex value, only the parts that are sent are replaced. A part that is null is
        // unassigned (RFC 7643 section 2.5), be it there or not: what is sent twice comes to what it comes to once.
        (OpenChange::Assign(_, Value::Object(sent)), current) => {
            let parts = current.and_then(Value::as_object).cloned();
            let parts = merged(parts.unwrap_or_default(), sent, work)?;
            Ok((!parts.is_empty() || sent.is_empty()).then_some(Value::Object(parts)))
        }
        (OpenChange::Assign(_, sent), _) => Ok(Some(sent.clone())),
        (OpenChange::Remove(Some(named)), Some(Value::Array(list))) => without(list, named, work),
        (OpenChange::Remove(Some(named)), Some(Value::Object(parts))) if !names_nothing(named) => {
            let mut parts = parts.clone();
            take_named(&mut parts, named, work)?;
            Ok((!parts.is_empty()).then_some(Value::Object(parts)))
        }
        // Of a plain value RFC 7644 section 3.5.2.2 knows no `remove` with a value: it is ignored.
        (OpenChange::Remove(_), current) => {
            work.removed(current.is_some());
            Ok(None)
        }
    }
}

/// Lays the members of one object over another; null takes one out.
fn merged(mut parts: Object, sent: &Object, work: &mut Work) -> Result<Object, ScimError> {
    for (name, part) in sent {
        let key = work.key(&parts, name)?;
        put(&mut parts, &key, super::assigned(part));
    }
    Ok(parts)
}
