//! Value paths against a plain model: whom a filter chooses, and what becomes of those and of the others.
//!
//! The model knows nothing of paths, schemas or the filter engine; that the engine says the same of a list's filter
//! is a part of the test.

mod asked;

use super::{ENTERPRISE, patch};
use crate::scim::dialect::Quirk;
use crate::scim::error::ScimType;
use crate::scim::filter::Filter;
use crate::scim::schema::USER;
use asked::{Asked, Element, Part, asked, element, is_same};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What is chosen from.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Subject {
    Emails,
    Name,
    Manager,
}

/// What is done with the chosen.
#[derive(Debug, Clone)]
enum Deed {
    Remove,
    /// Those of the chosen that have this `value`.
    RemoveValue(String),
    RemovePart(Part),
    Set(Part, String),
    Clear,
    /// With a value of none, or without one.
    AddNothing(Option<Value>),
}

struct NoTarget;

const EMAIL: &[Part] = &[
    Part::text("value"),
    Part::text("type"),
    Part::text("display"),
    Part::flag("primary"),
];
const NAME: &[Part] = &[
    Part::text("givenName"),
    Part::text("familyName"),
    Part::text("formatted"),
];
const MANAGER: &[Part] = &[Part::exact("value"), Part::text("displayName")];

impl Subject {
    fn parts(self) -> &'static [Part] {
        match self {
            Self::Emails => EMAIL,
            Self::Name => NAME,
            Self::Manager => MANAGER,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Emails => "emails".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Manager => format!("{ENTERPRISE}:manager"),
        }
    }

    /// A user who has these.
    fn attributes(self, elements: &[Element]) -> Value {
        let all: Vec<Value> = elements
            .iter()
            .map(|element| {
                let members = element
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone()));
                Value::Object(members.collect())
            })
            .collect();
        match (self, all.as_slice()) {
            (_, []) => json!({}),
            (Self::Emails, _) => json!({ "emails": all }),
            (Self::Name, [one, ..]) => json!({ "name": one }),
            (Self::Manager, [one, ..]) => json!({ ENTERPRISE: { "manager": one } }),
        }
    }

    fn apply(
        self,
        elements: &[Element],
        asked: &Asked,
        deed: &Deed,
    ) -> Result<Vec<Element>, NoTarget> {
        let mut after = Vec::new();
        for element in elements {
            let mut element = element.clone();
            if asked.holds(&element) && self.is_gone(&mut element, deed) {
                continue;
            }
            after.push(element);
        }
        let is_chosen = elements.iter().any(|element| asked.holds(element));
        let part = match deed {
            Deed::Set(part, text) => Some((part.name.to_owned(), json!(text))),
            _ => None,
        };
        if matches!(deed, Deed::Set(..) | Deed::AddNothing(_)) && !is_chosen {
            let mut made = asked.described().ok_or(NoTarget)?;
            if made.get("primary") == Some(&json!(true)) {
                for other in &mut after {
                    if other.get("primary") == Some(&json!(true)) {
                        other.insert("primary".to_owned(), json!(false));
                    }
                }
            }
            if self != Self::Emails {
                made = laid_over(after.pop(), made);
            }
            made.extend(part);
            after.push(made);
        }
        Ok(after)
    }

    /// Does the deed to one that is chosen, and tells whether it is gone by it.
    fn is_gone(self, element: &mut Element, deed: &Deed) -> bool {
        match deed {
            Deed::Remove | Deed::Clear => true,
            Deed::RemoveValue(value) => {
                let own = element.get("value");
                match self {
                    // Ids are compared exactly.
                    Self::Manager => own == Some(&json!(value)),
                    Self::Emails | Self::Name => own.is_some_and(|own| is_same(own, value)),
                }
            }
            Deed::RemovePart(part) => {
                element.remove(part.name);
                match self {
                    Self::Emails => !element.contains_key("value"),
                    Self::Name => element.is_empty(),
                    // Without its `value` a manager is nobody.
                    Self::Manager => part.name == "value" || element.is_empty(),
                }
            }
            Deed::Set(part, text) => {
                element.insert(part.name.to_owned(), json!(text));
                false
            }
            Deed::AddNothing(_) => false,
        }
    }
}

/// A single value that becomes what is said of it: the rest stays, but not what belongs to another manager.
fn laid_over(before: Option<Element>, made: Element) -> Element {
    let mut whole = before.unwrap_or_default();
    if made.contains_key("value") && made.get("value") != whole.get("value") {
        whole.clear();
    }
    whole.extend(made);
    whole
}

fn subject() -> impl Strategy<Value = Subject> {
    proptest::sample::select(
        &[
            Subject::Emails,
            Subject::Emails,
            Subject::Name,
            Subject::Manager,
        ][..],
    )
}

fn deed(parts: &'static [Part]) -> impl Strategy<Value = Deed> {
    let texts: Vec<Part> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_flag())
        .collect();
    let part = proptest::sample::select(texts);
    prop_oneof![
        3 => Just(Deed::Remove),
        1 => asked::text().prop_map(Deed::RemoveValue),
        2 => part.clone().prop_map(Deed::RemovePart),
        4 => (part, asked::text()).prop_map(|(part, text)| Deed::Set(part, text)),
        1 => Just(Deed::Clear),
        1 => proptest::sample::select(vec![None, Some(json!(null)), Some(json!("")), Some(json!([]))])
            .prop_map(Deed::AddNothing),
    ]
}

#[derive(Debug, Clone)]
struct Case {
    subject: Subject,
    elements: Vec<Element>,
    asked: Asked,
    deed: Deed,
    spelling: usize,
}

fn case() -> impl Strategy<Value = Case> {
    subject().prop_flat_map(|subject| {
        let parts = subject.parts();
        let most = if subject == Subject::Emails { 5 } else { 2 };
        (
            proptest::collection::vec(element(parts), 0..most),
            asked(parts),
            deed(parts),
            any::<usize>(),
        )
            .prop_map(move |(mut elements, asked, deed, spelling)| {
                one_primary(&mut elements);
                Case {
                    subject,
                    elements,
                    asked,
                    deed,
                    spelling,
                }
            })
    })
}

fn one_primary(elements: &mut [Element]) {
    let mut has_one = false;
    for element in elements {
        if element.get("primary") == Some(&json!(true)) && std::mem::replace(&mut has_one, true) {
            element.insert("primary".to_owned(), json!(false));
        }
    }
}

impl Case {
    fn operation(&self) -> Value {
        let mut name = self.subject.name();
        if self.spelling.is_multiple_of(2) {
            name = name.replace(&format!("{ENTERPRISE}:"), "");
        }
        let path = format!("{name}[{}]", self.asked);
        let kind = if self.spelling.is_multiple_of(3) {
            "Add"
        } else {
            "replace"
        };
        match &self.deed {
            Deed::Remove => json!({"op": "remove", "path": path}),
            Deed::RemoveValue(value) => {
                json!({"op": "remove", "path": path, "value": [{"value": value}]})
            }
            Deed::RemovePart(part) => {
                json!({"op": "remove", "path": format!("{path}.{}", part.name)})
            }
            Deed::Set(part, text) => {
                json!({"op": kind, "path": format!("{path}.{}", part.name), "value": text})
            }
            Deed::Clear => json!({"op": "replace", "path": path, "value": null}),
            Deed::AddNothing(None) => json!({"op": "add", "path": path}),
            Deed::AddNothing(Some(nothing)) => json!({"op": "add", "path": path, "value": nothing}),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(8_000) })]

    #[test]
    fn those_are_changed_whom_the_filter_chooses(case in case()) {
        let operation = case.operation();
        let before = case.subject.attributes(&case.elements);
        let after = patch(&super::user(before.clone()), json!([operation]));
        match (case.subject.apply(&case.elements, &case.asked, &case.deed), after) {
            (Ok(expected), Ok(after)) => {
                let expected = case.subject.attributes(&expected);
                let after_attributes = Value::Object(after.value.attributes);
                prop_assert_eq!(&after_attributes, &expected, "{}", operation);
                if matches!(case.deed, Deed::Remove | Deed::RemoveValue(_)) {
                    let is_noted = after.notes.quirks().contains(&Quirk::NothingToRemove);
                    prop_assert_eq!(is_noted, before == after_attributes, "{}", operation);
                }
            }
            (Err(NoTarget), Err(error)) => {
                prop_assert_eq!(error.scim_type, Some(ScimType::NoTarget), "{}", operation);
            }
            (expected, after) => {
                prop_assert!(false, "{operation}: {after:?}, expected to be done: {}", expected.is_ok());
            }
        }
    }

    #[test]
    fn a_filter_of_a_list_finds_whom_the_path_chooses_of(case in case()) {
        let text = format!("{}[{}]", case.subject.name(), case.asked);
        let filter = Filter::parse(&text).and_then(|filter| filter.resolve(&USER)).expect("valid");
        let user = case.subject.attributes(&case.elements);
        let is_found = case.elements.iter().any(|element| case.asked.holds(element));
        prop_assert_eq!(filter.matches(&user), is_found, "{} of {}", text, user);
    }
}

/// What the random cases can't show: values that come as objects.
#[test]
fn single_values_are_assigned_where_they_match() {
    let manager = |manager: Value| json!({ ENTERPRISE: { "manager": manager } });
    let ada = || json!({"value": "m1", "$ref": "r", "displayName": "Ada"});
    for (before, operation, after) in [
        (
            manager(ada()),
            json!({"op": "replace", "path": "manager[value eq \"m1\"]", "value": {"displayName": "King"}}),
            manager(json!({"value": "m1", "$ref": "r", "displayName": "King"})),
        ),
        (
            manager(ada()),
            json!({"op": "replace", "path": "manager[value eq \"m1\"]", "value": "m2"}),
            manager(json!({"value": "m2"})),
        ),
        (
            manager(ada()),
            json!({"op": "replace", "path": "manager[value eq \"m1\"]", "value": [{"$ref": null, "value": "m1"}]}),
            manager(json!({"value": "m1", "displayName": "Ada"})),
        ),
        (
            manager(ada()),
            json!({"op": "add", "path": "manager[value eq \"m2\"]", "value": {"displayName": "Bea"}}),
            manager(json!({"value": "m2", "displayName": "Bea"})),
        ),
        (
            json!({}),
            json!({"op": "Add", "path": "manager[value eq \"m2\"]"}),
            manager(json!({"value": "m2"})),
        ),
        (
            manager(ada()),
            json!({"op": "replace", "path": "manager[value eq \"m2\"]", "value": ""}),
            manager(ada()),
        ),
        (
            manager(ada()),
            json!({"op": "replace", "path": "manager[value eq \"m1\"]", "value": ""}),
            json!({}),
        ),
        (
            json!({"name": {"givenName": "Ada", "familyName": "K", "middleName": "M"}}),
            json!({"op": "replace", "path": "name[givenName sw \"a\"]", "value": {"familyName": "L", "middleName": null}}),
            json!({"name": {"givenName": "Ada", "familyName": "L"}}),
        ),
    ] {
        let patched = super::patched(before, json!([operation]));
        assert_eq!(patched, after, "{operation}");
    }
}
