//! What one user has that another has not.

use super::User;
use crate::scim::Object;
use serde_json::Value;

impl User {
    /// Each attribute that differs from how it was, by its path, with its value now; null where it
    /// has none. Without a `before`, everything.
    pub fn differences(&self, before: Option<&Self>) -> Object {
        let mut differences = Object::new();
        let now = self.by_path();
        let mut was = before.map(Self::by_path).unwrap_or_default();
        for (path, value) in now {
            if was.shift_remove(&path).as_ref() != Some(&value) {
                differences.insert(path, value);
            }
        }
        differences.extend(was.into_iter().map(|(path, _)| (path, Value::Null)));
        differences
    }

    /// The user as a flat object: `name.givenName`, `urn:...:User:department`, lists as they are.
    fn by_path(&self) -> Object {
        let mut flat = Object::new();
        flat.insert("userName".to_owned(), self.user_name.as_str().into());
        if let Some(external_id) = &self.external_id {
            flat.insert("externalId".to_owned(), external_id.as_str().into());
        }
        if let Some(active) = self.active {
            flat.insert("active".to_owned(), active.into());
        }
        for (name, value) in &self.attributes {
            let separator = if name.contains(':') { ':' } else { '.' };
            match value {
                Value::Object(parts) => flat.extend(
                    parts
                        .iter()
                        .map(|(part, value)| (format!("{name}{separator}{part}"), value.clone())),
                ),
                value => {
                    flat.insert(name.clone(), value.clone());
                }
            }
        }
        flat
    }
}

#[cfg(test)]
mod tests {
    use crate::scim::user::User;
    use serde_json::{Value, json};

    fn user(body: &Value) -> User {
        User::from_request(body.as_object().expect("an object"))
            .expect("accepted")
            .value
    }

    #[test]
    fn a_new_user_is_all_difference_and_the_same_user_none() {
        let ada = user(&json!({
            "userName": "ada", "name": {"givenName": "Ada"}, "emails": [{"value": "a@x"}],
            "urn:x:y": {"badge": 7}
        }));
        assert_eq!(
            Value::Object(ada.differences(None)),
            json!({
                "userName": "ada", "name.givenName": "Ada", "emails": [{"value": "a@x"}],
                "urn:x:y:badge": 7
            })
        );
        assert_eq!(Value::Object(ada.differences(Some(&ada))), json!({}));
    }

    #[test]
    fn what_is_gone_is_null() {
        let before = user(&json!({
            "userName": "ada", "externalId": "1", "active": true, "title": "T",
            "name": {"givenName": "A", "familyName": "K"}, "urn:x:y": {"badge": 7}
        }));
        let after = user(&json!({
            "userName": "ada", "active": false, "title": "T", "name": {"givenName": "Ada"}
        }));
        assert_eq!(
            Value::Object(after.differences(Some(&before))),
            json!({
                "active": false, "name.givenName": "Ada",
                "externalId": null, "name.familyName": null, "urn:x:y:badge": null
            })
        );
    }
}
