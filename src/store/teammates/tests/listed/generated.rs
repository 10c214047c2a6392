//! Random users, over every attribute that the schema has.

use super::{Directory, GROUPS};
use crate::directory::teammate::State;
use crate::scim::Object;
use crate::scim::filter::Filter;
use crate::scim::schema::{Attribute, AttributeType, CUSTOM_FIELDS_URN, Tolerance, USER};
use crate::scim::user::User;
use crate::store::filter::tests::random::{self, Subject, field, text};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) static USERS: Subject = Subject {
    resource_type: &USER,
    indexed: &[
        "id",
        "userName",
        "externalId",
        "emails",
        "email",
        "groups",
        "active",
        "displayName",
        "meta.lastModified",
    ],
    peculiar: &[
        "tea_0001",
        "tea_0003",
        "tea_",
        "grp_0",
        "grp_3",
        "direct",
        "W/\"2\"",
        "User",
        crate::scim::schema::USER_URN,
    ],
};

pub(super) fn filter() -> BoxedStrategy<Filter> {
    random::filter(&USERS)
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
    let standing = proptest::sample::select(&["app", "both", "idp", "gone"][..]);
    let memberships = proptest::collection::vec((0..GROUPS.len(), standing), 0..4);
    proptest::collection::vec((user(), state(), moments, replaced, memberships), 1..10)
        .prop_map(|people| {
            let mut directory = Directory::new();
            for (user, state, moments, replaced, memberships) in people {
                let place = directory.teammates.len();
                directory.add(&user, state, moments);
                if let Some(mut now) = replaced
                    && directory.teammates.len() > place
                {
                    now.user_name = user.user_name;
                    directory.replace(place, &now);
                }
                if directory.teammates.len() > place {
                    for (group, standing) in memberships {
                        directory.join(group, standing);
                    }
                }
            }
            directory
        })
        .boxed()
}
