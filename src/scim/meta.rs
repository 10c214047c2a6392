//! What the server knows about a resource beyond the resource itself (RFC 7643 section 3.1).

use super::etag::EntityTag;
use super::schema::ResourceType;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

#[derive(Debug, Clone, Copy)]
pub struct ResourceMeta<'a> {
    pub id: &'a str,
    /// RFC 3339.
    pub created: &'a str,
    /// RFC 3339.
    pub last_modified: &'a str,
    /// The base that the request came in on, without a slash at the end: `https://host/v2`.
    pub base: &'a str,
    pub version: EntityTag,
}

impl ResourceMeta<'_> {
    /// The attribute `meta`.
    pub(super) fn render(&self, resource_type: &'static ResourceType) -> impl Serialize {
        Rendered {
            meta: self,
            resource_type,
        }
    }
}

/// Written from what it borrows: a page has a hundred of them.
struct Rendered<'a> {
    meta: &'a ResourceMeta<'a>,
    resource_type: &'static ResourceType,
}

impl Serialize for Rendered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ResourceMeta {
            id,
            created,
            last_modified,
            base,
            version,
        } = self.meta;
        let ResourceType { endpoint, .. } = self.resource_type;
        let mut meta = serializer.serialize_map(Some(5))?;
        meta.serialize_entry("resourceType", self.resource_type.id)?;
        meta.serialize_entry("created", created)?;
        meta.serialize_entry("lastModified", last_modified)?;
        meta.serialize_entry("location", &format_args!("{base}{endpoint}/{id}"))?;
        meta.serialize_entry("version", &format_args!("{version}"))?;
        meta.end()
    }
}
