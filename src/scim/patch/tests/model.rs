//! PATCH against a plain model: what is meant, written down without paths, filters or JSON shapes,
//! and each of it in every spelling that clients use.

mod spellings;

use super::patch;
use crate::scim::error::ScimType;
use crate::scim::normalise::tests::operation;
use crate::scim::patch::PatchRequest;
use crate::scim::user::User;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use spellings::spelled;
use std::collections::BTreeMap;

const ENTERPRISE: &str = super::ENTERPRISE;
const ACME: &str = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

/// What an operation means.
#[derive(Debug, Clone)]
enum Meaning {
    /// Sets an attribute, or clears it.
    Set(Field, Option<String>),
    Activate(bool),
    /// Adds an e-mail address; the same address of the same type is completed.
    AddEmail(Email),
    ReplaceEmails(Vec<Email>),
    /// Gives every address of the type this value, or takes it away with the value.
    SetEmailOf(String, Option<String>),
    MakePrimary(String),
    RemoveEmailsOf(String),
    RemoveEmail(String),
    RemoveAllEmails,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Title,
    GivenName,
    FamilyName,
    Department,
    Manager,
    /// Of an extension that nobody registered.
    Badge,
}

#[derive(Debug, Clone, PartialEq)]
struct Email {
    value: Option<String>,
    kind: String,
    primary: Option<bool>,
}

#[derive(Debug, Clone, Default)]
struct Model {
    fields: BTreeMap<Field, String>,
    active: Option<bool>,
    emails: Vec<Email>,
}

impl Model {
    fn apply(&mut self, meaning: &Meaning) {
        match meaning {
            Meaning::Set(field, Some(text)) => {
                self.fields.insert(*field, text.clone());
            }
            Meaning::Set(field, None) => {
                self.fields.remove(field);
            }
            Meaning::Activate(active) => self.active = Some(*active),
            Meaning::AddEmail(email) => self.add(email),
            Meaning::ReplaceEmails(emails) => {
                self.emails.clone_from(emails);
                self.one_primary(|_| true);
            }
            Meaning::SetEmailOf(kind, Some(value)) => {
                for email in self.of(kind) {
                    email.value = Some(value.clone());
                }
                if self.of(kind).next().is_none() {
                    self.emails.push(Email {
                        value: Some(value.clone()),
                        kind: kind.clone(),
                        primary: None,
                    });
                }
            }
            Meaning::SetEmailOf(kind, None) => self.emails.retain(|email| email.kind != *kind),
            Meaning::MakePrimary(kind) => {
                for email in self.of(kind) {
                    email.primary = Some(true);
                }
                if self.of(kind).next().is_none() {
                    self.emails.push(Email {
                        value: None,
                        kind: kind.clone(),
                        primary: Some(true),
                    });
                }
                self.one_primary(|email| email.kind == *kind);
            }
            Meaning::RemoveEmailsOf(kind) => {
                self.emails.retain(|email| email.kind != *kind);
            }
            Meaning::RemoveEmail(value) => self
                .emails
                .retain(|email| !email.value.as_ref().is_some_and(|own| same(own, value))),
            Meaning::RemoveAllEmails => self.emails.clear(),
        }
    }

    fn of<'a>(&'a mut self, kind: &'a str) -> impl Iterator<Item = &'a mut Email> {
        self.emails
            .iter_mut()
            .filter(move |email| email.kind == kind)
    }

    fn add(&mut self, sent: &Email) {
        let text = sent.value.clone().unwrap_or_default();
        let place = self.emails.iter().position(|email| {
            email.kind == sent.kind && email.value.as_ref().is_some_and(|own| same(own, &text))
        });
        let place = place.unwrap_or_else(|| {
            self.emails.push(sent.clone());
            self.emails.len() - 1
        });
        self.emails[place].value.clone_from(&sent.value);
        if sent.primary.is_some() {
            self.emails[place].primary = sent.primary;
        }
        let changed = self.emails[place].clone();
        if sent.primary == Some(true) {
            for (other, email) in self.emails.iter_mut().enumerate() {
                if other != place && email.primary == Some(true) {
                    email.primary = Some(false);
                }
            }
            assert_eq!(self.emails[place], changed);
        }
    }

    /// The first primary address among the preferred ones stays it, or else the first of all.
    fn one_primary(&mut self, is_preferred: impl Fn(&Email) -> bool) {
        let is_primary = |email: &&mut Email| email.primary == Some(true);
        let preferred = self
            .emails
            .iter()
            .position(|email| email.primary == Some(true) && is_preferred(email));
        for (place, email) in self.emails.iter_mut().enumerate() {
            if is_primary(&email) && Some(place) != preferred {
                email.primary = Some(false);
            }
        }
    }

    /// The attributes that the user has to have.
    fn attributes(&self) -> Value {
        let mut attributes = Map::new();
        let mut put = |group: Option<&str>, name: &str, value: Value| match group {
            None => {
                attributes.insert(name.to_owned(), value);
            }
            Some(group) => attributes.entry(group).or_insert_with(|| json!({}))[name] = value,
        };
        for (field, text) in &self.fields {
            match field {
                Field::Title => put(None, "title", json!(text)),
                Field::GivenName => put(Some("name"), "givenName", json!(text)),
                Field::FamilyName => put(Some("name"), "familyName", json!(text)),
                Field::Department => put(Some(ENTERPRISE), "department", json!(text)),
                Field::Manager => put(Some(ENTERPRISE), "manager", json!({ "value": text })),
                Field::Badge => put(Some(ACME), "badge", json!(text)),
            }
        }
        if !self.emails.is_empty() {
            put(
                None,
                "emails",
                self.emails.iter().map(Email::to_json).collect(),
            );
        }
        Value::Object(attributes)
    }
}

impl Email {
    fn to_json(&self) -> Value {
        let mut email = json!({ "type": self.kind });
        if let Some(value) = &self.value {
            email["value"] = json!(value);
        }
        if let Some(primary) = self.primary {
            email["primary"] = json!(primary);
        }
        email
    }
}

/// Neither type nor value of an e-mail address is case exact.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn text() -> impl Strategy<Value = String> {
    proptest::sample::select(&["a@x", "A@X", "b@x", "c"][..]).prop_map(str::to_owned)
}

fn kind() -> impl Strategy<Value = String> {
    proptest::sample::select(&["work", "home", "other"][..]).prop_map(str::to_owned)
}

fn email() -> impl Strategy<Value = Email> {
    (text(), kind(), any::<Option<bool>>()).prop_map(|(value, kind, primary)| Email {
        value: Some(value),
        kind,
        primary,
    })
}

fn meaning() -> impl Strategy<Value = Meaning> {
    use Field::{Badge, Department, FamilyName, GivenName, Manager, Title};
    let field =
        proptest::sample::select(&[Title, GivenName, FamilyName, Department, Manager, Badge][..]);
    prop_oneof![
        4 => (field, proptest::option::of(text())).prop_map(|(field, text)| Meaning::Set(field, text)),
        1 => any::<bool>().prop_map(Meaning::Activate),
        3 => email().prop_map(Meaning::AddEmail),
        1 => proptest::collection::vec(email(), 1..4).prop_map(Meaning::ReplaceEmails),
        3 => (kind(), proptest::option::of(text())).prop_map(|(kind, text)| Meaning::SetEmailOf(kind, text)),
        2 => kind().prop_map(Meaning::MakePrimary),
        1 => kind().prop_map(Meaning::RemoveEmailsOf),
        1 => text().prop_map(Meaning::RemoveEmail),
        1 => Just(Meaning::RemoveAllEmails),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_spelling_does_what_is_meant(
        meanings in proptest::collection::vec((meaning(), any::<usize>()), 1..12),
    ) {
        let mut model = Model::default();
        for (meaning, _) in &meanings {
            model.apply(meaning);
        }
        let operations: Vec<Value> = meanings.iter().map(|(meaning, choice)| {
            let spellings = spelled(meaning);
            spellings[choice % spellings.len()].clone()
        }).collect();
        let after = patch(&super::user(json!({})), json!(operations));
        let after = after.unwrap_or_else(|error| panic!("{error}: {operations:?}"));
        prop_assert_eq!(Value::Object(after.value.attributes), model.attributes(), "{:?}", operations);
        prop_assert_eq!(after.value.active, model.active);
    }
}

proptest! {
    // Each case tries some eighty spellings.
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn all_spellings_do_the_same(
        before in proptest::collection::vec(meaning(), 0..6),
        meaning in meaning(),
    ) {
        let before: Vec<Value> = before.iter()
            .map(|meaning| spelled(meaning)[0].clone())
            .collect();
        let user = match before.as_slice() {
            [] => super::user(json!({})),
            before => patch(&super::user(json!({})), json!(before)).expect("applied").value,
        };
        let results: Vec<Result<User, Option<ScimType>>> = spelled(&meaning).into_iter()
            .map(|spelling| {
                patch(&user, json!([spelling]))
                    .map(|after| after.value)
                    .map_err(|error| error.scim_type)
            })
            .collect();
        for (place, result) in results.iter().enumerate() {
            prop_assert_eq!(result, &results[0], "{:?}", &spelled(&meaning)[place]);
        }
    }

    #[test]
    fn replacing_twice_is_replacing_once(mut operation in operation()) {
        operation["op"] = json!("replace");
        // A filter may match no longer what it has changed.
        let is_plain = !operation.to_string().contains('[');
        let request = json!({ "Operations": [operation] });
        if is_plain
            && let Ok(request) = PatchRequest::parse(request.as_object().expect("an object"))
            && let Ok(once) = request.value.apply(&super::user(json!({"title": "T"})))
        {
            let twice = request.value.apply(&once.value).expect("accepted again");
            prop_assert_eq!(twice.value, once.value);
        }
    }
}
