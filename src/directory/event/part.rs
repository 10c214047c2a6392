//! What one side of a change says: the id of the thing, and each field that the change made another.
//!
//! Invariant. `after` makes of the thing as it was the thing as it is, and `before` makes the one that was of the one that
//! is: who follows the events of a thing from its first one knows it whole at every moment, and an undo has what it has to
//! bring back. An event is thereby as large as what was changed, and not as what it was changed of: a teammate may have a
//! quarter of a megabyte, and a request of a hundred bytes can change something of it a thousand times.
//!
//! What anybody may add to, attributes and custom fields, is told member by member, and so is a member that is an object
//! before and after, a complex attribute or an extension. A member that is not there is `null`, which is the same in SCIM
//! (RFC 7643 section 2.5).

use super::Step;
use crate::scim::Object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How often objects are told member by member, one within the other: attributes, an extension.
const LEVELS: u8 = 2;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Part(Object);

/// A thing whose changes are told.
pub trait Told {
    /// Its fields but for the open ones, the id among them.
    fn fields(&self) -> Object;

    /// The fields to which anybody may add.
    fn open(&self) -> Vec<(&'static str, &Object)> {
        Vec::new()
    }

    /// Whether a member of an open field is told as another field.
    fn is_told_elsewhere(_member: &str) -> bool {
        false
    }
}

/// The fields of what has no open ones.
pub fn fields_of(thing: &impl Serialize) -> Object {
    match serde_json::to_value(thing) {
        Ok(Value::Object(fields)) => fields,
        _ => Object::new(),
    }
}

impl Part {
    pub fn of(fields: Object) -> Self {
        Self(fields)
    }
}

impl Step<Part, Part> {
    pub fn changed<T: Told>(before: &T, after: &T) -> Self {
        let (was, is) = (before.fields(), after.fields());
        let mut step = differences(&was, &is, 0);
        for ((name, was), (_, is)) in before.open().into_iter().zip(after.open()) {
            let mut parts = differences(was, is, LEVELS - 1);
            for side in [&mut parts.before, &mut parts.after] {
                side.retain(|member, _| !T::is_told_elsewhere(member));
            }
            if !parts.before.is_empty() {
                step.before.insert(name.to_owned(), parts.before.into());
                step.after.insert(name.to_owned(), parts.after.into());
            }
        }
        let id = is.get("id").cloned().unwrap_or_default();
        let with_id = |fields: Object| {
            let mut whole = Object::new();
            whole.insert("id".to_owned(), id.clone());
            whole.extend(fields);
            Part(whole)
        };
        Self {
            before: with_id(step.before),
            after: with_id(step.after),
        }
    }
}

fn differences(was: &Object, is: &Object, levels: u8) -> Step<Object, Object> {
    let mut step = Step {
        before: Object::new(),
        after: Object::new(),
    };
    let gone = was.keys().filter(|name| !is.contains_key(*name));
    for name in is.keys().chain(gone) {
        let [before, after] = [was, is].map(|side| side.get(name).unwrap_or(&Value::Null));
        if before == after {
            continue;
        }
        let (before, after) = match (before, after) {
            (Value::Object(before), Value::Object(after)) if levels > 0 => {
                let parts = differences(before, after, levels - 1);
                (parts.before.into(), parts.after.into())
            }
            (before, after) => (before.clone(), after.clone()),
        };
        step.before.insert(name.clone(), before);
        step.after.insert(name.clone(), after);
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    struct Thing(Object, Object);

    impl Told for Thing {
        fn fields(&self) -> Object {
            self.0.clone()
        }

        fn open(&self) -> Vec<(&'static str, &Object)> {
            vec![("attributes", &self.1)]
        }
    }

    fn thing(fields: &Value, attributes: &Value) -> Thing {
        let object = |value: &Value| value.as_object().expect("an object").clone();
        Thing(object(fields), object(attributes))
    }

    #[test]
    fn each_side_has_the_id_and_what_differs() {
        let was = thing(
            &json!({ "id": "tea_1", "state": "active", "role": "teammate", "domains": { "a": 1, "b": 2 } }),
            &json!({
                "title": "Chef", "nickName": "Ri", "name": { "givenName": "Rita", "familyName": "Book" },
                "emails": [{ "value": "a" }, { "value": "b" }],
                "urn:x": { "badge": { "no": 7, "of": "A" }, "floor": 3 }, "urn:y": { "a": 1 },
            }),
        );
        let is = thing(
            &json!({ "id": "tea_1", "state": "blocked", "role": "teammate", "domains": { "a": 1, "b": 3 } }),
            &json!({
                "title": "Chef", "name": { "givenName": "Rita", "familyName": "Bloom", "formatted": null },
                "emails": [{ "value": "a" }], "userType": "x",
                "urn:x": { "badge": { "no": 8, "of": "A" }, "floor": 3 },
            }),
        );
        let step = Step::changed(&was, &is);
        assert_eq!(
            serde_json::to_value(&step).expect("JSON"),
            json!({
                "before": {
                    "id": "tea_1", "state": "active", "domains": { "a": 1, "b": 2 },
                    "attributes": {
                        "name": { "familyName": "Book" }, "emails": [{ "value": "a" }, { "value": "b" }],
                        "userType": null, "urn:x": { "badge": { "no": 7, "of": "A" } },
                        "nickName": "Ri", "urn:y": { "a": 1 },
                    },
                },
                "after": {
                    "id": "tea_1", "state": "blocked", "domains": { "a": 1, "b": 3 },
                    "attributes": {
                        "name": { "familyName": "Bloom" }, "emails": [{ "value": "a" }],
                        "userType": "x", "urn:x": { "badge": { "no": 8, "of": "A" } },
                        "nickName": null, "urn:y": null,
                    },
                },
            })
        );
    }

    #[test]
    fn what_is_the_same_is_not_told() {
        let same = || thing(&json!({ "id": 1, "a": [1] }), &json!({ "b": { "c": 1 } }));
        let step = Step::changed(&same(), &same());
        let id = json!({ "id": 1 });
        assert_eq!(
            serde_json::to_value(step).expect("JSON"),
            json!({ "before": id, "after": id })
        );
    }
}
