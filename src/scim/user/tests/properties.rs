//! Generated users: nothing panics, and reading what was rendered changes nothing.

use super::rendered;
use crate::scim::body::parse_object;
use crate::scim::etag::EntityTag;
use crate::scim::schema::SCHEMAS;
use crate::scim::secret::is_secret;
use crate::scim::user::{User, UserMeta};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const META: UserMeta<'static> = UserMeta {
    id: "u1",
    created: "2026-01-01T00:00:00Z",
    last_modified: "2026-01-01T00:00:00Z",
    base: "https://host/v2",
    version: EntityTag(7),
};

/// Whatever holds of every user that this room gives out.
pub(in crate::scim) fn check_invariants(user: &User) {
    assert!(!user.user_name.trim().is_empty());
    for name in [
        "id",
        "meta",
        "groups",
        "schemas",
        "password",
        "userName",
        "externalId",
        "active",
    ] {
        assert!(!user.attributes.contains_key(name), "{name}");
    }
    for (name, value) in &user.attributes {
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        assert!(!is_empty, "{name} is empty");
        assert!(value.is_object() || !name.contains(':'), "{name}");
        let primaries = value
            .as_array()
            .into_iter()
            .flatten()
            .filter(|element| element.get("primary") == Some(&json!(true)))
            .count();
        assert!(primaries < 2, "{name} has {primaries} primaries");
    }
    for (name, value) in &user.attributes {
        assert!(!is_secret(name) && !holds_a_secret(value), "{name}");
    }
    let rendered = rendered(user, user.active.unwrap_or(true), META);
    let again = parse_object(rendered.as_bytes()).expect("what was rendered can be read");
    let again = User::from_request(&again)
        .expect("what was rendered is accepted")
        .value;
    let expected = User {
        active: Some(user.active.unwrap_or(true)),
        ..user.clone()
    };
    assert_eq!(again, expected);
}

fn holds_a_secret(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(holds_a_secret),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| (is_secret(name) && !value.is_null()) || holds_a_secret(value)),
        _ => false,
    }
}

pub(in crate::scim) fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
        proptest::sample::select(&["", "True", "false", "work", "template", "a@x.com"][..])
            .prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec((key(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

/// Names that the schemas know, spelled as clients spell them, and some that they don't.
pub(in crate::scim) fn key() -> BoxedStrategy<String> {
    let mut known = vec![
        "emails[type eq \"work\"].value".to_owned(),
        "roles[primary eq \"True\"].value".to_owned(),
        "addresses[type eq \"work\" and primary eq true]".to_owned(),
        "phoneNumbers[value sw \"+\" or display pr].type".to_owned(),
        "urn:own:2.0:User".to_owned(),
        "urn:own:2.0:User:badge".to_owned(),
        "URN:OWN:2.0:user:Badge".to_owned(),
        "value".to_owned(),
        "type".to_owned(),
        "primary".to_owned(),
        "apiToken".to_owned(),
        "urn:own:2.0:User:clientSecret".to_owned(),
        "roles[value eq \"a\"].passwd".to_owned(),
    ];
    for schema in SCHEMAS {
        known.push(schema.id.to_owned());
        for attribute in schema.attributes {
            known.push(attribute.name.to_owned());
            known.push(attribute.name.to_uppercase());
            known.push(format!("{}:{}", schema.id, attribute.name));
            for sub in attribute.sub_attributes {
                known.push(sub.name.to_owned());
                known.push(format!("{}.{}", attribute.name, sub.name));
            }
        }
    }
    prop_oneof![
        8 => proptest::sample::select(known),
        1 => "[a-z.:\\[\\]\" ]{0,10}",
        1 => "\\PC{0,6}",
    ]
    .boxed()
}

/// An object that is likely to be taken for a user.
pub(in crate::scim) fn near_user() -> BoxedStrategy<Map<String, Value>> {
    let plausible = prop_oneof![
        3 => any_json(),
        2 => "[a-z]{1,5}".prop_map(Value::from),
        1 => ("[a-z]{1,5}", "(work|home)", any::<bool>()).prop_map(|(value, kind, primary)| {
            json!([{"value": value, "type": kind, "primary": primary}])
        }),
        1 => proptest::collection::vec((key(), "[a-z]{0,4}".prop_map(Value::from)), 0..4)
            .prop_map(|members| Value::Object(members.into_iter().collect())),
    ];
    proptest::collection::vec((key(), plausible), 0..4)
        .prop_map(|members| {
            let mut body: Map<String, Value> = members.into_iter().collect();
            body.insert("userName".to_owned(), json!("ada"));
            body
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_json_is_read_or_refused(value in any_json()) {
        if let Ok(body) = parse_object(value.to_string().as_bytes())
            && let Ok(understood) = User::from_request(&body)
        {
            check_invariants(&understood.value);
        }
    }

    #[test]
    fn whatever_is_near_a_user_is_read_or_refused(body in near_user()) {
        if let Ok(understood) = User::from_request(&body) {
            check_invariants(&understood.value);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _ = parse_object(&bytes);
    }
}

#[test]
fn values_as_deep_as_a_body_may_be_survive_the_round_trip() {
    for levels in 20..32 {
        let deep = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        for key in ["urn:own:ext:x", "roles.value", "name.other", "roles"] {
            let body = format!("{{\"userName\":\"a\",\"{key}\":{deep}}}");
            if let Ok(body) = parse_object(body.as_bytes())
                && let Ok(understood) = User::from_request(&body)
            {
                check_invariants(&understood.value);
            }
        }
    }
}
