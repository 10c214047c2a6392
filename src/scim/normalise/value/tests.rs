use crate::scim::normalise::describe::cut;
use crate::scim::normalise::notes::Notes;
use crate::scim::schema::{Attribute, USER, schema};
use serde_json::{Value, json};

fn core(name: &str) -> &'static Attribute {
    USER.attribute(name).expect("declared")
}

fn normalised(attribute: &'static Attribute, value: &Value) -> Option<Value> {
    let mut notes = Notes::default();
    super::value(attribute, value, attribute.name, &mut notes).expect("accepted")
}

fn refused(attribute: &'static Attribute, value: &Value) -> String {
    let mut notes = Notes::default();
    super::value(attribute, value, attribute.name, &mut notes)
        .expect_err("refused")
        .detail
}

#[test]
fn booleans_come_as_words() {
    for (sent, expected) in [
        (json!(true), Some(json!(true))),
        (json!("True"), Some(json!(true))),
        (json!("FALSE"), Some(json!(false))),
        (json!(" false "), Some(json!(false))),
        (json!(1), Some(json!(true))),
        (json!(0.0), Some(json!(false))),
        (json!("1"), Some(json!(true))),
        (json!(" 0 "), Some(json!(false))),
        (json!(""), None),
        (json!(null), None),
    ] {
        assert_eq!(normalised(core("active"), &sent), expected, "{sent}");
    }
    assert!(refused(core("active"), &json!("yes")).starts_with("active has to be true or false"));
    assert!(refused(core("active"), &json!(2)).contains("a number (2)"));
    assert!(refused(core("active"), &json!("2")).contains("the string \"2\""));
}

#[test]
fn numbers_and_booleans_are_read_as_their_text() {
    for (name, sent, expected) in [
        ("userName", json!(701_984), json!("701984")),
        ("title", json!(-5), json!("-5")),
        ("title", json!(u64::MAX), json!("18446744073709551615")),
        ("title", json!(2.5), json!("2.5")),
        ("title", json!(5.0), json!("5.0")),
        ("title", json!(true), json!("true")),
        ("title", json!([false]), json!("false")),
        ("externalId", json!(7), json!("7")),
        ("profileUrl", json!(7), json!("7")),
        ("name", json!({"givenName": 1}), json!({"givenName": "1"})),
        ("emails", json!(5), json!([{"value": "5"}])),
        (
            "phoneNumbers",
            json!([{"value": 49_301, "type": 1, "primary": 1}]),
            json!([{"value": "49301", "type": "1", "primary": true}]),
        ),
        // Whatever it is, it is kept as sent.
        ("roles", json!([{"value": 5}]), json!([{"value": 5}])),
    ] {
        assert_eq!(normalised(core(name), &sent), Some(expected), "{sent}");
    }
    let mut notes = Notes::default();
    super::value(core("title"), &json!(5), "title", &mut notes).expect("accepted");
    super::value(core("active"), &json!(0), "active", &mut notes).expect("accepted");
    assert_eq!(
        notes.sentences(),
        ["read 5 as \"5\" for title", "read 0 as false for active"]
    );
}

/// A number that JSON parsers have to round is not the one that was sent.
#[test]
fn numbers_that_lost_digits_are_refused() {
    let sent = serde_json::from_str("123456789012345678901").expect("JSON");
    assert!(refused(core("userName"), &sent).starts_with("userName has to be a string"));
}

#[test]
fn lists_come_as_single_values_and_strings() {
    let list = json!([{"value": "a@x"}]);
    for sent in [
        list.clone(),
        json!({"VALUE": "a@x"}),
        json!("a@x"),
        json!(["a@x"]),
        json!([null, "", {}, {"value": "a@x", "type": null, "display": []}]),
    ] {
        assert_eq!(
            normalised(core("emails"), &sent),
            Some(list.clone()),
            "{sent}"
        );
    }
    for sent in [json!(null), json!([]), json!(""), json!([{}]), json!({})] {
        assert_eq!(normalised(core("emails"), &sent), None, "{sent}");
    }
}

#[test]
fn manager_comes_in_four_shapes() {
    let manager = schema("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
        .and_then(|schema| schema.attribute("manager"))
        .expect("declared");
    for sent in [
        json!("m1"),
        json!({"value": "m1"}),
        json!([{"$ref": null, "value": "m1"}]),
        json!(["m1"]),
    ] {
        assert_eq!(
            normalised(manager, &sent),
            Some(json!({"value": "m1"})),
            "{sent}"
        );
    }
    assert_eq!(normalised(manager, &json!("")), None);
    // OneLogin's template.
    assert_eq!(
        normalised(manager, &json!({"managerId": "7", "displayName": ""})),
        Some(json!({"managerId": "7"}))
    );
}

#[test]
fn roles_keep_any_value() {
    let sent = json!([
        {"value": "{\"id\":\"1\",\"value\":\"25\"}"},
        {"value": {"id": 1}, "primary": "True", "extra": [1]}
    ]);
    assert_eq!(
        normalised(core("roles"), &sent),
        Some(json!([
            {"value": "{\"id\":\"1\",\"value\":\"25\"}"},
            {"value": {"id": 1}, "primary": true, "extra": [1]}
        ]))
    );
}

#[test]
fn secrets_are_kept_nowhere_and_noted() {
    let sent = json!([{
        "value": {"id": 1, "clientSecret": "s", "deep": [[{"passwd": "s", "secretary": "k"}]]},
        "password": "s",
        "token": null,
        "extra": {"accessToken": {"value": "s"}, "kept": true}
    }]);
    let mut notes = Notes::default();
    let kept = super::value(core("roles"), &sent, "roles", &mut notes).expect("accepted");
    assert_eq!(
        kept,
        Some(json!([{
            "value": {"id": 1, "deep": [[{"secretary": "k"}]]},
            "extra": {"kept": true}
        }]))
    );
    assert_eq!(
        notes.sentences(),
        [
            "roles.value.clientSecret",
            "roles.value.deep.passwd",
            "roles.password",
            "roles.extra.accessToken"
        ]
        .map(|at| format!("did not keep {at}: by its name it is a secret"))
    );
}

#[test]
fn wrong_types_are_named_and_cut() {
    for (name, sent, message) in [
        (
            "userName",
            json!({}),
            "userName has to be a string, but is an object",
        ),
        (
            "title",
            json!({"a": 1}),
            "title has to be a string, but is an object",
        ),
        (
            "name",
            json!("Ada"),
            "name has to be an object, but is the string \"Ada\"",
        ),
        (
            "name",
            json!({"givenName": {"a": 1}}),
            "name.givenName has to be a string, but is an object",
        ),
        (
            "title",
            json!(["a", "b"]),
            "title has to be a string, but is a list of 2 values",
        ),
        (
            "emails",
            json!([["a"]]),
            "emails has to be a list of objects, but is a list of 1 values",
        ),
        (
            "emails",
            json!([{"value": {}}]),
            "emails.value has to be a string, but is an object",
        ),
        (
            "title",
            json!(1e300),
            "title has to be a string, but is a number (1e+300)",
        ),
        (
            "addresses",
            json!("here"),
            "addresses has to be a list of objects",
        ),
    ] {
        let detail = refused(core(name), &sent);
        assert!(detail.starts_with(message), "{detail}");
    }
    let long = refused(core("active"), &json!("é".repeat(5_000)));
    assert!(long.chars().count() < 250, "{long}");
}

#[test]
fn sizes_are_bounded() {
    assert!(refused(core("title"), &json!("x".repeat(70_000))).contains("longer than 65536 bytes"));
    assert!(refused(core("roles"), &json!(vec!["r"; 1_001])).contains("at most 1000"));
    let parts: serde_json::Map<_, _> = (0..201).map(|n| (format!("a{n}"), json!(1))).collect();
    assert!(refused(core("name"), &json!(parts)).contains("at most 200"));
}

#[test]
fn messages_are_cut_at_characters() {
    assert_eq!(cut("short"), "short");
    assert_eq!(cut(&"é".repeat(81)), format!("{}…", "é".repeat(80)));
    assert_eq!(cut("a\nb"), "a b");
}
