//! PATCH (RFC 7644 section 3.5.2).
//!
//! Invariant: a request is applied to a copy, so that it happens whole or not at all; what is done of one that
//! blocks somebody though a part of it can't be used is told in [`super::rewrite`].

use super::Object;
use super::draft::Draft;
use super::effort::Effort;
use super::error::ScimError;
use super::normalise::notes::Notes;
use super::normalise::operations::Operations;
use super::rewrite::{Rewrite, Usable, active_after};
use super::user::{Understood, User};
use super::{normalise, schema};

/// The schema URN of a PATCH body.
pub const PATCH_OP_URN: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/// The canonical operations of a PATCH body, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct PatchRequest {
    operations: Operations,
    effort: Effort,
}

impl PatchRequest {
    /// Reads the body of a PATCH.
    pub fn parse(body: &Object) -> Result<Understood<Self>, ScimError> {
        let mut notes = Notes::default();
        let operations = normalise::of_patch(body, &schema::USER, &mut notes)?;
        Ok(Understood {
            value: Self {
                operations,
                effort: Effort::default(),
            },
            notes,
        })
    }

    /// Applies all operations, or none.
    pub fn apply(&self, user: &User) -> Result<Understood<User>, ScimError> {
        let mut draft = Draft::of_user(user).within(&self.effort);
        for part in self.operations.in_order() {
            match part {
                Ok(operation) => draft.apply(operation)?,
                Err(unusable) => return Err(unusable.reason.clone()),
            }
        }
        draft.finish()
    }
}

impl Rewrite for PatchRequest {
    fn within(self, effort: Effort) -> Self {
        Self { effort, ..self }
    }

    fn whole(&self, user: &User) -> Result<Understood<User>, ScimError> {
        self.apply(user)
    }

    fn active_after(&self, user: &User) -> Option<bool> {
        active_after(&self.operations, user)
    }

    fn usable(&self, user: &User) -> Option<Understood<User>> {
        let draft = Draft::of_user(user).within(&self.effort);
        Usable::of(&self.operations, draft)?.into_user()
    }
}

#[cfg(test)]
mod tests;
