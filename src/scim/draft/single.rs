//! A value filter on an attribute with one complex value, such as `manager[value eq "m1"]`: it says when the operation
//! is meant.
//!
//! Invariant: where the filter matches, the operation does what it does without the filter.

use super::Draft;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::normalise::operation::Assignment;
use crate::scim::path::Target;
use serde_json::Value;

impl Draft {
    /// `add` and `replace`. Where the filter does not match, the value becomes what the filter and the operation say,
    /// as an element of a list is made; null makes none.
    pub(super) fn assign_where(
        &mut self,
        how: Assignment,
        target: &Target,
        filter: &Filter,
        value: &Value,
    ) -> Result<(), ScimError> {
        let plain = unfiltered(target);
        if !self.is_matched(target, filter)? {
            if value.is_null() {
                return Ok(());
            }
            let made = self.made_by(target, filter)?;
            self.assign_single(&plain, &Value::Object(made))?;
        }
        self.assign(how, &plain, value)
    }

    pub(super) fn remove_where(
        &mut self,
        target: &Target,
        filter: &Filter,
    ) -> Result<(), ScimError> {
        if self.is_matched(target, filter)? {
            return self.remove(&unfiltered(target), None);
        }
        self.found_nothing(target);
        Ok(())
    }

    fn is_matched(&mut self, target: &Target, filter: &Filter) -> Result<bool, ScimError> {
        let Some(value) = self.take(target) else {
            return Ok(false);
        };
        let is_matched = !self
            .matching(std::slice::from_ref(&value), filter, target)?
            .is_empty();
        self.set(target, Some(value));
        Ok(is_matched)
    }
}

fn unfiltered(target: &Target) -> Target {
    Target {
        filter: None,
        ..target.clone()
    }
}
