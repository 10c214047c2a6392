//! What one name in `attributes` or `excludedAttributes` selects of a resource.

use crate::scim::path::AttributePath;
use crate::scim::schema::{self, Qualified, Schema};

/// What one name in a parameter selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selector {
    Attribute(AttributePath),
    /// A schema's URN: all of its attributes.
    Schema(&'static Schema),
}

impl Selector {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match Qualified::split(text) {
            Qualified::Whole(schema) => Some(Self::Schema(schema)),
            _ => AttributePath::parse(text).map(Self::Attribute),
        }
    }

    /// What it selects of a core attribute.
    pub(super) fn of_core(&self, name: &str) -> Selection<'_> {
        match self {
            Self::Schema(schema) if is_core(schema.id) => {
                Selection::whole(schema.attribute(name).is_some())
            }
            Self::Attribute(path) if path.schema.as_deref().is_none_or(is_core) => {
                Selection::by_name(path, name)
            }
            _ => Selection::Nothing,
        }
    }

    /// What it selects of an extension as a whole.
    pub(super) fn of_extension(&self, urn: &str) -> bool {
        match self {
            Self::Schema(schema) => schema.id.eq_ignore_ascii_case(urn),
            // An unregistered URN was cut at its last colon; it may be the extension itself.
            Self::Attribute(path) => path
                .schema
                .is_some()
                .then(|| path.to_string())
                .is_some_and(|whole| whole.eq_ignore_ascii_case(urn)),
        }
    }

    /// What it selects of an extension's attribute.
    pub(super) fn of_extension_attribute(&self, urn: &str, name: &str) -> Selection<'_> {
        match self {
            Self::Attribute(path)
                if path
                    .schema
                    .as_deref()
                    .is_some_and(|schema| schema.eq_ignore_ascii_case(urn)) =>
            {
                Selection::by_name(path, name)
            }
            _ => Selection::Nothing,
        }
    }
}

pub(super) enum Selection<'a> {
    Nothing,
    Whole,
    Sub(&'a str),
}

impl<'a> Selection<'a> {
    fn whole(selected: bool) -> Self {
        if selected { Self::Whole } else { Self::Nothing }
    }

    fn by_name(path: &'a AttributePath, name: &str) -> Self {
        if !path.name.eq_ignore_ascii_case(name) {
            return Self::Nothing;
        }
        path.sub.as_deref().map_or(Self::Whole, Self::Sub)
    }
}

fn is_core(urn: &str) -> bool {
    schema::RESOURCE_TYPES
        .iter()
        .any(|resource_type| resource_type.schema.id.eq_ignore_ascii_case(urn))
}
