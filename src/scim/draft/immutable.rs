//! RFC 7643 section 7: an immutable attribute is set once, and then neither changed nor removed.
//!
//! An element of a list may come and go, but while it is there its immutable parts stay as they are:
//! members of a group are the case that RFC 7643 section 8.7.1 has.

use super::Draft;
use crate::scim::error::ScimError;
use crate::scim::path::{AttributeTarget, SubAttribute};
use crate::scim::schema::{Attribute, Mutability};
use serde_json::Value;

impl Draft {
    /// The value that an operation on the target must leave as it is, if any.
    pub(super) fn immutable(&self, target: &AttributeTarget) -> Option<Value> {
        let is_whole = target.attribute.mutability == Mutability::Immutable;
        let has_parts = !target.attribute.multi_valued && has_immutable_parts(target.attribute);
        self.get(target).filter(|_| is_whole || has_parts).cloned()
    }

    /// Refuses an operation that has changed what [`Self::immutable`] gave before it.
    pub(super) fn refuse_change_of(
        &self,
        target: &AttributeTarget,
        before: Option<Value>,
    ) -> Result<(), ScimError> {
        let Some(before) = before else {
            return Ok(());
        };
        let after = self.get(target);
        if target.attribute.mutability == Mutability::Immutable {
            return if after == Some(&before) {
                Ok(())
            } else {
                Err(refusal(&target.display_name()))
            };
        }
        match after {
            Some(after) => same_immutable_parts(target.attribute, &before, after),
            None => Ok(()),
        }
    }
}

/// Refuses an element whose immutable parts differ from those that it had.
pub(super) fn same_immutable_parts(
    attribute: &'static Attribute,
    before: &Value,
    after: &Value,
) -> Result<(), ScimError> {
    let changed = attribute
        .sub_attributes
        .iter()
        .filter(|sub| sub.mutability == Mutability::Immutable)
        .find(|sub| {
            let part = before.get(sub.name);
            part.is_some() && part != after.get(sub.name)
        });
    match changed {
        Some(sub) => Err(refusal(&format!("{}.{}", attribute.name, sub.name))),
        None => Ok(()),
    }
}

/// Refuses to take an immutable part out of elements that stay.
pub(super) fn may_be_removed(
    target: &AttributeTarget,
    sub: &SubAttribute,
) -> Result<(), ScimError> {
    match sub.definition {
        Some(part) if part.mutability == Mutability::Immutable => {
            Err(refusal(&target.display_name()))
        }
        _ => Ok(()),
    }
}

pub(super) fn has_immutable_parts(attribute: &Attribute) -> bool {
    attribute
        .sub_attributes
        .iter()
        .any(|sub| sub.mutability == Mutability::Immutable)
}

fn refusal(name: &str) -> ScimError {
    ScimError::mutability(format!(
        "{name} is set once and can't be changed afterwards. Remove it from the attribute mapping of updates."
    ))
}

#[cfg(test)]
mod tests;
