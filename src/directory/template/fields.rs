//! What the operator says of a template, to create or to edit it.

use super::Template;
use crate::directory::edit::{Given, readable_name};
use crate::directory::id::TemplateId;
use crate::directory::refusal::Refusal;
use crate::directory::teammate::Role;
use crate::directory::time::Timestamp;
use crate::scim::dialect::Quirk;
use crate::scim::normalise::notes::Notes;
use crate::scim::secret::{members_without, value_without};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The most that a template may come to as JSON: its event holds it twice, and D1 keeps 2 MB in a row.
const MOST_BYTES: usize = 256 * 1024;

/// A template, to create or to edit. What is absent stays as it is, or is empty of a new template. The whole takes 256 KiB
/// at most.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "TemplateFields"))]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the field's name on the wire")]
pub struct Fields {
    /// What identity providers may name it by, beside its id: 1 to 200 characters on one line. A new template needs one.
    #[serde(default)]
    name: Given<String>,
    /// What a teammate becomes that is made from it; `teammate` where a new template does not say.
    #[serde(default)]
    role: Given<Role>,
    /// The app's own: Rollcall keeps it and reads nothing in it.
    #[serde(default)]
    workspaces: Given<Vec<Value>>,
    /// The app's own: Rollcall keeps it and reads nothing in it.
    #[serde(default)]
    inboxes: Given<Vec<Value>>,
    /// The app's own: Rollcall keeps it and reads nothing in it.
    #[serde(default)]
    custom_fields: Given<Map<String, Value>>,
    /// The app's own: Rollcall keeps it and reads nothing in it.
    #[serde(default)]
    preferences: Given<Map<String, Value>>,
}

impl Fields {
    /// These fields without secrets, and a sentence for each that is left out. An app that keeps a password among a
    /// template's preferences would else have it in the event of every change, for whoever reads the feed.
    #[must_use]
    pub fn without_secrets(self) -> (Self, Notes) {
        let mut notes = Notes::new();
        let mut left_out = |name: &str| notes.quirk(Quirk::Secret, name);
        let mut list = |values: Given<Vec<Value>>, name: &str| {
            values.map(|values| {
                let kept = values
                    .iter()
                    .map(|value| value_without(value, name, &mut left_out));
                kept.collect::<Vec<_>>()
            })
        };
        let (workspaces, inboxes) = (
            list(self.workspaces, "workspaces"),
            list(self.inboxes, "inboxes"),
        );
        let mut object = |members: Given<Map<String, Value>>, before: &str| {
            members.map(|members| members_without(&members, before, &mut left_out))
        };
        let fields = Self {
            custom_fields: object(self.custom_fields, "custom_fields."),
            preferences: object(self.preferences, "preferences."),
            workspaces,
            inboxes,
            ..self
        };
        (fields, notes)
    }

    /// A new template.
    pub fn create(self, id: TemplateId, now: Timestamp) -> Result<Template, Refusal> {
        if self.name.0.is_none() {
            return Err(Refusal::InvalidInput(
                "A template needs a \"name\".".to_owned(),
            ));
        }
        let mut template = Template {
            id,
            name: String::new(),
            role: Role::Teammate,
            workspaces: json!([]),
            inboxes: json!([]),
            custom_fields: json!({}),
            preferences: json!({}),
            created_at: now,
            updated_at: now,
        };
        self.apply(&mut template)?;
        Ok(template)
    }

    pub fn apply(self, template: &mut Template) -> Result<(), Refusal> {
        if let Some(name) = self.name.0 {
            template.name = readable_name(&name)?;
        }
        self.role.replace(&mut template.role);
        let lists = [
            (self.workspaces, &mut template.workspaces),
            (self.inboxes, &mut template.inboxes),
        ];
        for (given, kept) in lists {
            given.map(Value::from).replace(kept);
        }
        let objects = [
            (self.custom_fields, &mut template.custom_fields),
            (self.preferences, &mut template.preferences),
        ];
        for (given, kept) in objects {
            given.map(Value::from).replace(kept);
        }
        let size = serde_json::to_string(template).map_or(0, |json| json.len());
        if size > MOST_BYTES {
            return Err(Refusal::InvalidInput(format!(
                "The template comes to {size} bytes, more than the {MOST_BYTES} that are kept."
            )));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;
    use serde_json::json;

    #[test]
    fn what_is_named_as_a_secret_is_left_out_and_named() {
        let fields: Fields = serde_json::from_value(json!({
            "name": "Support",
            "preferences": {"theme": "dark", "smtp": {"user": "a", "Pass word ": "M"}, "pin": 7},
            "custom_fields": {"apiKey": "M", "pinCode": "560001"},
            "inboxes": [{"id": 1, "token": "M"}, "{\"id\":2,\"token\":\"M\"}"],
        }))
        .expect("fields");
        let (fields, notes) = fields.without_secrets();
        assert_eq!(fields.name.0.as_deref(), Some("Support"));
        assert_eq!(
            json!([
                fields.preferences.0,
                fields.custom_fields.0,
                fields.inboxes.0,
                fields.workspaces.0
            ]),
            json!([
                {"theme": "dark", "smtp": {"user": "a"}},
                {"pinCode": "560001"},
                [{"id": 1}, "{\"id\":2}"],
                null
            ])
        );
        let names = [
            "inboxes.token",
            "custom_fields.apiKey",
            "preferences.smtp.Pass word ",
            "preferences.pin",
        ];
        assert_eq!(
            notes.sentences(),
            names.map(|name| format!("did not keep {name}: by its name it is a secret"))
        );
    }
}
