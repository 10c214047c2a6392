//! A user written from the JSON text that its attributes are stored as, without parsing what is in them.
//!
//! A page shows a hundred users of which nothing is asked but to be passed on. Invariant: what is written is
//! what [`UserResource`](super::UserResource) makes of the same user, byte for byte.

use super::{GroupOfUser, UserMeta};
use crate::scim::schema::{USER, USER_URN};
use serde::Serialize;

/// A user like [`UserResource`](super::UserResource), with its attributes as text.
#[derive(Debug, Clone, Copy)]
pub struct StoredUser<'a> {
    pub user_name: &'a str,
    pub external_id: Option<&'a str>,
    pub active: Option<bool>,
    /// A JSON object in canonical form.
    pub attributes: &'a str,
    pub groups: &'a [GroupOfUser],
    pub meta: UserMeta<'a>,
}

/// What is stored is no JSON object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoObject;

impl StoredUser<'_> {
    /// Writes the resource behind what `out` holds already.
    pub fn write(&self, out: &mut Vec<u8>) -> Result<(), NoObject> {
        let attributes = members(self.attributes).ok_or(NoObject)?;
        let is_extension = |(name, _): &&(&str, &str)| name.contains(':');

        out.extend_from_slice(b"{\"schemas\":[");
        json(out, USER_URN);
        for (urn, _) in attributes.iter().filter(is_extension) {
            out.push(b',');
            out.extend_from_slice(urn.as_bytes());
        }
        out.extend_from_slice(b"],\"id\":");
        json(out, self.meta.id);
        if let Some(external_id) = self.external_id {
            member(out, "externalId", external_id);
        }
        member(out, "userName", self.user_name);
        for (name, value) in attributes.iter().filter(|one| !is_extension(one)) {
            raw_member(out, name, value);
        }
        if let Some(active) = self.active {
            member(out, "active", &active);
        }
        if !self.groups.is_empty() {
            let groups = self.groups.iter().map(|group| group.render(self.meta.base));
            member(out, "groups", &groups.collect::<Vec<_>>());
        }
        for (urn, value) in attributes.iter().filter(is_extension) {
            raw_member(out, urn, value);
        }
        member(out, "meta", &self.meta.render(&USER));
        out.push(b'}');
        Ok(())
    }
}

/// Writing into memory does not fail, and what is written here has a JSON form.
fn json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let _ = serde_json::to_writer(out, value);
}

fn member(out: &mut Vec<u8>, name: &str, value: &(impl Serialize + ?Sized)) {
    out.push(b',');
    json(out, name);
    out.push(b':');
    json(out, value);
}

/// The name is JSON, too.
fn raw_member(out: &mut Vec<u8>, name: &str, value: &str) {
    out.push(b',');
    out.extend_from_slice(name.as_bytes());
    out.push(b':');
    out.extend_from_slice(value.as_bytes());
}

/// The members of an object, each with its name and its value as they stand in the text.
fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = text.trim().strip_prefix('{')?.trim_start();
    let mut members = Vec::new();
    if rest == "}" {
        return Some(members);
    }
    loop {
        let (name, behind) = rest.split_at_checked(length_of_text(rest)?)?;
        let behind = behind.trim_start().strip_prefix(':')?.trim_start();
        let (value, behind) = behind.split_at_checked(length_of_value(behind)?)?;
        members.push((name, value));
        let behind = behind.trim_start();
        if behind == "}" {
            return Some(members);
        }
        rest = behind.strip_prefix(',')?.trim_start();
    }
}

/// Bytes of the string that a text begins with, its quotes included.
fn length_of_text(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    if bytes.next()?.1 != b'"' {
        return None;
    }
    while let Some((place, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(place + 1),
            b'\\' => {
                bytes.next()?;
            }
            _ => {}
        }
    }
    None
}

/// Bytes of the value that a text begins with.
fn length_of_value(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    let mut depth = 0_usize;
    let mut is_text = false;
    while let Some((place, byte)) = bytes.next() {
        match byte {
            b'\\' if is_text => {
                bytes.next()?;
            }
            b'"' => {
                is_text = !is_text;
                if depth == 0 && !is_text {
                    return Some(place + 1);
                }
            }
            _ if is_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(place + 1),
            b'}' | b']' if depth > 1 => depth -= 1,
            // What ends a number, true or false is what ends the object around it, or begins its next member.
            b'}' | b',' if depth == 0 && place > 0 => return Some(place),
            b'}' | b']' | b',' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
