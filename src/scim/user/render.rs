//! A user as a SCIM resource (RFC 7643 section 3).

use crate::scim::Object;
pub use crate::scim::meta::ResourceMeta as UserMeta;
use crate::scim::schema::{USER, USER_URN};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// The resource. It borrows what it shows: an answer is written straight from what was read.
#[derive(Debug, Clone, Copy)]
pub struct UserResource<'a> {
    pub user_name: &'a str,
    pub external_id: Option<&'a str>,
    /// As the directory has it; nothing where it is unassigned.
    pub active: Option<bool>,
    /// The remaining attributes, extensions by their URN.
    pub attributes: &'a Object,
    pub meta: UserMeta<'a>,
}

impl Serialize for UserResource<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_extension = |name: &str| name.contains(':');
        let urns = self.attributes.keys().filter(|name| is_extension(name));
        let schemas: Vec<&str> = std::iter::once(USER_URN)
            .chain(urns.map(String::as_str))
            .collect();
        let (extensions, core): (Vec<_>, Vec<_>) = self
            .attributes
            .iter()
            .partition(|(name, _)| is_extension(name));

        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("schemas", &schemas)?;
        members.serialize_entry("id", self.meta.id)?;
        if let Some(external_id) = self.external_id {
            members.serialize_entry("externalId", external_id)?;
        }
        members.serialize_entry("userName", self.user_name)?;
        for (name, value) in core {
            members.serialize_entry(name, value)?;
        }
        if let Some(active) = self.active {
            members.serialize_entry("active", &active)?;
        }
        for (urn, value) in extensions {
            members.serialize_entry(urn, value)?;
        }
        members.serialize_entry("meta", &self.meta.render(&USER))?;
        members.end()
    }
}
