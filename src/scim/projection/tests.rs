use super::Projection;
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

fn resource() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "id": "1",
        "userName": "ada",
        "name": {"givenName": "Ada", "familyName": "Lovelace"},
        "emails": [{"value": "a@x", "type": "work"}, {"value": "b@x"}],
        ENTERPRISE: {"department": "D", "manager": {"value": "2", "displayName": "M"}},
        "urn:own:ext": {"tag": "t", "other": "o"}
    })
}

fn project(attributes: Option<&str>, excluded: Option<&str>) -> Value {
    let projection = Projection::parse(attributes, excluded).expect("valid");
    let mut projected = projection.apply(resource());
    let members = projected.as_object_mut().expect("an object");
    assert_eq!(members.shift_remove("id"), Some(json!("1")));
    assert!(members.shift_remove("schemas").is_some());
    projected
}

#[test]
fn attributes_choose() {
    for (attributes, expected) in [
        ("userName", json!({"userName": "ada"})),
        ("USERNAME, unknown", json!({"userName": "ada"})),
        ("unknown", json!({})),
        (
            "name.familyname",
            json!({"name": {"familyName": "Lovelace"}}),
        ),
        ("name.unknown", json!({})),
        (
            "emails.value",
            json!({"emails": [{"value": "a@x"}, {"value": "b@x"}]}),
        ),
        ("emails.type", json!({"emails": [{"type": "work"}]})),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:userName",
            json!({"userName": "ada"}),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            json!({ENTERPRISE: {"department": "D"}}),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
            json!({ENTERPRISE: {"manager": {"value": "2"}}}),
        ),
        ("urn:own:ext:tag", json!({"urn:own:ext": {"tag": "t"}})),
        (
            "urn:own:ext",
            json!({"urn:own:ext": {"tag": "t", "other": "o"}}),
        ),
        ("department", json!({})),
        (
            "name,name.givenName",
            json!({"name": {"givenName": "Ada", "familyName": "Lovelace"}}),
        ),
    ] {
        assert_eq!(project(Some(attributes), None), expected, "{attributes}");
    }
}

#[test]
fn excluded_attributes_are_left_out() {
    let left = project(None, Some("emails,name.givenName,id,schemas,urn:own:ext"));
    assert_eq!(
        left,
        json!({
            "userName": "ada",
            "name": {"familyName": "Lovelace"},
            ENTERPRISE: {"department": "D", "manager": {"value": "2", "displayName": "M"}}
        })
    );
    let without_extension = project(None, Some(ENTERPRISE));
    assert_eq!(without_extension.get(ENTERPRISE), None);
    let without_manager = project(None, Some(&format!("{ENTERPRISE}:manager")));
    assert_eq!(
        without_manager.get(ENTERPRISE),
        Some(&json!({"department": "D"}))
    );
}

#[test]
fn both_choose_and_then_leave_out() {
    assert_eq!(
        project(Some("userName,name"), Some("name.givenName")),
        json!({"userName": "ada", "name": {"familyName": "Lovelace"}})
    );
}

#[test]
fn nothing_asked_is_everything() {
    for (attributes, excluded) in [(None, None), (Some(""), Some(" "))] {
        let projection = Projection::parse(attributes, excluded).expect("valid");
        assert!(projection.is_everything());
        assert_eq!(projection.apply(resource()), resource());
    }
}

#[test]
fn length_is_bounded() {
    assert!(Projection::parse(Some(&"a,".repeat(5_000)), None).is_err());
}

#[test]
fn what_is_not_asked_for_is_known_beforehand() {
    let user = "urn:ietf:params:scim:schemas:core:2.0:User";
    for (attributes, excluded, shows) in [
        (None, None, true),
        (Some("GROUPS"), None, true),
        (Some("userName,groups.display"), None, true),
        (Some(&*format!("{user}:groups")), None, true),
        (Some(user), None, true),
        (Some("userName"), None, false),
        (Some("urn:own:ext:groups"), None, false),
        (None, Some("Groups"), false),
        (None, Some(user), false),
        (None, Some("groups.$ref, members"), true),
        (Some("groups"), Some("groups"), false),
    ] {
        let projection = Projection::parse(attributes, excluded).expect("valid");
        assert_eq!(
            projection.shows("groups"),
            shows,
            "{attributes:?} {excluded:?}"
        );
    }
}
