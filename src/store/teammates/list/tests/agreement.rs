//! For random users and random filters, the SQL finds and sorts as the reference does.

use super::generated::{directory, filter, path_of, places};
use super::{ALL, Directory, Window, find, many, resource};
use crate::scim::filter::Filter;
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::schema::{AttributeType, USER};
use crate::scim::sort::Sort;
use crate::store::filter::{Order, compile};
use crate::store::teammates::Columns;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::fmt;

impl fmt::Debug for Directory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = self.teammates.iter();
        formatter
            .debug_list()
            .entries(people.map(|teammate| (teammate.state, resource(teammate).to_string())))
            .finish()
    }
}

/// How many cases of a property; `PROPTEST_CASES` asks for more.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual))
    }
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn sql_finds_whom_the_filter_matches(
        directory in directory(),
        filters in proptest::collection::vec(filter(), 70),
    ) {
        for filter in filters {
            let text = filter.to_string();
            prop_assert_eq!(Filter::parse(&text), Ok(filter.clone()), "{}", text);
            let Ok(condition) = compile(&filter) else { continue };
            let resolved = filter.resolve(&USER).expect("compiled, so resolved");
            let expected: Vec<String> = directory
                .listed()
                .filter(|teammate| resolved.matches(&resource(teammate)))
                .map(|teammate| teammate.id.to_string())
                .collect();
            let found = directory.ids(&condition, &Order::default(), ALL);
            prop_assert_eq!(&found, &expected, "{}", text);
            prop_assert_eq!(directory.count(&condition), expected.len() as u64, "{}", text);
            if condition.is_unique() {
                let one = find(&directory.token.company_id, &condition, Columns::Own);
                let one = many(&directory.sqlite.run(&one)).expect("one or none");
                prop_assert_eq!(one.len(), expected.len(), "{}", text);
            }
        }
    }

    #[test]
    fn sql_sorts_as_the_reference_does(
        directory in directory(),
        places in proptest::collection::vec(proptest::sample::select(places()), 40),
        descending: bool,
        filter in proptest::option::of(filter()),
    ) {
        let filter = filter.filter(|filter| compile(filter).is_ok());
        let condition = filter.as_ref().map(compile).transpose().expect("it was tried").unwrap_or_default();
        let resolved = filter.map(|filter| filter.resolve(&USER).expect("compiled, so resolved"));
        for place in places {
            let name = path_of(place).to_string();
            let direction = if descending { "Descending" } else { "ascending" };
            let sort = Sort::from_parameters(Some(&name), Some(direction), &USER);
            let Ok(Some(sort)) = sort else { continue };
            let Operand::Declared(by) = sort.operand.clone() else { continue };
            let mut expected: Vec<(Option<Value>, String)> = directory
                .listed()
                .map(|teammate| (resource(teammate), teammate.id.to_string()))
                .filter(|(resource, _)| resolved.as_ref().is_none_or(|filter| filter.matches(resource)))
                .map(|(resource, id)| (key_of(&resource, by), id))
                .collect();
            expected.sort_by(|(one, one_id), (other, other_id)| {
                by_key(one.as_ref(), other.as_ref()).then_with(|| one_id.cmp(other_id))
            });
            if descending {
                expected.reverse();
            }
            let expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();
            let order = Order::by(Some(sort));
            prop_assert_eq!(&directory.ids(&condition, &order, ALL), &expected, "{}", name);
            let window = Window::Offset { offset: 1, limit: 2 };
            let part: Vec<String> = expected.iter().skip(1).take(2).cloned().collect();
            prop_assert_eq!(directory.ids(&condition, &order, window), part, "{}", name);
        }
    }
}

/// The value that a resource is sorted by.
fn key_of(resource: &Value, place: Place) -> Option<Value> {
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
            Some(caseless::default_case_fold_str(text).into())
        }
        Value::Bool(_) if leaf.attribute_type == AttributeType::Boolean => Some(value.clone()),
        Value::String(_) => Some(value.clone()),
        _ => None,
    }
}

/// What has no value is the last.
fn by_key(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(Value::String(one)), Some(Value::String(other))) => one.cmp(other),
        (Some(one), Some(other)) => one.as_bool().cmp(&other.as_bool()),
    }
}
