use super::*;
use crate::scim::Object;
use serde_json::json;

mod bodies;
mod properties;
mod refusals;
mod selections;
mod shapes;

const BASE: &str = "https://host/v2";

fn object(value: Value) -> Object {
    match value {
        Value::Object(members) => members,
        other => panic!("not an object: {other}"),
    }
}

fn patch(operations: &Value) -> Result<Understood<GroupChange>, ScimError> {
    GroupChange::from_request(
        &object(json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": operations
        })),
        BASE,
    )
}

/// The change that operations come to, none of which is refused.
fn change(operations: &Value) -> GroupChange {
    let change = patch(operations).expect("read").value;
    assert_eq!(change.refusal, None, "{operations}");
    change
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn delta(add: &[&str], remove: &[&str]) -> MemberChange {
    MemberChange::Delta {
        add: set(add),
        remove: set(remove),
    }
}

fn all(ids: &[&str]) -> MemberChange {
    MemberChange::All(set(ids))
}
