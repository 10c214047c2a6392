//! What the server knows about a resource beyond the resource itself (RFC 7643 section 3.1).

use super::etag::EntityTag;
use super::schema::ResourceType;
use serde::Serialize;
use serde_json::json;

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
    pub(super) fn render(&self, resource_type: &ResourceType) -> impl Serialize {
        json!({
            "resourceType": resource_type.id,
            "created": self.created,
            "lastModified": self.last_modified,
            "location": format!("{}{}/{}", self.base, resource_type.endpoint, self.id),
            "version": self.version.to_string()
        })
    }
}
