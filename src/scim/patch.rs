//! PATCH (RFC 7644 section 3.5.2).
//!
//! Invariant: a request is applied to a copy, so that it happens whole or not at all.

use super::Object;
use super::draft::Draft;
use super::error::ScimError;
use super::normalise::notes::Notes;
use super::normalise::operation::Operation;
use super::user::{Understood, User};
use super::{normalise, schema};

/// The canonical operations of a PATCH body, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchRequest {
    operations: Vec<Operation>,
}

impl PatchRequest {
    /// Reads the body of a PATCH.
    pub fn parse(body: &Object) -> Result<Understood<Self>, ScimError> {
        let mut notes = Notes::default();
        let operations = normalise::of_patch(body, &schema::USER, &mut notes)?;
        Ok(Understood {
            value: Self { operations },
            notes,
        })
    }

    /// Applies all operations, or none.
    pub fn apply(&self, user: &User) -> Result<Understood<User>, ScimError> {
        let mut draft = Draft::of_user(user);
        for operation in &self.operations {
            draft.apply(operation)?;
        }
        draft.finish()
    }
}

#[cfg(test)]
mod tests;
