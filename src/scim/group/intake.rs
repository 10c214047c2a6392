//! The body of a write to a group, read as it comes: a hundred thousand members, as identity providers write them, are
//! 16 MB, of which their ids are three.
//!
//! What is kept is the text, without blanks, and from [`AS_SENT`] on of each member the id alone. What is read of that
//! text at last is the same request: whether and how an element names a teammate is asked of the one function that
//! asks it of a short list, and one that it refuses stays as it came.
//!
//! Invariants: what is held is bounded ([`MAX_BESIDE_MEMBERS`], [`MAX_HELD`]), however long the body; no tree is made
//! of more than one member before the end; nothing but lists of members is cut down.

use crate::scim::Object;
use crate::scim::body::{Bounds, MAX_DEPTH, MAX_VALUES, not_json, parse_within, too_deep};
use crate::scim::error::ScimError;
use crate::scim::normalise::Sent;
use crate::scim::normalise::reference::MAX_REFERENCES;
use crate::scim::path::{AttributeTarget, MAX_PATH_LENGTH, Path};
use crate::scim::schema::{Elements, GROUP};

mod list;
mod operation;

use list::List;
use operation::Operation;

/// Bytes of the text that are kept as they came: the log keeps less of it, and an attribute of a group that is none of
/// its members can't have more.
const AS_SENT: usize = 64 * 1024;

/// Bytes of the text beside the ids of members: what any other resource may have.
const MAX_BESIDE_MEMBERS: usize = 512 * 1024;

/// Bytes that are kept of one body: 400,000 members have 13.2 million. What an isolate holds of one company's bodies has
/// room for the largest.
const MAX_HELD: usize = 13 * 1024 * 1024;

/// Members that one body names, in all of its lists: a whole company to come and as many to go.
const MAX_NAMED: usize = 2 * MAX_REFERENCES;

/// What the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// A group, as POST and PUT send it.
    Resource,
    /// Operations on one.
    Patch,
    /// What the management API takes: it names members by their ids from the start.
    Plain,
}

/// A body that has come whole.
#[derive(Debug, Default)]
pub struct Read {
    pub body: Object,
    had_bare_ids: Option<bool>,
}

impl From<Object> for Read {
    fn from(body: Object) -> Self {
        Self {
            body,
            had_bare_ids: None,
        }
    }
}

impl<'a> From<&'a Read> for Sent<'a> {
    fn from(read: &'a Read) -> Self {
        Self {
            body: &read.body,
            had_bare_ids: read.had_bare_ids,
        }
    }
}

/// An object or list that has begun and not ended.
struct Open {
    is_list: bool,
    /// Of an object: the name before the value that comes.
    key: Option<String>,
}

/// Where the text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Behind a character of it.
    Token,
    /// Behind blanks, which were passed over.
    Blank,
    String,
    /// Behind the backslash of an escape.
    Escape,
}

pub struct Intake {
    kind: MessageKind,
    as_sent: usize,
    text: Vec<u8>,
    open: Vec<Open>,
    /// Where the string began that comes, or came last.
    string: usize,
    at: At,
    list: Option<List>,
    operation: Option<Operation>,
    /// Bytes of ids that stand for members, and how many they are.
    id_bytes: usize,
    ids: usize,
    had_bare_ids: bool,
}

impl Intake {
    pub fn new(kind: MessageKind) -> Self {
        Self {
            kind,
            as_sent: AS_SENT,
            text: Vec::new(),
            open: Vec::new(),
            string: 0,
            at: At::Token,
            list: None,
            operation: None,
            id_bytes: 0,
            ids: 0,
            had_bare_ids: false,
        }
    }

    /// Bytes that are held.
    pub fn held(&self) -> usize {
        self.text.len()
    }

    /// Takes the bytes that come next.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), ScimError> {
        self.make_room(bytes.len());
        let mut rest = bytes;
        while let Some((byte, behind)) = rest.split_first() {
            match (self.at, byte) {
                (At::String | At::Escape, _) => {
                    rest = self.of_string(rest);
                    continue;
                }
                (_, b' ' | b'\n' | b'\r' | b'\t') => self.at = At::Blank,
                (before, byte) => {
                    self.at = At::Token;
                    self.character(*byte, before == At::Blank)?;
                }
            }
            rest = behind;
        }
        self.refuse_excess()
    }

    /// The whole body.
    pub fn read(self) -> Result<Read, ScimError> {
        let bounds = Bounds {
            levels: MAX_DEPTH,
            values: MAX_VALUES
                + if self.kind == MessageKind::Plain {
                    MAX_NAMED
                } else {
                    self.ids
                },
        };
        Ok(Read {
            body: parse_within(&self.text, bounds)?,
            had_bare_ids: (self.ids > 0).then_some(self.had_bare_ids),
        })
    }

    /// A vector doubles, and holds three times as much while it does.
    fn make_room(&mut self, more: usize) {
        if self.text.capacity() - self.text.len() < more {
            self.text.reserve_exact(more.max(self.text.len() / 8));
        }
    }

    fn refuse_excess(&self) -> Result<(), ScimError> {
        if let Some(list) = &self.list {
            list::refuse_long(self.text.len().saturating_sub(list.element))?;
        }
        let beside = self.text.len().saturating_sub(self.id_bytes);
        if self.kind != MessageKind::Plain && beside > MAX_BESIDE_MEMBERS {
            return Err(ScimError::new(
                413,
                format!(
                    "Beside the ids of its members, the body has more than {MAX_BESIDE_MEMBERS} bytes, the most that is \
                     taken here. Nothing was changed."
                ),
            ));
        }
        if self.text.len() > MAX_HELD {
            return Err(ScimError::invalid_value(format!(
                "The ids of the members have more than {MAX_HELD} bytes, the most that one request takes. Check that \
                 they are the ids of teammates, and add or remove them in several requests; nothing was changed."
            )));
        }
        if self.ids > MAX_NAMED {
            return Err(ScimError::invalid_value(format!(
                "The body names more than {MAX_NAMED} members. Add or remove them in several requests; nothing was \
                 changed."
            )));
        }
        Ok(())
    }

    /// As much as there is of a string; gives back what stands behind it.
    fn of_string<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        if self.at == At::Escape {
            self.at = At::String;
            let (escaped, rest) = bytes.split_at(bytes.len().min(1));
            self.text.extend_from_slice(escaped);
            return rest;
        }
        let stop = bytes
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\'))
            .map_or(bytes.len(), |place| place + 1);
        let (part, rest) = bytes.split_at(stop);
        self.text.extend_from_slice(part);
        match part.last() {
            Some(b'\\') => self.at = At::Escape,
            Some(b'"') => {
                self.at = At::Token;
                self.string_ended();
            }
            _ => {}
        }
        rest
    }

    fn character(&mut self, byte: u8, is_behind_blank: bool) -> Result<(), ScimError> {
        match byte {
            b'"' => {
                self.string = self.text.len();
                self.at = At::String;
            }
            b'{' | b'[' => return self.opens(byte == b'['),
            b'}' | b']' => return self.closes(byte == b']'),
            b',' => return self.next(),
            b':' => self.name(),
            // A blank between two of these is no blank between two strings or brackets: without it they were one.
            _ if is_behind_blank && self.text.last().is_some_and(|last| is_of_word(*last)) => {
                self.text.push(b' ');
            }
            _ => {}
        }
        self.text.push(byte);
        Ok(())
    }

    fn opens(&mut self, is_list: bool) -> Result<(), ScimError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep());
        }
        let members = if is_list { self.names_members() } else { None };
        if !is_list && self.begins_operation() {
            self.operation = Some(Operation::at(self.open.len() + 1));
        }
        self.text.push(if is_list { b'[' } else { b'{' });
        self.open.push(Open { is_list, key: None });
        if let Some(is_certain) = members {
            self.list = Some(List::at(self.open.len(), self.text.len(), is_certain));
        }
        Ok(())
    }

    fn closes(&mut self, is_list: bool) -> Result<(), ScimError> {
        let depth = self.open.len();
        if self.open.pop().is_none_or(|open| open.is_list != is_list) {
            return Err(not_json(&"its brackets don't match"));
        }
        if self.list.as_ref().is_some_and(|list| list.depth == depth) {
            self.element_ended(true)?;
            self.list_ended();
        }
        if let Some(operation) = self.operation.take_if(|one| one.depth == depth) {
            self.had_bare_ids |= operation.had_bare_ids()?;
        }
        self.text.push(if is_list { b']' } else { b'}' });
        Ok(())
    }

    fn next(&mut self) -> Result<(), ScimError> {
        let depth = self.open.len();
        if self.list.as_ref().is_some_and(|list| list.depth == depth) {
            self.element_ended(false)?;
            // The one before was passed over with its comma, or there is none.
            if !matches!(self.text.last(), Some(b',' | b'[')) {
                self.text.push(b',');
            }
            if let Some(list) = &mut self.list {
                list.element = self.text.len();
            }
            return Ok(());
        }
        if let Some(open) = self.open.last_mut() {
            open.key = None;
        }
        self.text.push(b',');
        Ok(())
    }

    /// The string before a colon is the name of what comes. Only those near the top are asked for.
    fn name(&mut self) {
        const DEEPEST: usize = 5;
        let depth = self.open.len();
        if depth > DEEPEST || self.list.is_some() {
            return;
        }
        let name = self.last_string();
        if let Some(operation) = self.operation.as_mut().filter(|one| one.depth == depth)
            && name
                .as_deref()
                .is_some_and(|name| name.eq_ignore_ascii_case("path"))
        {
            operation.has_a_path();
        }
        if let Some(open) = self.open.last_mut() {
            open.key = name;
        }
    }

    fn last_string(&self) -> Option<String> {
        let text = self.text.get(self.string..)?;
        if text.len() > MAX_PATH_LENGTH {
            return None;
        }
        serde_json::from_slice(text).ok()
    }

    fn string_ended(&mut self) {
        let depth = self.open.len();
        let is_path = self
            .key_at(depth)
            .is_some_and(|key| key.eq_ignore_ascii_case("path"));
        if is_path
            && self
                .operation
                .as_ref()
                .is_some_and(|one| one.depth == depth)
        {
            let path = self.last_string();
            if let Some(operation) = &mut self.operation {
                operation.path_is(path.as_deref());
            }
        }
    }

    /// The name before the value that comes at a depth.
    fn key_at(&self, depth: usize) -> Option<&str> {
        self.open.get(depth.checked_sub(1)?)?.key.as_deref()
    }

    fn is_object_at(&self, depth: usize) -> bool {
        depth
            .checked_sub(1)
            .and_then(|place| self.open.get(place))
            .is_some_and(|open| !open.is_list)
    }

    /// Whether an object that begins here is an operation of a PATCH: one of a list, or the only one without a list.
    fn begins_operation(&self) -> bool {
        self.kind == MessageKind::Patch
            && self
                .key_at(1)
                .is_some_and(|key| key.eq_ignore_ascii_case("Operations"))
            && match self.open.as_slice() {
                [_] => true,
                [_, list] => list.is_list,
                _ => false,
            }
    }

    /// Whether a list that begins here is one of members, and whether that is certain: the path of an operation may
    /// come behind its value.
    fn names_members(&mut self) -> Option<bool> {
        let depth = self.open.len();
        match self.kind {
            MessageKind::Plain => None,
            MessageKind::Resource => {
                let is_members = match depth {
                    1 => is_members(&Path::of_body(self.key_at(1)?, &GROUP)),
                    2 if self.is_object_at(2) => {
                        is_core(&Path::of_body(self.key_at(1)?, &GROUP))
                            && is_members(&Path::of_body(self.key_at(2)?, &GROUP))
                    }
                    _ => false,
                };
                is_members.then_some(true)
            }
            MessageKind::Patch => {
                let within = depth.checked_sub(self.operation.as_ref()?.depth)?;
                let at = depth - within;
                if !self.key_at(at)?.eq_ignore_ascii_case("value")
                    || (1..=within).any(|more| !self.is_object_at(at + more))
                {
                    return None;
                }
                let keys = (self.key_at(at + 1), self.key_at(at + 2));
                let named = match (within, keys) {
                    (0, _) => operation::Place::Value,
                    (1, (Some(key), _)) => operation::Place::of_key(key)?,
                    (2, (Some(urn), Some(key)))
                        if is_core(&Path::parse(urn, &GROUP))
                            && is_members(&Path::of_body(key, &GROUP)) =>
                    {
                        operation::Place::Member
                    }
                    _ => return None,
                };
                self.operation.as_mut()?.begins_list(named)
            }
        }
    }
}

/// Whether a character is one of a number or a word.
fn is_of_word(byte: u8) -> bool {
    !matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"')
}

fn is_members(path: &Result<Path, ScimError>) -> bool {
    matches!(
        path,
        Ok(Path::Declared(AttributeTarget { attribute, filter: None, sub: None, .. }))
            if attribute.elements == Elements::Ids
    )
}

fn is_core(path: &Result<Path, ScimError>) -> bool {
    matches!(path, Ok(Path::Core(_)))
}

#[cfg(test)]
mod tests;
