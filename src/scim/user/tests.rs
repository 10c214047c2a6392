pub(in crate::scim) mod properties;
mod rendering;
mod shapes;

use super::{User, UserMeta, UserResource};

/// The JSON text of the user's resource.
fn rendered(user: &User, active: bool, meta: UserMeta<'_>) -> String {
    serde_json::to_string(&UserResource {
        user_name: &user.user_name,
        external_id: user.external_id.as_deref(),
        active: Some(active),
        attributes: &user.attributes,
        groups: &[],
        meta,
    })
    .expect("a resource has a JSON form")
}
