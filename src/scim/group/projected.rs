//! A group as it was asked for, written part by part: its members may be too many to hold at once.
//!
//! Invariant: what is written is what [`Projection::apply`] leaves of the whole resource.

use super::{GroupResource, Member};
use crate::scim::projection::Projection;
use crate::scim::schema::USER;
use serde::Serialize;
use serde_json::{Value, json};

/// What is asked for of groups.
#[derive(Debug, Clone)]
pub struct GroupProjection {
    projection: Projection,
    members: Option<Shown>,
}

/// Which members are shown.
#[derive(Debug, Clone, Copy)]
enum Shown {
    /// All of them, each with these parts.
    Alike(Parts),
    /// What a value filter says of each.
    Each,
}

/// What is shown of members.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each sub-attribute of members"
)]
struct Parts {
    value: bool,
    reference: bool,
    kind: bool,
    display: bool,
    /// Whether a list without members is shown.
    also_empty: bool,
}

impl From<Projection> for GroupProjection {
    /// Finds out by an example, so that there is one meaning of names.
    fn from(projection: Projection) -> Self {
        if projection.shows("members") && projection.chooses_values_of("members") {
            return Self {
                members: Some(Shown::Each),
                projection,
            };
        }
        let shown = |members: Value| {
            let mut shown = projection.apply(json!({ "members": members }));
            shown.get_mut("members").map(Value::take)
        };
        let example = json!([{"value": "", "$ref": "", "type": "", "display": ""}]);
        let members = shown(example).map(|shown| {
            let has = |name| {
                shown
                    .get(0)
                    .is_some_and(|member| member.get(name).is_some())
            };
            Parts {
                value: has("value"),
                reference: has("$ref"),
                kind: has("type"),
                display: has("display"),
                also_empty: false,
            }
        });
        let also_empty = shown(json!([])).is_some();
        Self {
            members: members.map(|parts| {
                Shown::Alike(Parts {
                    also_empty,
                    ..parts
                })
            }),
            projection,
        }
    }
}

impl GroupProjection {
    pub fn shows_members(&self) -> bool {
        self.members.is_some()
    }

    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        self.projection.is_everything()
    }

    /// The group without its members.
    pub fn of_group(&self, group: GroupResource<'_>) -> Value {
        let group = GroupResource {
            members: None,
            ..group
        };
        let group = serde_json::to_value(group).unwrap_or_default();
        if self.projection.is_everything() {
            group
        } else {
            self.projection.apply(group)
        }
    }
}

/// Writes groups one after the other: each is begun, then its members, then it is ended.
#[derive(Debug)]
pub struct GroupWriter {
    projection: GroupProjection,
    /// The base that the request came in on.
    base: String,
    /// Whether a member of the group has been written.
    has_members: bool,
}

impl GroupWriter {
    pub fn new(projection: GroupProjection, base: String) -> Self {
        Self {
            projection,
            base,
            has_members: false,
        }
    }

    /// The JSON of the group in front of its first member.
    pub fn begin(&mut self, out: &mut Vec<u8>, group: GroupResource<'_>) {
        self.has_members = false;
        write(out, &self.projection.of_group(group));
        // The brace: `id` and `schemas` are in every projection, so that no object is empty.
        out.pop();
    }

    pub fn member(&mut self, out: &mut Vec<u8>, id: &str, display: Option<&str>) {
        let parts = match self.projection.members {
            None => return,
            Some(Shown::Alike(parts)) => parts,
            Some(Shown::Each) => return self.member_by_filter(out, id, display),
        };
        let display = display.filter(|_| parts.display);
        if !(parts.value || parts.reference || parts.kind || display.is_some()) {
            // An element of which nothing is left is none.
            return;
        }
        self.next_member(out);
        let mut separator = b'{';
        let mut name = |out: &mut Vec<u8>, name: &[u8]| {
            out.push(separator);
            out.extend_from_slice(name);
            separator = b',';
        };
        if parts.value {
            name(out, b"\"value\":");
            write(out, id);
        }
        if parts.reference {
            name(out, b"\"$ref\":");
            write(out, &format_args!("{}{}/{id}", self.base, USER.endpoint));
        }
        if parts.kind {
            name(out, b"\"type\":");
            write(out, USER.id);
        }
        if let Some(display) = display {
            name(out, b"\"display\":");
            write(out, display);
        }
        out.push(b'}');
    }

    fn next_member(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.has_members {
            b","
        } else {
            b",\"members\":["
        });
        self.has_members = true;
    }

    /// Applies the projection to the member alone: a filter looks at nothing else.
    fn member_by_filter(&mut self, out: &mut Vec<u8>, id: &str, display: Option<&str>) {
        let member = Member {
            value: id,
            display,
            base: &self.base,
        };
        let shown = self
            .projection
            .projection
            .apply(json!({ "members": [member] }));
        if let Some(shown) = shown.get("members").and_then(|members| members.get(0)) {
            self.next_member(out);
            write(out, shown);
        }
    }

    /// The JSON behind the last member.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        let shows_empty = self
            .projection
            .members
            .is_some_and(|shown| matches!(shown, Shown::Alike(parts) if parts.also_empty));
        let rest: &[u8] = match (self.has_members, shows_empty) {
            (true, _) => b"]}",
            (false, true) => b",\"members\":[]}",
            (false, false) => b"}",
        };
        out.extend_from_slice(rest);
    }

    /// The base that locations continue.
    pub fn base(&self) -> &str {
        &self.base
    }
}

fn write(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // Texts and lists of our own always have a JSON form, and a Vec takes whatever is written.
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests {
    use super::{GroupProjection, GroupWriter};
    use crate::scim::Object;
    use crate::scim::etag::EntityTag;
    use crate::scim::group::{GroupMeta, GroupResource, Member};
    use crate::scim::projection::Projection;
    use serde_json::Value;
    use std::sync::LazyLock;

    const BASE: &str = "https://host/v2";

    static EXTENSIONS: LazyLock<Object> = LazyLock::new(|| {
        let extensions = r#"{"urn:x:y": {"tag": "t", "list": [{"value": "A", "type": "T"}]}}"#;
        serde_json::from_str(extensions).expect("an object")
    });

    fn group(description: Option<&'static str>) -> GroupResource<'static> {
        GroupResource {
            extensions: &EXTENSIONS,
            display_name: "Sup]}port",
            external_id: Some("8aa1"),
            description,
            members: None,
            meta: GroupMeta {
                id: "grp_1",
                created: "2026-11-22T00:00:00.000Z",
                last_modified: "2026-11-22T00:00:01.000Z",
                base: BASE,
                version: EntityTag(4),
            },
        }
    }

    fn written(
        projection: GroupProjection,
        group: GroupResource<'_>,
        members: &[(&str, Option<&str>)],
    ) -> String {
        let mut writer = GroupWriter::new(projection, BASE.to_owned());
        let mut out = Vec::new();
        writer.begin(&mut out, group);
        for (id, display) in members {
            writer.member(&mut out, id, *display);
        }
        writer.end(&mut out);
        String::from_utf8(out).expect("text")
    }

    /// Every projection that tells parts of groups apart, over groups with and without members and names.
    #[test]
    fn what_is_written_is_what_the_projection_leaves() {
        let urn = "urn:ietf:params:scim:schemas:extension:frontapp:group";
        let description = format!("{urn}:description");
        let names = [
            None,
            Some("members"),
            Some("MEMBERS"),
            Some("displayName"),
            Some("members.value"),
            Some("members.display"),
            Some("members.value,members.$ref"),
            Some("members.type,displayName"),
            Some("urn:ietf:params:scim:schemas:core:2.0:Group"),
            Some("urn:ietf:params:scim:schemas:core:2.0:Group:members.display"),
            Some(urn),
            Some(description.as_str()),
            Some("members.value,members.$ref,members.type,members.display"),
            Some("members.none"),
            Some("nothing,id"),
            Some("members[value eq \"tea_2\"]"),
            Some("members[display pr].value,displayName"),
            Some("members[not (value eq \"tea_1\")].display,members.type"),
            Some("members[$ref ew \"tea_3\" or type eq \"user\" and display co \"KING\"]"),
            Some("urn:x:y"),
            Some("urn:x:y:list.value,displayName"),
        ];
        let lists: [&[(&str, Option<&str>)]; 4] = [
            &[],
            &[("tea_1", None)],
            &[("tea_1", None), ("tea_2", None)],
            &[
                ("tea_1", Some("Ada \"K\"\n")),
                ("tea_2", None),
                ("tea_3", Some("é")),
            ],
        ];
        for attributes in names {
            for excluded in names {
                for members in lists {
                    let projection = Projection::parse(attributes, excluded).expect("names");
                    let list: Vec<Member<'_>> = members
                        .iter()
                        .map(|(value, display)| Member {
                            value,
                            display: *display,
                            base: BASE,
                        })
                        .collect();
                    for group in [group(None), group(Some("d"))] {
                        let whole = GroupResource {
                            members: Some(&list),
                            ..group
                        };
                        let whole = serde_json::to_value(whole).expect("rendered");
                        let expected = projection.apply(whole);
                        let text = written(projection.clone().into(), group, members);
                        let found: Value = serde_json::from_str(&text).expect(&text);
                        assert_eq!(found, expected, "{attributes:?} {excluded:?} {members:?}");
                        // Also in the order of its members.
                        assert_eq!(text, expected.to_string());
                    }
                }
            }
        }
    }

    #[test]
    fn members_are_asked_for_or_not() {
        for (attributes, excluded, shows) in [
            (None, None, true),
            (None, Some("members"), false),
            (None, Some("members.display"), true),
            (Some("displayName"), None, false),
            (Some("members.value"), None, true),
            (Some("members"), Some("members"), false),
            (Some("members[value eq \"x\"].display"), None, true),
            (None, Some("members[value eq \"x\"]"), true),
            (Some("members[value eq \"x\"]"), Some("members"), false),
        ] {
            let projection = Projection::parse(attributes, excluded).expect("names");
            let shown = GroupProjection::from(projection).shows_members();
            assert_eq!(shown, shows, "{attributes:?} {excluded:?}");
        }
    }
}
