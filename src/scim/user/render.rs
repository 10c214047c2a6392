//! A user as a SCIM resource (RFC 7643 section 3).

use crate::scim::Object;
pub use crate::scim::meta::ResourceMeta as UserMeta;
use crate::scim::schema::{GROUP, USER, USER_URN};
use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};

/// The resource. It borrows what it shows: an answer is written straight from what was read.
#[derive(Debug, Clone, Copy)]
pub struct UserResource<'a> {
    pub user_name: &'a str,
    pub external_id: Option<&'a str>,
    /// As the directory has it; nothing where it is unassigned.
    pub active: Option<bool>,
    /// The remaining attributes, extensions by their URN.
    pub attributes: &'a Object,
    /// Nothing is shown where there are none, or where they are not asked for.
    pub groups: &'a [GroupOfUser],
    pub meta: UserMeta<'a>,
}

/// One element of `groups` (RFC 7643 section 4.1.2): readOnly, for membership is changed through the group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GroupOfUser {
    pub id: String,
    #[serde(default)]
    pub display_name: Option<String>,
}

impl GroupOfUser {
    pub(super) fn render(&self, base: &str) -> impl Serialize {
        #[derive(Serialize)]
        struct Element<'a> {
            value: &'a str,
            #[serde(rename = "$ref")]
            reference: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            display: Option<&'a str>,
            #[serde(rename = "type")]
            kind: &'static str,
        }
        Element {
            value: &self.id,
            reference: format!("{base}{}/{}", GROUP.endpoint, self.id),
            display: self.display_name.as_deref(),
            // Groups are not nested, so that nobody is in one by way of another.
            kind: "direct",
        }
    }
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
        if !self.groups.is_empty() {
            let groups = self.groups.iter().map(|group| group.render(self.meta.base));
            members.serialize_entry("groups", &groups.collect::<Vec<_>>())?;
        }
        for (urn, value) in extensions {
            members.serialize_entry(urn, value)?;
        }
        members.serialize_entry("meta", &self.meta.render(&USER))?;
        members.end()
    }
}
