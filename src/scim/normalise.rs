//! From what a client sent to canonical operations: the one place that knows which other shapes
//! clients send. What they are is told in [`super::dialect::quirk`].
//!
//! Invariant: a canonical operation is spelled and typed as the schema has it, so that whatever is
//! behind this module knows one dialect; and understanding a canonical operation gives it back.

pub mod describe;
pub mod notes;
pub mod operation;
pub(crate) mod operations;
pub mod record;

mod attribute;
mod extension;
mod filter;
mod message;
mod names;
mod reference;
pub(crate) mod value;

use super::Object;
use super::body;
use super::dialect::Quirk;
use super::error::ScimError;
use super::path::Path;
use super::place::ResourcePlace;
use super::schema::{self, ENTERPRISE_USER_URN, ResourceType, Schema};
use super::secret;
use describe::cut;
use notes::Notes;
use operation::Operation;
use operations::Unusable;
use serde_json::Value;

pub(crate) use message::{of_body, of_patch, parts_of_body};

/// What an operation does (RFC 7644 section 3.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperationKind {
    Add,
    Replace,
    Remove,
}

/// How the attribute was named, which decides what happens to one that can't be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// By the `path` of an operation: a mistake is an error.
    ByPath,
    /// By a key of an object: clients send whole resources back, so a mistake is passed over.
    ByKey,
}

/// How a key of an object is read: one of a resource, or one of a PATCH, which is a path.
type ReadKey = fn(&str, &'static ResourceType) -> Result<Path, ScimError>;

/// Reads operations for one type of resource.
struct Reader<'a> {
    resource_type: &'static ResourceType,
    notes: &'a mut Notes,
    operations: Vec<Operation>,
    unusable: Vec<Unusable>,
    /// With so many unusable parts, no further one is read.
    most_unusable: usize,
    /// Where in the body the keys stand that are being read: the text before them, and the levels above their values.
    before: String,
    level: usize,
}

impl Reader<'_> {
    /// An operation with a path. A `value` of none is one that the request did not have.
    fn path(&mut self, kind: OperationKind, text: &str, value: Option<&Value>) {
        let path = body::usable_path("Operations.path", text)
            .and_then(|()| Path::parse(text, self.resource_type));
        self.part_at(text, path, |reader, path| {
            if let Some(value) = value
                && !holds_parts(&path, value)
            {
                body::usable("Operations.value", value, reader.level - 1)?;
            }
            names::quirks(text, &path, value, reader.notes);
            reader.understand(kind, path, value, Named::ByPath)
        });
    }

    /// An operation on every member of an object: each key is a path.
    fn members(&mut self, kind: OperationKind, members: &Object, read: ReadKey) {
        for (key, value) in members {
            if self.is_full() {
                return;
            }
            let path = self
                .readable_key(key)
                .and_then(|()| read(key, self.resource_type));
            self.part_at(key, path, |reader, path| {
                let inside = reader.usable_member(key, &path, value)?;
                names::quirks(key, &path, Some(value), reader.notes);
                names::quirks_of_key(key, &path, value, reader.notes);
                let Some(inside) = inside else {
                    return reader.understand(kind, path, Some(value), Named::ByKey);
                };
                let outside = std::mem::replace(&mut reader.before, inside);
                reader.level += 1;
                let outcome = reader.understand(kind, path, Some(value), Named::ByKey);
                reader.level -= 1;
                reader.before = outside;
                outcome
            });
        }
    }

    fn readable_key(&self, key: &str) -> Result<(), ScimError> {
        if key.contains('\0') {
            return body::named_without_nul(&format!("{}{key}", self.before));
        }
        Ok(())
    }

    /// Whether a key's value can be used. Of one that holds parts they are asked one by one: gives what stands
    /// before their keys.
    fn usable_member(
        &self,
        key: &str,
        path: &Path,
        value: &Value,
    ) -> Result<Option<String>, ScimError> {
        let place = format!("{}{key}", self.before);
        if holds_parts(path, value) {
            return Ok(Some(place + "."));
        }
        body::usable(&place, value, self.level).map(|()| None)
    }

    /// Reads what stands at a path or key, all of it or nothing. One that holds others, as a schema's URN does,
    /// has each of them read as a part of its own.
    fn part_at(
        &mut self,
        at: &str,
        path: Result<Path, ScimError>,
        read: impl FnOnce(&mut Self, Path) -> Result<(), ScimError>,
    ) {
        let place = path.as_ref().ok().and_then(ResourcePlace::of);
        let behind = self.operations.len();
        let noted = std::mem::take(self.notes);
        let outcome = path
            .and_then(|path| read(self, path))
            .and_then(|()| secret::compares_none(at));
        let own = std::mem::replace(self.notes, noted);
        match outcome {
            Ok(()) => self.notes.absorb(own),
            Err(reason) => {
                self.operations.truncate(behind);
                self.unusable.push(Unusable {
                    behind,
                    at: cut(at),
                    is_malformed: false,
                    place,
                    reason,
                });
            }
        }
    }

    fn is_full(&self) -> bool {
        self.unusable.len() >= self.most_unusable
    }

    fn understand(
        &mut self,
        kind: OperationKind,
        path: Path,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        match path {
            Path::Declared(target) => self.declared(kind, target, value, named),
            Path::Core(schema) => self.core(kind, schema, value, named),
            Path::Extension(schema) => self.extension(kind, schema, value),
            Path::Open { schema, name } => self.open(kind, schema.id, &name, value),
            Path::Undeclared { urn, name } => self.undeclared(kind, urn, name, value, named),
            Path::Unknown(name) => self.pass_over(&name, value, named),
        }
    }

    /// The URN of the core schema: its attributes in an object of their own, as an extension has them.
    fn core(
        &mut self,
        kind: OperationKind,
        schema: &'static Schema,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        match value {
            Some(Value::Object(members)) if kind != OperationKind::Remove => {
                self.notes.quirk(Quirk::CoreUrn, schema.id);
                self.members(kind, members, Path::of_body);
                Ok(())
            }
            _ => self.pass_over(schema.id, value, named),
        }
    }

    /// RFC 7644 section 3.5.2 asks for `invalidPath` where a path names no attribute; a key of an
    /// object is passed over, because clients map what other servers know.
    fn pass_over(
        &mut self,
        name: &str,
        value: Option<&Value>,
        named: Named,
    ) -> Result<(), ScimError> {
        if named == Named::ByPath {
            let hint = match self.resource_type.schema(ENTERPRISE_USER_URN) {
                Some(_) => enterprise_hint(name),
                None => String::new(),
            };
            return Err(ScimError::invalid_path(format!(
                "\"{}\" is not an attribute of a {}{hint}. Correct the path in the attribute mapping.",
                cut(name),
                self.resource_type.id.to_ascii_lowercase(),
            )));
        }
        // Microsoft documents a create whose unmapped attributes are null at the top level.
        if value.is_some_and(|value| !value.is_null()) {
            self.notes.quirk(Quirk::UnknownAttribute, name);
        }
        Ok(())
    }
}

/// Whether the members of a value are read as parts of their own.
const fn holds_parts(path: &Path, value: &Value) -> bool {
    matches!(
        (path, value),
        (Path::Core(_) | Path::Extension(_), Value::Object(_))
    )
}

/// Where an attribute of the enterprise extension belongs that came without its URN.
pub(crate) fn enterprise_hint(name: &str) -> String {
    schema::schema(ENTERPRISE_USER_URN)
        .and_then(|extension| extension.attribute(name.split(['.', '[']).next().unwrap_or(name)))
        .map_or_else(String::new, |attribute| {
            format!("; send it as {ENTERPRISE_USER_URN}:{}", attribute.name)
        })
}

impl OperationKind {
    const ALL: [Self; 3] = [Self::Add, Self::Replace, Self::Remove];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Remove => "remove",
        }
    }
}

#[cfg(test)]
pub(in crate::scim) mod tests;
