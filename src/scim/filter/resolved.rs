//! A filter whose names are attributes and whose values have their types.
//!
//! [`ResolvedFilter::matches`] is what a filter means; the store's SQL says the same (their tests
//! hold them against each other).

use super::comparison::Test;
use super::operand::{Operand, Place};
use crate::scim::schema::Attribute;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Conditions joined by `and`, `or` and `not`. An `and` of nothing holds, an `or` of nothing does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Logic<T> {
    Test(T),
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
}

pub type ResolvedFilter = Logic<ResourceTest>;

/// What is asked of a resource.
#[derive(Debug, Clone, PartialEq)]
pub enum ResourceTest {
    Value {
        operand: Operand,
        test: Test,
    },
    /// One element of the list satisfies all of the filter.
    Element {
        list: Place,
        filter: Logic<ElementTest>,
    },
}

/// What is asked of one element of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementTest {
    pub sub: &'static Attribute,
    pub test: Test,
}

impl<T> Logic<T> {
    /// Two-valued: what is not true is false, and `not` turns it round.
    pub fn holds(&self, of: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Test(test) => of(test),
            Self::And(parts) => parts.iter().all(|part| part.holds(of)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(of)),
            Self::Not(inner) => !inner.holds(of),
        }
    }
}

impl<T> Logic<T> {
    pub(crate) fn tests(&self) -> Vec<&T> {
        match self {
            Self::Test(test) => vec![test],
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(inner) => inner.tests(),
        }
    }

    pub(crate) fn sum(&self, of: &impl Fn(&T) -> usize) -> usize {
        match self {
            Self::Test(test) => of(test),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(|part| part.sum(of)).sum(),
            Self::Not(inner) => inner.sum(of),
        }
    }
}

impl ResolvedFilter {
    /// The comparisons that are made with each element of a list.
    pub fn comparisons_with_elements(&self) -> usize {
        self.sum(&|condition| match condition {
            ResourceTest::Value {
                operand: Operand::Declared(place),
                ..
            } => usize::from(place.is_multi_valued()),
            ResourceTest::Value { .. } => 0,
            ResourceTest::Element { filter, .. } => filter.sum(&|_| 1),
        })
    }

    /// Whether a resource, in the form in which it is given out, satisfies the filter.
    pub fn matches(&self, resource: &Value) -> bool {
        self.holds(&|condition| match condition {
            ResourceTest::Value { operand, test } => test.admits_any(values(resource, operand)),
            ResourceTest::Element { list, filter } => {
                elements(place_in(resource, list.extension, list.attribute.name)).any(|element| {
                    filter
                        .holds(&|ElementTest { sub, test }| test.admits_any(element.get(sub.name)))
                })
            }
        })
    }
}

fn values<'a>(resource: &'a Value, operand: &'a Operand) -> Vec<&'a Value> {
    match operand {
        Operand::Open { schema, name } => {
            elements(place_in(resource, Some(schema), name)).collect()
        }
        Operand::Declared(place) => {
            let found = elements(place_in(resource, place.extension, place.attribute.name));
            match place.sub {
                Some(sub) => found.filter_map(|element| element.get(sub.name)).collect(),
                None => found.collect(),
            }
        }
    }
}

fn place_in<'a>(resource: &'a Value, extension: Option<&str>, name: &str) -> Option<&'a Value> {
    match extension {
        Some(urn) => resource.get(urn)?.get(name),
        None => resource.get(name),
    }
}

/// The elements of a list, or the one value there is.
fn elements(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (list, single) = match value {
        Some(Value::Array(list)) => (list.as_slice(), None),
        other => (&[][..], other),
    };
    list.iter().chain(single)
}
