//! The `path` of a PATCH operation (RFC 7644 section 3.5.2, figure 1), resolved against the schemas.
//!
//! The keys of a path-less PATCH value and of a POST body are read by the same grammar, because
//! Entra sends `name.givenName` and whole URNs as keys (Microsoft docs, "Known issues and
//! resolutions with SCIM 2.0 protocol compliance").
//!
//! Invariant: names in a [`Path`] that a schema declares are spelled as the schema spells them.

mod attribute_path;
pub(crate) mod open_path;

pub use attribute_path::AttributePath;

use super::error::ScimError;
use super::filter::Filter;
use super::normalise::describe::cut;
use super::schema::{
    Attribute, Openness, Qualified, ResourceType, Schema, Tolerance, is_near_miss, shortened,
};
use super::secret::is_secret;
use std::fmt;

/// Bytes in one path, its value filter included.
pub const MAX_PATH_LENGTH: usize = 8 * 1024;

/// What a path points at.
#[derive(Debug, Clone, PartialEq)]
pub enum Path {
    /// An attribute that a schema declares.
    Declared(AttributeTarget),
    /// All core attributes: the path is the URN of the core schema.
    Core(&'static Schema),
    /// A whole registered extension: the path is its URN.
    Extension(&'static Schema),
    /// An undeclared attribute of a registered extension, spelled as sent.
    Open {
        schema: &'static Schema,
        name: String,
    },
    /// An attribute of an unregistered extension, or (when the value is an object) the extension
    /// that `urn:name` names as a whole.
    Undeclared { urn: String, name: String },
    /// A core attribute that no schema declares.
    Unknown(String),
}

/// A declared attribute, the elements chosen of it, and the part of them.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeTarget {
    /// The URN of the extension; none for a core or common attribute.
    pub extension: Option<&'static str>,
    pub attribute: &'static Attribute,
    /// Chooses elements of a multi-valued attribute, or says of a single one when it is meant. Each of its names is
    /// a part of the attribute, and is compared with what its type allows ([`Filter::of_values`]).
    pub filter: Option<Filter>,
    pub sub: Option<SubAttribute>,
}

/// A sub-attribute: one that the schema declares, or any where it tolerates them, as of `roles`, which are
/// kept as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubAttribute {
    pub name: String,
    pub definition: Option<&'static Attribute>,
}

impl Path {
    /// Reads a path as the resource type understands it. Without a URN it may name an attribute of the enterprise
    /// extension, too.
    pub fn parse(text: &str, resource_type: &'static ResourceType) -> Result<Self, ScimError> {
        Self::read(text, resource_type, |name| {
            match resource_type.unqualified(head(name)) {
                Some((extension, attribute)) => {
                    AttributeTarget::parse(extension, attribute, name).map(Self::Declared)
                }
                None => Ok(Self::Unknown(name.to_owned())),
            }
        })
    }

    /// Reads a key of the body of a POST or PUT: a resource, in which attributes of extensions stand under their
    /// URNs (RFC 7643 section 3.3).
    pub fn of_body(text: &str, resource_type: &'static ResourceType) -> Result<Self, ScimError> {
        Self::read(text, resource_type, |name| Self::core(name, resource_type))
    }

    fn read(
        text: &str,
        resource_type: &'static ResourceType,
        plain: impl FnOnce(&str) -> Result<Self, ScimError>,
    ) -> Result<Self, ScimError> {
        if text.len() > MAX_PATH_LENGTH {
            return Err(ScimError::invalid_path(format!(
                "The path \"{}\" is longer than {MAX_PATH_LENGTH} bytes.",
                cut(text)
            )));
        }
        match Qualified::split(text) {
            Qualified::Plain(name) => plain(name),
            Qualified::Whole(schema) => Ok(match resource_type.schema(schema.id) {
                Some(schema) if schema.openness == Openness::Closed => Self::Core(schema),
                Some(schema) => Self::Extension(schema),
                None => foreign(schema, ""),
            }),
            Qualified::Attribute(schema, name) => match resource_type.schema(schema.id) {
                Some(schema) if schema.openness == Openness::Closed => {
                    Self::core(name, resource_type)
                }
                Some(schema) => Self::within(schema, name),
                None => Ok(foreign(schema, name)),
            },
            Qualified::Undeclared { .. }
                if let Some((schema, name)) = shortened(text)
                    && resource_type.schema(schema.id).is_some() =>
            {
                Self::within(schema, name)
            }
            Qualified::Undeclared { urn, name }
                if is_extension_name(text) && !is_near_miss(text) =>
            {
                Ok(Self::Undeclared {
                    urn: urn.to_owned(),
                    name: name.to_owned(),
                })
            }
            Qualified::Undeclared { .. } => Ok(Self::Unknown(text.to_owned())),
        }
    }

    /// Reads the part of a path, or the key of an extension's object, that follows the URN.
    pub fn within(schema: &'static Schema, text: &str) -> Result<Self, ScimError> {
        if schema.openness != Openness::Open
            && let Some(attribute) = schema.attribute(head(text))
        {
            return AttributeTarget::parse(Some(schema.id), attribute, text).map(Self::Declared);
        }
        Ok(if text.is_empty() {
            Self::Unknown(format!("{}:", schema.id))
        } else {
            Self::Open {
                schema,
                name: text.to_owned(),
            }
        })
    }

    /// What a member of an object means whose key is but the beginning of a registered URN, as where
    /// `...:frontapp:teammate:template` was cut at another colon than the last.
    pub fn across(
        urn: &str,
        name: &str,
        resource_type: &'static ResourceType,
    ) -> Result<Option<Self>, ScimError> {
        let path = Self::parse(&format!("{urn}:{name}"), resource_type)?;
        Ok(matches!(path, Self::Declared(_) | Self::Extension(_)).then_some(path))
    }

    fn core(text: &str, resource_type: &'static ResourceType) -> Result<Self, ScimError> {
        match resource_type.attribute(head(text)) {
            Some(attribute) => AttributeTarget::parse(None, attribute, text).map(Self::Declared),
            None => Ok(Self::Unknown(text.to_owned())),
        }
    }
}

/// A registered schema of another resource type. Its extensions are kept like unregistered ones,
/// its core attributes are no attributes of this resource.
fn foreign(schema: &'static Schema, name: &str) -> Path {
    if schema.openness == Openness::Closed {
        return Path::Unknown(format!("{}:{name}", schema.id));
    }
    let whole = if name.is_empty() {
        schema.id.to_owned()
    } else {
        format!("{}:{name}", schema.id)
    };
    let last_colon = whole.split('[').next().and_then(|name| name.rfind(':'));
    match last_colon.and_then(|colon| whole.split_at_checked(colon)) {
        Some((urn, name)) => Path::Undeclared {
            urn: urn.to_owned(),
            name: name.trim_start_matches(':').to_owned(),
        },
        None => Path::Unknown(whole),
    }
}

/// Whether the text can be the name of an unregistered extension or of its attribute: the segments
/// of a URI. What stands under the URNs that RFC 7643 section 10 and RFC 7644 section 8 give to core
/// schemas and messages, and is not registered here, is a slip and no extension.
fn is_extension_name(text: &str) -> bool {
    let reserved = [
        "urn:ietf:params:scim:schemas:core:",
        "urn:ietf:params:scim:api:",
    ];
    let is_reserved = reserved.iter().any(|prefix| {
        text.split_at_checked(prefix.len())
            .is_some_and(|(start, _)| start.eq_ignore_ascii_case(prefix))
    });
    // What stands in brackets is a value filter's.
    let name = text.split('[').next().unwrap_or(text);
    !is_reserved
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.split(':').all(|segment| !segment.is_empty())
        && !name.contains(|character: char| {
            character.is_whitespace() || character.is_control() || matches!(character, ']' | '"')
        })
}

/// The attribute's name: what stands before a value filter or a sub-attribute.
fn head(text: &str) -> &str {
    text.split(['.', '[']).next().unwrap_or(text)
}

impl AttributeTarget {
    fn parse(
        extension: Option<&'static str>,
        attribute: &'static Attribute,
        text: &str,
    ) -> Result<Self, ScimError> {
        let invalid = |why: String| {
            ScimError::invalid_path(format!("The path \"{}\" is not valid: {why}", cut(text)))
        };
        let rest = text.get(head(text).len()..).unwrap_or_default();
        let (filter, rest) = match rest.strip_prefix('[') {
            Some(inside) if !attribute.sub_attributes.is_empty() => {
                let (filter, rest) = Filter::parse_value_filter(inside).map_err(invalid)?;
                filter.of_values(attribute)?;
                (Some(filter), rest)
            }
            Some(_) => {
                return Err(invalid(format!(
                    "{} has a single value, so a filter in brackets can't choose one.",
                    attribute.name
                )));
            }
            None => (None, rest),
        };
        let sub = match rest.strip_prefix('.') {
            Some(name) => Some(
                SubAttribute::named(attribute, name)
                    .ok_or_else(|| invalid(no_part(attribute, name)))?,
            ),
            None if rest.is_empty() => None,
            None => {
                return Err(invalid(format!(
                    "nothing but a sub-attribute, such as \".value\", can follow \"]\", but \"{}\" does.",
                    cut(rest)
                )));
            }
        };
        Ok(Self {
            extension,
            attribute,
            filter,
            sub,
        })
    }
}

impl AttributeTarget {
    /// What messages call it: no filter, whose values are other people's.
    pub(crate) fn display_name(&self) -> String {
        let extension = self
            .extension
            .map_or_else(String::new, |urn| format!("{urn}:"));
        let sub = self
            .sub
            .as_ref()
            .map_or_else(String::new, |sub| format!(".{}", sub.name));
        format!("{extension}{}{sub}", self.attribute.name)
    }
}

/// The canonical text; reading it gives the same target.
impl fmt::Display for AttributeTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(urn) = self.extension {
            write!(formatter, "{urn}:")?;
        }
        formatter.write_str(self.attribute.name)?;
        if let Some(filter) = &self.filter {
            write!(formatter, "[{filter}]")?;
        }
        match &self.sub {
            Some(sub) => write!(formatter, ".{}", sub.name),
            None => Ok(()),
        }
    }
}

impl SubAttribute {
    /// Nothing when the attribute has no such part.
    pub(crate) fn named(attribute: &'static Attribute, name: &str) -> Option<Self> {
        let definition = attribute.sub_attribute(name);
        let is_tolerated = attribute.tolerance == Tolerance::UndeclaredParts
            && attribute_path::is_attribute_name(name)
            && !is_secret(name);
        (definition.is_some() || is_tolerated).then(|| Self {
            name: definition.map_or(name, |sub| sub.name).to_owned(),
            definition,
        })
    }
}

fn no_part(attribute: &'static Attribute, name: &str) -> String {
    if attribute.sub_attributes.is_empty() {
        return format!("{} has no parts.", attribute.name);
    }
    format!(
        "{} has no part \"{}\"; use one of {}. Correct the path in the attribute mapping.",
        attribute.name,
        cut(name),
        attribute.part_names()
    )
}

#[cfg(test)]
mod tests;
