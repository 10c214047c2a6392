//! A group as a SCIM resource (RFC 7643 section 4.2).

use crate::scim::Object;
pub use crate::scim::meta::ResourceMeta as GroupMeta;
use crate::scim::schema::{GROUP, GROUP_URN, TEAMMATE_GROUP_URN, USER};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

/// The resource. It borrows what it shows: an answer is written straight from what was read.
#[derive(Debug, Clone, Copy)]
pub struct GroupResource<'a> {
    pub display_name: &'a str,
    pub external_id: Option<&'a str>,
    pub description: Option<&'a str>,
    /// What no schema declares, by the URN of its extension.
    pub extensions: &'a Object,
    /// Nothing where they are not asked for.
    pub members: Option<&'a [Member<'a>]>,
    pub meta: GroupMeta<'a>,
}

/// One element of `members`.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The id of the teammate.
    pub value: &'a str,
    pub display: Option<&'a str>,
    /// The base that the request came in on.
    pub base: &'a str,
}

impl Serialize for GroupResource<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut schemas = vec![GROUP_URN];
        let described = self.description.map(|_| TEAMMATE_GROUP_URN);
        let others = self.extensions.keys().map(String::as_str);
        schemas.extend(described);
        schemas.extend(others.filter(|urn| Some(*urn) != described));

        let mut attributes = serializer.serialize_map(None)?;
        attributes.serialize_entry("schemas", &schemas)?;
        attributes.serialize_entry("id", self.meta.id)?;
        if let Some(external_id) = self.external_id {
            attributes.serialize_entry("externalId", external_id)?;
        }
        attributes.serialize_entry("displayName", self.display_name)?;
        if let Some(description) = self.description {
            let mut members = Object::from_iter([("description".to_owned(), description.into())]);
            let others = self
                .extensions
                .get(TEAMMATE_GROUP_URN)
                .and_then(Value::as_object);
            members.extend(others.cloned().unwrap_or_default());
            attributes.serialize_entry(TEAMMATE_GROUP_URN, &members)?;
        }
        for (urn, members) in self.extensions {
            if Some(urn.as_str()) != described {
                attributes.serialize_entry(urn, members)?;
            }
        }
        attributes.serialize_entry("meta", &self.meta.render(&GROUP))?;
        // Last: a group is written before its members are read.
        if let Some(members) = self.members {
            attributes.serialize_entry("members", members)?;
        }
        attributes.end()
    }
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_map(None)?;
        parts.serialize_entry("value", self.value)?;
        parts.serialize_entry(
            "$ref",
            &format_args!("{}{}/{}", self.base, USER.endpoint, self.value),
        )?;
        parts.serialize_entry("type", USER.id)?;
        if let Some(display) = self.display {
            parts.serialize_entry("display", display)?;
        }
        parts.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{GroupMeta, GroupResource, Member, TEAMMATE_GROUP_URN};
    use crate::scim::Object;
    use crate::scim::etag::EntityTag;
    use serde_json::{Value, json};

    const BASE: &str = "https://host/v2";
    const META: GroupMeta<'static> = GroupMeta {
        id: "grp_1",
        created: "2026-11-22T00:00:00.000Z",
        last_modified: "2026-11-22T00:00:01.000Z",
        base: BASE,
        version: EntityTag(4),
    };

    fn member<'a>(value: &'a str, display: Option<&'a str>) -> Member<'a> {
        Member {
            value,
            display,
            base: BASE,
        }
    }

    #[test]
    fn a_group_is_rendered_with_its_members() {
        let extensions = json!({"urn:x:y": {"tag": "t"}, TEAMMATE_GROUP_URN: {"colour": "red"}});
        let Value::Object(extensions) = extensions else {
            unreachable!()
        };
        let members = [member("tea_1", Some("Ada King")), member("tea_2", None)];
        let resource = GroupResource {
            display_name: "Support",
            external_id: Some("8aa1"),
            description: Some("First line"),
            extensions: &extensions,
            members: Some(&members),
            meta: META,
        };
        let urn = "urn:ietf:params:scim:schemas:extension:frontapp:group";
        let expected = json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", urn, "urn:x:y"],
            "id": "grp_1",
            "externalId": "8aa1",
            "displayName": "Support",
            urn: {"description": "First line", "colour": "red"},
            "urn:x:y": {"tag": "t"},
            "meta": {
                "resourceType": "Group",
                "created": "2026-11-22T00:00:00.000Z",
                "lastModified": "2026-11-22T00:00:01.000Z",
                "location": "https://host/v2/Groups/grp_1",
                "version": "W/\"4\""
            },
            "members": [
                {
                    "value": "tea_1", "$ref": "https://host/v2/Users/tea_1",
                    "type": "User", "display": "Ada King"
                },
                {"value": "tea_2", "$ref": "https://host/v2/Users/tea_2", "type": "User"}
            ]
        });
        assert_eq!(
            serde_json::to_string(&resource).expect("rendered"),
            expected.to_string()
        );
    }

    #[test]
    fn what_a_group_has_not_is_left_out_and_an_empty_list_is_not() {
        let empty = GroupResource {
            display_name: "Support",
            external_id: None,
            description: None,
            extensions: &Object::new(),
            members: Some(&[]),
            meta: META,
        };
        let names = |resource: &GroupResource<'_>| -> Vec<String> {
            let rendered = serde_json::to_value(resource).expect("rendered");
            let members = rendered.as_object().expect("an object");
            members.keys().cloned().collect()
        };
        assert_eq!(
            names(&empty),
            ["schemas", "id", "displayName", "meta", "members"]
        );
        let unasked = GroupResource {
            members: None,
            ..empty
        };
        assert_eq!(names(&unasked), ["schemas", "id", "displayName", "meta"]);
    }
}
