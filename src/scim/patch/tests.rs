mod as_sent;
mod lists;
mod model;
mod null_update;
mod properties;
mod refusals;
mod shapes;
mod value_paths;

use super::PatchRequest;
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::user::{Understood, User};
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const TEAMMATE: &str = "urn:ietf:params:scim:schemas:extension:frontapp:teammate";

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}

/// The user made of a body, a userName aside.
fn user(body: Value) -> User {
    let mut body = object(body);
    body.entry("userName").or_insert_with(|| json!("ada"));
    User::from_request(&body).expect("accepted").value
}

fn patch(user: &User, operations: Value) -> Result<Understood<User>, ScimError> {
    let mut body = object(json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
    }));
    body.insert("Operations".to_owned(), operations);
    PatchRequest::parse(&body)?.value.apply(user)
}

/// The attributes after operations on a user with the attributes of `before`.
fn patched(before: Value, operations: Value) -> Value {
    let patched = patch(&user(before), operations).expect("accepted").value;
    Value::Object(patched.attributes)
}
