//! From a parsed filter to one whose names and types are right, or to what is wrong with them.

use super::brackets::{self, declared, no_part};
use super::comparison::{Test, TextTest, instant, quoted_boolean};
use super::operand::{Operand, Place, is_complex, parts_of, readable};
use super::resolved::{ElementTest, Logic, ResolvedFilter, ResourceTest};
use super::{Filter, Literal, MAX_COMPARISONS, Operator, email};
use crate::scim::error::ScimError;
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;
use crate::scim::schema::{AttributeType, ResourceType, Tolerance};
use serde_json::{Number, Value};

impl Filter {
    /// Finds every name in the schemas of the resource type, and reads every value as the type that
    /// the attribute has.
    #[cfg(test)]
    pub fn resolve(
        &self,
        resource_type: &'static ResourceType,
    ) -> Result<ResolvedFilter, ScimError> {
        self.resolve_among(resource_type, &[])
    }

    /// Resolves a filter that is asked of other types, too: of what only one of those has, resources of this type
    /// have no value (RFC 7644 section 3.4.2.1).
    pub fn resolve_among(
        &self,
        resource_type: &'static ResourceType,
        others: &[&'static ResourceType],
    ) -> Result<ResolvedFilter, ScimError> {
        let comparisons = self.comparisons();
        if comparisons > MAX_COMPARISONS {
            return Err(ScimError::invalid_filter(format!(
                "The filter makes {comparisons} comparisons; at most {MAX_COMPARISONS} are taken. Ask in several requests."
            )));
        }
        // What is wrong with it is said of the type itself.
        resolve(self, resource_type, &[])
            .or_else(|error| resolve(self, resource_type, others).map_err(|_| error))
    }
}

fn resolve(
    filter: &Filter,
    resource_type: &'static ResourceType,
    others: &[&'static ResourceType],
) -> Result<ResolvedFilter, ScimError> {
    let part = |part: &Filter| resolve(part, resource_type, others);
    match filter {
        Filter::And(parts) => each(parts, part).map(Logic::And),
        Filter::Or(parts) => each(parts, part).map(Logic::Or),
        Filter::Not(inner) => Ok(Logic::Not(Box::new(part(inner)?))),
        leaf => resolve_leaf(leaf, resource_type).or_else(|error| {
            others
                .iter()
                .find_map(|other| resolve_leaf(leaf, other).ok())
                .map(|found| constant(found.matches(&Value::Null)))
                .ok_or(error)
        }),
    }
}

/// What is the same of every resource.
fn constant(holds: bool) -> ResolvedFilter {
    if holds {
        Logic::And(Vec::new())
    } else {
        Logic::Or(Vec::new())
    }
}

pub(super) fn resolve_leaf(
    filter: &Filter,
    resource_type: &'static ResourceType,
) -> Result<ResolvedFilter, ScimError> {
    if let Some(resolved) = email::resolved(filter, resource_type) {
        return resolved;
    }
    match filter {
        Filter::And(_) | Filter::Or(_) | Filter::Not(_) => resolve(filter, resource_type, &[]),
        Filter::Present(path) => {
            let operand = Operand::find(path, resource_type, ScimError::invalid_filter)?;
            let test = Test::Present;
            Ok(Logic::Test(ResourceTest::Value { operand, test }))
        }
        Filter::Compare {
            attribute,
            operator,
            value,
        } => {
            let operand = Operand::find(attribute, resource_type, ScimError::invalid_filter)?;
            compare(operand, *operator, value)
        }
        Filter::ValuePath { attribute, filter } => {
            let operand = Operand::find(attribute, resource_type, ScimError::invalid_filter)?;
            value_path(&operand, attribute, filter)
        }
    }
}

pub(super) fn each<T>(
    parts: &[Filter],
    resolve: impl Fn(&Filter) -> Result<Logic<T>, ScimError>,
) -> Result<Vec<Logic<T>>, ScimError> {
    parts.iter().map(resolve).collect()
}

fn compare(
    operand: Operand,
    operator: Operator,
    value: &Literal,
) -> Result<ResolvedFilter, ScimError> {
    let (operand, test) = match operand {
        Operand::Open { ref name, .. } => {
            let test = untyped(name, operator, value)?;
            (operand, test)
        }
        Operand::Declared(place) => {
            let place = compared(place, value)?;
            let test = typed(place, operator, value)?;
            (Operand::Declared(place), test)
        }
    };
    Ok(Logic::Test(ResourceTest::Value { operand, test }))
}

/// Null says something of a complex value as a whole; any other value is compared with its `value`.
fn compared(place: Place, value: &Literal) -> Result<Place, ScimError> {
    if *value == Literal::Null || !is_complex(place) {
        return Ok(place);
    }
    let of_value = place.of_value();
    if is_complex(of_value) {
        return Err(ScimError::invalid_filter(format!(
            "{} has parts and can't be compared as a whole: use one of {}.",
            place.name(),
            parts_of(place)
        )));
    }
    Ok(of_value)
}

/// `attribute[filter]`. Of an attribute with one value, the parts are looked at where they are.
fn value_path(
    operand: &Operand,
    path: &AttributePath,
    filter: &Filter,
) -> Result<ResolvedFilter, ScimError> {
    let place = match operand {
        Operand::Declared(place) if place.sub.is_none() && is_complex(*place) => *place,
        _ => {
            return Err(ScimError::invalid_filter(format!(
                "\"{}\" has no sub-attributes that a filter in brackets could look at: compare it without brackets.",
                cut(&path.to_string())
            )));
        }
    };
    if place.attribute.multi_valued {
        let filter = element(place, filter)?;
        return Ok(Logic::Test(ResourceTest::Element {
            list: place,
            filter,
        }));
    }
    Ok(Logic::And(vec![
        Logic::Test(ResourceTest::Value {
            operand: Operand::Declared(place),
            test: Test::NotNull,
        }),
        within(place, filter)?,
    ]))
}

fn within(place: Place, filter: &Filter) -> Result<ResolvedFilter, ScimError> {
    brackets::resolved(filter, &|name, question| {
        let place = part(place, name)?;
        let (operand, test) = (Operand::Declared(place), question.typed(place)?);
        Ok(ResourceTest::Value { operand, test })
    })
}

fn element(list: Place, filter: &Filter) -> Result<Logic<ElementTest>, ScimError> {
    brackets::resolved(filter, &|name, question| {
        let place = part(list, name)?;
        let (sub, test) = (place.leaf(), question.typed(place)?);
        Ok(ElementTest { sub, test })
    })
}

/// The sub-attribute that a name in brackets means, where it can be asked for.
fn part(place: Place, name: &AttributePath) -> Result<Place, ScimError> {
    let part = declared(place, name).ok_or_else(|| no_part(place.attribute, name))?;
    readable(part, ScimError::invalid_filter)?;
    Ok(part)
}

/// The test that compares what is at a place with a literal, as every filter does.
pub(in crate::scim) fn typed(
    place: Place,
    operator: Operator,
    value: &Literal,
) -> Result<Test, ScimError> {
    let name = place.name();
    let leaf = place.leaf();
    match (leaf.attribute_type, value) {
        (_, Literal::Null) => null(&name, operator),
        (AttributeType::Boolean, _) => {
            let value = match value {
                Literal::Boolean(value) => Some(*value),
                Literal::String(text) => quoted_boolean(text),
                Literal::Number(_) | Literal::Null => None,
            };
            let value = value
                .ok_or_else(|| wrong_type(&name, "true or false", &format!("{name} eq true")))?;
            boolean(&name, operator, value)
        }
        (AttributeType::Integer, Literal::Number(value)) => number(&name, operator, value),
        (AttributeType::Integer, _) => Err(wrong_type(&name, "a number", &format!("{name} eq 5"))),
        (AttributeType::DateTime, value) => {
            let milliseconds = match value {
                Literal::String(text) => instant(text),
                _ => None,
            };
            let milliseconds = milliseconds.ok_or_else(|| {
                wrong_type(
                    &name,
                    "a date and time in double quotes",
                    &format!("{name} gt \"2026-11-21T09:30:00Z\""),
                )
            })?;
            Test::instant(operator, milliseconds)
                .ok_or_else(|| no_text(&name, "a date and time", operator))
        }
        (AttributeType::Binary, Literal::String(_)) if is_ordering(operator) => {
            Err(no_order(&name, "binary", operator))
        }
        (_, Literal::String(text)) => Ok(Test::Text(TextTest::of(leaf, operator, text))),
        // What is kept as sent may be of any type.
        (_, value) if leaf.tolerance == Tolerance::Anything => untyped(&name, operator, value),
        _ => Err(wrong_type(
            &name,
            "a string in double quotes",
            &format!(
                "{name} {} \"{}\"",
                operator.as_str(),
                cut(&value.to_string())
            ),
        )),
    }
}

/// What no schema declares is compared by the type of the value it is compared with.
pub(super) fn untyped(name: &str, operator: Operator, value: &Literal) -> Result<Test, ScimError> {
    let name = cut(name);
    match value {
        Literal::Null => null(&name, operator),
        Literal::Boolean(value) => boolean(&name, operator, *value),
        Literal::Number(value) => number(&name, operator, value),
        Literal::String(text) => Ok(Test::Text(TextTest::new(operator, text, false))),
    }
}

fn null(name: &str, operator: Operator) -> Result<Test, ScimError> {
    Test::null(operator).ok_or_else(|| no_order(name, "compared with null", operator))
}

fn boolean(name: &str, operator: Operator, value: bool) -> Result<Test, ScimError> {
    Test::boolean(operator, value).ok_or_else(|| no_order(name, "a boolean", operator))
}

fn number(name: &str, operator: Operator, value: &Number) -> Result<Test, ScimError> {
    Test::number(operator, value).ok_or_else(|| no_text(name, "a number", operator))
}

fn is_ordering(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::GreaterThan
            | Operator::GreaterOrEqual
            | Operator::LessThan
            | Operator::LessOrEqual
    )
}

/// RFC 7644 section 3.4.2.2: gt, ge, lt and le of booleans and binaries fail with invalidFilter.
fn no_order(name: &str, kind: &str, operator: Operator) -> ScimError {
    ScimError::invalid_filter(format!(
        "{name} is {kind}, where {} has no meaning: use eq or ne.",
        operator.as_str()
    ))
}

fn no_text(name: &str, kind: &str, operator: Operator) -> ScimError {
    ScimError::invalid_filter(format!(
        "{name} is {kind}, where {} has no meaning: use eq, ne, gt, ge, lt or le.",
        operator.as_str()
    ))
}

fn wrong_type(name: &str, expected: &str, example: &str) -> ScimError {
    ScimError::invalid_filter(format!(
        "{name} has to be compared with {expected}, such as {example}."
    ))
}
