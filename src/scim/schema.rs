//! The schemas and resource types: the single source of truth about attributes.
//!
//! Discovery prints these tables, and normalisation, PATCH and filters obey them, so that what the
//! server says about an attribute is what it does. Look-ups ignore letter case (RFC 7643 section 2.1).

pub mod attribute;
pub mod enterprise;
pub mod frontapp;
pub mod group;
pub mod service_provider;
pub mod user;

mod common;
mod misspelled;
mod qualified;

pub use attribute::{Attribute, AttributeType, Elements, Mutability, Tolerance};
pub use enterprise::ENTERPRISE_USER_URN;
pub use frontapp::{CUSTOM_FIELDS_URN, TEAMMATE_GROUP_URN, TEAMMATE_URN};
pub use group::GROUP_URN;
pub(crate) use misspelled::{is_misspelled, is_near_miss, shortened};
pub use qualified::Qualified;
pub(crate) use qualified::{ENTERPRISE_URN_WITHOUT_COLON, has_versioned_tail};
pub use user::USER_URN;

/// A schema: a URN and the attributes it declares.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    pub id: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub openness: Openness,
    pub attributes: &'static [Attribute],
}

/// What happens to attributes that a schema does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Unknown attributes are ignored.
    Closed,
    /// Unknown attributes are kept as sent.
    Extension,
    /// Nothing is declared; a name is everything after the URN, dots included.
    Open,
}

impl Schema {
    /// The declared attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        attribute::named(self.attributes, name)
    }
}

/// A kind of resource: its core schema and the extensions it may carry.
#[derive(Debug, PartialEq, Eq)]
pub struct ResourceType {
    pub id: &'static str,
    pub endpoint: &'static str,
    pub description: &'static str,
    pub schema: &'static Schema,
    pub extensions: &'static [&'static Schema],
}

impl ResourceType {
    /// The core or common attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.schema
            .attribute(name)
            .or_else(|| attribute::named(common::COMMON, name))
    }

    /// The attribute that a name without a URN means, and the URN of its extension: a core or common one, or else
    /// one of the enterprise extension. Microsoft documents `id eq "..." and manager eq "..."`
    /// ("Develop and plan provisioning for a SCIM endpoint"), and admins map to `department` as they read it.
    pub fn unqualified(&self, name: &str) -> Option<(Option<&'static str>, &'static Attribute)> {
        if let Some(attribute) = self.attribute(name) {
            return Some((None, attribute));
        }
        let enterprise = self.schema(ENTERPRISE_USER_URN)?;
        Some((Some(enterprise.id), enterprise.attribute(name)?))
    }

    /// The core schema or one of the extensions, by its URN.
    pub fn schema(&self, urn: &str) -> Option<&'static Schema> {
        std::iter::once(self.schema)
            .chain(self.extensions.iter().copied())
            .find(|schema| schema.id.eq_ignore_ascii_case(urn))
    }

    /// The attribute that a schema URN (none for core) and a name mean.
    pub fn attribute_of(&self, urn: Option<&str>, name: &str) -> Option<&'static Attribute> {
        match urn {
            Some(urn) if !self.schema.id.eq_ignore_ascii_case(urn) => {
                self.schema(urn)?.attribute(name)
            }
            _ => self.attribute(name),
        }
    }
}

pub static USER: ResourceType = ResourceType {
    id: "User",
    endpoint: "/Users",
    description: "Teammates.",
    schema: &user::USER,
    extensions: &[
        &enterprise::ENTERPRISE_USER,
        &frontapp::TEAMMATE,
        &frontapp::CUSTOM_FIELDS,
    ],
};

pub static GROUP: ResourceType = ResourceType {
    id: "Group",
    endpoint: "/Groups",
    description: "Teammate groups.",
    schema: &group::GROUP,
    extensions: &[&frontapp::TEAMMATE_GROUP],
};

pub static RESOURCE_TYPES: [&ResourceType; 2] = [&USER, &GROUP];

/// The schemas of discovery's own resources.
pub static DISCOVERY_SCHEMAS: [&Schema; 3] = [
    &service_provider::SERVICE_PROVIDER_CONFIG,
    &service_provider::RESOURCE_TYPE,
    &service_provider::SCHEMA,
];

/// Every schema of resources that clients provision, core ones first.
pub static SCHEMAS: [&Schema; 6] = [
    &user::USER,
    &group::GROUP,
    &enterprise::ENTERPRISE_USER,
    &frontapp::TEAMMATE,
    &frontapp::CUSTOM_FIELDS,
    &frontapp::TEAMMATE_GROUP,
];

/// The schema with that URN.
pub fn schema(urn: &str) -> Option<&'static Schema> {
    SCHEMAS
        .into_iter()
        .find(|schema| schema.id.eq_ignore_ascii_case(urn))
}

#[cfg(test)]
mod tests;
