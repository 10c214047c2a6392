//! What the operator's app says of a teammate, to create or to edit it.
//!
//! Both go through SCIM's own reading of a user, so that what the app makes is as canonical and as bounded as what an
//! identity provider makes.

use super::administration::NewTeammate;
use super::{Role, Teammate};
use crate::directory::edit::{Field, Given};
use crate::directory::id::TemplateId;
use crate::directory::refusal::Refusal;
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::normalise::notes::Notes;
use crate::scim::patch::PatchRequest;
use crate::scim::schema::CUSTOM_FIELDS_URN;
use crate::scim::user::User;
use serde::Deserialize;
use serde_json::{Value, json};

/// A teammate, to create.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "NewTeammate"))]
#[serde(deny_unknown_fields)]
pub struct Creation {
    /// Unique in the company; identity providers find the teammate by it.
    user_name: String,
    /// The primary e-mail address; the userName where that is one and none is sent.
    #[serde(default)]
    email: Option<String>,
    /// The name that people read.
    #[serde(default)]
    display_name: Option<String>,
    /// Such as `Rita`.
    #[serde(default)]
    given_name: Option<String>,
    /// Such as `Rossi`.
    #[serde(default)]
    family_name: Option<String>,
    /// The identity provider's own id of the person.
    #[serde(default)]
    external_id: Option<String>,
    /// The template's where it is absent, or else `teammate`.
    #[serde(default)]
    role: Option<Role>,
    /// The template that it is made from.
    #[serde(default)]
    template_id: Option<TemplateId>,
    /// What the app keeps of a teammate, by names of its own.
    #[serde(default)]
    custom_fields: Option<Object>,
}

impl Creation {
    pub fn understood(self) -> Result<NewTeammate, ScimError> {
        let is_address = self.user_name.contains('@');
        let email = self
            .email
            .or_else(|| is_address.then(|| self.user_name.clone()));
        let body = json!({
            "userName": self.user_name,
            "externalId": self.external_id,
            "name": {"givenName": self.given_name, "familyName": self.family_name},
            "displayName": self.display_name,
            "emails": email.map(|email| json!([{"value": email, "type": "work", "primary": true}])),
            CUSTOM_FIELDS_URN: self.custom_fields,
        });
        let user = User::from_request(body.as_object().unwrap_or(&Object::new()))?.value;
        Ok(NewTeammate {
            user_name: user.user_name,
            external_id: user.external_id,
            role: self.role,
            template_id: self.template_id,
            attributes: user.attributes,
        })
    }
}

/// What of a teammate is to change. What is absent stays; `null` takes away.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "TeammateEdit"))]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Unique in the company; identity providers find the teammate by it.
    #[serde(default)]
    user_name: Given<String>,
    /// The primary e-mail address.
    #[serde(default)]
    email: Field<String>,
    /// The name that people read.
    #[serde(default)]
    display_name: Field<String>,
    /// Such as `Rita`.
    #[serde(default)]
    given_name: Field<String>,
    /// Such as `Rossi`.
    #[serde(default)]
    family_name: Field<String>,
    /// The identity provider's own id of the person.
    #[serde(default)]
    external_id: Field<String>,
    #[serde(default)]
    role: Given<Role>,
    /// All of them: those that are not named go.
    #[serde(default)]
    custom_fields: Given<Object>,
}

impl Edit {
    pub fn understood(self) -> Result<UnderstoodEdit, ScimError> {
        Ok(UnderstoodEdit {
            patch: self.as_patch()?,
            role: self.role.0,
        })
    }

    /// The edit as the SCIM PATCH that does the same, if there is anything to do.
    fn as_patch(&self) -> Result<Option<PatchRequest>, ScimError> {
        let mut operations = Vec::new();
        if let Some(user_name) = &self.user_name.0 {
            operations.push(json!({"op": "replace", "path": "userName", "value": user_name}));
        }
        for (path, value) in [
            ("displayName", &self.display_name),
            ("name.givenName", &self.given_name),
            ("name.familyName", &self.family_name),
            ("externalId", &self.external_id),
            ("emails[primary eq true].value", &self.email),
        ] {
            let value = match value {
                Field::Absent => continue,
                Field::Null => Value::Null,
                Field::Value(text) => text.as_str().into(),
            };
            operations.push(json!({"op": "replace", "path": path, "value": value}));
        }
        if let Some(custom_fields) = &self.custom_fields.0 {
            // Removed first, so that what comes replaces the fields instead of joining them.
            operations.push(json!({"op": "remove", "path": CUSTOM_FIELDS_URN}));
            operations
                .push(json!({"op": "add", "path": CUSTOM_FIELDS_URN, "value": custom_fields}));
        }
        if operations.is_empty() {
            return Ok(None);
        }
        let mut body = Object::new();
        body.insert("Operations".to_owned(), operations.into());
        Ok(Some(PatchRequest::parse(&body)?.value))
    }
}

/// An edit that makes sense, whoever it is done to.
pub struct UnderstoodEdit {
    patch: Option<PatchRequest>,
    role: Option<Role>,
}

impl UnderstoodEdit {
    pub fn apply(&self, current: &Teammate, notes: &mut Notes) -> Result<Teammate, Refusal> {
        let mut user = current.as_user();
        if let Some(patch) = &self.patch {
            let patched = patch.apply(&user)?;
            notes.absorb(patched.notes);
            user = patched.value;
        }
        Ok(Teammate {
            user_name: user.user_name,
            external_id: user.external_id,
            attributes: user.attributes.into(),
            role: self.role.unwrap_or(current.role),
            ..current.clone()
        })
    }
}
