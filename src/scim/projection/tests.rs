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
        ("department", json!({ENTERPRISE: {"department": "D"}})),
        (
            "MANAGER.value,Department",
            json!({ENTERPRISE: {"department": "D", "manager": {"value": "2"}}}),
        ),
        ("badge", json!({})),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:department",
            json!({}),
        ),
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
    let without_manager = project(None, Some("manager"));
    assert_eq!(
        without_manager.get(ENTERPRISE),
        Some(&json!({"department": "D"}))
    );
}

/// Microsoft's Postman tests ask for `attributes=emails[type eq "work"]`.
#[test]
fn a_value_filter_chooses_values() {
    let work = || json!({"emails": [{"value": "a@x", "type": "work"}]});
    for (attributes, expected) in [
        ("emails[type eq \"work\"]", work()),
        ("Emails[ TYPE eq \"WORK\" ]", work()),
        ("emails[type eq \"home\"]", json!({})),
        (
            "emails[type eq \"work\"].value",
            json!({"emails": [{"value": "a@x"}]}),
        ),
        (
            "emails[type eq \"work\"].type,emails[not (type pr)],userName",
            json!({"userName": "ada", "emails": [{"type": "work"}, {"value": "b@x"}]}),
        ),
        (
            "emails[type eq \"work\"],emails.value",
            json!({"emails": [{"value": "a@x", "type": "work"}, {"value": "b@x"}]}),
        ),
        (
            "emails[value eq \"a,b]\\\",\" or value sw \"b\"],userName",
            json!({"userName": "ada", "emails": [{"value": "b@x"}]}),
        ),
        (
            "name[givenName eq \"ada\"].familyName",
            json!({"name": {"familyName": "Lovelace"}}),
        ),
        ("name[givenName eq \"bea\"]", json!({})),
        (
            "manager[value eq \"2\"].displayName",
            json!({ENTERPRISE: {"manager": {"displayName": "M"}}}),
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:emails[type pr]",
            work(),
        ),
        (
            "urn:own:ext:tag[value eq \"T\"]",
            json!({"urn:own:ext": {"tag": "t"}}),
        ),
        ("urn:own:ext:tag[value eq \"u\"]", json!({})),
        // What is no name changes nothing, and takes none of its neighbours along.
        ("emails[nope eq \"x\"],userName", json!({"userName": "ada"})),
        ("emails[type eq 5],userName", json!({"userName": "ada"})),
        (
            "emails[type eq \"work\",userName",
            json!({"userName": "ada"}),
        ),
        (
            "emails[type eq \"a,b\"]x,userName",
            json!({"userName": "ada"}),
        ),
        ("userName[value eq \"ada\"]", json!({})),
        ("nope[value eq \"x\"]", json!({})),
    ] {
        assert_eq!(project(Some(attributes), None), expected, "{attributes}");
    }
    let emails = |excluded| project(None, Some(excluded)).get("emails").cloned();
    for (excluded, expected) in [
        ("emails[type eq \"work\"]", Some(json!([{"value": "b@x"}]))),
        (
            "emails[type eq \"work\"].value",
            Some(json!([{"type": "work"}, {"value": "b@x"}])),
        ),
        ("emails[value pr]", None),
        (
            "emails[type eq \"home\"]",
            Some(json!([{"value": "a@x", "type": "work"}, {"value": "b@x"}])),
        ),
        (
            "emails[nope pr]",
            Some(json!([{"value": "a@x", "type": "work"}, {"value": "b@x"}])),
        ),
    ] {
        assert_eq!(emails(excluded), expected, "{excluded}");
    }
}

#[test]
fn comparisons_are_bounded() {
    let of = |count| format!("emails[{}]", vec!["type pr"; count].join(" or "));
    assert!(Projection::parse(Some(&of(10)), Some(&of(10))).is_ok());
    let refused = Projection::parse(None, Some(&of(11))).expect_err("refused");
    assert!(refused.detail.contains("make 11 comparisons; at most 10"));
    let both = format!("{},{}", of(5), of(6));
    assert!(Projection::parse(Some(&both), None).is_err());
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
