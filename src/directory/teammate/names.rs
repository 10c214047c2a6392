//! The forms in which a teammate is stored to be found: what people and identity providers look up by.

use super::{Origin, State, Teammate};
use crate::scim::Object;
use crate::scim::fold;
use crate::scim::schema::{Attribute, USER};
use serde_json::Value;

impl Teammate {
    /// All e-mail addresses in folded form, sorted, each once: what `emails.value eq` looks up.
    pub fn folded_emails(&self) -> Vec<String> {
        let mut emails: Vec<String> = self.view().emails().into_iter().map(fold::name).collect();
        emails.sort();
        emails.dedup();
        emails
    }

    /// The attributes with every text folded, as JSON: what filters compare with. Nothing where putting ASCII
    /// letters into lower case does the same, which SQLite does by itself.
    pub fn folded_attributes(&self) -> Option<String> {
        let json = serde_json::to_string(&self.attributes).unwrap_or_default();
        let is_plain = |email: &str| fold::name(email) == email.to_ascii_lowercase();
        if json.is_ascii() && self.view().emails().into_iter().all(is_plain) {
            return None;
        }
        let folded: Object = self
            .attributes
            .iter()
            .map(|(name, value)| (name.clone(), folded(value, USER.attribute(name))))
            .collect();
        serde_json::to_string(&folded).ok()
    }

    /// The folded e-mail address by which it is found as if that were its userName: that of one whom the app made
    /// under a name that is no address, and whom no identity provider has written yet. Providers look people up by
    /// their address, and would make them a second time.
    pub fn found_by_email(&self) -> Option<String> {
        let is_awaited =
            self.origin == Origin::App && !self.is_linked && self.state != State::Deleted;
        if !is_awaited || fold::name(&self.user_name).contains('@') {
            return None;
        }
        let email = self.view().primary_email().map(fold::name)?;
        email.contains('@').then_some(email)
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
    use crate::directory::fixtures::rita;
    use serde_json::json;

    fn with(attributes: &Value) -> Teammate {
        let attributes = attributes.as_object().expect("an object").clone();
        Teammate {
            attributes,
            ..rita()
        }
    }

    #[test]
    fn texts_are_folded_and_keys_are_not() {
        let teammate = with(&json!({
            "urn:Name": ["ÉÖ", {"A": "STRASSE ß "}, 1, true, null],
            "emails": [{"value": " Jose\u{301}@Example.com", "display": " Jose\u{301} "}],
        }));
        let folded = teammate.folded_attributes().expect("a form of its own");
        assert_eq!(
            serde_json::from_str::<Value>(&folded).expect("JSON"),
            json!({
                "urn:Name": ["éö", {"A": "strasse ss "}, 1, true, null],
                "emails": [{"value": "josé@example.com", "display": " jose\u{301} "}],
            })
        );
        assert_eq!(teammate.folded_emails(), ["josé@example.com"]);
    }

    #[test]
    fn what_sqlite_folds_is_not_stored_twice() {
        let plain = with(&json!({"title": " Lead", "emails": [{"value": "Rita@Acme.com"}]}));
        assert_eq!(plain.folded_attributes(), None);
        let blank = with(&json!({"emails": [{"value": "Rita@Acme.com "}]}));
        assert_eq!(
            blank.folded_attributes().as_deref(),
            Some(r#"{"emails":[{"value":"rita@acme.com"}]}"#)
        );
    }

    #[test]
    fn an_awaited_teammate_is_found_by_its_address() {
        let awaited = Teammate {
            user_name: "rita".into(),
            origin: Origin::App,
            is_linked: false,
            ..with(
                &json!({"emails": [{"value": "b@acme.com"}, {"value": "Rita@Acme.com ", "primary": true}]}),
            )
        };
        let found = awaited.found_by_email();
        assert_eq!(found.as_deref(), Some("rita@acme.com"));
        for other in [
            Teammate {
                is_linked: true,
                ..awaited.clone()
            },
            Teammate {
                origin: Origin::Scim,
                ..awaited.clone()
            },
            Teammate {
                user_name: "rita＠acme.com".into(),
                ..awaited.clone()
            },
            Teammate {
                state: State::Deleted,
                ..awaited.clone()
            },
            Teammate {
                attributes: Object::new(),
                ..awaited.clone()
            },
        ] {
            assert_eq!(other.found_by_email(), None, "{other:?}");
        }
    }
}
