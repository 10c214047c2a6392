//! An event as it is kept: what is large stands beside it, once.
//!
//! A value of more than [`LONGEST_INLINE`] bytes is kept under its SHA-256, once for the company, as long as an event names
//! it: a large attribute that goes to and fro between two values is there twice, and not with each of its events. In the
//! event its hash stands in its place, and `large` lists these places, so that nothing that somebody sent can be taken for
//! one.

use super::Event;
use crate::scim::Object;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Bytes in JSON of the longest value that an event holds itself. Hardly any attribute of a directory is longer, and a
/// row of its own costs more than it spares below that.
pub const LONGEST_INLINE: usize = 4 * 1024;

/// Objects within an event whose members are values of their own: the event, a side, its attributes, an extension.
const LEVELS: usize = 4;

/// Values in JSON by their hashes.
pub type Values = BTreeMap<String, String>;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Places(Vec<Vec<String>>);

/// An event's data as it is kept, with the values that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// JSON.
    pub data: String,
    pub values: Values,
}

impl Places {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Kept {
    pub fn of(event: &Event<'_>) -> Self {
        let data = serde_json::to_string(event).unwrap_or_default();
        let mut values = Values::new();
        if data.len() <= LONGEST_INLINE {
            return Self { data, values };
        }
        let Ok(Value::Object(mut event)) = serde_json::to_value(event) else {
            return Self { data, values };
        };
        let places = set_aside(&mut event, &mut values);
        if !places.is_empty() {
            event.insert(
                "large".to_owned(),
                serde_json::to_value(places).unwrap_or_default(),
            );
        }
        Self {
            data: Value::Object(event).to_string(),
            values,
        }
    }
}

/// Takes what is large out of an event's data.
pub fn set_aside(event: &mut Object, values: &mut Values) -> Places {
    let mut places = Places::default();
    members_aside(event, &mut Vec::new(), &mut places, values);
    places
}

fn members_aside(
    object: &mut Object,
    path: &mut Vec<String>,
    places: &mut Places,
    values: &mut Values,
) {
    for (name, value) in object.iter_mut() {
        path.push(name.clone());
        match value {
            Value::Object(members) if path.len() < LEVELS => {
                members_aside(members, path, places, values);
            }
            // Neither is ever large.
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            value => {
                let json = value.to_string();
                if json.len() > LONGEST_INLINE {
                    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(json.as_bytes()));
                    *value = hash.as_str().into();
                    values.insert(hash, json);
                    places.0.push(path.clone());
                }
            }
        }
        path.pop();
    }
}

/// Puts the values back in their places. Where one is not known, its hash stays.
#[cfg(test)]
pub fn put_back(event: &mut Object, values: &Values) {
    let places: Vec<Vec<String>> = event
        .shift_remove("large")
        .and_then(|places| serde_json::from_value(places).ok())
        .unwrap_or_default();
    for place in places {
        let mut members = Some(&mut *event);
        let mut names = place.iter().peekable();
        while let (Some(object), Some(name)) = (members.take(), names.next()) {
            let Some(value) = object.get_mut(name) else {
                break;
            };
            if names.peek().is_some() {
                members = value.as_object_mut();
            } else if let Some(json) = value.as_str().and_then(|hash| values.get(hash)) {
                *value = serde_json::from_str(json).unwrap_or_default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Step;
    use super::*;
    use crate::directory::teammate::fixtures::{rita, with};
    use serde_json::json;

    const URN: &str = "urn:example:badge";

    fn changed(from: &Value, to: &Value) -> Kept {
        let [before, after] = [from, to].map(|value| with(&rita(), URN, value.clone()));
        let step = Step::changed(&before.for_app(), &after.for_app());
        Kept::of(&Event::TeammateUpdated(step))
    }

    #[test]
    fn what_is_large_is_kept_once_and_put_back() {
        let (long, other) = ("x".repeat(5_000), "y".repeat(5_000));
        let kept = changed(
            &json!({ "photo": long, "floor": 1 }),
            &json!({ "photo": other, "floor": 2 }),
        );
        assert!(kept.data.len() < 500, "{}", kept.data);
        let texts: Vec<&String> = kept.values.values().collect();
        assert_eq!(texts.len(), 2);
        assert!(texts.contains(&&format!("\"{long}\"")));
        let mut event: Object = serde_json::from_str(&kept.data).expect("an object");
        let places = json!([
            ["before", "attributes", URN, "photo"],
            ["after", "attributes", URN, "photo"]
        ]);
        assert_eq!(event.get("large"), Some(&places));
        put_back(&mut event, &kept.values);
        let side = |photo: &str, floor: i64| {
            json!({
                "id": "tea_rita",
                "attributes": { URN: { "photo": photo, "floor": floor } },
            })
        };
        assert_eq!(
            Value::Object(event),
            json!({ "before": side(&long, 1), "after": side(&other, 2) })
        );
        // To and fro, the same two.
        let back = changed(
            &json!({ "photo": other, "floor": 2 }),
            &json!({ "photo": long, "floor": 1 }),
        );
        assert_eq!(back.values, kept.values);
    }

    #[test]
    fn what_looks_like_a_place_is_none() {
        let kept = changed(
            &json!({ "large": [["before"]] }),
            &json!({ "large": ["before"] }),
        );
        let mut event: Object = serde_json::from_str(&kept.data).expect("an object");
        assert!(kept.values.is_empty());
        let whole = event.clone();
        put_back(&mut event, &kept.values);
        assert_eq!(event, whole);
    }

    #[test]
    fn many_small_values_stay_where_they_are() {
        let many: Object = (0..200)
            .map(|number| (format!("field{number}"), json!("a text of some length")))
            .collect();
        let kept = changed(&json!({}), &Value::Object(many));
        assert!(kept.data.len() > LONGEST_INLINE && kept.values.is_empty());
    }
}
