//! Where a resource keeps what a part of a request is about: a core attribute, or an attribute of an extension,
//! each as a whole.

use super::Object;
use super::member::entry;
use super::path::Path;
use serde_json::Value;
use std::borrow::Cow;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ResourcePlace {
    /// A core attribute by its name, or a whole extension by its URN.
    Member(Cow<'static, str>),
    Within {
        urn: Cow<'static, str>,
        name: Cow<'static, str>,
    },
}

impl ResourcePlace {
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match path {
            Path::Declared(target) => Some(match target.extension {
                None => Self::Member(target.attribute.name.into()),
                Some(urn) => Self::within(urn, target.attribute.name),
            }),
            Path::Extension(schema) => Some(Self::Member(schema.id.into())),
            Path::Open { schema, name } => Some(Self::at_path(schema.id, name)),
            Path::Undeclared { urn, name } => Some(Self::at_path(urn, name)),
            Path::Core(_) | Path::Unknown(_) => None,
        }
    }

    pub(crate) fn within(
        urn: impl Into<Cow<'static, str>>,
        name: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Within {
            urn: urn.into(),
            name: name.into(),
        }
    }

    /// The attribute that a path begins with which no schema declares.
    pub(crate) fn at_path(urn: &str, path: &str) -> Self {
        let name = path.split(['.', '[']).next().unwrap_or(path);
        Self::within(urn.to_owned(), name.to_owned())
    }

    /// Makes what is there what it was `before`, or nothing where nothing was.
    pub(crate) fn restore(&self, resource: &mut Object, before: &Object) {
        match self {
            Self::Member(name) => restore(resource, before, name),
            Self::Within { urn, name } => {
                // Of an unregistered URN the last segment may be the end of the extension's own.
                if let Some((whole, _)) = entry(before, &format!("{urn}:{name}")) {
                    restore(resource, before, whole);
                }
                let nothing = Object::new();
                let was = entry(before, urn).and_then(|(_, value)| value.as_object());
                let key = entry(resource, urn)
                    .or_else(|| entry(before, urn))
                    .map(|(key, _)| key.clone());
                let Some(key) = key else { return };
                let extension = resource
                    .entry(key.as_str())
                    .or_insert_with(|| Value::Object(Object::new()));
                if let Value::Object(members) = extension {
                    restore(members, was.unwrap_or(&nothing), name);
                    if members.is_empty() {
                        resource.shift_remove(&key);
                    }
                }
            }
        }
    }
}

fn restore(members: &mut Object, before: &Object, name: &str) {
    match before.get(name) {
        Some(value) => {
            members.insert(name.to_owned(), value.clone());
        }
        None => {
            members.shift_remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ResourcePlace;
    use serde_json::{Value, json};

    fn restored(place: &ResourcePlace, resource: &Value, before: &Value) -> Value {
        let mut resource = resource.as_object().expect("an object").clone();
        place.restore(&mut resource, before.as_object().expect("an object"));
        Value::Object(resource)
    }

    #[test]
    fn what_is_at_a_place_becomes_what_it_was() {
        let title = ResourcePlace::Member("title".into());
        let badge = ResourcePlace::within("urn:x:y", "badge");
        for (place, resource, before, expected) in [
            (
                &title,
                json!({"title": "T"}),
                json!({"title": "S"}),
                json!({"title": "S"}),
            ),
            (&title, json!({"title": "T"}), json!({}), json!({})),
            (
                &title,
                json!({}),
                json!({"title": "S"}),
                json!({"title": "S"}),
            ),
            (
                &badge,
                json!({"urn:x:y": {"badge": 1}}),
                json!({}),
                json!({}),
            ),
            (
                &badge,
                json!({"urn:x:y": {"badge": 1, "a": 2}}),
                json!({"urn:x:y": {"badge": 3}}),
                json!({"urn:x:y": {"badge": 3, "a": 2}}),
            ),
            (
                &badge,
                json!({}),
                json!({"URN:x:y": {"badge": 3}}),
                json!({"URN:x:y": {"badge": 3}}),
            ),
            (&badge, json!({}), json!({"urn:x:y": {"a": 3}}), json!({})),
            (&badge, json!({}), json!({}), json!({})),
        ] {
            assert_eq!(restored(place, &resource, &before), expected, "{place:?}");
        }
    }
}
