//! `sortBy` and `sortOrder` (RFC 7644 section 3.4.2.3).

use super::error::ScimError;
use super::filter::email::Email;
use super::filter::operand::{Operand, Place, is_complex, parts_of};
use super::normalise::describe::cut;
use super::path::AttributePath;
use super::schema::ResourceType;

/// By what a list is sorted. Strings go by their folded case, or exactly where the attribute is
/// caseExact; of several values the primary one or else the first counts. Resources without the
/// value are the last, or in descending order the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    pub operand: Operand,
    /// By what a resource is sorted that has no value of the operand.
    pub otherwise: Option<Operand>,
    pub descending: bool,
}

impl Sort {
    /// How a list is sorted that may hold other types, too: what only one of those has does not sort this type.
    pub fn among(
        sort_by: Option<&str>,
        sort_order: Option<&str>,
        resource_type: &'static ResourceType,
        others: &[&'static ResourceType],
    ) -> Result<Option<Self>, ScimError> {
        let of = |resource_type| Self::from_parameters(sort_by, sort_order, resource_type);
        of(resource_type).or_else(|error| {
            if others.iter().any(|other| of(other).is_ok()) {
                Ok(None)
            } else {
                Err(error)
            }
        })
    }

    /// Reads the two parameters. Without `sortBy`, `sortOrder` sorts nothing, but has to be one of its two
    /// words all the same: a mistyped one is a mistake in either case.
    pub fn from_parameters(
        sort_by: Option<&str>,
        sort_order: Option<&str>,
        resource_type: &'static ResourceType,
    ) -> Result<Option<Self>, ScimError> {
        let descending = descending(sort_order)?;
        let Some(name) = sort_by.map(str::trim).filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        let path = AttributePath::parse(name).ok_or_else(|| {
            ScimError::invalid_value(format!(
                "sortBy \"{}\" is not an attribute name.",
                cut(name)
            ))
        })?;
        let refuse = |why| ScimError::invalid_value(format!("sortBy can't be followed: {why}"));
        let operand = |path| match Operand::find(path, resource_type, refuse)? {
            Operand::Declared(place) => Ok(Operand::Declared(sortable(place)?)),
            open @ Operand::Open { .. } => Ok(open),
        };
        let (operand, otherwise) = match Email::named(&path, resource_type) {
            Some(email) => (operand(&email.addresses)?, Some(operand(&email.user_name)?)),
            None => (operand(&path)?, None),
        };
        Ok(Some(Self {
            operand,
            otherwise,
            descending,
        }))
    }
}

/// A complex attribute is sorted by its `value`.
fn sortable(place: Place) -> Result<Place, ScimError> {
    let place = place.of_value();
    if is_complex(place) {
        return Err(ScimError::invalid_value(format!(
            "sortBy can't be followed: {} has parts; use one of {}.",
            place.name(),
            parts_of(place)
        )));
    }
    Ok(place)
}

fn descending(sort_order: Option<&str>) -> Result<bool, ScimError> {
    match sort_order.map(str::trim) {
        None | Some("") => Ok(false),
        Some(order) if order.eq_ignore_ascii_case("ascending") => Ok(false),
        Some(order) if order.eq_ignore_ascii_case("descending") => Ok(true),
        Some(order) => Err(ScimError::invalid_value(format!(
            "sortOrder has to be ascending or descending, but is \"{}\".",
            cut(order)
        ))),
    }
}
