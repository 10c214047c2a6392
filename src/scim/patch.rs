//! PATCH (RFC 7644 section 3.5.2), in every spelling that identity providers use.
//!
//! Invariant: a request is applied to a copy, so that it happens whole or not at all.

mod request;

use super::draft::{Draft, Kind, Named};
use super::error::ScimError;
use super::normalise::describe::kind_and_value;
use super::path::Path;
use super::schema;
use super::user::{Understood, User};
use serde_json::Value;

/// Operations in one request. Entra groups about a hundred; the bound keeps the work per call small.
pub const MAX_OPERATIONS: usize = 1_000;

/// The operations of a PATCH body, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchRequest {
    operations: Vec<Operation>,
}

#[derive(Debug, Clone, PartialEq)]
struct Operation {
    kind: Kind,
    /// Nothing when the value's keys are the paths.
    path: Option<String>,
    /// Nothing when the member is missing, which is not the same as null.
    value: Option<Value>,
}

impl PatchRequest {
    /// Applies all operations, or none.
    pub fn apply(&self, user: &User) -> Result<Understood<User>, ScimError> {
        let mut draft = Draft::of_user(user);
        for operation in &self.operations {
            operation.apply(&mut draft)?;
        }
        draft.finish()
    }
}

impl Operation {
    fn apply(&self, draft: &mut Draft) -> Result<(), ScimError> {
        if let Some(path) = &self.path {
            let path = Path::parse(path, &schema::USER)?;
            return draft.apply(self.kind, &path, self.value.as_ref(), Named::ByPath);
        }
        match (self.kind, &self.value) {
            (Kind::Remove, _) => Err(ScimError::no_target(
                "The operation \"remove\" needs a path that says what to remove.",
            )),
            (_, Some(Value::Object(members))) => draft.apply_members(self.kind, members),
            (_, value) => Err(ScimError::invalid_value(format!(
                "An operation without a path needs an object of attributes as its value, but it is {}.",
                value
                    .as_ref()
                    .map_or_else(|| "missing".to_owned(), kind_and_value)
            ))),
        }
    }
}

#[cfg(test)]
mod tests;
