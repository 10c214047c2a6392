//! A list of members that comes.

use super::{AS_SENT, Intake};
use crate::scim::body::{may_hold_nul, not_json, refuse_nul_in};
use crate::scim::error::ScimError;
use crate::scim::normalise::reference::{self, MAX_REFERENCES};
use crate::scim::schema::{Attribute, GROUP};
use serde_json::Value;

pub(super) struct List {
    pub(super) depth: usize,
    /// Where in the text it began, and its last element.
    start: usize,
    pub(super) element: usize,
    count: usize,
    is_certain: bool,
    had_bare_ids: bool,
    condition: Condition,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    AsSent,
    /// Elements of it are their ids alone.
    Cut,
    /// It has an element that can't be used. So it can't be either, whatever comes behind that one.
    Unusable,
}

impl List {
    pub(super) fn at(depth: usize, start: usize, is_certain: bool) -> Self {
        Self {
            depth,
            start,
            element: start,
            count: 0,
            is_certain,
            had_bare_ids: false,
            condition: Condition::AsSent,
        }
    }
}

/// Refuses an element that is as long as all that is kept as it came.
pub(super) fn refuse_long(bytes: usize) -> Result<(), ScimError> {
    if bytes > AS_SENT {
        return Err(ScimError::invalid_value(format!(
            "A member is described by more than {AS_SENT} bytes. Send its id as the value, and less beside it; nothing \
             was changed."
        )));
    }
    Ok(())
}

/// What is kept of an element.
enum Kept {
    Id(String),
    /// An id alone, as it came.
    AsItIs,
    /// It says nothing.
    Nothing,
    /// It is refused, with the text that it has.
    Unusable,
}

impl Intake {
    pub(super) fn element_ended(&mut self, is_last: bool) -> Result<(), ScimError> {
        let Some(list) = &mut self.list else {
            return Ok(());
        };
        let element = self.text.get(list.element..).unwrap_or_default();
        if element.is_empty() {
            return match (is_last, list.count) {
                (true, 0) => Ok(()),
                _ => Err(not_json(&"an element is missing between commas")),
            };
        }
        list.count += 1;
        if list.count > MAX_REFERENCES {
            return Err(ScimError::invalid_value(format!(
                "members has more than {MAX_REFERENCES} values, the most that are accepted."
            )));
        }
        refuse_long(element.len())?;
        list.had_bare_ids |= element.starts_with(b"\"");
        let before = if list.is_certain { 0 } else { list.start };
        if self.text.len() - before <= self.as_sent {
            return Ok(());
        }
        let kept = if list.condition == Condition::Unusable {
            Kept::Nothing
        } else {
            list.condition = Condition::Cut;
            kept(element)
        };
        match kept {
            Kept::Id(id) => {
                self.text.truncate(list.element);
                let written = Value::String(id).to_string();
                self.text.extend_from_slice(written.as_bytes());
                self.id_bytes += written.len() + 1;
                self.ids += 1;
            }
            Kept::AsItIs => {
                self.id_bytes += element.len() + 1;
                self.ids += 1;
            }
            Kept::Nothing => self.text.truncate(list.element),
            Kept::Unusable => list.condition = Condition::Unusable,
        }
        // The last one left was behind a comma.
        if is_last && self.text.last() == Some(&b',') {
            self.text.pop();
        }
        Ok(())
    }

    pub(super) fn list_ended(&mut self) {
        let Some(list) = self.list.take() else {
            return;
        };
        match &mut self.operation {
            Some(operation) => {
                operation.list_ended(list.condition != Condition::AsSent, list.had_bare_ids);
            }
            None => self.had_bare_ids |= list.had_bare_ids,
        }
    }
}

fn kept(element: &[u8]) -> Kept {
    if element.starts_with(b"\"") && !element.contains(&b'\\') {
        let is_id = element
            .iter()
            .any(|byte| byte.is_ascii_graphic() && *byte != b'"');
        if is_id {
            return Kept::AsItIs;
        }
    }
    let Ok(value) = serde_json::from_slice::<Value>(element) else {
        return Kept::Unusable;
    };
    if value.is_null() {
        return Kept::Nothing;
    }
    if may_hold_nul(element) && refuse_nul_in(String::new(), &value).is_err() {
        return Kept::Unusable;
    }
    match members().map(|members| reference::id(members, &value, members.name, None)) {
        Some(Ok(Some(id))) => Kept::Id(id.to_owned()),
        _ => Kept::Unusable,
    }
}

fn members() -> Option<&'static Attribute> {
    GROUP.attribute("members")
}
