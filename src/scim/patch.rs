//! PATCH (RFC 7644 section 3.5.2).
//!
//! Invariant: a request is applied to a copy, so that it happens whole or not at all.

use super::Object;
use super::draft::Draft;
use super::error::ScimError;
use super::normalise::Operations;
use super::normalise::notes::Notes;
use super::user::{Understood, User};
use super::{normalise, schema};

/// The schema URN of a PATCH body.
pub const PATCH_OP_URN: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// The canonical operations of a PATCH body, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchRequest {
    operations: Operations,
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
        for operation in &self.operations.understood {
            draft.apply(operation)?;
        }
        match &self.operations.refusal {
            Some(refusal) => Err(refusal.clone()),
            None => draft.finish(),
        }
    }
}

#[cfg(test)]
mod tests;
