//! Whether an element of a list satisfies the value filter of a PATCH path.
//!
//! Names need not be declared here, and a value of another type matches nothing instead of being
//! refused; what a comparison means is what it means in a list's filter.

use super::comparison::{Test, TextTest, quoted_boolean};
use super::{Filter, Literal, Operator};
use crate::scim::member;
use crate::scim::path::AttributePath;
use crate::scim::schema::Attribute;
use serde_json::Value;

impl Filter {
    /// Whether `element`, one value of `attribute`, satisfies the filter; names in the filter are
    /// sub-attributes of `attribute`.
    pub fn matches(&self, element: &Value, attribute: &'static Attribute) -> bool {
        match self {
            Self::Present(name) => Test::Present.admits_any(part(element, name)),
            Self::Compare {
                attribute: name,
                operator,
                value,
            } => {
                let found = part(element, name);
                let case_exact = attribute
                    .sub_attribute(&name.name)
                    .is_some_and(|sub| sub.case_exact);
                test_of(found, *operator, value, case_exact)
                    .is_some_and(|test| test.admits_any(found))
            }
            // The grammar has no value path inside a value path.
            Self::ValuePath { .. } => false,
            Self::And(parts) => parts.iter().all(|part| part.matches(element, attribute)),
            Self::Or(parts) => parts.iter().any(|part| part.matches(element, attribute)),
            Self::Not(inner) => !inner.matches(element, attribute),
        }
    }
}

impl Literal {
    /// The test of a text by this literal; nothing where the operator has no meaning for the literal's type.
    pub(crate) fn test_of_text(&self, operator: Operator, case_exact: bool) -> Option<Test> {
        test_of(None, operator, self, case_exact)
    }
}

fn part<'a>(element: &'a Value, name: &AttributePath) -> Option<&'a Value> {
    let members = match element {
        Value::Object(members) => members,
        // RFC 7643 section 2.4: a bare value is its own `value`.
        bare => return name.name.eq_ignore_ascii_case("value").then_some(bare),
    };
    let found = member::member(members, &name.name)?;
    match &name.sub {
        Some(sub) => member::member(found.as_object()?, sub),
        None => Some(found),
    }
}

/// The test by the type of the literal; a boolean is also compared with a quoted one, because
/// Entra's paths read `roles[primary eq "True"].value` (Microsoft docs, "Customize attribute
/// mappings"). Nothing where the operator has no meaning for the type.
fn test_of(
    found: Option<&Value>,
    operator: Operator,
    literal: &Literal,
    case_exact: bool,
) -> Option<Test> {
    match literal {
        Literal::Null => Test::null(operator),
        Literal::Boolean(value) => Test::boolean(operator, *value),
        Literal::Number(number) => Test::number(operator, number),
        Literal::String(text) => match (found, quoted_boolean(text)) {
            (Some(Value::Bool(_)), Some(value)) => Test::boolean(operator, value),
            _ => Some(Test::Text(TextTest::new(operator, text, case_exact))),
        },
    }
}
