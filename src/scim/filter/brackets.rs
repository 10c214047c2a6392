//! What stands in brackets behind an attribute: questions about its parts, joined by `and`, `or` and `not`.
//!
//! Invariant: whoever asks, the brackets are read here, so that they mean the same in a list's filter, in the path
//! of a PATCH and in `attributes`.

use super::comparison::{Test, quoted_boolean};
use super::operand::Place;
use super::resolve::{each, typed, untyped};
use super::resolved::Logic;
use super::{Filter, Literal, Operator};
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;
use crate::scim::schema::Attribute;

/// What is asked of a part.
pub(super) enum Question<'a> {
    Present,
    Compared(Operator, &'a Literal),
}

impl Question<'_> {
    /// The test of a declared part, by the type that it is declared with.
    pub(super) fn typed(&self, place: Place) -> Result<Test, ScimError> {
        match self {
            Self::Present => Ok(Test::Present),
            Self::Compared(operator, value) => typed(place, *operator, value),
        }
    }

    /// The word for the boolean, quoted or not, that a value is to be or not to be.
    pub(super) fn boolean_word(&self) -> Option<(Operator, &'static str)> {
        let Self::Compared(operator @ (Operator::Equal | Operator::NotEqual), value) = self else {
            return None;
        };
        let boolean = match value {
            Literal::Boolean(boolean) => *boolean,
            Literal::String(text) => quoted_boolean(text)?,
            Literal::Number(_) | Literal::Null => return None,
        };
        Some((*operator, if boolean { "true" } else { "false" }))
    }

    /// The test of a part that no schema declares, by the type of the literal.
    pub(super) fn untyped(&self, name: &str) -> Result<Test, ScimError> {
        match self {
            Self::Present => Ok(Test::Present),
            Self::Compared(operator, value) => untyped(name, *operator, value),
        }
    }
}

/// The filter with each of its questions resolved.
pub(super) fn resolved<T>(
    filter: &Filter,
    resolve: &impl Fn(&AttributePath, &Question<'_>) -> Result<T, ScimError>,
) -> Result<Logic<T>, ScimError> {
    let part = |part: &Filter| resolved(part, resolve);
    match filter {
        Filter::And(parts) => each(parts, part).map(Logic::And),
        Filter::Or(parts) => each(parts, part).map(Logic::Or),
        Filter::Not(inner) => Ok(Logic::Not(Box::new(part(inner)?))),
        Filter::Present(name) => resolve(name, &Question::Present).map(Logic::Test),
        Filter::Compare {
            attribute,
            operator,
            value,
        } => resolve(attribute, &Question::Compared(*operator, value)).map(Logic::Test),
        Filter::ValuePath { .. } => Err(ScimError::invalid_filter(
            "The filter is not valid: value filters can't be nested.",
        )),
    }
}

/// The declared part that a name in brackets means.
pub(super) fn declared(place: Place, name: &AttributePath) -> Option<Place> {
    let sub = place.attribute.sub_attribute(&name.name)?;
    (name.schema.is_none() && name.sub.is_none()).then_some(Place {
        sub: Some(sub),
        ..place
    })
}

pub(super) fn no_part(attribute: &'static Attribute, name: &AttributePath) -> ScimError {
    ScimError::invalid_filter(format!(
        "\"{}\" is no sub-attribute of {}: use one of {}, without what stands in front of the dot.",
        cut(&name.to_string()),
        attribute.name,
        attribute.part_names()
    ))
}
