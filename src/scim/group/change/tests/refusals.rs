//! PATCH operations on groups that are refused, and why.

use super::{delta, patch};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::group::MAX_DISPLAY_NAME_CHARACTERS;
use crate::scim::user::MAX_EXTERNAL_ID_CHARACTERS;
use serde_json::{Value, json};

fn refusal(operation: &Value) -> ScimError {
    patch(&json!([operation]))
        .expect("a PATCH")
        .value
        .refusal
        .unwrap_or_else(|| panic!("not refused: {operation}"))
}

fn check(cases: Vec<(Value, ScimType, &str)>) {
    for (operation, scim_type, detail) in cases {
        let refusal = refusal(&operation);
        assert_eq!(refusal.detail, detail, "{operation}");
        assert_eq!(refusal.scim_type, Some(scim_type), "{operation}");
        assert_eq!(refusal.status, 400, "{operation}");
    }
}

#[test]
fn nested_groups() {
    let detail = "members may refer to User alone, but \"grp_2\" is a Group: groups are not nested here. Take it \
                  out of the group in the identity provider, and assign its users directly.";
    for member in [
        json!({"value": "grp_2", "type": "Group"}),
        json!({"value": "grp_2", "TYPE": "group"}),
        json!({"value": "grp_2", "$ref": "https://host/scim/con_1/v2/Groups/grp_2"}),
        json!({"value": "grp_2", "$ref": "../Groups/grp_2/?a=/Users/1"}),
        json!({"value": "grp_2", "$ref": "https://host/v2/Users/u1", "type": "Group"}),
    ] {
        check(vec![
            (
                json!({"op": "add", "path": "members", "value": [{"value": "u1"}, member]}),
                ScimType::InvalidValue,
                detail,
            ),
            (
                json!({"op": "replace", "value": {"members": [member]}}),
                ScimType::InvalidValue,
                detail,
            ),
            (
                json!({"op": "add", "path": "members[value eq \"grp_2\"]", "value": member}),
                ScimType::InvalidValue,
                detail,
            ),
        ]);
    }
}

#[test]
fn a_nested_group_without_an_id_is_called_by_that_of_the_path() {
    let nested = |element: &str| {
        format!(
            "members may refer to User alone, but {element} is a Group: groups are not nested here. Take it out of \
             the group in the identity provider, and assign its users directly."
        )
    };
    let (named, unnamed) = (nested("\"u1\""), nested("an element without a value"));
    for (op, path, detail) in [
        ("add", "members[value eq \"u1\"]", &named),
        (
            "replace",
            "members[type eq \"User\" and VALUE eq \"u1\"]",
            &named,
        ),
        ("add", "members[value ne \"u1\"]", &unnamed),
        ("add", "members", &unnamed),
        ("remove", "members", &unnamed),
    ] {
        let operation = json!({"op": op, "path": path, "value": {"type": "Group", "value": " "}});
        check(vec![(operation, ScimType::InvalidValue, detail)]);
    }
}

#[test]
fn members_without_an_id() {
    let no_value =
        "An element of members has no value. Each needs the id of the resource as its value.";
    for member in [
        json!({}),
        json!({"display": "Ada"}),
        json!({"value": null}),
        json!({"value": " "}),
        json!(""),
    ] {
        check(vec![(
            json!({"op": "replace", "path": "members", "value": [member]}),
            ScimType::InvalidValue,
            no_value,
        )]);
    }
    check(vec![
        (
            json!({"op": "add", "path": "members", "value": [7]}),
            ScimType::InvalidValue,
            "members has to be a list of objects, but is a number (7). Correct the attribute mapping in the identity provider.",
        ),
        (
            json!({"op": "add", "path": "members", "value": [["u1"]]}),
            ScimType::InvalidValue,
            "members has to be a list of objects, but is a list of 1 values. Correct the attribute mapping in the identity provider.",
        ),
        (
            json!({"op": "add", "path": "members", "value": [{"value": {"id": "u1"}}]}),
            ScimType::InvalidValue,
            "members.value has to be a string, but is an object. Correct the attribute mapping in the identity provider.",
        ),
        (
            json!({"op": "add", "path": "members"}),
            ScimType::InvalidValue,
            "The operation on members has no value. Send one, or use \"remove\".",
        ),
    ]);
}

#[test]
fn filters_that_say_of_nobody_whom_to_add() {
    let none = |filter: &str, why: &str| {
        format!("No member matches [{filter}]. {why} Nothing was changed.")
    };
    let nested = "A member is a user: groups are not nested here, so that none can be added.";
    for (filter, why) in [
        (
            "value eq \"\"",
            "It names no id, so that nobody can be added.",
        ),
        ("type eq \"Group\"", nested),
        ("value eq \"g1\" and type eq \"Group\"", nested),
        ("$ref eq \"https://host/v2/Groups/g1\"", nested),
    ] {
        let operation = json!({"op": "add", "path": format!("members[{filter}]")});
        check(vec![(operation, ScimType::NoTarget, &none(filter, why))]);
    }
    for (filter, part) in [
        ("value eq \"a\" and value eq \"b\"", "value"),
        ("value eq \"a\" and $ref eq \"../Users/b\"", "$ref"),
    ] {
        let detail =
            format!("members.{part} can't be changed. Remove the member, and add the other one.");
        let operation = json!({"op": "add", "path": format!("members[{filter}]")});
        check(vec![(operation, ScimType::Mutability, &detail)]);
    }
}

#[test]
fn a_body_names_members_by_their_ids() {
    let body = json!({"displayName": "N", "members[display co \"a\"]": {}});
    let refusal = super::super::GroupBody::from_request(&super::object(body)).expect_err("refused");
    assert_eq!(refusal.scim_type, Some(ScimType::InvalidFilter));
    assert!(
        refusal
            .detail
            .starts_with("A body names members by their ids."),
        "{refusal:?}"
    );
}

#[test]
fn more_comparisons_than_are_looked_for_at_once() {
    let path = |count: usize| format!("members[{}]", vec!["display co \"a\""; count].join(" or "));
    let operations = |paths: Vec<String>| {
        paths
            .iter()
            .map(|path| json!({"op": "remove", "path": path}))
            .collect::<Value>()
    };
    for fine in [vec![path(40)], vec![path(2); 20]] {
        assert!(patch(&operations(fine)).is_ok());
    }
    for (many, told) in [
        (vec![path(41)], "by 41 comparisons in 1 operations"),
        (vec![path(1); 21], "by 21 comparisons in 21 operations"),
    ] {
        let refusal = patch(&operations(many)).expect_err("too many");
        assert_eq!(refusal.scim_type, Some(ScimType::InvalidFilter));
        assert!(refusal.detail.contains(told), "{refusal:?}");
    }
    let ids: Vec<String> = (0..10_001).map(|number| format!("tea_{number}")).collect();
    let both = json!({"op": "remove", "path": path(1), "value": ids});
    assert!(patch(&json!([both])).is_ok());
    let refusal = patch(&json!([both, both])).expect_err("too many");
    assert_eq!(refusal.scim_type, Some(ScimType::InvalidValue));
    assert!(
        refusal.detail.contains("name 20002 ids; at most 20000"),
        "{refusal:?}"
    );
    // Ids are compared with nobody.
    let ids: Vec<String> = (0..170)
        .map(|number| format!("value eq \"tea_{number}\""))
        .collect();
    let many = operations(vec![format!("members[{}]", ids.join(" or ")); 30]);
    assert!(patch(&many).is_ok());
}

#[test]
fn parts_of_a_member() {
    let fixed = |part: &str| {
        format!("members.{part} can't be changed. Remove the member, and add the other one.")
    };
    check(vec![
        (
            json!({"op": "replace", "path": "members.value", "value": "u2"}),
            ScimType::Mutability,
            &fixed("value"),
        ),
        (
            json!({"op": "replace", "path": "members[value eq \"u1\"].value", "value": "u2"}),
            ScimType::Mutability,
            &fixed("value"),
        ),
        (
            json!({"op": "remove", "path": "members[value eq \"u1\"].type"}),
            ScimType::Mutability,
            &fixed("type"),
        ),
        (
            json!({"op": "replace", "path": "members[value eq \"u1\"]", "value": {"value": "u2"}}),
            ScimType::Mutability,
            &fixed("value"),
        ),
        (
            json!({"op": "replace", "path": "members[value eq \"u1\"].display", "value": "x"}),
            ScimType::Mutability,
            "members.display is read-only: this server sets it. Remove it from the attribute mapping.",
        ),
        (
            json!({"op": "add", "path": "members[value eq \"a\\u0000\"]"}),
            ScimType::InvalidPath,
            "The path \"members[value eq \"a\\u0000\"]\" is not valid: a value contains a NUL character.",
        ),
        (
            json!({"op": "replace", "path": "members.colour", "value": "red"}),
            ScimType::InvalidPath,
            "The path \"members.colour\" is not valid: members has no part \"colour\"; use one of members.value, members.$ref, members.type, members.display. Correct the path in the attribute mapping.",
        ),
    ]);
}

#[test]
fn names_and_other_attributes() {
    let no_name = "displayName is missing or blank. Map an attribute to displayName in the identity provider, \
                   usually the group's name.";
    let long = |name: &str, limit: usize| {
        format!(
            "{name} is longer than {limit} characters. Correct the attribute mapping in the identity provider."
        )
    };
    check(vec![
        (
            json!({"op": "replace", "path": "displayName", "value": " \t"}),
            ScimType::InvalidValue,
            no_name,
        ),
        (
            json!({"op": "replace", "value": {"displayName": null}}),
            ScimType::InvalidValue,
            no_name,
        ),
        (
            json!({"op": "remove", "path": "displayName"}),
            ScimType::Mutability,
            "displayName is required and can't be removed. Replace it with another value.",
        ),
        (
            json!({"op": "replace", "path": "displayName", "value": "é".repeat(MAX_DISPLAY_NAME_CHARACTERS + 1)}),
            ScimType::InvalidValue,
            &long("displayName", MAX_DISPLAY_NAME_CHARACTERS),
        ),
        (
            json!({"op": "replace", "path": "externalId", "value": "e".repeat(MAX_EXTERNAL_ID_CHARACTERS + 1)}),
            ScimType::InvalidValue,
            &long("externalId", MAX_EXTERNAL_ID_CHARACTERS),
        ),
        (
            json!({"op": "replace", "path": "id", "value": "x"}),
            ScimType::Mutability,
            "id is read-only: this server sets it. Remove it from the attribute mapping.",
        ),
        (
            json!({"op": "replace", "path": "department", "value": "x"}),
            ScimType::InvalidPath,
            "\"department\" is not an attribute of a group. Correct the path in the attribute mapping.",
        ),
        (
            json!({"op": "remove"}),
            ScimType::NoTarget,
            "The operation \"remove\" needs a path that says what to remove.",
        ),
    ]);
}

#[test]
fn one_who_surely_is_no_member_is_no_mistake_and_noted() {
    for operations in [
        json!([
            {"op": "remove", "path": "members"},
            {"op": "remove", "path": "members[value eq \"u1\"]"}
        ]),
        json!([
            {"op": "replace", "path": "members", "value": ["u2"]},
            {"op": "remove", "path": "members[value eq \"u1\"]"}
        ]),
        json!([
            {"op": "remove", "path": "members", "value": ["u1"]},
            {"op": "remove", "path": "members[value eq \"u1\"]"}
        ]),
        json!([
            {"op": "remove", "path": "members[value eq \"u1\"]"},
            {"op": "remove", "path": "members[value eq \"u1\"]"}
        ]),
    ] {
        let change = patch(&operations).expect("read").value;
        assert_eq!(change.refusal, None, "{operations}");
        assert_eq!(change.to_end, u32::MAX, "{operations}");
    }
}

#[test]
fn a_refusal_waits_and_nothing_behind_it_is_read() {
    let change = patch(&json!([
        {"op": "remove", "path": "members[value eq \"u1\"]"},
        {"op": "add", "path": "members", "value": ["u2"]},
        {"op": "add", "path": "members.value", "value": "u4"},
        {"op": "add", "path": "members", "value": ["u3"]},
        {"op": "replace", "path": "nothing", "value": 1}
    ]))
    .expect("read")
    .value;
    assert_eq!(change.members, delta(&["u2"], &["u1"]));
    let refusal = change.refusal.expect("refused");
    assert_eq!(refusal.scim_type, Some(ScimType::Mutability));
}

#[test]
fn a_message_that_is_no_patch_is_refused_at_once() {
    for operations in [json!([]), json!("x"), json!([{"op": "move"}]), json!([1])] {
        assert!(patch(&operations).is_err(), "{operations}");
    }
}
