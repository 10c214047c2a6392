//! What is asked of an element: RFC 7644 section 3.4.2.2 written down once more.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;

pub(super) type Element = BTreeMap<String, Value>;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) name: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Exact,
    Flag,
}

#[derive(Debug, Clone)]
pub(super) enum Asked {
    Present(Part),
    Null(Part, bool),
    Flag(Part, bool, bool),
    Text(Part, &'static str, String),
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
}

impl Part {
    pub(super) const fn text(name: &'static str) -> Self {
        let kind = Kind::Text;
        Self { name, kind }
    }

    pub(super) const fn exact(name: &'static str) -> Self {
        let kind = Kind::Exact;
        Self { name, kind }
    }

    pub(super) const fn flag(name: &'static str) -> Self {
        let kind = Kind::Flag;
        Self { name, kind }
    }

    pub(super) fn is_flag(self) -> bool {
        self.kind == Kind::Flag
    }

    fn folded(self, text: &str) -> String {
        match self.kind {
            Kind::Exact => text.to_owned(),
            Kind::Text | Kind::Flag => text.to_lowercase(),
        }
    }
}

impl Asked {
    pub(super) fn holds(&self, element: &Element) -> bool {
        match self {
            Self::Present(part) => element.contains_key(part.name),
            Self::Null(part, equal) => element.contains_key(part.name) != *equal,
            Self::Flag(part, equal, value) => {
                (element.get(part.name) == Some(&json!(value))) == *equal
            }
            Self::Text(part, operator, text) => {
                let Some(found) = element.get(part.name).and_then(Value::as_str) else {
                    return *operator == "ne";
                };
                let (found, text) = (part.folded(found), part.folded(text));
                match *operator {
                    "eq" => found == text,
                    "ne" => found != text,
                    "co" => found.contains(&text),
                    "sw" => found.starts_with(&text),
                    "ew" => found.ends_with(&text),
                    "gt" => found > text,
                    "ge" => found >= text,
                    "lt" => found < text,
                    other => {
                        assert_eq!(other, "le");
                        found <= text
                    }
                }
            }
            Self::And(parts) => parts.iter().all(|part| part.holds(element)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(element)),
            Self::Not(inner) => !inner.holds(element),
        }
    }

    /// The element that it describes: nothing but equalities, all of which can hold at once.
    pub(super) fn described(&self) -> Option<Element> {
        let mut element = Element::new();
        self.describe(&mut element)?;
        self.holds(&element).then_some(element)
    }

    fn describe(&self, element: &mut Element) -> Option<()> {
        match self {
            Self::Text(part, "eq", text) => {
                element.insert(part.name.to_owned(), json!(text));
                Some(())
            }
            Self::Flag(part, true, value) => {
                element.insert(part.name.to_owned(), json!(value));
                Some(())
            }
            Self::And(parts) => parts
                .iter()
                .try_for_each(|part| part.describe(element).ok_or(()))
                .ok(),
            _ => None,
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let equality = |equal: &bool| if *equal { "eq" } else { "ne" };
        let joined = |parts: &[Self], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
            parts.join(word)
        };
        match self {
            Self::Present(part) => write!(formatter, "{} pr", part.name),
            Self::Null(part, equal) => write!(formatter, "{} {} null", part.name, equality(equal)),
            Self::Flag(part, equal, true) => {
                write!(formatter, "{} {} \"True\"", part.name, equality(equal))
            }
            Self::Flag(part, equal, false) => {
                write!(formatter, "{} {} false", part.name, equality(equal))
            }
            Self::Text(part, operator, text) => {
                write!(
                    formatter,
                    "{} {operator} {}",
                    part.name.to_uppercase(),
                    json!(text)
                )
            }
            Self::And(parts) => formatter.write_str(&joined(parts, " and ")),
            Self::Or(parts) => formatter.write_str(&joined(parts, " or ")),
            Self::Not(inner) => write!(formatter, "not ({inner})"),
        }
    }
}

/// Whether a `remove` that names a value means this one.
pub(super) fn is_same(own: &Value, value: &str) -> bool {
    own.as_str()
        .is_some_and(|own| own.eq_ignore_ascii_case(value))
}

// Few, so that filters find something, and with what the grammar uses.
pub(super) fn text() -> impl Strategy<Value = String> + Clone {
    proptest::sample::select(&["a", "A", "ab", "b", "a]\" or b", "x:y.z"][..])
        .prop_map(str::to_owned)
}

/// An element that is there for something: a type and a flag alone are dropped with what they described.
pub(super) fn element(parts: &'static [Part]) -> impl Strategy<Value = Element> {
    let first = parts[0];
    let others = proptest::collection::btree_map(
        proptest::sample::select(parts).prop_map(|part| part.name.to_owned()),
        (text(), any::<bool>()),
        0..4,
    );
    (text(), others).prop_map(move |(text, others)| {
        let mut element: Element = others
            .into_iter()
            .map(|(name, (text, flag))| {
                let is_flag = parts.iter().any(|part| part.name == name && part.is_flag());
                (name, if is_flag { json!(flag) } else { json!(text) })
            })
            .collect();
        element.insert(first.name.to_owned(), json!(text));
        element
    })
}

pub(super) fn asked(parts: &'static [Part]) -> BoxedStrategy<Asked> {
    let part = proptest::sample::select(parts);
    let operators = &[
        "eq", "eq", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le",
    ][..];
    let compared = (
        part.clone(),
        proptest::sample::select(operators),
        text(),
        any::<(bool, bool)>(),
    )
        .prop_map(|(part, operator, text, (equal, value))| {
            if part.is_flag() {
                Asked::Flag(part, equal, value)
            } else {
                Asked::Text(part, operator, text)
            }
        });
    let leaf = prop_oneof![
        8 => compared,
        1 => part.clone().prop_map(Asked::Present),
        1 => (part, any::<bool>()).prop_map(|(part, equal)| Asked::Null(part, equal)),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            2 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Asked::And),
            1 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Asked::Or),
            1 => inner.prop_map(|inner| Asked::Not(Box::new(inner))),
        ]
    })
    .boxed()
}
