//! A filter in brackets behind an attribute that no schema declares: `list[value eq "A"]`.
//!
//! Invariant: it asks for nothing that is named like a secret, since an element is made of what the filter that
//! finds none says.

use super::Filter;
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;
use crate::scim::schema::AS_SENT;
use crate::scim::secret::is_secret;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueFilter(Filter);

impl Filter {
    /// What the filter asks of the values of an attribute that no schema declares: they are compared by the type
    /// of the literal.
    pub(crate) fn of_values_as_sent(&self) -> Result<ValueFilter, ScimError> {
        self.refuse_names()?;
        Ok(ValueFilter(self.clone()))
    }

    fn refuse_names(&self) -> Result<(), ScimError> {
        match self {
            Self::Present(name)
            | Self::Compare {
                attribute: name, ..
            } => {
                if is_part(name) {
                    Ok(())
                } else {
                    Err(ScimError::invalid_filter(format!(
                        "\"{}\" names no part of the value that a filter could look at.",
                        cut(&name.to_string())
                    )))
                }
            }
            // The grammar has no value path inside a value path.
            Self::ValuePath { .. } => Ok(()),
            Self::And(parts) | Self::Or(parts) => parts.iter().try_for_each(Self::refuse_names),
            Self::Not(inner) => inner.refuse_names(),
        }
    }
}

impl ValueFilter {
    /// Whether one value of the attribute satisfies the filter.
    pub(crate) fn admits(&self, value: &Value) -> bool {
        self.0.matches(value, &AS_SENT)
    }
}

fn is_part(name: &AttributePath) -> bool {
    name.schema.is_none() && !is_secret(&name.name) && !name.sub.as_deref().is_some_and(is_secret)
}
