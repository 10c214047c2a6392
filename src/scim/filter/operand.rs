//! What a filter or `sortBy` names, found in the schemas.
//!
//! Invariant: an [`Operand`] exists in the schemas and may be read, so that nothing below has to ask.

use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;
use crate::scim::schema::{
    Attribute, AttributeType, Mutability, Openness, ResourceType, Tolerance,
};

/// The attribute whose values are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    Declared(Place),
    /// An attribute of a schema that declares none: its name is free, and so are its values.
    Open {
        schema: &'static str,
        name: String,
    },
}

/// A declared attribute or sub-attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The URN of the extension; none for a core or common attribute.
    pub extension: Option<&'static str>,
    pub attribute: &'static Attribute,
    pub sub: Option<&'static Attribute>,
}

impl Place {
    /// What is compared: the sub-attribute, or else the attribute.
    pub fn leaf(self) -> &'static Attribute {
        self.sub.unwrap_or(self.attribute)
    }

    /// The place that a bare value of a complex attribute stands for (RFC 7643 section 2.4):
    /// PingFederate sends `emails eq "..."`, others `manager eq "..."`.
    #[must_use]
    pub fn of_value(self) -> Self {
        Self {
            sub: self.sub.or_else(|| self.attribute.sub_attribute("value")),
            ..self
        }
    }

    /// Whether there can be several values: of a list, or of what a client may send as one.
    pub fn is_multi_valued(self) -> bool {
        self.attribute.multi_valued || self.attribute.tolerance == Tolerance::List
    }

    /// The attribute's name, that of an extension behind its URN.
    pub fn qualified_name(self) -> String {
        match self.extension {
            Some(urn) => format!("{urn}:{}", self.name()),
            None => self.name(),
        }
    }

    /// The attribute's name without its URN, as people read it.
    pub fn name(self) -> String {
        match self.sub {
            Some(sub) => format!("{}.{}", self.attribute.name, sub.name),
            None => self.attribute.name.to_owned(),
        }
    }
}

impl Operand {
    /// Finds the attribute, or says what is wrong with its name; `refuse` makes the error.
    pub(crate) fn find(
        path: &AttributePath,
        resource_type: &'static ResourceType,
        refuse: fn(String) -> ScimError,
    ) -> Result<Self, ScimError> {
        let unknown = || {
            refuse(format!(
                "\"{}\" is no attribute of the {} schemas. GET /Schemas lists them; attributes of an extension are named with its URN in front.",
                cut(&path.to_string()),
                resource_type.id
            ))
        };
        let schema = match &path.schema {
            Some(urn) => Some(resource_type.schema(urn).ok_or_else(unknown)?),
            None => None,
        };
        if let Some(schema) = schema
            && schema.openness == Openness::Open
        {
            return Ok(Self::Open {
                schema: schema.id,
                name: path.name.clone(),
            });
        }
        let (extension, attribute) = match schema {
            None => resource_type.unqualified(&path.name),
            Some(schema) if schema.openness == Openness::Closed => resource_type
                .attribute(&path.name)
                .map(|attribute| (None, attribute)),
            Some(schema) => schema
                .attribute(&path.name)
                .map(|attribute| (Some(schema.id), attribute)),
        }
        .ok_or_else(unknown)?;
        let sub = match &path.sub {
            Some(name) => Some(attribute.sub_attribute(name).ok_or_else(unknown)?),
            None => None,
        };
        let place = Place {
            extension,
            attribute,
            sub,
        };
        readable(place, refuse)?;
        Ok(Self::Declared(place))
    }
}

/// Refuses what is never given out, and what differs from request to request.
pub(crate) fn readable(place: Place, refuse: fn(String) -> ScimError) -> Result<(), ScimError> {
    let name = place.name();
    if place.leaf().mutability == Mutability::WriteOnly {
        return Err(refuse(format!(
            "{name} is write-only: nothing can be found or sorted by it."
        )));
    }
    for list in ["members", "groups"] {
        if name == format!("{list}.$ref") {
            return Err(refuse(format!(
                "{name} depends on the URL of the request: use {list}.value, which it ends with."
            )));
        }
    }
    if name == "meta.location" {
        return Err(refuse(
            "meta.location depends on the URL of the request: use id, which it ends with."
                .to_owned(),
        ));
    }
    Ok(())
}

/// For a complex attribute without `value`: the names to use instead.
pub(crate) fn parts_of(place: Place) -> String {
    place.attribute.part_names()
}

pub(crate) fn is_complex(place: Place) -> bool {
    place.leaf().attribute_type == AttributeType::Complex
}
