//! Random users and random filters, over every attribute that the schemas have.

use super::Directory;
use crate::directory::teammate::State;
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::path::AttributePath;
use crate::scim::schema::{Attribute, AttributeType, CUSTOM_FIELDS_URN, Tolerance, USER};
use crate::scim::user::User;
use proptest::prelude::*;
use serde_json::{Value, json};

// Few, so that filters find something; with letters whose folding is longer, and the last code points.
const TEXTS: [&str; 22] = [
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

fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<String> {
    proptest::sample::select(texts)
        .prop_map(str::to_owned)
        .boxed()
}

fn text() -> BoxedStrategy<String> {
    one_of(&TEXTS)
}

fn field() -> BoxedStrategy<String> {
    one_of(&["fld_1", "FLD_1", "fld.2:x", "é\\x"])
}

fn value_of(attribute: &'static Attribute) -> BoxedStrategy<Value> {
    let one = match attribute.attribute_type {
        _ if attribute.tolerance == Tolerance::Anything => return anything(),
        AttributeType::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        AttributeType::Complex => members(attribute.sub_attributes, 0.5)
            .prop_map(Value::Object)
            .boxed(),
        _ => text().prop_map(Value::from).boxed(),
    };
    match (attribute.multi_valued, attribute.tolerance) {
        (true, _) => proptest::collection::vec(one, 0..4)
            .prop_map(with_one_primary)
            .boxed(),
        (false, Tolerance::List) => prop_oneof![
            one.clone(),
            proptest::collection::vec(one, 1..3).prop_map(Value::Array)
        ]
        .boxed(),
        (false, _) => one,
    }
}

fn with_one_primary(mut list: Vec<Value>) -> Value {
    let mut seen = false;
    for element in &mut list {
        if element.get("primary") == Some(&json!(true)) && std::mem::replace(&mut seen, true) {
            element["primary"] = json!(false);
        }
    }
    Value::Array(list)
}

fn anything() -> BoxedStrategy<Value> {
    prop_oneof![
        4 => text().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        2 => (-3_i32..4).prop_map(Value::from),
        1 => (-3_i32..4).prop_map(|number| Value::from(f64::from(number) / 2.0)),
        1 => Just(json!({"a": "b"})),
        1 => Just(json!("")),
        1 => Just(json!({})),
        1 => proptest::collection::vec(text(), 0..3).prop_map(Value::from),
        1 => Just(json!([1, "a", true, null, {"b": 1}, []])),
    ]
    .boxed()
}

fn members(attributes: &'static [Attribute], chance: f64) -> BoxedStrategy<Object> {
    let each = attributes.iter().map(|attribute| {
        proptest::option::weighted(chance, value_of(attribute))
            .prop_map(|value| Some((attribute.name.to_owned(), value?)))
    });
    each.collect::<Vec<_>>()
        .prop_map(|members| members.into_iter().flatten().collect())
        .boxed()
}

pub(super) fn user() -> BoxedStrategy<User> {
    let extensions: Vec<_> = USER
        .extensions
        .iter()
        .map(|schema| {
            let values = if schema.id == CUSTOM_FIELDS_URN {
                proptest::collection::vec((field(), anything()), 0..3)
                    .prop_map(|fields| fields.into_iter().collect())
                    .boxed()
            } else {
                members(schema.attributes, 0.4)
            };
            (Just(schema.id.to_owned()), values)
        })
        .collect();
    let names = (text(), text(), proptest::option::of(text()));
    (members(USER.schema.attributes, 0.35), extensions, names)
        .prop_filter_map(
            "a user",
            |(mut body, extensions, (one, two, external_id))| {
                for (urn, values) in extensions {
                    body.insert(urn, Value::Object(values));
                }
                body.insert("userName".to_owned(), format!("{one}{two}").into());
                if let Some(external_id) = external_id {
                    body.insert("externalId".to_owned(), external_id.into());
                }
                User::from_request(&body)
                    .ok()
                    .map(|understood| understood.value)
            },
        )
        .boxed()
}

/// Every attribute and sub-attribute that there is.
pub(super) fn places() -> Vec<Place> {
    let core = USER.schema.attributes.iter().map(|one| (None, one));
    let common = ["schemas", "id", "externalId", "meta"]
        .into_iter()
        .filter_map(|name| Some((None, USER.attribute(name)?)));
    let extensions = USER
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

pub(super) fn path_of(place: Place) -> AttributePath {
    AttributePath {
        schema: place.extension.map(str::to_owned),
        name: place.attribute.name.to_owned(),
        sub: place.sub.map(|sub| sub.name.to_owned()),
    }
}

fn literal_for(kind: AttributeType) -> BoxedStrategy<Literal> {
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
                let moment = Timestamp(super::START + step / 2).to_string();
                Literal::String(moment.replace('Z', finer))
            })
            .boxed(),
        _ => prop_oneof![
            8 => text(),
            1 => Just(String::new()),
            1 => one_of(&["tea_0001", "tea_0003", "tea_", "W/\"2\"", "User", crate::scim::schema::USER_URN]),
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

fn on_place(place: Place) -> BoxedStrategy<Filter> {
    let kind = place.of_value().leaf().attribute_type;
    on(path_of(place), kind, literal_for(kind))
}

/// Those that can be asked for.
fn readable() -> Vec<Place> {
    let hidden = ["password", "meta.location"];
    places()
        .into_iter()
        .filter(|place| !hidden.contains(&place.name().as_str()))
        .collect()
}

fn comparison() -> BoxedStrategy<Filter> {
    let declared = proptest::sample::select(readable()).prop_flat_map(on_place);
    let names = &[
        "id",
        "userName",
        "externalId",
        "emails",
        "active",
        "displayName",
        "meta.lastModified",
    ];
    let indexed = proptest::sample::select(&names[..]).prop_flat_map(|name| {
        let path = AttributePath::parse(name).expect("a path");
        match Operand::find(&path, &USER, ScimError::invalid_filter) {
            Ok(Operand::Declared(place)) => on_place(place),
            other => panic!("{other:?}"),
        }
    });
    let half = |number: i32| serde_json::Number::from_f64(f64::from(number) / 2.0).expect("finite");
    let any_literal = prop_oneof![
        2 => literal_for(AttributeType::String),
        2 => (-4_i32..5).prop_map(half).prop_map(Literal::Number),
        1 => any::<bool>().prop_map(Literal::Boolean),
    ]
    .boxed();
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

fn value_path() -> BoxedStrategy<Filter> {
    let complex: Vec<Place> = places()
        .into_iter()
        .filter(|place| place.sub.is_none() && !place.attribute.sub_attributes.is_empty())
        .collect();
    proptest::sample::select(complex)
        .prop_flat_map(|place| {
            let parts: Vec<&'static Attribute> = place
                .attribute
                .sub_attributes
                .iter()
                .filter(|sub| sub.name != "location")
                .collect();
            let inner = proptest::sample::select(parts).prop_flat_map(|sub| {
                let name = sub.name.to_owned();
                let path = AttributePath {
                    schema: None,
                    name,
                    sub: None,
                };
                on(path, sub.attribute_type, literal_for(sub.attribute_type))
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

pub(super) fn filter() -> BoxedStrategy<Filter> {
    combined(prop_oneof![4 => comparison(), 1 => value_path()].boxed())
}

fn state() -> BoxedStrategy<State> {
    prop_oneof![
        4 => Just(State::Active),
        2 => Just(State::Blocked),
        1 => Just(State::Removed),
        1 => Just(State::Deleted),
    ]
    .boxed()
}

/// A company of a few, some of whom have been changed since they were made.
pub(super) fn directory() -> BoxedStrategy<Directory> {
    let moments = (0_i64..5, 0_i64..5);
    let replaced = proptest::option::weighted(0.2, user());
    proptest::collection::vec((user(), state(), moments, replaced), 1..10)
        .prop_map(|people| {
            let mut directory = Directory::new();
            for (user, state, moments, replaced) in people {
                let place = directory.teammates.len();
                directory.add(&user, state, moments);
                if let Some(mut now) = replaced
                    && directory.teammates.len() > place
                {
                    now.user_name = user.user_name;
                    directory.replace(place, &now);
                }
            }
            directory
        })
        .boxed()
}
