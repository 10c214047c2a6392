//! Microsoft's validator (LogicApp), Null_Update: every optional attribute of the published schemas
//! is set, and then cleared by "" and by null, with a path for each and with all of them as keys of
//! one operation; the user has to read back empty.
//!
//! Its names are made from /Schemas as Schema_Discoverability makes them: `x[type eq "c"].sub` for
//! each canonical type, `x[primary eq "True"].sub` where there are none.

use super::{patch, user};
use crate::scim::schema::{Attribute, AttributeType, Mutability, Openness, USER};
use serde_json::{Map, Value, json};

/// Every optional attribute that a client may set: its name for the validator, and a value.
fn optional() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for schema in std::iter::once(USER.schema).chain(USER.extensions.iter().copied()) {
        let urn = match schema.openness {
            Openness::Closed => String::new(),
            _ => format!("{}:", schema.id),
        };
        for attribute in schema.attributes {
            let is_optional = !attribute.required && attribute.name != "active";
            if is_optional && attribute.mutability == Mutability::ReadWrite {
                all.extend(named(&format!("{urn}{}", attribute.name), attribute));
            }
        }
    }
    all
}

fn named(name: &str, attribute: &'static Attribute) -> Vec<(String, Value)> {
    let types = attribute
        .sub_attribute("type")
        .map_or(&[][..], |sub| sub.canonical_values);
    let places: Vec<String> = match (attribute.multi_valued, types) {
        (false, _) => vec![name.to_owned()],
        (true, []) => vec![format!("{name}[primary eq \"True\"]")],
        (true, types) => types
            .iter()
            .map(|kind| format!("{name}[type eq \"{kind}\"]"))
            .collect(),
    };
    if attribute.sub_attributes.is_empty() {
        return places
            .into_iter()
            .map(|place| (place, value(attribute)))
            .collect();
    }
    // The parts that the place itself names stay as they are.
    let parts = attribute
        .sub_attributes
        .iter()
        .filter(|sub| !attribute.multi_valued || !["type", "primary"].contains(&sub.name));
    parts
        .flat_map(|sub| {
            let places = places.clone();
            places
                .into_iter()
                .map(|place| (format!("{place}.{}", sub.name), value(sub)))
        })
        .collect()
}

fn value(attribute: &Attribute) -> Value {
    match attribute.attribute_type {
        AttributeType::Boolean => json!("True"),
        _ => json!("text"),
    }
}

fn verbose(values: &[(String, Value)]) -> Value {
    let operation =
        |(path, value): &(String, Value)| json!({"op": "Replace", "path": path, "value": value});
    values.iter().map(operation).collect()
}

fn flat(values: &[(String, Value)]) -> Value {
    let members: Map<String, Value> = values.iter().cloned().collect();
    json!([{"op": "replace", "value": members}])
}

#[test]
fn every_optional_attribute_is_set_and_cleared() {
    let values = optional();
    assert!(values.len() > 80, "{}", values.len());
    for shape in [verbose, flat] {
        let full = patch(&user(json!({})), shape(&values)).expect("set").value;
        for (path, _) in &values {
            let cleared = [(path.clone(), Value::Null)];
            let after = patch(&full, shape(&cleared)).expect("cleared").value;
            assert_ne!(after, full, "{path} was not set");
        }
        for empty in [json!(""), Value::Null] {
            let cleared: Vec<(String, Value)> = values
                .iter()
                .map(|(path, _)| (path.clone(), empty.clone()))
                .collect();
            let after = patch(&full, shape(&cleared)).expect("cleared").value;
            assert_eq!(Value::Object(after.attributes), json!({}), "{empty}");
        }
    }
}
