//! Random filters over every attribute that the schemas of a resource type have.

use crate::directory::time::Timestamp;
use crate::scim::error::ScimError;
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::fold;
use crate::scim::path::AttributePath;
use crate::scim::schema::{
    Attribute, AttributeType, CUSTOM_FIELDS_URN, ENTERPRISE_USER_URN, Openness, ResourceType,
    Schema, Tolerance,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cmp::Ordering;

/// What filters are about.
pub(in crate::store) struct Subject {
    pub resource_type: &'static ResourceType,
    /// What indexes answer: asked for as often as all else.
    pub indexed: &'static [&'static str],
    /// Texts that no attribute but a few has, and some of which are found.
    pub peculiar: &'static [&'static str],
}

/// The first moment that resources have.
pub(in crate::store) const START: i64 = 1_763_717_400_000;

// Few, so that filters find something; with letters whose folding is longer, and the last code points.
const TEXTS: [&str; 26] = [
    "e\u{301}",
    "\u{ff41}",
    " a\u{200b}",
    "\u{301}a ",
    "a",
    "A",
    "ab",
    "aB",
    "b",
    "ba",
    "É",
    "é",
    "éa",
    "ß",
    "ss",
    "SS",
    "ﬁ",
    "fi",
    "日本",
    "日",
    "True",
    "5",
    "İ",
    "x\"y\\z",
    "a b\u{10ffff}",
    "\u{d7ff}K",
];

pub(in crate::store) fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<String> {
    proptest::sample::select(texts)
        .prop_map(str::to_owned)
        .boxed()
}

pub(in crate::store) fn text() -> BoxedStrategy<String> {
    one_of(&TEXTS)
}

pub(in crate::store) fn field() -> BoxedStrategy<String> {
    one_of(&["fld_1", "FLD_1", "fld.2:x", "é\\x"])
}

/// Every attribute and sub-attribute that there is.
pub(in crate::store) fn places(resource_type: &'static ResourceType) -> Vec<Place> {
    let core = resource_type
        .schema
        .attributes
        .iter()
        .map(|one| (None, one));
    let common = ["schemas", "id", "externalId", "meta"]
        .into_iter()
        .filter_map(|name| Some((None, resource_type.attribute(name)?)));
    let extensions = resource_type
        .extensions
        .iter()
        .flat_map(|schema| schema.attributes.iter().map(|one| (Some(schema.id), one)));
    core.chain(common)
        .chain(extensions)
        .flat_map(|(extension, attribute)| {
            let subs = attribute.sub_attributes.iter().map(Some);
            std::iter::once(None).chain(subs).map(move |sub| Place {
                extension,
                attribute,
                sub,
            })
        })
        .collect()
}

pub(in crate::store) fn path_of(place: Place) -> AttributePath {
    AttributePath {
        schema: place.extension.map(str::to_owned),
        name: place.attribute.name.to_owned(),
        sub: place.sub.map(|sub| sub.name.to_owned()),
    }
}

fn literal_for(subject: &Subject, kind: AttributeType) -> BoxedStrategy<Literal> {
    let fitting = match kind {
        AttributeType::Boolean => prop_oneof![
            any::<bool>().prop_map(Literal::Boolean),
            Just(Literal::String("True".to_owned())),
        ]
        .boxed(),
        // The moments that teammates have, and 0.4 ms after them.
        AttributeType::DateTime => (0_i64..12)
            .prop_map(|step| {
                let finer = if step % 2 == 0 { "Z" } else { "4Z" };
                let moment = Timestamp(START + step / 2).to_string();
                Literal::String(moment.replace('Z', finer))
            })
            .boxed(),
        _ => prop_oneof![
            8 => text(),
            1 => Just(String::new()),
            1 => one_of(subject.peculiar),
        ]
        .prop_map(Literal::String)
        .boxed(),
    };
    prop_oneof![12 => fitting, 1 => Just(Literal::Null)].boxed()
}

fn operator() -> BoxedStrategy<Operator> {
    use Operator as O;
    prop_oneof![
        3 => Just(O::Equal), 1 => Just(O::NotEqual), 1 => Just(O::Contains), 2 => Just(O::StartsWith),
        1 => Just(O::EndsWith), 1 => Just(O::GreaterThan), 1 => Just(O::GreaterOrEqual),
        1 => Just(O::LessThan), 1 => Just(O::LessOrEqual),
    ]
    .boxed()
}

fn on(
    attribute: AttributePath,
    kind: AttributeType,
    literal: BoxedStrategy<Literal>,
) -> BoxedStrategy<Filter> {
    let present = Just(Filter::Present(attribute.clone()));
    if kind == AttributeType::Complex {
        return present.boxed();
    }
    let compared = (operator(), literal).prop_map(move |(operator, value)| Filter::Compare {
        attribute: attribute.clone(),
        operator: fitting(operator, kind, &value),
        value,
    });
    prop_oneof![1 => present, 8 => compared].boxed()
}

/// Another operator where this one has no meaning: such a filter is refused, and would show nothing here.
fn fitting(operator: Operator, kind: AttributeType, value: &Literal) -> Operator {
    use Operator as O;
    let is_text = matches!(operator, O::Contains | O::StartsWith | O::EndsWith);
    let is_equality = matches!(operator, O::Equal | O::NotEqual);
    match (kind, value) {
        (AttributeType::Boolean, _) | (_, Literal::Boolean(_) | Literal::Null) if !is_equality => {
            O::NotEqual
        }
        (AttributeType::Binary, _) if !is_equality && !is_text => O::Equal,
        (AttributeType::DateTime, _) | (_, Literal::Number(_)) if is_text => O::GreaterOrEqual,
        _ => operator,
    }
}

fn on_place(subject: &Subject, place: Place) -> BoxedStrategy<Filter> {
    let leaf = place.of_value().leaf();
    let literal = literal_of(subject, leaf);
    let by_urn = on(path_of(place), leaf.attribute_type, literal.clone());
    if place.extension != Some(ENTERPRISE_USER_URN) {
        return by_urn;
    }
    let bare = AttributePath {
        schema: None,
        ..path_of(place)
    };
    prop_oneof![by_urn, on(bare, leaf.attribute_type, literal)].boxed()
}

fn literal_of(subject: &Subject, attribute: &Attribute) -> BoxedStrategy<Literal> {
    if attribute.tolerance == Tolerance::Anything {
        any_literal(subject)
    } else {
        literal_for(subject, attribute.attribute_type)
    }
}

/// Of any type, for what is kept as sent.
fn any_literal(subject: &Subject) -> BoxedStrategy<Literal> {
    let half = |number: i32| serde_json::Number::from_f64(f64::from(number) / 2.0).expect("finite");
    prop_oneof![
        2 => literal_for(subject, AttributeType::String),
        2 => (-4_i32..5).prop_map(half).prop_map(Literal::Number),
        1 => any::<bool>().prop_map(Literal::Boolean),
    ]
    .boxed()
}

/// Those that can't be asked for.
const HIDDEN: [&str; 3] = ["password", "meta.location", "members.$ref"];

/// Those that can.
fn readable(subject: &Subject) -> Vec<Place> {
    places(subject.resource_type)
        .into_iter()
        .filter(|place| !HIDDEN.contains(&place.name().as_str()))
        .collect()
}

fn comparison(subject: &'static Subject) -> BoxedStrategy<Filter> {
    let declared =
        proptest::sample::select(readable(subject)).prop_flat_map(|place| on_place(subject, place));
    let indexed = proptest::sample::select(subject.indexed).prop_flat_map(|name| {
        let path = AttributePath::parse(name).expect("a path");
        match Operand::find(&path, subject.resource_type, ScimError::invalid_filter) {
            Ok(Operand::Declared(place)) => on_place(subject, place),
            // Of no schema: `email`.
            _ => on(
                path,
                AttributeType::String,
                literal_for(subject, AttributeType::String),
            ),
        }
    });
    let is_open = |schema: &&Schema| schema.openness == Openness::Open;
    if !subject
        .resource_type
        .extensions
        .iter()
        .copied()
        .any(|schema| is_open(&schema))
    {
        return prop_oneof![declared, indexed].boxed();
    }
    let any_literal = any_literal(subject);
    let open = field().prop_flat_map(move |name| {
        let schema = Some(CUSTOM_FIELDS_URN.to_owned());
        let path = AttributePath {
            schema,
            name,
            sub: None,
        };
        on(path, AttributeType::String, any_literal.clone())
    });
    prop_oneof![4 => declared, 4 => indexed, 1 => open].boxed()
}

fn value_path(subject: &'static Subject) -> BoxedStrategy<Filter> {
    let complex: Vec<Place> = places(subject.resource_type)
        .into_iter()
        .filter(|place| place.sub.is_none() && !place.attribute.sub_attributes.is_empty())
        .collect();
    proptest::sample::select(complex)
        .prop_flat_map(|place| {
            let parts: Vec<&'static Attribute> = place
                .attribute
                .sub_attributes
                .iter()
                .filter(|sub| {
                    let sub = Some(*sub);
                    !HIDDEN.contains(&Place { sub, ..place }.name().as_str())
                })
                .collect();
            let inner = proptest::sample::select(parts).prop_flat_map(|sub| {
                let name = sub.name.to_owned();
                let path = AttributePath {
                    schema: None,
                    name,
                    sub: None,
                };
                on(path, sub.attribute_type, literal_of(subject, sub))
            });
            combined(inner.boxed()).prop_map(move |filter| Filter::ValuePath {
                attribute: path_of(place),
                filter: Box::new(filter),
            })
        })
        .boxed()
}

fn combined(leaf: BoxedStrategy<Filter>) -> BoxedStrategy<Filter> {
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Filter::And),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
    .boxed()
}

pub(in crate::store) fn filter(subject: &'static Subject) -> BoxedStrategy<Filter> {
    combined(prop_oneof![4 => comparison(subject), 1 => value_path(subject)].boxed())
}

/// How many cases of a property; `PROPTEST_CASES` asks for more.
pub(in crate::store) fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual))
    }
}

/// The value that a resource is sorted by.
pub(in crate::store) fn key_of(resource: &Value, place: Place) -> Option<Value> {
    let root = match place.extension {
        Some(urn) => resource.get(urn)?,
        None => resource,
    };
    let value = match root.get(place.attribute.name)? {
        Value::Array(list) => list
            .iter()
            .find(|element| element.get("primary") == Some(&json!(true)))
            .or_else(|| list.first())?,
        other => other,
    };
    let value = match place.sub {
        Some(sub) => value.get(sub.name)?,
        None => value,
    };
    let leaf = place.leaf();
    match value {
        Value::String(text) if leaf.attribute_type == AttributeType::String && !leaf.case_exact => {
            let folded = if leaf.is_name {
                fold::name(text)
            } else {
                fold::text(text)
            };
            Some(folded.into())
        }
        Value::Bool(_) if leaf.attribute_type == AttributeType::Boolean => Some(value.clone()),
        Value::String(_) => Some(value.clone()),
        _ => None,
    }
}

/// What has no value is the last.
pub(in crate::store) fn by_key(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(Value::String(one)), Some(Value::String(other))) => one.cmp(other),
        (Some(one), Some(other)) => one.as_bool().cmp(&other.as_bool()),
    }
}
