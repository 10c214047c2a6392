//! An operation that is done or, where it can't be, leaves the draft as it was.

use super::Draft;
use crate::scim::error::ScimError;
use crate::scim::normalise::operation::Operation;

impl Draft {
    /// Applies an operation where a user comes of it. The work that it took counts either way.
    pub(crate) fn try_apply(&mut self, operation: &Operation) -> Result<(), ScimError> {
        // It can't fail, and whether a teammate is blocked must not depend on what a request has done before.
        if operation.active().is_some() {
            return self.apply(operation);
        }
        self.budget.keep_aside(&self.resource)?;
        let before = (self.resource.clone(), self.notes.clone());
        let outcome = self
            .apply(operation)
            .and_then(|()| self.clone().finish().map(drop));
        if outcome.is_err() {
            (self.resource, self.notes) = before;
        }
        outcome
    }
}
