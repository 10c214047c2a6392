//! A filter in brackets that chooses among the values of one attribute: in the path of a PATCH (RFC 7644 section
//! 3.5.2), and behind a name in `attributes`.
//!
//! Invariant: of a declared part it asks what `attribute[filter]` asks in a list's filter, with the same types and
//! the same refusals: a misspelled name must not choose everything, even where undeclared parts are kept. Of what no
//! schema declares at all, any part can be asked for.

use super::Filter;
use super::brackets::{Question, declared, no_part, resolved};
use super::comparison::{Test, TextTest};
use super::operand::Place;
use super::resolved::Logic;
use crate::scim::error::ScimError;
use crate::scim::member::member;
use crate::scim::normalise::describe::cut;
use crate::scim::path::AttributePath;
use crate::scim::schema::Attribute;
use crate::scim::secret::is_secret;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub struct ValueFilter(Logic<PartTest>);

/// What is asked of a part of a value.
#[derive(Debug, Clone, PartialEq)]
struct PartTest {
    part: Part,
    test: Test,
    /// Whether true and false are the words for them: what is kept as sent may have come quoted, as the filter may.
    reads_words: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Declared(&'static Attribute),
    /// One that no schema declares, or a part of such a one.
    AsSent {
        name: String,
        sub: Option<String>,
    },
}

impl Filter {
    /// What the filter asks of values of a declared attribute.
    pub(crate) fn of_values(
        &self,
        attribute: &'static Attribute,
    ) -> Result<ValueFilter, ScimError> {
        let place = Place {
            extension: None,
            attribute,
            sub: None,
        };
        resolved(self, &|name, question| match declared(place, name) {
            Some(part) => Ok(PartTest {
                part: Part::Declared(part.leaf()),
                test: question.typed(part)?,
                reads_words: false,
            }),
            _ => Err(no_part(attribute, name)),
        })
        .map(ValueFilter)
    }

    /// What the filter asks of the values of an attribute that no schema declares.
    pub(crate) fn of_values_as_sent(&self) -> Result<ValueFilter, ScimError> {
        resolved(self, &|name, question| {
            as_sent(name, question)?.ok_or_else(|| {
                ScimError::invalid_filter(format!(
                    "\"{}\" names no part of the value that a filter could look at.",
                    cut(&name.to_string())
                ))
            })
        })
        .map(ValueFilter)
    }
}

/// Nothing where the name is none of a part. A secret is in no value, and an element is made of what the filter
/// that finds none says.
fn as_sent(name: &AttributePath, question: &Question<'_>) -> Result<Option<PartTest>, ScimError> {
    if name.schema.is_some() || is_secret(&name.name) || name.sub.as_deref().is_some_and(is_secret)
    {
        return Ok(None);
    }
    let word = question.boolean_word();
    Ok(Some(PartTest {
        part: Part::AsSent {
            name: name.name.clone(),
            sub: name.sub.clone(),
        },
        reads_words: word.is_some(),
        test: match word {
            Some((operator, word)) => Test::Text(TextTest::new(operator, word, false)),
            None => question.untyped(&name.to_string())?,
        },
    }))
}

impl ValueFilter {
    /// Whether one value of the attribute satisfies the filter.
    pub fn admits(&self, value: &Value) -> bool {
        self.0.holds(&|asked| {
            let found = asked.part.of(value);
            match found.filter(|_| asked.reads_words).and_then(in_words) {
                Some(words) => asked.test.admits_any(Some(&words)),
                None => asked.test.admits_any(found),
            }
        })
    }
}

/// A value with the words in the place of true and false; nothing where it has neither.
fn in_words(value: &Value) -> Option<Value> {
    match value {
        Value::Bool(boolean) => Some(boolean.to_string().into()),
        Value::Array(list) if list.iter().any(Value::is_boolean) => Some(
            list.iter()
                .map(|one| in_words(one).unwrap_or_else(|| one.clone()))
                .collect(),
        ),
        _ => None,
    }
}

impl Part {
    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        match (self, value) {
            // Declared names are spelled as declared in every value that is kept.
            (Self::Declared(part), Value::Object(members)) => members.get(part.name),
            (Self::AsSent { name, sub }, Value::Object(members)) => {
                let found = member(members, name)?;
                match sub {
                    Some(sub) => member(found.as_object()?, sub),
                    None => Some(found),
                }
            }
            // RFC 7643 section 2.4: a bare value is its own `value`.
            (Self::Declared(part), bare) => (part.name == "value").then_some(bare),
            (Self::AsSent { name, sub }, bare) => {
                (sub.is_none() && name.eq_ignore_ascii_case("value")).then_some(bare)
            }
        }
    }
}
