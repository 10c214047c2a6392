//! A user as a SCIM resource (RFC 7643 section 3).

use super::User;
use crate::scim::Object;
use crate::scim::schema::{USER, USER_URN};
use serde_json::{Value, json};

/// What the server knows about a user beyond the user itself.
#[derive(Debug, Clone, Copy)]
pub struct UserMeta<'a> {
    pub id: &'a str,
    /// RFC 3339.
    pub created: &'a str,
    /// RFC 3339.
    pub last_modified: &'a str,
    /// The base that the request came in on, without a slash at the end: `https://host/v2`.
    pub base: &'a str,
}

/// The resource, with `active` as the directory has it.
pub fn render(user: &User, active: bool, meta: &UserMeta<'_>) -> Value {
    let (extensions, core): (Vec<_>, Vec<_>) = user
        .attributes
        .iter()
        .partition(|(name, _)| name.contains(':'));
    let mut schemas = vec![Value::from(USER_URN)];
    schemas.extend(extensions.iter().map(|(urn, _)| Value::from(urn.as_str())));

    let mut resource = Object::new();
    resource.insert("schemas".to_owned(), schemas.into());
    resource.insert("id".to_owned(), meta.id.into());
    if let Some(external_id) = &user.external_id {
        resource.insert("externalId".to_owned(), external_id.as_str().into());
    }
    resource.insert("userName".to_owned(), user.user_name.as_str().into());
    for (name, value) in core {
        resource.insert(name.clone(), value.clone());
    }
    resource.insert("active".to_owned(), active.into());
    for (urn, value) in extensions {
        resource.insert(urn.clone(), value.clone());
    }
    resource.insert(
        "meta".to_owned(),
        json!({
            "resourceType": USER.id,
            "created": meta.created,
            "lastModified": meta.last_modified,
            "location": format!("{}{}/{}", meta.base, USER.endpoint, meta.id)
        }),
    );
    Value::Object(resource)
}
