//! What one name in `attributes` or `excludedAttributes` selects of a resource.

use crate::scim::filter::{Filter, ValueFilter};
use crate::scim::path::AttributePath;
use crate::scim::schema::{self, Attribute, Qualified, RESOURCE_TYPES, Schema};

/// What one name in a parameter selects.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Selector {
    Attribute {
        path: AttributePath,
        /// Which of its values. RFC 7644 section 3.9 has no filter there, and Microsoft's tests send
        /// `emails[type eq "work"]`.
        filter: Option<ValueFilter>,
        /// The comparisons that the filter makes with each value.
        comparisons: usize,
    },
    /// A schema's URN: all of its attributes.
    Schema(&'static Schema),
}

impl Selector {
    /// The names in a parameter; what is none is passed over.
    pub(super) fn all_of(parameter: &str) -> Vec<Self> {
        let mut rest = parameter;
        let mut selectors = Vec::new();
        while !rest.is_empty() {
            let (name, behind) = rest
                .split_at_checked(end_of_name(rest))
                .unwrap_or((rest, ""));
            selectors.extend(Self::parse(name.trim()));
            rest = behind.strip_prefix(',').unwrap_or(behind);
        }
        selectors
    }

    fn parse(text: &str) -> Option<Self> {
        if let Qualified::Whole(schema) = Qualified::split(text) {
            return Some(Self::Schema(schema));
        }
        let Some((name, brackets)) = text.split_once('[') else {
            let path = with_urn(AttributePath::parse(text)?);
            return Some(Self::Attribute {
                path,
                filter: None,
                comparisons: 0,
            });
        };
        let path = with_urn(AttributePath::parse(name).filter(|path| path.sub.is_none())?);
        let (filter, behind) = Filter::parse_value_filter(brackets).ok()?;
        let sub = match behind.strip_prefix('.') {
            Some(name) => Some(
                AttributePath::parse(name)
                    .filter(|sub| sub.sub.is_none())?
                    .name,
            ),
            None if behind.is_empty() => None,
            None => return None,
        };
        Some(Self::Attribute {
            filter: Some(asked_of(&path, &filter)?),
            comparisons: filter.comparisons(),
            path: AttributePath { sub, ..path },
        })
    }

    /// What it selects of a core attribute.
    pub(super) fn of_core(&self, name: &str) -> Option<ValueSelection<'_>> {
        match self {
            Self::Schema(schema) if is_core(schema.id) => {
                schema.attribute(name).map(|_| ValueSelection::WHOLE)
            }
            Self::Attribute { path, filter, .. } if path.schema.as_deref().is_none_or(is_core) => {
                ValueSelection::by_name(path, filter.as_ref(), name)
            }
            _ => None,
        }
    }

    /// What it selects of an extension as a whole.
    pub(super) fn of_extension(&self, urn: &str) -> bool {
        match self {
            Self::Schema(schema) => schema.id.eq_ignore_ascii_case(urn),
            // An unregistered URN was cut at its last colon; it may be the extension itself.
            Self::Attribute { path, filter, .. } => {
                path.schema.is_some()
                    && filter.is_none()
                    && path.to_string().eq_ignore_ascii_case(urn)
            }
        }
    }

    /// What it selects of an extension's attribute.
    pub(super) fn of_extension_attribute(
        &self,
        urn: &str,
        name: &str,
    ) -> Option<ValueSelection<'_>> {
        match self {
            Self::Attribute { path, filter, .. }
                if path
                    .schema
                    .as_deref()
                    .is_some_and(|schema| schema.eq_ignore_ascii_case(urn)) =>
            {
                ValueSelection::by_name(path, filter.as_ref(), name)
            }
            _ => None,
        }
    }

    pub(super) fn comparisons(&self) -> usize {
        match self {
            Self::Attribute { comparisons, .. } => *comparisons,
            Self::Schema(_) => 0,
        }
    }
}

/// What is selected of an attribute.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValueSelection<'a> {
    /// Of which of its values; of all where there is none.
    pub(super) filter: Option<&'a ValueFilter>,
    /// Which part of them; all where there is none.
    pub(super) sub: Option<&'a str>,
}

impl<'a> ValueSelection<'a> {
    const WHOLE: Self = Self {
        filter: None,
        sub: None,
    };

    pub(super) fn is_whole(self) -> bool {
        self.filter.is_none() && self.sub.is_none()
    }

    fn by_name(
        path: &'a AttributePath,
        filter: Option<&'a ValueFilter>,
        name: &str,
    ) -> Option<Self> {
        path.name.eq_ignore_ascii_case(name).then_some(Self {
            filter,
            sub: path.sub.as_deref(),
        })
    }
}

/// Where the first of several names ends: at a comma, unless it stands in the brackets of a value filter.
fn end_of_name(text: &str) -> usize {
    let comma = text.find(',').unwrap_or(text.len());
    if !text.get(..comma).is_some_and(|name| name.contains('[')) {
        return comma;
    }
    let (mut in_brackets, mut in_quotes, mut escaped) = (false, false, false);
    for (place, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' if in_brackets => in_quotes = !in_quotes,
            _ if in_quotes => {}
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            ',' if !in_brackets => return place,
            _ => {}
        }
    }
    // Brackets that never close are none.
    if in_brackets { comma } else { text.len() }
}

/// A name without a URN may mean an attribute of the enterprise extension.
fn with_urn(path: AttributePath) -> AttributePath {
    if path.schema.is_some() {
        return path;
    }
    let extension = RESOURCE_TYPES
        .iter()
        .find_map(|resource_type| resource_type.unqualified(&path.name))
        .and_then(|(extension, _)| extension);
    AttributePath {
        schema: extension.map(str::to_owned),
        ..path
    }
}

/// What the filter asks of the attribute's values; nothing where that has no meaning.
fn asked_of(path: &AttributePath, filter: &Filter) -> Option<ValueFilter> {
    match declared(path) {
        Some(attribute) if attribute.sub_attributes.is_empty() => None,
        Some(attribute) => filter.of_values(attribute).ok(),
        // What no schema declares is kept under a URN alone.
        None => path
            .schema
            .is_some()
            .then(|| filter.of_values_as_sent().ok())
            .flatten(),
    }
}

fn declared(path: &AttributePath) -> Option<&'static Attribute> {
    let urn = path.schema.as_deref();
    RESOURCE_TYPES
        .iter()
        .find_map(|resource_type| resource_type.attribute_of(urn, &path.name))
}

fn is_core(urn: &str) -> bool {
    schema::RESOURCE_TYPES
        .iter()
        .any(|resource_type| resource_type.schema.id.eq_ignore_ascii_case(urn))
}
