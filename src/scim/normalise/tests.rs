//! Generated requests: what was understood is understood again as the same.

use super::notes::Notes;
use super::operation::{Operation, Printed, PrintedValue};
use super::{of_body, of_patch};
use crate::scim::error::ScimError;
use crate::scim::schema::USER;
use crate::scim::user::tests::properties::{any_json, key, near_user};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any operation that is likely to be understood.
pub(in crate::scim) fn operation() -> impl Strategy<Value = Value> {
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
            let mut operation = Map::new();
            operation.insert("op".to_owned(), kind.into());
            operation.extend(path.map(|path| ("path".to_owned(), path.into())));
            operation.extend(value.map(|value| ("value".to_owned(), value)));
            Value::Object(operation)
        })
}

/// The operations as a client could send them; secrets too, which the log has not.
pub(in crate::scim) fn printed(operations: &[Operation]) -> Value {
    operations
        .iter()
        .map(|operation| {
            let Printed { kind, path, value } = operation.print();
            let kind = kind.as_str();
            match value {
                PrintedValue::Missing => json!({ "op": kind, "path": path }),
                PrintedValue::Whole(value) => json!({ "op": kind, "path": path, "value": value }),
                PrintedValue::Member(name, value) => {
                    json!({ "op": kind, "path": path, "value": { name: value } })
                }
            }
        })
        .collect()
}

fn understood_again(operations: &[Operation]) -> Vec<Operation> {
    let again = json!({ "Operations": printed(operations) });
    if operations.is_empty() {
        return Vec::new();
    }
    understood(&again, &mut Notes::new()).unwrap_or_else(|error| panic!("{again}: {error}"))
}

/// The operations of a PATCH, if all of them are understood.
pub(in crate::scim) fn understood(
    patch: &Value,
    notes: &mut Notes,
) -> Result<Vec<Operation>, ScimError> {
    let operations = of_patch(patch.as_object().expect("an object"), &USER, notes)?;
    match operations.up_to_the_first_refusal() {
        (_, Some(refusal)) => Err(refusal),
        (understood, None) => Ok(understood),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn canonical_operations_of_a_patch_are_a_fixed_point(operation in operation()) {
        let body = json!({ "Operations": [operation] });
        if let Ok(operations) = understood(&body, &mut Notes::new()) {
            prop_assert_eq!(understood_again(&operations), operations);
        }
    }

    #[test]
    fn canonical_operations_of_a_body_are_a_fixed_point(body in near_user()) {
        if let Ok(operations) = of_body(&body, &USER, &mut Notes::new()) {
            prop_assert_eq!(understood_again(&operations), operations);
        }
    }
}
