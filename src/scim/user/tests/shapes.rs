//! What identity providers send to create or replace a user, and what becomes of it.

use crate::scim::Object;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::user::{TemplateValues, Understood, User};
use serde_json::{Value, json};

pub(super) const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const TEAMMATE: &str = "urn:ietf:params:scim:schemas:extension:frontapp:teammate";
const CUSTOM_FIELDS: &str =
    "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields";

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}

fn read(body: Value) -> Result<Understood<User>, ScimError> {
    User::from_request(&object(body))
}

pub(super) fn user(body: Value) -> User {
    read(body).expect("accepted").value
}

/// The attributes that a body beside a userName leads to.
fn attributes(body: Value) -> Value {
    let mut body = object(body);
    body.insert("userName".to_owned(), json!("ada"));
    Value::Object(
        User::from_request(&body)
            .expect("accepted")
            .value
            .attributes,
    )
}

#[test]
fn okta_create_is_taken_without_password_and_groups() {
    let user = user(json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "test.user@okta.local",
        "name": {"givenName": "Test", "familyName": "User"},
        "emails": [{"primary": true, "value": "test.user@okta.local", "type": "work"}],
        "displayName": "Test User",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": true
    }));
    assert_eq!(user.user_name, "test.user@okta.local");
    assert_eq!(user.external_id.as_deref(), Some("00ujl29u0le5T6Aj10h7"));
    assert_eq!(user.active, Some(true));
    assert_eq!(user.view().primary_email(), Some("test.user@okta.local"));
    assert_eq!(user.view().display_name(), Some("Test User"));
    assert_eq!(
        Value::Object(user.attributes),
        json!({
            "name": {"givenName": "Test", "familyName": "User"},
            "emails": [{"primary": true, "value": "test.user@okta.local", "type": "work"}],
            "displayName": "Test User",
            "locale": "en-US"
        })
    );
}

#[test]
fn entra_documented_create_with_nulls_notes_nothing_for_them() {
    let understood = read(json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],
        "externalId": "jyoung",
        "userName": "jyoung@testuser.com",
        "active": true,
        "addresses": null,
        "displayName": "Joy Young",
        "emails": [{"type": "work", "value": "jyoung@Contoso.com", "primary": true}],
        "meta": {"resourceType": "User"},
        "name": {"familyName": "Young", "givenName": "Joy"},
        "phoneNumbers": null,
        "preferredLanguage": null,
        "title": null,
        "department": null,
        "manager": null
    }))
    .expect("accepted");
    assert_eq!(understood.notes.sentences(), Vec::<String>::new());
    assert_eq!(
        Value::Object(understood.value.attributes),
        json!({
            "displayName": "Joy Young",
            "emails": [{"type": "work", "value": "jyoung@Contoso.com", "primary": true}],
            "name": {"familyName": "Young", "givenName": "Joy"}
        })
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn bodies_become_canonical_attributes() {
    let cases = [
        (
            "names in any case",
            json!({"DISPLAYNAME": "A", "Name": {"GIVENNAME": "B"}}),
            json!({"displayName": "A", "name": {"givenName": "B"}}),
        ),
        (
            "flat dotted key",
            json!({"name.givenName": "A", "name.familyName": "B"}),
            json!({"name": {"givenName": "A", "familyName": "B"}}),
        ),
        (
            "flat URN key",
            json!({format!("{ENTERPRISE}:employeeNumber"): "7"}),
            json!({ENTERPRISE: {"employeeNumber": "7"}}),
        ),
        (
            "flat URN key of the manager",
            json!({format!("{ENTERPRISE}:manager"): "m1"}),
            json!({ENTERPRISE: {"manager": {"value": "m1"}}}),
        ),
        (
            "flat core URN key",
            json!({"urn:ietf:params:scim:schemas:core:2.0:User:title": "T"}),
            json!({"title": "T"}),
        ),
        (
            "bracket key",
            json!({"emails[type eq \"work\"].value": "a@x"}),
            json!({"emails": [{"type": "work", "value": "a@x"}]}),
        ),
        (
            "OneLogin single e-mail object",
            json!({"emails": {"value": "a@x", "primary": true}}),
            json!({"emails": [{"value": "a@x", "primary": true}]}),
        ),
        (
            "Keycloak roles",
            json!({"roles": [{"value": "r1"}]}),
            json!({"roles": [{"value": "r1"}]}),
        ),
        (
            "validator role with quoted primary",
            json!({"roles": [{"primary": "True", "display": "D", "value": "V", "type": "T"}]}),
            json!({"roles": [{"primary": true, "display": "D", "value": "V", "type": "T"}]}),
        ),
        (
            "null extension",
            json!({TEAMMATE: null, "roles": [{"value": "Sales", "type": "template"}]}),
            json!({"roles": [{"value": "Sales", "type": "template"}]}),
        ),
        (
            "undeclared extension",
            json!({"urn:own:2.0:User": {"badgeCode": 7, "tags": ["a"], "gone": null}}),
            json!({"urn:own:2.0:User": {"badgeCode": 7, "tags": ["a"]}}),
        ),
        (
            "undeclared flat key",
            json!({"urn:own:2.0:User:badgeCode": "7"}),
            json!({"urn:own:2.0:User": {"badgeCode": "7"}}),
        ),
        (
            "undeclared URN in two cases",
            json!({"urn:own:A": {"x": 1}, "URN:own:a:y": 2}),
            json!({"urn:own:A": {"x": 1, "y": 2}}),
        ),
        (
            "custom fields verbatim",
            json!({CUSTOM_FIELDS: {"fld_A.b": 1, "FLD_a.B": ""}}),
            json!({CUSTOM_FIELDS: {"fld_A.b": 1, "FLD_a.B": ""}}),
        ),
        (
            "custom field flat",
            json!({format!("{CUSTOM_FIELDS}:fld_A.b"): true}),
            json!({CUSTOM_FIELDS: {"fld_A.b": true}}),
        ),
        (
            "unknown sub-attribute kept",
            json!({"name": {"givenName": "A", "initials": "AB"}}),
            json!({"name": {"givenName": "A", "initials": "AB"}}),
        ),
        (
            "secrets under any roof",
            json!({
                "name": {"givenName": "A", "password": "s"},
                "emails": [{"value": "a@x", "password": "s"}],
                ENTERPRISE: {"apiToken": "s", "manager": {"value": "m", "password": "s"}},
                CUSTOM_FIELDS: {"password": "s", "a": {"secret": "s", "b": 1}},
                "urn:own:2.0:User:password": "s",
                "urn:own:2.0:User": {"badge": [{"token": "s"}]},
                "urn:own:secrets": {"title": "s"},
                "urn:own:password": {"title": "s"}
            }),
            json!({
                "name": {"givenName": "A"},
                "emails": [{"value": "a@x"}],
                ENTERPRISE: {"manager": {"value": "m"}},
                CUSTOM_FIELDS: {"a": {"b": 1}},
                "urn:own:2.0:User": {"badge": [{}]}
            }),
        ),
        (
            "undeclared attribute of a known extension kept",
            json!({ENTERPRISE: {"badge": "b"}}),
            json!({ENTERPRISE: {"badge": "b"}}),
        ),
        (
            "OneLogin manager template",
            json!({ENTERPRISE: {"department": "D", "manager": {"managerId": "", "displayName": ""}}}),
            json!({ENTERPRISE: {"department": "D", "manager": {"managerId": ""}}}),
        ),
        (
            "empty string is unassigned",
            json!({"title": "", "name": {"givenName": ""}}),
            json!({}),
        ),
        (
            "one primary at most",
            json!({"emails": [{"value": "a", "primary": true}, {"value": "b", "primary": true}]}),
            json!({"emails": [{"value": "a", "primary": true}, {"value": "b", "primary": false}]}),
        ),
        (
            "own groups, id and meta echoed",
            json!({"id": "1", "meta": {"version": 5}, "groups": [{"value": "g"}], "schemas": "x"}),
            json!({}),
        ),
        (
            "core attributes under their URN",
            json!({"urn:ietf:params:scim:schemas:core:2.0:User": {"TITLE": "T", "name": {"givenName": "A"}, "id": "1"}}),
            json!({"title": "T", "name": {"givenName": "A"}}),
        ),
        (
            "the core URN with no object",
            json!({"urn:ietf:params:scim:schemas:core:2.0:User": null, "title": "T"}),
            json!({"title": "T"}),
        ),
        (
            "Group attributes on a user",
            json!({"urn:ietf:params:scim:schemas:core:2.0:Group": {"displayName": "x"}}),
            json!({}),
        ),
        (
            "template as a list",
            json!({TEAMMATE: {"template": ["a", "", "b"]}}),
            json!({TEAMMATE: {"template": ["a", "b"]}}),
        ),
    ];
    for (name, body, expected) in cases {
        assert_eq!(attributes(body), expected, "{name}");
    }
}

/// What is left of the URN of the teammate extension without its last segment.
const FRONTAPP: &str = "urn:ietf:params:scim:schemas:extension:frontapp";

#[test]
fn template_is_found_in_every_spelling() {
    let tail = format!("{TEAMMATE}:2.0:User");
    for body in [
        json!({TEAMMATE: {"template": "Sales"}}),
        json!({TEAMMATE.to_uppercase(): {"TEMPLATE": "Sales"}}),
        json!({format!("{TEAMMATE}:template"): "Sales"}),
        json!({tail.as_str(): {"template": "Sales"}}),
        json!({format!("{tail}:template"): "Sales"}),
        json!({format!("{TEAMMATE}:template"): ["Sales"]}),
        json!({format!("{TEAMMATE}.template"): "Sales"}),
        json!({format!("{TEAMMATE}:template:"): "Sales"}),
        json!({format!("{TEAMMATE}:template "): "Sales"}),
        json!({format!("\u{a0}{TEAMMATE}: template"): "Sales"}),
        json!({format!("{TEAMMATE} :template"): "Sales"}),
        json!({format!("{TEAMMATE}::TEMPLATE"): "Sales"}),
        json!({format!("{TEAMMATE}:"): {"template": "Sales"}}),
        json!({format!("{TEAMMATE} "): {"template": "Sales"}}),
        json!({FRONTAPP: {"template": "Sales"}}),
        json!({FRONTAPP: {"teammate": {"template": "Sales"}}}),
        json!({FRONTAPP: {"teammate:template": "Sales"}}),
        json!({format!("{FRONTAPP}:template"): "Sales"}),
        json!({format!("{FRONTAPP}.template "): "Sales"}),
        json!({TEAMMATE: "Sales"}),
        json!({TEAMMATE: ["Sales"]}),
        json!({FRONTAPP: {"teammate": "Sales"}}),
    ] {
        let mut body = object(body);
        body.insert("userName".to_owned(), json!("ada"));
        let user = user(Value::Object(body.clone()));
        let expected = TemplateValues {
            extension: vec!["Sales"],
            roles: Vec::new(),
        };
        assert_eq!(user.view().template_values(), expected, "{body:?}");
        let keys: Vec<_> = user.attributes.keys().map(String::as_str).collect();
        assert_eq!(keys, [TEAMMATE], "{body:?}");
    }
    let by_roles = user(json!({
        "userName": "ada",
        "roles": [
            {"type": "Template", "value": "Support squad: tea_6nvk"},
            {"type": "other", "value": "x"},
            {"type": "template", "value": 5},
            {"type": "template", "value": ["a", 7, "b"]}
        ]
    }));
    assert_eq!(
        by_roles.view().template_values().roles,
        ["Support squad: tea_6nvk", "a", "b"]
    );
}

#[test]
fn active_is_read_from_words() {
    for (sent, expected) in [
        (json!("False"), Some(false)),
        (json!("true"), Some(true)),
        (json!(false), Some(false)),
        (json!(null), None),
    ] {
        assert_eq!(
            user(json!({"userName": "a", "active": sent})).active,
            expected
        );
    }
    let notes = read(json!({"userName": "a", "active": "False"}))
        .expect("accepted")
        .notes
        .sentences();
    assert_eq!(notes, ["read \"False\" as false for active"]);
}

#[test]
fn what_was_ignored_is_noted_without_secrets() {
    let notes = read(json!({
        "userName": "a",
        "department": "D",
        "shoeSize": 5,
        "password": "hunter2"
    }))
    .expect("accepted")
    .notes
    .sentences();
    assert_eq!(
        notes,
        [
            format!(
                "ignored \"department\": not a core attribute; send it as {ENTERPRISE}:department"
            ),
            "ignored \"shoeSize\": not a core attribute".to_owned()
        ]
    );
}

#[test]
fn notes_are_bounded() {
    let mut body: Object = (0..500).map(|n| (format!("x{n}"), json!(1))).collect();
    body.insert("userName".to_owned(), json!("a"));
    let notes = User::from_request(&body)
        .expect("accepted")
        .notes
        .sentences();
    assert_eq!(notes.len(), 51);
    assert_eq!(notes.last().map(String::as_str), Some("450 more"));
}

#[test]
fn bad_bodies_are_refused_by_name() {
    let long = "x".repeat(1_025);
    for (body, detail) in [
        (json!({}), "userName is missing or blank"),
        (json!({"userName": null}), "userName is missing or blank"),
        (json!({"userName": ""}), "userName is missing or blank"),
        (json!({"userName": " \t"}), "userName is missing or blank"),
        (json!({"userName": {}}), "userName has to be a string"),
        (
            json!({"userName": long}),
            "userName is longer than 1024 characters",
        ),
        (
            json!({"userName": "a", "externalId": long}),
            "externalId is longer than",
        ),
        (
            json!({"userName": "a", "emails": [{"value": long}]}),
            "emails.value is longer than",
        ),
        (
            json!({"userName": "a", "active": "maybe"}),
            "active has to be true or false, but is the string \"maybe\"",
        ),
        (
            json!({"userName": "a", ENTERPRISE: "x"}),
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User has to be an object",
        ),
        (
            json!({"userName": "a", ENTERPRISE: {"department": {}}}),
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department has to be a string",
        ),
    ] {
        let error = read(body.clone()).expect_err("refused");
        assert_eq!(
            (error.status, error.scim_type),
            (400, Some(ScimType::InvalidValue)),
            "{body}"
        );
        assert!(error.detail.starts_with(detail), "{}", error.detail);
    }
    assert!(read(json!({"userName": "é".repeat(1_024)})).is_ok());
}

#[test]
fn too_many_extensions_are_refused() {
    let mut body: Object = (0..200)
        .map(|n| (format!("urn:own:{n}:x"), json!(1)))
        .collect();
    body.insert("userName".to_owned(), json!("a"));
    assert!(User::from_request(&body).is_err());
}

#[test]
fn e_mails_are_found() {
    let user = user(json!({
        "userName": "ada",
        "emails": [{"display": "x"}, {"value": "a@x"}, {"value": "b@x", "primary": "true"}]
    }));
    assert_eq!(user.view().emails(), ["a@x", "b@x"]);
    assert_eq!(user.view().primary_email(), Some("b@x"));
    assert_eq!(user.view().custom_fields(), None);
}
