//! Between [`User`] and [`Draft`]: the checks that a whole user has to pass.

use super::{Understood, User};
use crate::scim::body::{MAX_DEPTH, depth, refuse_nul};
use crate::scim::draft::Draft;
use crate::scim::error::ScimError;
use crate::scim::fold;
use crate::scim::normalise::value::bounded;
use serde_json::Value;

// userName, externalId and e-mail addresses are index keys: a key of a megabyte would be stored
// twice and compared on every look-up. RFC 5321 allows an address 254 characters.
pub const MAX_USER_NAME_CHARACTERS: usize = 1_024;
pub const MAX_EXTERNAL_ID_CHARACTERS: usize = 1_024;
pub const MAX_EMAIL_CHARACTERS: usize = 1_024;

impl Draft {
    /// The draft of a user as it is now.
    pub(crate) fn of_user(user: &User) -> Self {
        let mut resource = user.attributes.clone();
        resource.insert("userName".to_owned(), user.user_name.as_str().into());
        if let Some(external_id) = &user.external_id {
            resource.insert("externalId".to_owned(), external_id.as_str().into());
        }
        if let Some(active) = user.active {
            resource.insert("active".to_owned(), active.into());
        }
        Self::of(resource)
    }

    /// The user that the draft has become.
    pub(crate) fn finish(self) -> Result<Understood<User>, ScimError> {
        let understood = self.unchecked()?;
        understood.value.check()?;
        Ok(understood)
    }

    /// The user that the draft has become, where each change has been checked already: what was there before is not
    /// refused now.
    pub(crate) fn unchecked(mut self) -> Result<Understood<User>, ScimError> {
        let user_name = match self.resource.shift_remove("userName") {
            Some(Value::String(text)) if !fold::name(&text).is_empty() => text,
            _ => {
                return Err(ScimError::invalid_value(
                    "userName is missing or blank. Map an attribute to userName in the identity provider, usually the user's e-mail address.",
                ));
            }
        };
        let external_id = match self.resource.shift_remove("externalId") {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let active = self
            .resource
            .shift_remove("active")
            .and_then(|active| active.as_bool());
        Ok(Understood {
            value: User {
                user_name,
                external_id,
                active,
                attributes: self.resource,
            },
            notes: self.notes,
        })
    }
}

impl User {
    fn check(&self) -> Result<(), ScimError> {
        bounded("userName", &self.user_name, MAX_USER_NAME_CHARACTERS)?;
        if let Some(external_id) = &self.external_id {
            bounded("externalId", external_id, MAX_EXTERNAL_ID_CHARACTERS)?;
        }
        for email in self.view().emails() {
            bounded("emails.value", email, MAX_EMAIL_CHARACTERS)?;
        }
        // Flat keys nest their value; what is given out must be readable when it comes back.
        if self
            .attributes
            .values()
            .any(|value| depth(value) >= MAX_DEPTH)
        {
            return Err(ScimError::invalid_value(format!(
                "An attribute is nested more than {MAX_DEPTH} levels deep. Send a flatter value."
            )));
        }
        // A filter's literal can spell a NUL that the body's own check does not see.
        refuse_nul(&self.attributes)
    }
}
