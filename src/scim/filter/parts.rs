//! The names in a value filter: sub-attributes of the attribute in front of the brackets.

use super::Filter;
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;
use crate::scim::schema::{Attribute, Tolerance};
use crate::scim::secret::is_secret;

impl Filter {
    /// Refuses a value filter of a PATCH path that names what `attribute` has not.
    pub(crate) fn check_parts(&self, attribute: &'static Attribute) -> Result<(), ScimError> {
        match self {
            Self::Present(name)
            | Self::Compare {
                attribute: name, ..
            } => {
                if names_a_part(attribute, name) {
                    Ok(())
                } else {
                    Err(no_part(attribute, name))
                }
            }
            // The grammar has no value path inside a value path.
            Self::ValuePath { .. } => Ok(()),
            Self::And(parts) | Self::Or(parts) => parts
                .iter()
                .try_for_each(|part| part.check_parts(attribute)),
            Self::Not(inner) => inner.check_parts(attribute),
        }
    }
}

fn names_a_part(attribute: &'static Attribute, name: &AttributePath) -> bool {
    if name.schema.is_some() {
        return false;
    }
    if attribute.tolerance == Tolerance::UndeclaredParts {
        // An element is made of what its filter says.
        return ![Some(&name.name), name.sub.as_ref()]
            .into_iter()
            .flatten()
            .any(|name| is_secret(name));
    }
    name.sub.is_none() && attribute.sub_attribute(&name.name).is_some()
}

pub(super) fn no_part(attribute: &'static Attribute, name: &AttributePath) -> ScimError {
    ScimError::invalid_filter(format!(
        "\"{}\" is no sub-attribute of {}: use one of {}, without what stands in front of the dot.",
        cut(&name.to_string()),
        attribute.name,
        attribute.part_names()
    ))
}
