//! PATCH of what no schema declares, against a plain model: each operation on each form of value, with and without
//! a value filter and a sub-attribute, wherever values are kept as sent.

mod model;
mod places;

use super::{ENTERPRISE, patch, user};
use crate::scim::Object;
use crate::scim::error::ScimType;
use crate::scim::group::GroupChange;
use model::{Filter, Meaning, Op, State, Sub};
use proptest::prelude::*;
use serde_json::{Value, json};

const CUSTOM: &str = "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields";
const OWN: &str = "urn:example:schemas:Own";

fn text() -> impl Strategy<Value = Value> {
    proptest::sample::select(&["A", "a", "B", "C"][..]).prop_map(Value::from)
}

fn element() -> impl Strategy<Value = Value> {
    let object = (
        proptest::option::of(text()),
        proptest::option::of(proptest::sample::select(&["t", "T", "u"][..])),
        proptest::option::of(prop_oneof![2 => text(), 1 => Just(Value::Null)]),
    )
        .prop_filter_map("empty", |(value, kind, display)| {
            let mut parts = serde_json::Map::new();
            parts.extend(value.map(|value| ("value".to_owned(), value)));
            parts.extend(kind.map(|kind| ("type".to_owned(), kind.into())));
            parts.extend(display.map(|display| ("display".to_owned(), display)));
            (!parts.is_empty()).then_some(Value::Object(parts))
        });
    prop_oneof![2 => text(), 1 => Just(json!(7)), 4 => object]
}

/// Any form of value; the outer nothing is an operation without one.
fn form() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        4 => element().prop_map(Some),
        4 => proptest::collection::vec(element(), 0..4).prop_map(|list| Some(Value::Array(list))),
        1 => Just(Some(Value::Null)),
        1 => Just(None),
    ]
}

fn meaning() -> impl Strategy<Value = Meaning> {
    (
        proptest::sample::select(&[Op::Add, Op::Replace, Op::Remove][..]),
        proptest::option::of(proptest::sample::select(&Filter::ALL[..])),
        proptest::option::of(proptest::sample::select(&[Sub::Value, Sub::Display][..])),
        form(),
    )
        .prop_map(|(op, filter, sub, value)| Meaning {
            op,
            filter,
            sub,
            value,
        })
}

/// The operation as a client sends it: with a path, or with the path for a key.
fn sent(urn: &str, meaning: &Meaning, as_key: bool) -> Value {
    let path = format!("{urn}:{}", meaning.path());
    let op = meaning.op.word();
    match &meaning.value {
        Some(value) if as_key && meaning.op != Op::Remove => {
            json!({"op": op, "value": {path: value}})
        }
        Some(value) => json!({"op": op, "path": path, "value": value}),
        None => json!({"op": op, "path": path}),
    }
}

/// What the same operation makes of a group that has the same.
fn of_group(before: &Value, operation: &Value) -> Option<Object> {
    let body = json!({ "Operations": [operation] });
    let change = GroupChange::from_request(body.as_object()?, "https://host/v2")
        .ok()?
        .value;
    change.extensions.apply(before.as_object()?).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn every_operation_on_every_form_does_what_the_model_does(
        urn in proptest::sample::select(&[CUSTOM, OWN, ENTERPRISE][..]),
        meanings in proptest::collection::vec((meaning(), any::<bool>()), 1..6),
    ) {
        let mut user = user(json!({ urn: { "other": 1 } }));
        let mut state = State::from([("other".to_owned(), json!(1))]);
        for (meaning, as_key) in meanings {
            let operation = sent(urn, &meaning, as_key);
            let before = Value::Object(user.attributes.clone());
            match (patch(&user, json!([operation])), model::apply(&state, &meaning)) {
                (Ok(after), Ok(expected)) => {
                    if urn == OWN {
                        prop_assert_eq!(of_group(&before, &operation), Some(after.value.attributes.clone()));
                    }
                    state = expected;
                    user = after.value;
                    prop_assert_eq!(&user.attributes[urn], &json!(state), "{} on {}", operation, before);
                }
                (Err(error), Err(refused)) => {
                    prop_assert_eq!(error.scim_type.map(ScimType::as_str), Some(refused), "{}", operation);
                }
                (found, expected) => prop_assert!(
                    false,
                    "{operation} on {before}: {:?} instead of {expected:?}",
                    found.map(|user| Value::Object(user.value.attributes))
                ),
            }
        }
    }
}
