//! A user as it is shown.

use super::rendered;
use super::shapes::{ENTERPRISE, user};
use crate::scim::etag::EntityTag;
use crate::scim::user::{GroupOfUser, UserMeta, UserResource};
use serde_json::json;

#[test]
fn rendered_user_has_schemas_and_meta() {
    let user = user(json!({
        "userName": "ada",
        "externalId": "e1",
        "title": "T",
        ENTERPRISE: {"department": "D"},
        "urn:own:ext": {"a": 1},
        "active": "True"
    }));
    let meta = UserMeta {
        id: "u1",
        created: "2026-01-01T00:00:00Z",
        last_modified: "2026-01-02T00:00:00Z",
        base: "https://host/v2",
        version: EntityTag(7),
    };
    assert_eq!(
        rendered(&user, false, meta),
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE, "urn:own:ext"],
            "id": "u1",
            "externalId": "e1",
            "userName": "ada",
            "title": "T",
            "active": false,
            ENTERPRISE: {"department": "D"},
            "urn:own:ext": {"a": 1},
            "meta": {
                "resourceType": "User",
                "created": "2026-01-01T00:00:00Z",
                "lastModified": "2026-01-02T00:00:00Z",
                "location": "https://host/v2/Users/u1",
                "version": "W/\"7\""
            }
        })
        .to_string()
    );
}

#[test]
fn groups_are_shown_with_references_and_an_empty_list_is_not() {
    let user = user(json!({"userName": "ada", "urn:own:ext": {"a": 1}}));
    let group = |id: &str, name: Option<&str>| GroupOfUser {
        id: id.to_owned(),
        display_name: name.map(str::to_owned),
    };
    let groups = [group("grp_1", Some("Support")), group("grp_2", None)];
    let resource = UserResource {
        user_name: &user.user_name,
        external_id: None,
        active: None,
        attributes: &user.attributes,
        groups: &groups,
        meta: UserMeta {
            id: "u1",
            created: "2026-01-01T00:00:00Z",
            last_modified: "2026-01-02T00:00:00Z",
            base: "https://host/v2",
            version: EntityTag(7),
        },
    };
    let rendered = serde_json::to_value(resource).expect("JSON");
    let names: Vec<_> = rendered.as_object().expect("an object").keys().collect();
    assert_eq!(
        names,
        ["schemas", "id", "userName", "groups", "urn:own:ext", "meta"]
    );
    assert_eq!(
        rendered["groups"].to_string(),
        json!([
            {
                "value": "grp_1", "$ref": "https://host/v2/Groups/grp_1",
                "display": "Support", "type": "direct"
            },
            {"value": "grp_2", "$ref": "https://host/v2/Groups/grp_2", "type": "direct"}
        ])
        .to_string()
    );
}
