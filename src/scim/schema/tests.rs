use super::{
    Attribute, CUSTOM_FIELDS_URN, ENTERPRISE_USER_URN, GROUP, GROUP_URN, Qualified, SCHEMAS,
    TEAMMATE_URN, USER, USER_URN, schema,
};

#[test]
fn look_ups_ignore_letter_case() {
    assert_eq!(
        USER.attribute("USERNAME").map(|found| found.name),
        Some("userName")
    );
    assert_eq!(
        USER.attribute("externalid").map(|found| found.name),
        Some("externalId")
    );
    assert_eq!(
        schema(&USER_URN.to_uppercase()).map(|found| found.id),
        Some(USER_URN)
    );
    assert_eq!(
        USER.attribute_of(Some(&ENTERPRISE_USER_URN.to_lowercase()), "MANAGER")
            .and_then(|manager| manager.sub_attribute("VALUE"))
            .map(|found| found.name),
        Some("value")
    );
    assert!(USER.attribute("members").is_none());
    assert!(GROUP.attribute("members").is_some());
}

#[test]
fn of_each_resource_its_name_alone_is_required() {
    for schema in SCHEMAS {
        for attribute in schema.attributes {
            let is_name = (schema.id == USER_URN && attribute.name == "userName")
                || (schema.id == GROUP_URN && attribute.name == "displayName");
            assert_eq!(attribute.required, is_name, "{}", attribute.name);
            assert!(attribute.sub_attributes.iter().all(|sub| !sub.required));
        }
    }
}

/// RFC 7643 section 4.2, and section 4.1.2 for the other side of it.
#[test]
fn members_are_written_through_the_group_and_as_whole_elements() {
    let mutability = |attribute: &Attribute| attribute.mutability.as_str();
    let parts = |attribute: &'static Attribute| -> Vec<(&str, &str)> {
        let parts = attribute.sub_attributes.iter();
        parts.map(|part| (part.name, mutability(part))).collect()
    };
    let members = GROUP.attribute("members").expect("an attribute");
    assert_eq!(mutability(members), "readWrite");
    assert_eq!(
        parts(members),
        [
            ("value", "immutable"),
            ("$ref", "immutable"),
            ("type", "immutable"),
            ("display", "readOnly")
        ]
    );
    let groups = USER.attribute("groups").expect("an attribute");
    assert_eq!(mutability(groups), "readOnly");
    assert!(parts(groups).iter().all(|(_, is)| *is == "readOnly"));
}

#[test]
fn names_are_cut_at_the_longest_registered_urn_or_the_last_colon() {
    check_cuts(&[
        ("userName", None, "userName"),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName",
            Some(USER_URN),
            "name.givenName",
        ),
        (
            "URN:ietf:params:scim:schemas:extension:ENTERPRISE:2.0:User:manager",
            Some(ENTERPRISE_USER_URN),
            "manager",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:template",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:2.0:User:template",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields:fld.1:x",
            Some(CUSTOM_FIELDS_URN),
            "fld.1:x",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:Custom:2.0:User:tag.a",
            Some("urn:ietf:params:scim:schemas:extension:Custom:2.0:User"),
            "tag.a",
        ),
        (
            "emails[value eq \"a:b\"].value",
            None,
            "emails[value eq \"a:b\"].value",
        ),
    ]);
}

#[test]
fn a_slip_in_a_registered_urn_is_seen_through_where_the_attribute_is_known() {
    check_cuts(&[
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager.value",
            Some(ENTERPRISE_USER_URN),
            "manager.value",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/Department",
            Some(ENTERPRISE_USER_URN),
            "Department",
        ),
        (
            "URN:ietf:params:scim:schemas:extension:enterprise:2.0:department",
            Some(ENTERPRISE_USER_URN),
            "department",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0.manager.value",
            Some(ENTERPRISE_USER_URN),
            "manager.value",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0User.department",
            Some(ENTERPRISE_USER_URN),
            "department",
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User.emails[value eq \"a.b:c\"].type",
            Some(USER.schema.id),
            "emails[value eq \"a.b:c\"].type",
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:title",
            Some(USER.schema.id),
            "title",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate.template",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:2.0:User.template",
            Some(TEAMMATE_URN),
            "template",
        ),
        // Not near enough to tell.
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.badge",
            Some("urn:ietf:params:scim:schemas:extension:enterprise:2.0"),
            "User.badge",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:department",
            Some("urn:ietf:params:scim:schemas:extension:enterprise"),
            "department",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate_other:template",
            Some("urn:ietf:params:scim:schemas:extension:frontapp:teammate_other"),
            "template",
        ),
    ]);
}

#[test]
fn blanks_and_separators_in_excess_are_seen_through() {
    check_cuts(&[
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:template:",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            " \u{a0}urn:ietf:params:scim:schemas:extension:frontapp:teammate:template ",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate : Template.",
            Some(TEAMMATE_URN),
            "Template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate::template",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:2.0:User:template:",
            Some(TEAMMATE_URN),
            "template",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:",
            Some(TEAMMATE_URN),
            "",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate:2.0:User ",
            Some(TEAMMATE_URN),
            "",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User: manager.value",
            Some(ENTERPRISE_USER_URN),
            "manager.value",
        ),
        // Names of custom fields are as they are spelled.
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields:fld_1:",
            Some(CUSTOM_FIELDS_URN),
            "fld_1:",
        ),
    ]);
}

fn check_cuts(cases: &[(&str, Option<&str>, &str)]) {
    for (text, urn, name) in cases {
        let found = match Qualified::split(text) {
            Qualified::Plain(name) => (None, name),
            Qualified::Whole(schema) => (Some(schema.id), ""),
            Qualified::Attribute(schema, name) => (Some(schema.id), name),
            Qualified::Undeclared { urn, name } => (Some(urn), name),
        };
        assert_eq!(found, (*urn, *name), "{text}");
    }
}

#[test]
fn bare_urns_name_whole_schemas() {
    for urn in [
        ENTERPRISE_USER_URN.to_owned(),
        TEAMMATE_URN.to_uppercase(),
        format!("{TEAMMATE_URN}:2.0:User"),
    ] {
        assert!(
            matches!(Qualified::split(&urn), Qualified::Whole(_)),
            "{urn}"
        );
    }
}
