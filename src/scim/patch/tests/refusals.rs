//! PATCH requests that change nothing, and why.

use super::{object, patch, user};
use crate::scim::error::ScimType;
use crate::scim::patch::PatchRequest;
use serde_json::{Value, json};

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn operations_that_cannot_be_done_are_refused() {
    let before = user(json!({
        "title": "T",
        "emails": [{"value": "a", "type": "work"}]
    }));
    let cases = [
        (
            json!({"op": "Remove", "value": {"displayName": "Ada"}}),
            "noTarget",
            "needs a path",
        ),
        (
            json!({"op": "add", "path": "emails[type ne \"work\"].value", "value": "x"}),
            "noTarget",
            "attribute eq value",
        ),
        (
            json!({"op": "add", "path": "emails[type eq \"x\" or type eq \"y\"].value", "value": "x"}),
            "noTarget",
            "attribute eq value",
        ),
        (
            json!({"op": "add", "path": "emails[type eq \"x\" and type eq \"y\"].value", "value": "x"}),
            "noTarget",
            "No element can be as the filter says",
        ),
        (
            json!({"op": "replace", "path": "name[givenName ne \"Ada\" or familyName pr]", "value": {"middleName": "B"}}),
            "noTarget",
            "attribute eq value",
        ),
        (
            json!({"op": "replace", "path": "emails[type eq 5].value", "value": "x"}),
            "invalidFilter",
            "emails.type has to be compared with a string in double quotes",
        ),
        (
            json!({"op": "remove", "path": "emails[primary gt true]"}),
            "invalidFilter",
            "emails.primary is a boolean, where gt has no meaning",
        ),
        (
            json!({"op": "remove", "path": "title[value eq \"T\"]"}),
            "invalidPath",
            "title has a single value",
        ),
        (
            json!({"op": "remove", "path": "manager[nope eq \"x\"]"}),
            "invalidFilter",
            "\"nope\" is no sub-attribute of manager: use one of manager.value, ",
        ),
        (
            json!({"op": "remove", "path": "userName"}),
            "mutability",
            "required",
        ),
        (
            json!({"op": "replace", "path": "id", "value": "x"}),
            "mutability",
            "id is read-only",
        ),
        (
            json!({"op": "replace", "path": "meta.created", "value": "x"}),
            "mutability",
            "meta.created is read-only",
        ),
        (
            json!({"op": "add", "path": "groups", "value": [{"value": "g"}]}),
            "mutability",
            "groups is read-only",
        ),
        (
            json!({"op": "replace", "path": "userName", "value": ""}),
            "invalidValue",
            "userName is missing",
        ),
        (
            json!({"op": "replace", "path": "userName", "value": null}),
            "invalidValue",
            "userName is missing",
        ),
        (
            json!({"op": "replace", "path": "active", "value": "maybe"}),
            "invalidValue",
            "active has to be",
        ),
        (
            json!({"op": "replace", "path": "title"}),
            "invalidValue",
            "has no value",
        ),
        (
            json!({"op": "replace", "path": "emails[type eq \"work\"].value"}),
            "invalidValue",
            "has no value",
        ),
        (
            json!({"op": "replace", "value": "x"}),
            "invalidValue",
            "needs an object",
        ),
        (json!({"op": "add"}), "invalidValue", "missing"),
        (
            json!({"op": "replace", "path": "emails[type eq \"work\"].value", "value": "x".repeat(2_000)}),
            "invalidValue",
            "emails.value is longer",
        ),
        (
            json!({"op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:department", "value": "x"}),
            "invalidPath",
            "enterprise:2.0:User:department",
        ),
        (
            json!({"op": "replace", "path": "shoeSize", "value": 5}),
            "invalidPath",
            "not an attribute of a user",
        ),
        (
            json!({"op": "remove", "path": "urn:ietf:params:scim:schemas:core:2.0:User"}),
            "invalidPath",
            "not an attribute of a user",
        ),
        (
            json!({"op": "remove", "path": "shoeSize"}),
            "invalidPath",
            "not an attribute of a user",
        ),
        (
            json!({"op": "replace", "path": "emails[type eq", "value": "x"}),
            "invalidPath",
            "not valid",
        ),
        (
            json!({"op": "replace", "value": {"emails[type eq": "x"}}),
            "invalidPath",
            "not valid",
        ),
        (
            json!({"op": "replace", "path": "name.nope", "value": "x"}),
            "invalidPath",
            "name has no part \"nope\"; use one of name.formatted, ",
        ),
        (
            json!({"op": "add", "path": "emails[type eq \"work\"].nope", "value": "x"}),
            "invalidPath",
            "emails has no part \"nope\"",
        ),
        (
            json!({"op": "remove", "path": "name.nope"}),
            "invalidPath",
            "name has no part \"nope\"",
        ),
        (
            json!({"op": "replace", "value": {"name.nope": "x"}}),
            "invalidPath",
            "name has no part \"nope\"",
        ),
        (
            json!({"op": "replace", "value": {super::ENTERPRISE: {"manager.nope": "x"}}}),
            "invalidPath",
            "manager has no part \"nope\"",
        ),
        (
            json!({"op": "add", "path": "emails[type eq \"work\"].password", "value": "hunter2"}),
            "invalidPath",
            "emails has no part \"password\"",
        ),
        (
            json!({"op": "add", "path": "roles.apiToken", "value": "hunter2"}),
            "invalidPath",
            "roles has no part \"apiToken\"",
        ),
        (
            json!({"op": "replace", "path": "emails[nope eq \"x\"].value", "value": "x"}),
            "invalidFilter",
            "\"nope\" is no sub-attribute of emails: use one of emails.value, ",
        ),
        (
            json!({"op": "remove", "path": "emails[type eq \"work\" and not (nope pr)]"}),
            "invalidFilter",
            "\"nope\" is no sub-attribute of emails",
        ),
        (
            json!({"op": "remove", "path": "emails[value.nope eq \"x\"]"}),
            "invalidFilter",
            "\"value.nope\" is no sub-attribute of emails",
        ),
        (
            json!({"op": "replace", "value": {"emails[nope eq \"x\"].value": "x"}}),
            "invalidFilter",
            "\"nope\" is no sub-attribute of emails",
        ),
        (
            json!({"op": "add", "path": "roles[password eq \"hunter2\"].value", "value": "x"}),
            "invalidFilter",
            "\"password\" is no sub-attribute of roles",
        ),
        (
            json!({"op": "replace", "path": 5, "value": "x"}),
            "invalidPath",
            "has to be a string",
        ),
        (
            json!({"op": "move", "path": "title"}),
            "invalidSyntax",
            "\"move\" is not an operation",
        ),
        (json!({"path": "title"}), "invalidSyntax", "needs \"op\""),
        (json!({"op": 5}), "invalidSyntax", "needs \"op\""),
        (json!("x"), "invalidSyntax", "has to be an object"),
    ];
    for (operation, scim_type, detail) in cases {
        let error = patch(
            &before,
            json!([{"op": "add", "path": "nickName", "value": "n"}, operation]),
        )
        .expect_err("refused");
        assert_eq!(error.status, 400);
        assert_eq!(
            error.scim_type.map(ScimType::as_str),
            Some(scim_type),
            "{operation}"
        );
        assert!(
            error.detail.contains(detail),
            "{operation}: {}",
            error.detail
        );
    }
}

#[test]
fn bodies_without_operations_are_refused() {
    for body in [
        json!({}),
        json!({"Operations": null}),
        json!({"Operations": []}),
        json!({"Operations": "x"}),
    ] {
        let error = PatchRequest::parse(&object(body.clone())).expect_err("refused");
        assert_eq!(
            error.scim_type.map(ScimType::as_str),
            Some("invalidSyntax"),
            "{body}"
        );
    }
    let many = vec![json!({"op": "remove", "path": "title"}); 1_001];
    assert!(PatchRequest::parse(&object(json!({"Operations": many}))).is_err());
}

#[test]
fn a_small_request_cannot_grow_a_user_without_bound() {
    let roles: Vec<Value> = (0..1_000)
        .map(|n| json!({"value": n.to_string()}))
        .collect();
    let before = user(json!({"roles": roles}));
    let long = "x".repeat(60_000);
    for path in [
        "roles.display",
        "roles[value pr].display",
        "roles[value pr]",
    ] {
        let value = if path.ends_with(']') {
            json!({"display": long})
        } else {
            json!(long)
        };
        let error = patch(
            &before,
            json!([{"op": "replace", "path": path, "value": value}]),
        );
        let error = error.expect_err("refused");
        assert!(
            error.detail.contains("many elements of roles"),
            "{}",
            error.detail
        );
    }
    let error = patch(
        &before,
        json!([{"op": "add", "path": "roles", "value": [{"value": "one more"}]}]),
    );
    assert!(error.is_err());
}

#[test]
fn a_filter_cannot_smuggle_a_nul() {
    let operations =
        json!([{"op": "add", "path": "emails[type eq \"a\\u0000\"].value", "value": "x"}]);
    let error = patch(&user(json!({})), operations).expect_err("refused");
    assert!(error.detail.contains("NUL"), "{}", error.detail);
}

#[test]
fn short_elements_and_long_filters_are_bounded_as_well() {
    let emails: Vec<_> = (0..1_000)
        .map(|number| json!({ "value": format!("n{number}") }))
        .collect();
    let before = user(json!({ "emails": emails }));
    let filter: Vec<String> = (0..70)
        .map(|number| format!("value eq \"n{number}\""))
        .collect();
    let operation = json!({
        "op": "replace",
        "path": format!("emails[{}].display", filter.join(" or ")),
        "value": "x"
    });
    let error = patch(&before, json!(vec![operation; 20])).expect_err("refused");
    assert!(
        error.detail.contains("compares too much in emails"),
        "{}",
        error.detail
    );
}

#[test]
fn a_request_cannot_compare_without_bound() {
    let role = json!({"value": "r", "display": "x".repeat(60_000)});
    let before = user(json!({"roles": vec![role; 5]}));
    let path = format!("roles[{}].type", vec!["type pr"; 700].join(" or "));
    let operation = json!({"op": "replace", "path": path, "value": null});
    assert!(patch(&before, json!([operation])).is_ok());
    let error = patch(&before, json!([operation, operation])).expect_err("refused");
    assert!(
        error.detail.contains("compares too much in roles"),
        "{}",
        error.detail
    );
}
