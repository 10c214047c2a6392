//! Generated PATCH requests: refused, or a user that satisfies the invariants.

use crate::scim::normalise::operations::Operations;
use crate::scim::normalise::tests::operation;
use crate::scim::patch::PatchRequest;
use crate::scim::user::User;
use crate::scim::user::tests::properties::{any_json, check_invariants, near_user};
use proptest::prelude::*;
use serde_json::{Value, json};

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
            for operation in &request.value.operations.understood {
                let operations = Operations { understood: vec![operation.clone()], ..Operations::default() };
                let alone = PatchRequest {
                    operations,
                    ..request.value.clone()
                };
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
