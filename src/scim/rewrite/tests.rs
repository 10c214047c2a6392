//! What is done without what can't be used, against the plain meaning: each part by itself, or not at all.

use super::Rewrite;
use crate::scim::Object;
use crate::scim::normalise::tests::operation;
use crate::scim::patch::PatchRequest;
use crate::scim::user::tests::properties::{check_invariants, near_user};
use crate::scim::user::{Replacement, Understood, User};
use proptest::prelude::*;
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}

fn user(body: Value) -> User {
    User::from_request(&object(body)).expect("accepted").value
}

fn ada() -> User {
    user(json!({
        "userName": "ada@x", "externalId": "1", "title": "T", "active": true,
        "name": {"givenName": "Ada", "familyName": "King"},
        "emails": [{"value": "ada@x", "type": "work", "primary": true}],
        ENTERPRISE: {"department": "D", "manager": {"value": "m"}},
        "urn:x:y": {"badge": 7},
    }))
}

fn patch(operations: &Value) -> PatchRequest {
    let body = object(json!({ "Operations": operations }));
    PatchRequest::parse(&body).expect("read").value
}

fn put(body: &Value) -> Replacement {
    Replacement::read(&object(body.clone())).value
}

fn usable(request: &impl Rewrite, user: &User) -> Understood<User> {
    request.usable(user).expect("read to its end")
}

#[test]
fn a_patch_is_done_without_what_cannot_be_used_and_says_so() {
    let request = patch(&json!([
        {"op": "replace", "path": "title", "value": "Gone"},
        {"op": "replace", "path": "shoeSize", "value": 43},
        {"op": "replace", "value": {"active": "False", "name.firstName": "A", "displayName": "Ada King"}},
        {"op": "replace", "path": "userName", "value": " "},
        {"op": "replace", "path": "externalId", "value": "x".repeat(2_000)},
        {"op": "move", "path": "title"},
        "replace",
    ]));
    assert!(request.whole(&ada()).is_err());
    assert_eq!(request.active_after(&ada()), Some(false));
    let Understood { value, notes } = usable(&request, &ada());
    let mut expected = ada();
    expected.active = Some(false);
    expected.attributes["title"] = json!("Gone");
    expected
        .attributes
        .insert("displayName".to_owned(), json!("Ada King"));
    assert_eq!(value, expected);
    let named: Vec<String> = notes
        .sentences()
        .iter()
        .map(|sentence| {
            let (at, rest) = sentence
                .split_once(" was left out")
                .expect("what it is about");
            assert!(
                rest.starts_with(", so that the user is blocked all the same: "),
                "{rest}"
            );
            at.to_owned()
        })
        .collect();
    assert_eq!(
        named,
        [
            "\"shoeSize\"",
            "\"name.firstName\"",
            "\"userName\"",
            "\"externalId\"",
            "\"operation 6\"",
            "\"operation 7\""
        ]
    );
    let understood: Value = serde_json::from_str(notes.understood().expect("kept")).expect("JSON");
    let paths: Vec<&Value> = understood
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["path"])
        .collect();
    assert_eq!(paths, ["title", "active", "displayName"]);
}

#[test]
fn a_put_leaves_as_it_was_what_it_says_in_no_usable_way() {
    let request = put(&json!({
        "active": false, "title": {"a": 1}, "displayName": "Ada K", "emails": [[1]],
        ENTERPRISE: {"manager": [1, 2], "costCenter": "C"}, "urn:x:y": {"badge": 8},
    }));
    let mut expected = user(json!({
        "userName": "ada@x", "displayName": "Ada K", "active": false,
        ENTERPRISE: {"costCenter": "C", "manager": {"value": "m"}}, "urn:x:y": {"badge": 8},
        "title": "T", "emails": [{"value": "ada@x", "type": "work", "primary": true}],
    }));
    let Understood { value, notes } = usable(&request, &ada());
    expected.attributes.sort_keys();
    let mut value = value;
    value.attributes.sort_keys();
    for attributes in [&mut value.attributes, &mut expected.attributes] {
        attributes[ENTERPRISE]
            .as_object_mut()
            .expect("an object")
            .sort_keys();
    }
    assert_eq!(value, expected);
    let sentences = notes.sentences();
    for about in [
        "\"title\" was",
        "\"emails\" was",
        "\"manager\" was",
        "userName was missing",
    ] {
        assert!(
            sentences.iter().any(|one| one.starts_with(about)),
            "{about}: {sentences:?}"
        );
    }
}

#[test]
fn whoever_goes_on_after_a_thousand_mistakes_is_not_understood() {
    let mistakes: Vec<Value> = (0..1_000)
        .map(|_| json!({"op": "replace", "path": "a.b.c", "value": 1}))
        .collect();
    assert_eq!(patch(&json!(mistakes)).usable(&ada()), None);
    let mut body = object(json!({"userName": "ada@x", "active": false}));
    body.extend((0..5_000).map(|place| (format!("name.n{place}"), json!(1))));
    assert_eq!(put(&Value::Object(body)).usable(&ada()), None);
}

#[test]
fn many_operations_on_a_large_user_end_and_active_is_read_to_the_last() {
    let texts: Vec<Value> = (0..9)
        .map(|place| json!({"value": format!("{place}{}", "r".repeat(60_000))}))
        .collect();
    let mut large = ada();
    large.attributes.insert("roles".to_owned(), json!(texts));
    let mut operations: Vec<Value> = (0..998)
        .map(|place| json!({"op": "replace", "path": "title", "value": format!("{place}")}))
        .collect();
    operations.insert(0, json!({"op": "replace", "path": "nope", "value": 1}));
    operations.push(json!({"op": "replace", "path": "active", "value": false}));
    let Understood { value, notes } = usable(&patch(&json!(operations)), &large);
    assert_eq!(value.active, Some(false));
    assert_ne!(value.attributes["title"], "997");
    assert!(
        notes
            .sentences()
            .iter()
            .any(|one| one.contains("too many operations"))
    );
}

/// Paths with values, of which some can be used and some can't.
fn parts() -> Vec<(&'static str, Value)> {
    vec![
        ("active", json!("False")),
        ("active", json!(true)),
        ("active", json!("perhaps")),
        ("active", Value::Null),
        ("userName", json!("ada.king@x")),
        ("userName", json!(" ")),
        ("userName", json!("u".repeat(1_025))),
        ("externalId", json!("2")),
        ("externalId", json!(["a", "b"])),
        ("title", json!("T2")),
        ("title", json!({"a": 1})),
        ("name.givenName", json!("Augusta")),
        ("name.firstName", json!("Augusta")),
        ("name", json!({"familyName": "Byron"})),
        ("name", json!([1, 2])),
        ("emails", json!([{"value": "b@x", "type": "home"}])),
        ("emails", json!([{"value": "b".repeat(1_025)}])),
        ("emails[type eq \"work\"].value", json!("c@x")),
        ("emails[type eq \"work\"].value", json!({"a": 1})),
        (
            "emails[type ne \"x\" and value ne \"y\"].nope",
            json!("c@x"),
        ),
        ("phoneNumbers[type ne \"work\"].value", json!("1")),
        ("phoneNumbers[type eq \"work\"].value", json!("2")),
        ("locale", json!("en")),
        ("name.", json!("x")),
        ("emails[", json!("x")),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            json!("E"),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            json!({"a": 1}),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
            json!("n"),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.nope",
            json!("n"),
        ),
        ("urn:x:y:badge", json!(8)),
        ("urn:x:y:badge", json!("n\u{0}")),
    ]
}

fn part() -> impl Strategy<Value = (&'static str, Value)> {
    proptest::sample::select(parts())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_patch_does_each_part_that_can_be_done_alone(
        chosen in proptest::collection::vec((part(), "(add|Replace)", any::<bool>()), 1..10),
    ) {
        let operations: Vec<Value> = chosen.iter().map(|((path, value), kind, is_flat)| match is_flat {
            true => json!({"op": kind, "value": {*path: value}}),
            false => json!({"op": kind, "path": path, "value": value}),
        }).collect();
        let mut expected = ada();
        let mut refused = 0;
        for operation in &operations {
            match patch(&json!([operation])).whole(&expected) {
                Ok(after) => expected = after.value,
                Err(_) => refused += 1,
            }
        }
        let request = patch(&json!(operations));
        let Understood { value, notes } = usable(&request, &ada());
        prop_assert_eq!(&value, &expected, "{:?}", operations);
        prop_assert_eq!(request.active_after(&ada()), expected.active);
        let left_out = |sentence: &&String| sentence.contains(" was left out");
        let noted = notes.sentences().iter().filter(left_out).count();
        prop_assert_eq!(noted > 0, refused > 0, "{:?}", operations);
        prop_assert!(noted <= refused);
        if refused == 0 {
            prop_assert_eq!(request.whole(&ada()).map(|after| after.value), Ok(value));
        }
    }

    #[test]
    fn the_keys_of_one_value_are_parts_like_operations(
        chosen in proptest::collection::vec((part(), "(add|replace)"), 1..8),
    ) {
        // All keys in the object of one operation, and each key in an operation of its own.
        let mut members = Object::new();
        members.extend(chosen.iter().map(|((path, value), _)| ((*path).to_owned(), value.clone())));
        let kind = &chosen[0].1;
        let alone: Vec<Value> = members.iter().map(|(key, value)| json!({"op": kind, "value": {key: value}})).collect();
        let together = patch(&json!([{"op": kind, "value": members}]));
        prop_assert_eq!(
            usable(&together, &ada()).value,
            usable(&patch(&json!(alone)), &ada()).value
        );
    }

    #[test]
    fn a_put_is_that_of_its_usable_keys_and_the_others_stay(
        chosen in proptest::collection::vec(part(), 0..8),
    ) {
        let mut body = Object::new();
        // Each attribute once, named whole.
        for (path, value) in chosen {
            if !path.contains(['.', '[', ':']) {
                body.insert(path.to_owned(), value);
            }
        }
        let is_usable = |key: &str, value: &Value| {
            let alone = object(json!({"userName": "u", key: value}));
            User::from_request(&alone).is_ok()
        };
        let mut usable_keys = body.clone();
        usable_keys.retain(|key, value| is_usable(key, value));
        usable_keys.entry("userName").or_insert_with(|| json!("ada@x"));
        let mut expected = put(&Value::Object(usable_keys)).whole(&ada()).expect("usable").value;
        for (key, value) in &body {
            match (is_usable(key, value), key.as_str()) {
                (false, "externalId") => expected.external_id = ada().external_id,
                (false, key) => if let Some(was) = ada().attributes.get(key) {
                    expected.attributes.insert(key.to_owned(), was.clone());
                },
                (true, _) => {}
            }
        }
        let request = put(&Value::Object(body));
        let mut value = usable(&request, &ada()).value;
        prop_assert_eq!(request.active_after(&ada()), value.active);
        value.attributes.sort_keys();
        expected.attributes.sort_keys();
        prop_assert_eq!(value, expected);
    }

    #[test]
    fn whatever_is_usable_makes_a_user(
        body in near_user(),
        operations in proptest::collection::vec(operation(), 1..6),
        replacement in near_user(),
    ) {
        if let Ok(before) = User::from_request(&body) {
            let request = patch(&json!(operations));
            let after = usable(&request, &before.value).value;
            check_invariants(&after);
            prop_assert_eq!(request.active_after(&before.value), after.active);
            if let Ok(whole) = request.whole(&before.value) {
                prop_assert_eq!(whole.value, after);
            }
            let request = put(&Value::Object(replacement));
            let after = usable(&request, &before.value).value;
            check_invariants(&after);
            prop_assert_eq!(request.active_after(&before.value), after.active);
        }
    }
}

const NUL: &str = "\u{0}";

#[test]
fn a_nul_is_a_value_that_cannot_be_used_and_reaches_nothing() {
    let request = object(json!({
        "schemas": ["urn:x\u{0}"],
        "Operations": [
            {"op": "replace", "path": "title", "value": "Gone"},
            {"op": "replace", "path": "nickName", "value": format!("a{NUL}b")},
            {"op": "replace", "path": format!("display{NUL}Name"), "value": "A"},
            {"op": "replace", "path": ENTERPRISE, "value": {"department": NUL, "costCenter": "C"}},
            {"op": "add", "value": {"name.givenName": NUL, "active": false, format!("k{NUL}"): 1}},
            {"op": "add", "path": "urn:x:y:list", "value": [{"value": {"deep": NUL}}]},
            {"op": format!("add{NUL}"), "path": "title", "value": "B"},
        ]
    }));
    let Understood { value, notes } = PatchRequest::parse(&request).expect("read");
    let mut expected = user(json!({
        "userName": "ada@x", "externalId": "1", "title": "Gone", "active": false,
        "name": {"givenName": "Ada", "familyName": "King"},
        "emails": [{"value": "ada@x", "type": "work", "primary": true}],
        ENTERPRISE: {"department": "D", "manager": {"value": "m"}, "costCenter": "C"},
        "urn:x:y": {"badge": 7},
    }));
    let done = usable(&value, &ada());
    expected.active = Some(false);
    assert_eq!(done.value, expected);
    let said = done.notes.sentences();
    assert_eq!(said.len(), 8, "{said:?}");
    let logged = format!("{said:?} {notes:?}");
    assert!(!logged.contains("\\0"), "{logged}");
    assert!(
        notes
            .sent
            .is_some_and(|sent| !sent.contains("\\u0000") && sent.contains("a\u{fffd}b"))
    );
}

#[test]
fn where_nothing_is_left_out_a_nul_is_refused_with_its_place() {
    for (operation, place) in [
        (
            json!({"op": "add", "path": "title", "value": NUL}),
            "\"Operations.value\"",
        ),
        (
            json!({"op": "add", "path": NUL, "value": 1}),
            "\"Operations.path\"",
        ),
        (
            json!({"op": "add", "value": {"name": {"givenName": NUL}}}),
            "\"Operations.value.name.givenName\"",
        ),
        (
            json!({"op": "add", "value": {ENTERPRISE: {"department": NUL}}}),
            "\"Operations.value.urn:",
        ),
        (
            json!({"op": "add", "path": ENTERPRISE, "value": {"department": NUL}}),
            "\"Operations.value.department\"",
        ),
    ] {
        let refusal = patch(&json!([operation]))
            .whole(&ada())
            .expect_err("refused");
        assert!(refusal.detail.starts_with(place), "{}", refusal.detail);
    }
    let refusal = put(&json!({"userName": "ada@x", ENTERPRISE: {"department": NUL}})).whole(&ada());
    let detail = refusal.expect_err("refused").detail;
    assert!(detail.ends_with("User.department\" contains a NUL character (\\u0000). Remove it and send the value again."), "{detail}");
}

#[test]
fn what_is_nested_too_deeply_is_left_out_of_what_blocks() {
    let nested = (0..32).fold(json!("x"), |inner, _| json!([inner]));
    let body = json!({"userName": "ada@x", "active": false, "urn:x:y": {"badge": nested}, "title": "Gone"});
    let request = put(&body);
    assert!(request.whole(&ada()).is_err());
    let done = usable(&request, &ada()).value;
    assert_eq!(done.attributes["urn:x:y"], json!({"badge": 7}));
    assert_eq!(done.attributes["title"], "Gone");
}

#[test]
fn a_second_spelling_of_active_that_cannot_be_used_takes_nothing_from_the_first() {
    let before = user(json!({"userName": "ada@x", "active": true}));
    let request = put(&json!({"userName": "ada@x", "ACTIVE": [-1], "active": "False"}));
    assert_eq!(request.active_after(&before), Some(false));
    assert_eq!(usable(&request, &before).value.active, Some(false));
}
