//! A teammate's attributes, with the texts that are made of them.
//!
//! They may have half a megabyte, and a write wants their text several times: to bound it, to store it, to tell whether
//! it has to be folded, and to know whether it is small enough to be remembered. It is made when it is first asked for,
//! and once: the attributes can't be changed where they stand, only replaced. What is only read never makes it.

use crate::scim::Object;
use crate::scim::fold;
use crate::scim::schema::{Attribute, USER};
use crate::scim::user::AttributesView;
use serde_json::Value;
use std::cell::OnceCell;
use std::ops::Deref;

#[derive(Debug, Default)]
pub struct Attributes {
    object: Object,
    json: OnceCell<String>,
    folded: OnceCell<Option<String>>,
}

impl Attributes {
    pub fn json(&self) -> &str {
        self.json
            .get_or_init(|| serde_json::to_string(&self.object).unwrap_or_default())
    }

    /// The attributes with every text folded, as JSON: what filters compare with. Nothing where putting ASCII
    /// letters into lower case does the same, which SQLite does by itself.
    pub fn folded(&self) -> Option<&str> {
        let folded = self.folded.get_or_init(|| {
            let is_plain = |email: &str| fold::name(email) == email.to_ascii_lowercase();
            let mut emails = AttributesView(&self.object).emails().into_iter();
            if self.json().is_ascii() && emails.all(is_plain) {
                return None;
            }
            let folded: Object = self
                .object
                .iter()
                .map(|(name, value)| (name.clone(), folded(value, USER.attribute(name))))
                .collect();
            serde_json::to_string(&folded).ok()
        });
        folded.as_deref()
    }

    /// Without the texts, for whoever keeps them.
    #[must_use]
    pub fn without_texts(self) -> Self {
        self.object.into()
    }
}

impl From<Object> for Attributes {
    fn from(object: Object) -> Self {
        Self {
            object,
            json: OnceCell::new(),
            folded: OnceCell::new(),
        }
    }
}

impl Deref for Attributes {
    type Target = Object;

    fn deref(&self) -> &Object {
        &self.object
    }
}

/// A copy is there to become something else: it takes no texts along.
impl Clone for Attributes {
    fn clone(&self) -> Self {
        self.object.clone().into()
    }
}

impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        self.object == other.object
    }
}

/// The value with every text in it folded as its attribute is compared. Keys stay: they are names, and told apart as
/// they are spelled.
fn folded(value: &Value, attribute: Option<&Attribute>) -> Value {
    match value {
        Value::String(text) => Value::String(match attribute {
            Some(attribute) if attribute.is_name => fold::name(text),
            _ => fold::text(text),
        }),
        Value::Array(list) => list.iter().map(|one| folded(one, attribute)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| {
                let part = attribute.and_then(|attribute| attribute.sub_attribute(key));
                (key.clone(), folded(value, part))
            })
            .collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn attributes(value: Value) -> Attributes {
        match value {
            Value::Object(object) => object.into(),
            other => panic!("{other} is no object"),
        }
    }

    #[test]
    fn a_text_is_made_once_and_when_it_is_asked_for() {
        let jose = attributes(json!({ "displayName": "José" }));
        assert_eq!((jose.json.get(), jose.folded.get()), (None, None));
        let (json, folded) = (jose.json(), jose.folded().expect("it is not ASCII"));
        assert_eq!(json, r#"{"displayName":"José"}"#);
        assert_eq!(folded, r#"{"displayName":"josé"}"#);
        assert!(std::ptr::eq(json, jose.json()));
        assert!(std::ptr::eq(folded, jose.folded().expect("still")));
    }

    #[test]
    fn texts_are_folded_and_keys_are_not() {
        let attributes = attributes(json!({
            "urn:Name": ["ÉÖ", {"A": "STRASSE ß "}, 1, true, null],
            "emails": [{"value": " Jose\u{301}@Example.com", "display": " Jose\u{301} "}],
        }));
        let folded = attributes.folded().expect("a form of its own");
        assert_eq!(
            serde_json::from_str::<Value>(folded).expect("JSON"),
            json!({
                "urn:Name": ["éö", {"A": "strasse ss "}, 1, true, null],
                "emails": [{"value": "josé@example.com", "display": " jose\u{301} "}],
            })
        );
    }

    #[test]
    fn what_sqlite_folds_is_not_stored_twice() {
        let plain = attributes(json!({"title": " Lead", "emails": [{"value": "Rita@Acme.com"}]}));
        assert_eq!(plain.folded(), None);
        let blank = attributes(json!({"emails": [{"value": "Rita@Acme.com "}]}));
        assert_eq!(
            blank.folded(),
            Some(r#"{"emails":[{"value":"rita@acme.com"}]}"#)
        );
    }

    #[test]
    fn a_copy_is_equal_and_has_no_text() {
        let jose = attributes(json!({ "displayName": "José" }));
        jose.folded();
        let copy = jose.clone();
        assert_eq!(copy, jose);
        assert_eq!((copy.json.get(), copy.folded.get()), (None, None));
        assert_eq!(jose.without_texts().json.get(), None);
    }
}
