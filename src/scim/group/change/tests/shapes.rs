//! The PATCH operations that identity providers send for groups, and what they come to.

use super::{BASE, all, change, delta, patch, set};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimType;
use crate::scim::group::{GroupChange, MAX_EXTENSIONS, MemberChange, TextChange};
use serde_json::{Value, json};

const DESCRIPTION: &str = "urn:ietf:params:scim:schemas:extension:frontapp:group:description";
const EXTENSION: &str = "urn:ietf:params:scim:schemas:extension:frontapp:group";

fn check(cases: Vec<(&str, Value, GroupChange)>) {
    for (name, operations, expected) in cases {
        assert_eq!(change(&operations), expected, "{name}");
    }
}

fn named(display_name: &str) -> GroupChange {
    GroupChange {
        display_name: Some(display_name.to_owned()),
        ..GroupChange::default()
    }
}

/// Each removal finds whom it names.
fn membership(members: MemberChange) -> GroupChange {
    let to_end = match &members {
        MemberChange::Delta { remove, .. } => remove.len(),
        _ => 0,
    };
    GroupChange {
        members,
        to_end: u32::try_from(to_end).expect("a few"),
        ..GroupChange::default()
    }
}

/// The last removal is of whoever is there.
fn emptied() -> GroupChange {
    GroupChange {
        to_end: 1,
        ..membership(all(&[]))
    }
}

#[test]
fn okta() {
    check(vec![
        (
            "rename, with the read-only id in the value",
            json!([{"op": "replace", "value": {"id": "grp_1", "displayName": "New"}}]),
            named("New"),
        ),
        (
            "remove and add in one request, the name repeated",
            json!([
                {"op": "replace", "value": {"id": "grp_1", "displayName": "Same"}},
                {"op": "remove", "path": "members[value eq \"u1\"]"},
                {"op": "add", "path": "members", "value": [{"value": "u2", "display": "m2@okta.local"}]}
            ]),
            GroupChange {
                display_name: Some("Same".to_owned()),
                ..membership(delta(&["u2"], &["u1"]))
            },
        ),
        (
            "remove, add and replace in one request",
            json!([
                {"op": "remove", "path": "members[value eq \"u1\"]"},
                {"op": "add", "path": "members", "value": [{"value": "u2", "display": "t@okta.local"}]},
                {"op": "replace", "path": "members", "value": [{"value": "u2"}, {"value": "u1"}]}
            ]),
            membership(all(&["u1", "u2"])),
        ),
        (
            "full push",
            json!([{"op": "replace", "path": "members", "value": [{"value": "u1"}, {"value": "u2"}]}]),
            membership(all(&["u1", "u2"])),
        ),
        (
            "push of an empty group",
            json!([{"op": "replace", "path": "members", "value": []}]),
            membership(all(&[])),
        ),
        (
            "members without a path",
            json!([{"op": "replace", "value": {"members": [{"value": "u1", "display": "d"}]}}]),
            membership(all(&["u1"])),
        ),
    ]);
}

#[test]
fn entra() {
    check(vec![
        (
            "add with a null $ref",
            json!([{"op": "Add", "path": "members", "value": [{"$ref": null, "value": "u1"}]}]),
            membership(delta(&["u1"], &[])),
        ),
        (
            "the same member many times",
            json!([{"op": "Add", "path": "members", "value": [{"value": "u1"}, {"value": "u1"}]}]),
            membership(delta(&["u1"], &[])),
        ),
        (
            "remove by a list of values needs no target",
            json!([{"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "u1"}]}]),
            membership(delta(&[], &["u1"])),
        ),
        (
            "two filtered removes",
            json!([
                {"op": "remove", "path": "members[value eq \"u1\"]"},
                {"op": "remove", "path": "members[value eq \"u2\"]"}
            ]),
            membership(delta(&[], &["u1", "u2"])),
        ),
        (
            "several operations on one attribute",
            json!([
                {"op": "Remove", "path": "members", "value": [{"value": "u1"}]},
                {"op": "Add", "path": "members", "value": [{"value": "u2"}]},
                {"op": "Replace", "path": "members", "value": [{"value": "u3"}]}
            ]),
            GroupChange {
                passing_members: set(&["u2"]),
                ..membership(all(&["u3"]))
            },
        ),
        (
            "add and remove of one member",
            json!([
                {"op": "add", "path": "members", "value": [{"value": "u1"}]},
                {"op": "remove", "path": "members[value eq \"u1\"]"}
            ]),
            GroupChange {
                passing_members: set(&["u1"]),
                to_end: 0,
                ..membership(delta(&[], &["u1"]))
            },
        ),
        (
            "rename and externalId",
            json!([
                {"op": "Replace", "path": "displayName", "value": "New"},
                {"op": "Replace", "path": "externalId", "value": "8aa1"}
            ]),
            GroupChange {
                external_id: TextChange::Set("8aa1".to_owned()),
                ..named("New")
            },
        ),
        (
            "externalId without a path",
            json!([{"op": "replace", "value": {"externalId": "8aa1"}}]),
            GroupChange {
                external_id: TextChange::Set("8aa1".to_owned()),
                ..GroupChange::default()
            },
        ),
        (
            "externalId and members are emptied",
            json!([
                {"op": "Replace", "path": "externalId", "value": ""},
                {"op": "remove", "path": "members"}
            ]),
            GroupChange {
                external_id: TextChange::Clear,
                ..emptied()
            },
        ),
    ]);
}

#[test]
fn others() {
    check(vec![
        (
            "Keycloak",
            json!([
                {"op": "replace", "path": "members", "value": [{"value": "u1"}]},
                {"op": "replace", "path": "displayName", "value": "kc"},
                {"op": "replace", "path": "externalId", "value": "e"}
            ]),
            GroupChange {
                external_id: TextChange::Set("e".to_owned()),
                members: all(&["u1"]),
                ..named("kc")
            },
        ),
        (
            "Keycloak empties a group",
            json!([{"op": "remove", "path": "members", "value": null}]),
            emptied(),
        ),
        (
            "authentik: an operation for each member",
            json!([
                {"op": "add", "path": "members", "value": [{"value": "u1"}]},
                {"op": "add", "path": "members", "value": [{"value": "u2"}]},
                {"op": "remove", "path": "members", "value": [{"value": "u3"}]}
            ]),
            membership(delta(&["u1", "u2"], &["u3"])),
        ),
        (
            "authentik: everything but the members",
            json!([{"op": "replace", "value": {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                "id": "grp_1", "externalId": "e", "displayName": "ak"
            }}]),
            GroupChange {
                external_id: TextChange::Set("e".to_owned()),
                ..named("ak")
            },
        ),
        (
            "a filter without a value",
            json!([{"op": "add", "path": "members[value eq \"u1\"]"}]),
            membership(delta(&["u1"], &[])),
        ),
        (
            "a filter with its own value, or with parts that follow from it",
            json!([
                {"op": "add", "path": "members[value eq \"u1\"]", "value": {"value": "u1"}},
                {"op": "replace", "path": "members[VALUE EQ \"u2\"]", "value": [{"display": "d"}]},
                {"op": "add", "path": "members[value eq \"u3\"]", "value": "u3"}
            ]),
            membership(delta(&["u1", "u2", "u3"], &[])),
        ),
        (
            "null for a filter",
            json!([{"op": "replace", "path": "members[value eq \"u1\"]", "value": null}]),
            membership(delta(&[], &["u1"])),
        ),
        (
            "RFC 7644 section 3.5.2.1: display, $ref and value",
            json!([{"op": "add", "path": "members", "value": [{
                "display": "Babs", "$ref": "https://host/v2/Users/u1", "value": "u1", "type": "user"
            }]}]),
            membership(delta(&["u1"], &[])),
        ),
        (
            "a single object, and one text",
            json!([
                {"op": "add", "path": "members", "value": {"value": "u1"}},
                {"op": "add", "path": "members", "value": "u2"}
            ]),
            membership(delta(&["u1", "u2"], &[])),
        ),
        (
            "a list of texts, nulls between them",
            json!([{"OP": "ADD", "Path": "Members", "Value": ["u1", null, {"VALUE": "u2"}]}]),
            membership(delta(&["u1", "u2"], &[])),
        ),
        (
            "nobody is added and nobody removed",
            json!([
                {"op": "add", "path": "members", "value": []},
                {"op": "remove", "path": "members", "value": []}
            ]),
            GroupChange::default(),
        ),
        (
            "URNs in front of the names",
            json!([
                {"op": "add", "path": "urn:ietf:params:scim:schemas:core:2.0:Group:members", "value": ["u1"]},
                {"op": "replace", "value": {"urn:ietf:params:scim:schemas:core:2.0:Group:displayName": "N"}}
            ]),
            GroupChange {
                members: delta(&["u1"], &[]),
                ..named("N")
            },
        ),
    ]);
}

#[test]
fn the_operations_are_folded_in_their_order() {
    check(vec![
        (
            "the last name stays",
            json!([
                {"op": "replace", "path": "displayName", "value": "A"},
                {"op": "add", "path": "displayName", "value": "B"}
            ]),
            named("B"),
        ),
        (
            "cleared and set",
            json!([
                {"op": "remove", "path": "externalId"},
                {"op": "add", "path": "externalId", "value": "e"}
            ]),
            GroupChange {
                external_id: TextChange::Set("e".to_owned()),
                ..GroupChange::default()
            },
        ),
        (
            "removed and added again",
            json!([
                {"op": "remove", "path": "members[value eq \"u1\"]"},
                {"op": "add", "path": "members", "value": ["u1"]}
            ]),
            membership(delta(&["u1"], &[])),
        ),
        (
            "added, removed and added again is no passing member",
            json!([
                {"op": "add", "path": "members", "value": ["u1"]},
                {"op": "remove", "path": "members", "value": ["u1"]},
                {"op": "add", "path": "members", "value": ["u1"]}
            ]),
            membership(delta(&["u1"], &[])),
        ),
        (
            "added to a replaced list, and taken out of it",
            json!([
                {"op": "replace", "path": "members", "value": ["u1", "u2"]},
                {"op": "add", "path": "members", "value": ["u3"]},
                {"op": "remove", "path": "members[value eq \"u1\"]"},
                {"op": "remove", "path": "members", "value": ["u2", "u9"]}
            ]),
            GroupChange {
                passing_members: set(&["u1", "u2"]),
                // u9 was in no list.
                to_end: u32::MAX,
                ..membership(all(&["u3"]))
            },
        ),
        (
            "replaced twice",
            json!([
                {"op": "replace", "path": "members", "value": ["u1", "u2"]},
                {"op": "replace", "path": "members", "value": ["u2", "u3"]}
            ]),
            GroupChange {
                passing_members: set(&["u1"]),
                ..membership(all(&["u2", "u3"]))
            },
        ),
    ]);
}

#[test]
fn the_description_comes_in_many_spellings() {
    let set = TextChange::Set("D".to_owned());
    for (operation, expected) in [
        (
            json!({"op": "Add", "path": DESCRIPTION, "value": "D"}),
            &set,
        ),
        (
            json!({"op": "Replace", "path": DESCRIPTION.to_uppercase(), "value": "D"}),
            &set,
        ),
        (json!({"op": "replace", "value": {DESCRIPTION: "D"}}), &set),
        (
            json!({"op": "replace", "value": {EXTENSION: {"description": "D"}}}),
            &set,
        ),
        (
            json!({"op": "add", "path": EXTENSION, "value": {"Description": "D"}}),
            &set,
        ),
        (
            json!({"op": "add", "path": format!("{EXTENSION}:2.0:Group:description"), "value": "D"}),
            &set,
        ),
        (
            json!({"op": "add", "path": DESCRIPTION, "value": ["D"]}),
            &set,
        ),
        (
            json!({"op": "replace", "path": DESCRIPTION, "value": ""}),
            &TextChange::Clear,
        ),
        (
            json!({"op": "replace", "path": DESCRIPTION, "value": null}),
            &TextChange::Clear,
        ),
        (
            json!({"op": "remove", "path": DESCRIPTION}),
            &TextChange::Clear,
        ),
        (
            json!({"op": "remove", "path": EXTENSION}),
            &TextChange::Clear,
        ),
        (
            json!({"op": "replace", "value": {EXTENSION: null}}),
            &TextChange::Clear,
        ),
    ] {
        let change = change(&json!([operation]));
        assert_eq!(&change.description, expected, "{operation}");
    }
}

#[test]
fn a_core_attribute_that_no_group_has_is_passed_over_and_noted() {
    let understood =
        patch(&json!([{"op": "replace", "value": {"displayName": "N", "title": "T"}}]))
            .expect("read");
    assert_eq!(understood.value, named("N"));
    assert_eq!(
        understood.notes.sentences(),
        ["ignored \"title\": not a core attribute"]
    );
}

#[test]
fn what_no_schema_declares_is_changed_as_it_is_of_users() {
    let before =
        json!({"urn:x:y": {"list": [{"value": "A"}, "B"], "badge": 6}, "urn:x:z": {"old": 1}});
    let Value::Object(before) = before else {
        unreachable!()
    };
    let change = change(&json!([
        {"op": "replace", "value": {
            "urn:x:y": {"badge": 7},
            "urn:x:y:other": "z",
            EXTENSION: {"colour": "red", "description": "D"}
        }},
        {"op": "add", "path": "urn:x:y:obj", "value": {"n": 1}},
        {"op": "replace", "path": "urn:x:y:list[value eq \"A\"].display", "value": "d"},
        {"op": "remove", "path": "urn:x:y:list", "value": ["B"]},
        {"op": "remove", "path": "urn:x:z"},
        {"op": "add", "path": "urn:x:y:apiToken", "value": "hunter2"}
    ]));
    assert_eq!(change.description, TextChange::Set("D".to_owned()));
    let after = change.extensions.apply(&before).expect("applied");
    assert_eq!(
        Value::Object(after),
        json!({
            "urn:x:y": {
                "list": [{"value": "A", "display": "d"}], "badge": 7, "other": "z", "obj": {"n": 1}
            },
            EXTENSION: {"colour": "red"}
        })
    );
    // As a command, it travels to whoever keeps the group.
    let sent = serde_json::to_string(&change).expect("JSON");
    let received: GroupChange = serde_json::from_str(&sent).expect("read");
    assert_eq!(received, change);
    let earlier = serde_json::to_value(named("N")).expect("JSON");
    assert_eq!(earlier.get("extensions"), None);
}

#[test]
fn what_is_kept_of_a_group_is_bounded() {
    let long = "x".repeat(MAX_EXTENSIONS / 2);
    let once = json!([{"op": "add", "path": "urn:x:y:a", "value": long}]);
    let after = change(&once)
        .extensions
        .apply(&Object::new())
        .expect("kept");
    let again = json!([{"op": "add", "path": "urn:x:y:b", "value": long}]);
    let error = change(&again)
        .extensions
        .apply(&after)
        .expect_err("refused");
    assert_eq!(error.scim_type, Some(ScimType::InvalidValue));
    assert!(
        error.detail.contains("at most 65536 are kept"),
        "{}",
        error.detail
    );
    let nul = json!([{"op": "add", "path": "urn:x:y:a[value eq \"\\u0000\"].b", "value": 1}]);
    assert!(change(&nul).extensions.apply(&Object::new()).is_err());
}

#[test]
fn a_missing_schemas_and_a_single_operation_are_understood() {
    let body = json!({"operations": {"op": "add", "path": "members", "value": "u1"}});
    let understood =
        GroupChange::from_request(body.as_object().expect("an object"), BASE).expect("read");
    assert_eq!(understood.value, membership(delta(&["u1"], &[])));
    assert!(understood.notes.quirks().contains(&Quirk::MissingSchemas));
}
