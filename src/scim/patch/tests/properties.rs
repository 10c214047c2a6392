//! Generated PATCH requests: refused, or a user that satisfies the invariants.

use crate::scim::patch::PatchRequest;
use crate::scim::user::User;
use crate::scim::user::tests::properties::{any_json, check_invariants, key, near_user};
use proptest::prelude::*;
use serde_json::{Value, json};

fn operation() -> impl Strategy<Value = Value> {
    let kind = proptest::sample::select(&["add", "Replace", "REMOVE", "replace"][..]);
    let members = proptest::collection::vec((key(), any_json()), 0..3)
        .prop_map(|members| Value::Object(members.into_iter().collect()));
    let value = prop_oneof![
        2 => any_json(),
        2 => "[a-z]{0,4}".prop_map(Value::from),
        2 => members,
    ];
    (
        kind,
        proptest::option::of(key()),
        proptest::option::of(value),
    )
        .prop_map(|(kind, path, value)| {
            let mut operation = json!({ "op": kind });
            if let Some(members) = operation.as_object_mut() {
                if let Some(path) = path {
                    members.insert("path".to_owned(), path.into());
                }
                if let Some(value) = value {
                    members.insert("value".to_owned(), value);
                }
            }
            operation
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn patched_users_satisfy_the_invariants(
        body in near_user(),
        operations in proptest::collection::vec(operation(), 1..4),
    ) {
        let request = json!({ "Operations": operations });
        let Value::Object(request) = request else { unreachable!() };
        if let Ok(before) = User::from_request(&body)
            && let Ok(request) = PatchRequest::parse(&request)
        {
            // One by one, so that a refused operation does not hide the others.
            for operation in &request.value.operations {
                let alone = PatchRequest { operations: vec![operation.clone()] };
                if let Ok(after) = alone.apply(&before.value) {
                    check_invariants(&after.value);
                    let again = alone.apply(&after.value);
                    if let Ok(again) = again {
                        check_invariants(&again.value);
                    }
                }
            }
            if let Ok(after) = request.value.apply(&before.value) {
                check_invariants(&after.value);
            }
        }
    }

    #[test]
    fn any_json_is_a_request_or_refused(value in any_json()) {
        if let Value::Object(body) = json!({ "Operations": value }) {
            let _ = PatchRequest::parse(&body);
        }
    }
}
