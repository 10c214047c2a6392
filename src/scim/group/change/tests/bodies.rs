//! The bodies of POST and PUT.

use super::{BASE, object, set};
use crate::scim::Object;
use crate::scim::dialect::Quirk;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::group::{
    GroupBody, GroupChange, MAX_EXTENSIONS, MemberChange, TextChange, Understood,
};
use crate::scim::normalise::record::MAX_RECORD;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const DESCRIPTION: &str = "urn:ietf:params:scim:schemas:extension:frontapp:group:description";
const EXTENSION: &str = "urn:ietf:params:scim:schemas:extension:frontapp:group";

fn read(body: Value) -> Result<Understood<GroupBody>, ScimError> {
    GroupBody::from_request(&object(body))
}

fn body(body: Value) -> GroupBody {
    read(body).expect("accepted").value
}

fn named(display_name: &str) -> GroupBody {
    GroupBody {
        display_name: display_name.to_owned(),
        external_id: None,
        description: TextChange::Keep,
        extensions: Object::new(),
        members: None,
    }
}

#[test]
fn entra_creates_without_members() {
    let understood = read(json!({
        "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:Group",
            "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"
        ],
        "externalId": "8aa1",
        "displayName": "Support",
        "meta": {"resourceType": "Group"}
    }))
    .expect("accepted");
    let expected = GroupBody {
        external_id: Some("8aa1".to_owned()),
        ..named("Support")
    };
    assert_eq!(understood.value, expected);
    assert!(understood.notes.quirks().contains(&Quirk::UnknownSchema));
}

#[test]
fn okta_creates_with_no_members_and_puts_all() {
    let created = body(json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "displayName": "Test SCIMv2",
        "members": []
    }));
    assert_eq!(created.members, Some(BTreeSet::new()));
    let replaced = body(json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "id": "grp_1",
        "displayName": "Test SCIMv2",
        "members": [{"value": "u1", "display": "user@x"}, {"value": "u2", "type": "User"}],
        "meta": {"resourceType": "Group", "location": "https://host/v2/Groups/grp_1"}
    }));
    let expected = GroupBody {
        members: Some(set(&["u1", "u2"])),
        ..named("Test SCIMv2")
    };
    assert_eq!(replaced, expected);
}

#[test]
fn our_own_resource_comes_back_as_it_is() {
    let echoed = body(json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", EXTENSION],
        "id": "grp_1",
        "externalId": "8aa1",
        "displayName": " Support ",
        EXTENSION: {"description": "First line"},
        "meta": {
            "resourceType": "Group", "created": "2026-11-22T00:00:00.000Z",
            "location": "https://host/v2/Groups/grp_1", "version": "W/\"4\""
        },
        "members": [{
            "value": "u1", "$ref": "https://host/v2/Users/u1", "type": "User", "display": "Ada"
        }]
    }));
    let expected = GroupBody {
        display_name: " Support ".to_owned(),
        external_id: Some("8aa1".to_owned()),
        description: TextChange::Set("First line".to_owned()),
        extensions: Object::new(),
        members: Some(set(&["u1"])),
    };
    assert_eq!(echoed, expected);
}

#[test]
fn the_description_comes_in_many_spellings() {
    let set = TextChange::Set("D".to_owned());
    for (name, value, expected) in [
        (EXTENSION.to_owned(), json!({"description": "D"}), &set),
        (EXTENSION.to_owned(), json!([{"DESCRIPTION": "D"}]), &set),
        (DESCRIPTION.to_owned(), json!("D"), &set),
        (
            format!("{EXTENSION}:2.0:Group:description"),
            json!("D"),
            &set,
        ),
        (EXTENSION.to_owned(), json!(null), &TextChange::Clear),
        (
            EXTENSION.to_owned(),
            json!({"description": null}),
            &TextChange::Clear,
        ),
        (EXTENSION.to_owned(), json!({}), &TextChange::Keep),
        (DESCRIPTION.to_owned(), json!(""), &TextChange::Clear),
    ] {
        let body = body(json!({"displayName": "N", name.clone(): value}));
        assert_eq!(&body.description, expected, "{name}: {value}");
    }
}

#[test]
fn nulls_and_names_in_other_letter_case_are_understood() {
    let sloppy = body(json!({
        "DISPLAYNAME": "N", "externalId": null, "id": null, "members": null, "title": null
    }));
    let expected = GroupBody {
        members: Some(BTreeSet::new()),
        ..named("N")
    };
    assert_eq!(sloppy, expected);
    let by_filter = body(json!({"displayName": "N", "members[value eq \"u1\"]": {}}));
    assert_eq!(by_filter.members, Some(set(&["u1"])));
}

#[test]
fn a_group_needs_a_name() {
    for nameless in [
        json!({"members": []}),
        json!({"displayName": null}),
        json!({"displayName": "\u{a0}"}),
    ] {
        assert_eq!(
            read(nameless).expect_err("refused"),
            ScimError::invalid_value(
                "displayName is missing or blank. Map an attribute to displayName in the identity \
                 provider, usually the group's name."
            )
        );
    }
    let typed = read(json!({"displayName": {}})).expect_err("refused");
    assert_eq!(
        typed.detail,
        "displayName has to be a string, but is an object. Correct the attribute mapping in the identity provider."
    );
}

fn members(count: usize) -> Vec<Value> {
    (0..count)
        .map(|number| json!({"value": format!("tea_{number:026}"), "display": "user@example.com"}))
        .collect()
}

/// Comparing them with each other would keep this test busy for many minutes.
#[test]
fn a_hundred_thousand_members_are_read_and_not_compared_with_each_other() {
    let large = read(json!({"displayName": "All", "members": members(100_000)})).expect("accepted");
    let ids = large.value.members.expect("members");
    assert_eq!(ids.len(), 100_000);
    assert!(ids.contains("tea_00000000000000000000099999"));
    assert!(
        large
            .notes
            .understood()
            .is_some_and(|text| text.len() <= MAX_RECORD)
    );

    let half = members(50_000);
    let patch = object(json!({"Operations": [
        {"op": "replace", "path": "members", "value": members(100_000)},
        {"op": "remove", "path": "members", "value": half},
        {"op": "add", "path": "members", "value": half}
    ]}));
    let change = GroupChange::from_request(&patch, BASE)
        .expect("accepted")
        .value;
    assert_eq!(change.members, MemberChange::All(ids));
    assert_eq!(change.passing_members, BTreeSet::new());
}

#[test]
fn more_members_than_the_largest_company_has_are_refused() {
    let refused = read(json!({"displayName": "All", "members": vec!["u"; 200_001]}));
    assert_eq!(
        refused.expect_err("refused").detail,
        "members has 200001 values; at most 200000 are accepted."
    );
}

#[test]
fn extensions_are_kept_as_sent() {
    let sent = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "urn:x:y"],
        "displayName": "N",
        "urn:x:y": {"tag": "t", "list": [{"value": "A"}], "none": [], "apiToken": "hunter2"},
        "urn:x:y:more": 1,
        "urn:x:y:list": {"n": 1},
        EXTENSION: {"description": "D", "colour": "red"}
    });
    let expected = json!({
        "urn:x:y": {"tag": "t", "list": [{"value": "A"}], "more": 1},
        "urn:x:y:list": {"n": 1},
        EXTENSION: {"colour": "red"}
    });
    let understood = read(sent).expect("accepted");
    assert_eq!(Value::Object(understood.value.extensions), expected);
    assert!(understood.notes.quirks().contains(&Quirk::Secret));
    let long = json!({"displayName": "N", "urn:x:y": {"a": "x".repeat(MAX_EXTENSIONS)}});
    let error = read(long).expect_err("refused");
    assert_eq!(error.scim_type, Some(ScimType::InvalidValue));
}
