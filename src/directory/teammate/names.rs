//! The forms in which a teammate is stored to be found: what people and identity providers look up by.

use super::{Origin, State, Teammate};
use crate::scim::fold;

impl Teammate {
    /// All e-mail addresses in folded form, sorted, each once: what `emails.value eq` looks up.
    pub fn folded_emails(&self) -> Vec<String> {
        let mut emails: Vec<String> = self.view().emails().into_iter().map(fold::name).collect();
        emails.sort();
        emails.dedup();
        emails
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::teammate::Attributes;
    use crate::directory::teammate::fixtures::rita;
    use serde_json::{Value, json};

    fn with(attributes: &Value) -> Teammate {
        let attributes = attributes.as_object().expect("an object").clone();
        Teammate {
            attributes: attributes.into(),
            ..rita()
        }
    }

    #[test]
    fn addresses_are_folded_as_names() {
        let teammate = with(&json!({"emails": [
            {"value": " Jose\u{301}@Example.com"}, {"value": "b@acme.com"}, {"value": "B@acme.com "},
        ]}));
        assert_eq!(teammate.folded_emails(), ["b@acme.com", "josé@example.com"]);
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
                attributes: Attributes::default(),
                ..awaited.clone()
            },
        ] {
            assert_eq!(other.found_by_email(), None, "{other:?}");
        }
    }
}
