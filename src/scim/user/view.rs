//! What the directory asks of a user's attributes.

use super::User;
use crate::scim::Object;
use crate::scim::schema::{CUSTOM_FIELDS_URN, ENTERPRISE_USER_URN, TEAMMATE_URN};
use serde_json::Value;

/// The teammate templates that a request names, as it spells them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateValues<'a> {
    /// From the attribute `template` of the teammate extension.
    pub extension: Vec<&'a str>,
    /// From the roles of type "template": their values, and those in a list that came as a value.
    pub roles: Vec<&'a str>,
}

/// Canonical attributes, read for what they mean.
#[derive(Debug, Clone, Copy)]
pub struct AttributesView<'a>(pub &'a Object);

impl User {
    pub fn view(&self) -> AttributesView<'_> {
        AttributesView(&self.attributes)
    }
}

impl<'a> AttributesView<'a> {
    /// Every e-mail address that is not empty.
    pub fn emails(self) -> Vec<&'a str> {
        self.elements("emails").filter_map(value_of).collect()
    }

    /// The address marked as primary, or else the first.
    pub fn primary_email(self) -> Option<&'a str> {
        self.elements("emails")
            .filter(|email| email.get("primary") == Some(&Value::Bool(true)))
            .find_map(value_of)
            .or_else(|| self.elements("emails").find_map(value_of))
    }

    pub fn display_name(self) -> Option<&'a str> {
        self.0.get("displayName")?.as_str()
    }

    /// Of the enterprise extension.
    pub fn employee_number(self) -> Option<&'a str> {
        self.0
            .get(ENTERPRISE_USER_URN)?
            .get("employeeNumber")?
            .as_str()
    }

    pub fn template_values(self) -> TemplateValues<'a> {
        let extension = self
            .0
            .get(TEAMMATE_URN)
            .and_then(|extension| extension.get("template"))
            .map(texts)
            .unwrap_or_default();
        let roles = self
            .elements("roles")
            .filter(|role| {
                role.get("type")
                    .and_then(Value::as_str)
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("template"))
            })
            .filter_map(|role| role.get("value"))
            .flat_map(texts)
            .collect();
        TemplateValues { extension, roles }
    }

    /// The teammate's custom fields, by the id of the field.
    pub fn custom_fields(self) -> Option<&'a Object> {
        self.0.get(CUSTOM_FIELDS_URN)?.as_object()
    }

    fn elements(self, name: &str) -> impl Iterator<Item = &'a Value> {
        self.0
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    }
}

/// The text, or the texts of the list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn value_of(element: &Value) -> Option<&str> {
    element
        .get("value")
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}
