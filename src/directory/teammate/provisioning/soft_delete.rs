//! Entra ID renames whom it soft-deletes: the 32 hex digits of the object's id come in front of the userName and of
//! whatever is mapped from it, an e-mail address mostly. The provisioning service sends that beside `active` false, or
//! in a request of its own, before or after (onyx pull request 14074, ssoready issue 166).
//!
//! It is no new name: nobody will ever look the teammate up by it, and within 30 days the person may be restored, or
//! made anew, under the old one. So of a teammate that is blocked, or is being blocked, the name and what is mapped
//! from it stay. Of one that is active and stays so a rename is a rename; that of the userName is remembered, and taken
//! back when the block follows.
//!
//! Invariant: once the digits are known to be an object's id, because they stand in front of what the teammate was
//! called, no text of a blocked teammate begins with them, in however many requests and whatever order they came.

use super::Notes;
use crate::directory::teammate::found::Found;
use crate::directory::teammate::{State, Teammate};
use crate::scim::Object;
use crate::scim::fold;
use crate::scim::user::User;
use serde_json::Value;
use std::borrow::Cow;

/// Hex digits of an object's id, written without dashes.
const ID_DIGITS: usize = 32;

/// The digits in front of a text, and the text behind them.
fn marked(text: &str) -> Option<(&str, &str)> {
    let (digits, rest) = text.split_at_checked(ID_DIGITS)?;
    let is_id = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && !rest.is_empty()).then_some((digits, rest))
}

/// Whether `text` is `name` with an object's id in front.
fn is_marked(text: &str, name: &str) -> bool {
    marked(text).is_some_and(|(_, rest)| fold::name(rest) == fold::name(name))
}

/// The user without what a soft delete makes of it, where the teammate ends up in `state`.
pub(super) fn undone<'a>(
    current: &Teammate,
    found: &Found,
    asked: &'a User,
    state: State,
    notes: &mut Notes,
) -> Cow<'a, User> {
    if state == State::Active {
        return Cow::Borrowed(asked);
    }
    let mut user = asked.clone();
    let mut ids = Vec::new();
    if let Some((digits, name)) = unrenamed(current, found, &asked.user_name) {
        ids.push(digits);
        user.user_name = name;
    }
    if let (Some(id), Some(was)) = (&asked.external_id, &current.external_id)
        && let Some((digits, _)) = marked(id).filter(|_| is_marked(id, was))
    {
        ids.push(digits.to_owned());
    }
    ids.extend(ids_of_emails(current, asked, &user.user_name));
    keep_old(&mut user.attributes, &current.attributes, &user.user_name);
    // What came in requests of its own, before anybody could know.
    for digits in &ids {
        if let Some(id) = &mut user.external_id {
            unmark_text(id, digits);
        }
        for value in user.attributes.values_mut() {
            unmark(value, digits);
        }
    }
    if user == *asked {
        return Cow::Borrowed(asked);
    }
    notes.push(
        "32 hex digits were in front of the userName, or of what is mapped from it, as Entra ID puts them there when \
         a person is deleted: the teammate is blocked, and name and e-mails stay as they were"
            .to_owned(),
    );
    Cow::Owned(user)
}

/// What is remembered of a userName that becomes `user_name`, of a teammate that ends up in `state`.
pub(super) fn remembered(current: &Teammate, user_name: &str, state: State) -> Option<String> {
    if user_name == current.user_name {
        return current.renamed_from.clone();
    }
    (state == State::Active && is_marked(user_name, &current.user_name))
        .then(|| current.user_name.clone())
}

/// The teammate as it is removed: under its old name, where a soft delete has renamed it.
pub(super) fn removed(current: &Teammate, found: &Found, notes: &mut Notes) -> Teammate {
    let asked = current.as_user();
    let user = undone(current, found, &asked, State::Removed, notes).into_owned();
    Teammate {
        state: State::Removed,
        renamed_from: remembered(current, &user.user_name, State::Removed),
        user_name: user.user_name,
        attributes: user.attributes.into(),
        ..current.clone()
    }
}

/// The digits in front of the userName, and the name that it stays: the one that the teammate has, or the one that it
/// had before it was renamed while it was active, as long as nobody else has that name now.
fn unrenamed(current: &Teammate, found: &Found, asked: &str) -> Option<(String, String)> {
    let (digits, _) = marked(asked)?;
    if is_marked(asked, &current.user_name) {
        return Some((digits.to_owned(), current.user_name.clone()));
    }
    let name = current.renamed_from.as_ref()?;
    let is_free = found.other_holder(name, current).is_none();
    let stays = asked == current.user_name && is_marked(asked, name);
    (stays && is_free).then(|| (digits.to_owned(), name.clone()))
}

/// The digits in front of e-mail addresses that are otherwise the userName, or a former address: where the name itself
/// is not mapped, or comes later, the address alone tells.
fn ids_of_emails(current: &Teammate, asked: &User, user_name: &str) -> Vec<String> {
    let mut old: Vec<String> = current
        .view()
        .emails()
        .into_iter()
        .map(fold::name)
        .collect();
    old.push(fold::name(user_name));
    old.sort();
    let sent = asked.view().emails().into_iter().filter_map(marked);
    sent.filter(|(_, address)| old.binary_search(&fold::name(address)).is_ok())
        .map(|(digits, _)| digits.to_owned())
        .collect()
}

/// Leaves every attribute as it was that now holds an old text of its own, or the userName, with an id in front.
fn keep_old(attributes: &mut Object, before: &Object, user_name: &str) {
    let nothing = Object::new();
    let names: Vec<String> = attributes.keys().cloned().collect();
    for name in names {
        let was = before.get(&name);
        let Some(now) = attributes.get_mut(&name).filter(|now| Some(&**now) != was) else {
            continue;
        };
        if let Value::Object(members) = now
            && name.contains(':')
        {
            let was = was.and_then(Value::as_object).unwrap_or(&nothing);
            keep_old(members, was, user_name);
            if members.is_empty() {
                attributes.shift_remove(&name);
            }
        } else if is_renamed(now, was, user_name) {
            match was {
                Some(was) => *now = was.clone(),
                None => {
                    attributes.shift_remove(&name);
                }
            }
        }
    }
}

fn is_renamed(now: &Value, was: Option<&Value>, user_name: &str) -> bool {
    let mut names: Vec<String> = texts(now)
        .into_iter()
        .filter_map(marked)
        .map(|(_, rest)| fold::name(rest))
        .collect();
    if names.is_empty() {
        return false;
    }
    names.sort();
    let is_one = |text: &str| names.binary_search(&fold::name(text)).is_ok();
    is_one(user_name) || was.is_some_and(|was| texts(was).into_iter().any(is_one))
}

/// The texts in a value, which is as deep as a request may be.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn unmark(value: &mut Value, digits: &str) {
    match value {
        Value::String(text) => unmark_text(text, digits),
        Value::Array(list) => list.iter_mut().for_each(|value| unmark(value, digits)),
        Value::Object(members) => members.values_mut().for_each(|value| unmark(value, digits)),
        _ => {}
    }
}

fn unmark_text(text: &mut String, digits: &str) {
    if let Some((own, rest)) = marked(text)
        && own.eq_ignore_ascii_case(digits)
    {
        *text = rest.to_owned();
    }
}

#[cfg(test)]
mod tests;
