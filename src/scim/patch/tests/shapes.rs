//! The PATCH operations that identity providers send, and what becomes of the user.

use super::{ENTERPRISE, TEAMMATE, object, patch, patched, user};
use crate::scim::patch::PatchRequest;
use serde_json::{Value, json};

type Case = (&'static str, Value, Value, Value);

pub(super) fn check(cases: Vec<Case>) {
    for (name, before, operations, after) in cases {
        assert_eq!(patched(before, operations), after, "{name}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn entra_replaces_and_adds() {
    check(vec![
        (
            "documented: e-mail and family name",
            json!({"emails": [{"type": "work", "value": "old", "primary": true}], "name": {"givenName": "G", "familyName": "F"}}),
            json!([
                {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "new"},
                {"op": "Replace", "path": "name.familyName", "value": "U"}
            ]),
            json!({"emails": [{"type": "work", "value": "new", "primary": true}], "name": {"givenName": "G", "familyName": "U"}}),
        ),
        (
            "first value",
            json!({}),
            json!([{"op": "Add", "path": "nickName", "value": "Babs"}]),
            json!({"nickName": "Babs"}),
        ),
        (
            "replace of an absent phone makes it",
            json!({}),
            json!([{"op": "Replace", "path": "phoneNumbers[type eq \"work\"].value", "value": "+1-555-0100"}]),
            json!({"phoneNumbers": [{"type": "work", "value": "+1-555-0100"}]}),
        ),
        (
            "add of an absent phone leaves the others",
            json!({"phoneNumbers": [{"type": "work", "value": "1"}]}),
            json!([{"op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "2"}]),
            json!({"phoneNumbers": [{"type": "work", "value": "1"}, {"type": "mobile", "value": "2"}]}),
        ),
        (
            "several operations build one address",
            json!({}),
            json!([
                {"op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "100 Enterprise Blvd"},
                {"op": "replace", "path": "addresses[type eq \"work\"].locality", "value": "San Francisco"},
                {"op": "replace", "path": "addresses[type eq \"work\"].country", "value": "US"}
            ]),
            json!({"addresses": [{"type": "work", "streetAddress": "100 Enterprise Blvd", "locality": "San Francisco", "country": "US"}]}),
        ),
        (
            "role by quoted primary, made",
            json!({}),
            json!([
                {"op": "Replace", "path": "roles[primary eq \"True\"].value", "value": "V"},
                {"op": "Replace", "path": "roles[primary eq \"True\"].display", "value": "D"}
            ]),
            json!({"roles": [{"primary": true, "value": "V", "display": "D"}]}),
        ),
        (
            "role by quoted primary, found",
            json!({"roles": [{"primary": "True", "value": "old"}, {"value": "other"}]}),
            json!([{"op": "replace", "path": "roles[primary eq \"True\"].value", "value": "V"}]),
            json!({"roles": [{"primary": true, "value": "V"}, {"value": "other"}]}),
        ),
        (
            "JSON in a role's string is kept",
            json!({"roles": [{"value": "a"}]}),
            json!([{"op": "Add", "path": "roles", "value": [{"value": "{\"id\":\"1\",\"value\":\"25\",\"displayName\":\"R\"}"}]}]),
            json!({"roles": [{"value": "a"}, {"value": "{\"id\":\"1\",\"value\":\"25\",\"displayName\":\"R\"}"}]}),
        ),
        (
            "several roles of one type (AppRoleAssignmentsComplex) are all kept",
            json!({}),
            json!([{"op": "Add", "path": "roles", "value": [
                {"primary": "False", "type": "WindowsAzureActiveDirectoryRole", "display": "A", "value": "1"},
                {"primary": "False", "type": "WindowsAzureActiveDirectoryRole", "display": "B", "value": "2"}
            ]}]),
            json!({"roles": [
                {"primary": false, "type": "WindowsAzureActiveDirectoryRole", "display": "A", "value": "1"},
                {"primary": false, "type": "WindowsAzureActiveDirectoryRole", "display": "B", "value": "2"}
            ]}),
        ),
        (
            "with the flag: one operation of flat keys",
            json!({"displayName": "old", "name": {"middleName": "M"}}),
            json!([{"op": "replace", "value": {
                "displayName": "Bjfe",
                "name.givenName": "Kkom",
                "name.familyName": "Unua",
                format!("{ENTERPRISE}:employeeNumber"): "Aklq",
                format!("{TEAMMATE}:template"): "Sales",
                "emails[type eq \"work\"].value": "w@x"
            }}]),
            json!({
                "displayName": "Bjfe",
                "name": {"middleName": "M", "givenName": "Kkom", "familyName": "Unua"},
                ENTERPRISE: {"employeeNumber": "Aklq"},
                TEAMMATE: {"template": "Sales"},
                "emails": [{"type": "work", "value": "w@x"}]
            }),
        ),
        (
            "without the flag: URN paths",
            json!({}),
            json!([
                {"op": "Add", "path": format!("{ENTERPRISE}:department"), "value": "D"},
                {"op": "Add", "path": format!("{TEAMMATE}:template"), "value": "Sales"},
                {"op": "Replace", "path": format!("{TEAMMATE}:template"), "value": "Support"},
                {"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:Own:2.0:User:tag", "value": "t"}
            ]),
            json!({
                ENTERPRISE: {"department": "D"},
                TEAMMATE: {"template": "Support"},
                "urn:ietf:params:scim:schemas:extension:Own:2.0:User": {"tag": "t"}
            }),
        ),
        (
            "path-less value with a nested extension merges it",
            json!({ENTERPRISE: {"department": "A", "costCenter": "C1"}}),
            json!([{"op": "replace", "value": {ENTERPRISE: {"department": "B"}}}]),
            json!({ENTERPRISE: {"department": "B", "costCenter": "C1"}}),
        ),
        (
            "bare URN as path",
            json!({ENTERPRISE: {"department": "A", "costCenter": "C1"}}),
            json!([{"op": "add", "path": ENTERPRISE, "value": {"department": "B", "division": "D"}}]),
            json!({ENTERPRISE: {"department": "B", "costCenter": "C1", "division": "D"}}),
        ),
    ]);
}

#[test]
fn manager_in_every_shape() {
    let with = |manager: Value| json!({ENTERPRISE: {"department": "D", "manager": manager}});
    let path = format!("{ENTERPRISE}:manager");
    let old = || with(json!({"value": "old", "displayName": "Old"}));
    let without = || json!({ENTERPRISE: {"department": "D"}});
    check(vec![
        (
            "string",
            old(),
            json!([{"op": "Replace", "path": path, "value": "new"}]),
            with(json!({"value": "new"})),
        ),
        (
            "object",
            old(),
            json!([{"op": "Add", "path": path, "value": {"value": "new"}}]),
            with(json!({"value": "new"})),
        ),
        (
            "list",
            old(),
            json!([{"op": "Add", "path": path, "value": [{"$ref": null, "value": "new"}]}]),
            with(json!({"value": "new"})),
        ),
        (
            "the same again",
            old(),
            json!([{"op": "Add", "path": path, "value": {"value": "old"}}]),
            old(),
        ),
        (
            "sub-attribute",
            old(),
            json!([{"op": "Replace", "path": format!("{path}.value"), "value": "new"}]),
            with(json!({"value": "new", "displayName": "Old"})),
        ),
        (
            "display name",
            old(),
            json!([{"op": "Replace", "path": path, "value": {"displayName": "N"}}]),
            with(json!({"value": "old", "displayName": "N"})),
        ),
        (
            "empty string",
            old(),
            json!([{"op": "replace", "path": path, "value": ""}]),
            without(),
        ),
        (
            "null",
            old(),
            json!([{"op": "replace", "path": path, "value": null}]),
            without(),
        ),
        (
            "empty value",
            old(),
            json!([{"op": "replace", "path": format!("{path}.value"), "value": ""}]),
            without(),
        ),
        (
            "remove",
            old(),
            json!([{"op": "Remove", "path": path}]),
            without(),
        ),
        (
            "remove with the old value",
            old(),
            json!([{"op": "Remove", "path": path, "value": "old"}]),
            without(),
        ),
        (
            "flat key",
            old(),
            json!([{"op": "replace", "value": {path.clone(): ""}}]),
            without(),
        ),
    ]);
}

#[test]
fn nulls_and_empty_strings_read_back_empty() {
    let before = || {
        json!({
            "displayName": "D", "title": "T",
            "name": {"givenName": "G", "middleName": "M"},
            "phoneNumbers": [{"type": "work", "value": "1", "primary": true}, {"type": "mobile", "value": "2"}],
            "addresses": [{"type": "work", "locality": "L", "region": "R"}],
            ENTERPRISE: {"department": "D", "division": "V"}
        })
    };
    let after = || {
        json!({
            "name": {"givenName": "G"},
            "phoneNumbers": [{"type": "work", "value": "1", "primary": true}],
            "addresses": [{"type": "work", "region": "R"}],
            ENTERPRISE: {"division": "V"}
        })
    };
    for empty in [json!(null), json!("")] {
        let verbose = json!([
            {"op": "replace", "path": "displayName", "value": empty},
            {"op": "replace", "path": "title", "value": empty},
            {"op": "replace", "path": "name.middleName", "value": empty},
            {"op": "replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": empty},
            {"op": "replace", "path": "addresses[type eq \"work\"].locality", "value": empty},
            {"op": "replace", "path": "addresses[type eq \"home\"].locality", "value": empty},
            {"op": "replace", "path": format!("{ENTERPRISE}:department"), "value": empty}
        ]);
        assert_eq!(patched(before(), verbose), after(), "verbose {empty}");
        let flat = json!([{"op": "replace", "value": {
            "displayName": empty,
            "title": empty,
            "name.middleName": empty,
            "phoneNumbers[type eq \"mobile\"].value": empty,
            "addresses[type eq \"work\"].locality": empty,
            format!("{ENTERPRISE}:department"): empty
        }}]);
        assert_eq!(patched(before(), flat), after(), "flat {empty}");
    }
}

#[test]
fn okta_path_less_values_ignore_what_is_read_only() {
    let before = user(json!({"title": "T"}));
    let request = object(json!({"Operations": [{"op": "replace", "value": {
        "active": false, "id": "u1", "password": "Pw-1", "groups": [{"value": "g"}],
        "meta": {"version": "1"}, "schemas": ["x"], "shoeSize": 5
    }}]}));
    let request = PatchRequest::parse(&request).expect("understood");
    let patched = request.value.apply(&before).expect("accepted").value;
    assert_eq!(patched.active, Some(false));
    assert_eq!(patched.attributes, before.attributes);
    assert_eq!(
        request.notes.sentences(),
        ["ignored \"shoeSize\": not a core attribute"]
    );
}

#[test]
fn enterprise_attributes_are_understood_without_their_urn_and_noted_with_it() {
    let request = object(json!({"Operations": [
        {"op": "replace", "value": {"manager": "m9", "department": "D", "title": "T"}},
        {"op": "add", "value": {"urn:ietf:params:scim:schemas:core:2.0:User": {"division": "V"}}}
    ]}));
    let request = PatchRequest::parse(&request).expect("understood");
    assert_eq!(
        request.notes.sentences(),
        [
            format!("read \"manager\" as {ENTERPRISE}:manager"),
            format!("read \"department\" as {ENTERPRISE}:department"),
            // Its URN is given, and it is another.
            format!("ignored \"division\": not a core attribute; send it as {ENTERPRISE}:division"),
        ]
    );
    let patched = request
        .value
        .apply(&user(json!({})))
        .expect("accepted")
        .value;
    assert_eq!(
        Value::Object(patched.attributes),
        json!({"title": "T", ENTERPRISE: {"manager": {"value": "m9"}, "department": "D"}})
    );
}

#[test]
fn fields_of_the_user_are_patched_like_attributes() {
    let before = user(json!({"externalId": "old", "active": true}));
    let after = patch(
        &before,
        json!([
            {"op": "remove", "path": "externalId"},
            {"op": "add", "path": "externalId", "value": "mid"},
            {"op": "replace", "path": "EXTERNALID", "value": "fin"},
            {"op": "Replace", "path": "userName", "value": "new@x"},
            {"op": "Replace", "path": "active", "value": "False"},
            {"op": "Replace", "path": "password", "value": "secret"}
        ]),
    )
    .expect("accepted");
    assert_eq!(after.value.user_name, "new@x");
    assert_eq!(after.value.external_id.as_deref(), Some("fin"));
    assert_eq!(after.value.active, Some(false));
    assert_eq!(after.value.attributes, before.attributes);
    let without = patch(&before, json!([{"op": "remove", "path": "externalId"}]));
    assert_eq!(without.map(|user| user.value.external_id), Ok(None));
}

#[test]
fn requests_are_read_in_loose_shapes() {
    for body in [
        json!({"Operations": [{"op": "replace", "path": "title", "value": "T"}]}),
        json!({"operations": [{"OP": "Replace", "Path": "title", "Value": "T"}]}),
        json!({"schemas": null, "Operations": {"op": " replace ", "path": " title ", "value": "T"}}),
        json!({"Operations": [{"op": "add", "path": null, "value": {"title": "T"}}]}),
        json!({"Operations": [{"op": "add", "path": "", "value": {"title": "T"}}]}),
    ] {
        let request = PatchRequest::parse(&object(body.clone()))
            .expect("read")
            .value;
        let after = request.apply(&user(json!({}))).expect("accepted").value;
        assert_eq!(
            Value::Object(after.attributes),
            json!({"title": "T"}),
            "{body}"
        );
    }
}
