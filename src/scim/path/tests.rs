use super::{AttributePath, Path};
use crate::scim::error::ScimType;
use crate::scim::schema::USER;
use proptest::prelude::*;

/// The path in one line: what kind it is and its canonical names.
fn read(text: &str) -> String {
    match Path::parse(text, &USER) {
        Ok(Path::Declared(target)) => {
            let filter = target
                .filter
                .as_ref()
                .map_or_else(String::new, |filter| format!(" where {filter}"));
            format!("{}{filter}", target.display_name())
        }
        Ok(Path::Core(schema)) => format!("core {}", schema.name),
        Ok(Path::Extension(schema)) => format!("extension {}", schema.name),
        Ok(Path::Open { schema, name }) => format!("open {}: {name}", schema.name),
        Ok(Path::Undeclared { urn, name }) => format!("undeclared {urn} / {name}"),
        Ok(Path::Unknown(name)) => format!("unknown {name}"),
        Err(error) => {
            assert_eq!(error.scim_type.map(ScimType::as_str), Some("invalidPath"));
            format!("error {}", error.detail)
        }
    }
}

#[test]
fn paths_of_the_identity_providers() {
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let cases = [
        ("userName".to_owned(), "userName".to_owned()),
        ("NAME.GIVENNAME".to_owned(), "name.givenName".to_owned()),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:userName".to_owned(),
            "userName".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:user".to_owned(),
            "core User".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:Group".to_owned(),
            "unknown urn:ietf:params:scim:schemas:core:2.0:Group:".to_owned(),
        ),
        (
            "emails[type eq \"work\"].value".to_owned(),
            "emails.value where type eq \"work\"".to_owned(),
        ),
        (
            "Emails[ Type EQ \"work\" and value co \"@x]\" ]".to_owned(),
            "emails where Type eq \"work\" and value co \"@x]\"".to_owned(),
        ),
        ("emails.value".to_owned(), "emails.value".to_owned()),
        (
            "roles[primary eq \"True\"].value".to_owned(),
            "roles.value where primary eq \"True\"".to_owned(),
        ),
        (
            format!("{enterprise}:manager"),
            format!("{enterprise}:manager"),
        ),
        (
            format!("{enterprise}:Manager.Value"),
            format!("{enterprise}:manager.value"),
        ),
        (
            enterprise.to_uppercase(),
            "extension EnterpriseUser".to_owned(),
        ),
        (
            format!("{enterprise}:badge.code"),
            "open EnterpriseUser: badge.code".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields:Fld.1"
                .to_owned(),
            "open TeammateCustomFields: Fld.1".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:Own:2.0:User:badge.code".to_owned(),
            "undeclared urn:ietf:params:scim:schemas:extension:Own:2.0:User / badge.code"
                .to_owned(),
        ),
        (
            format!("{enterprise}.Department"),
            format!("{enterprise}:department"),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:manager.value".to_owned(),
            format!("{enterprise}:manager.value"),
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User.name.givenName".to_owned(),
            "name.givenName".to_owned(),
        ),
        // A registered URN was meant, but none of its attributes.
        (
            format!("{enterprise}.badge"),
            format!("unknown {enterprise}.badge"),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:badge".to_owned(),
            "unknown urn:ietf:params:scim:schemas:extension:enterprise:2.0:badge".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0".to_owned(),
            "unknown urn:ietf:params:scim:schemas:extension:enterprise:2.0".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:Device:badge".to_owned(),
            "undeclared urn:ietf:params:scim:schemas:extension:enterprise:2.0:Device / badge"
                .to_owned(),
        ),
        ("badge".to_owned(), "unknown badge".to_owned()),
        ("badge[x".to_owned(), "unknown badge[x".to_owned()),
        (String::new(), "unknown ".to_owned()),
        (
            "urn:ietf:params:scim:schemas:core:2.0:Group:displayName".to_owned(),
            "unknown urn:ietf:params:scim:schemas:core:2.0:Group:displayName".to_owned(),
        ),
        ("roles.x-y".to_owned(), "roles.x-y".to_owned()),
        (
            "roles[value eq \"a\"].more".to_owned(),
            "roles.more where value eq \"a\"".to_owned(),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(&text), expected, "{text}");
    }
}

#[test]
fn enterprise_attributes_without_a_urn_and_filters_on_single_values() {
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let cases = [
        ("department".to_owned(), format!("{enterprise}:department")),
        (
            "MANAGER.displayname".to_owned(),
            format!("{enterprise}:manager.displayName"),
        ),
        (
            "manager[value eq \"a:b\"]".to_owned(),
            format!("{enterprise}:manager where value eq \"a:b\""),
        ),
        (
            "name[givenName pr and not (familyName pr)].formatted".to_owned(),
            "name.formatted where givenName pr and not (familyName pr)".to_owned(),
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:User:department".to_owned(),
            "unknown department".to_owned(),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(&text), expected, "{text}");
    }
    // A key of a resource is no path.
    for (key, expected) in [
        ("department", Path::Unknown("department".to_owned())),
        ("manager.nope", Path::Unknown("manager.nope".to_owned())),
    ] {
        assert_eq!(Path::of_body(key, &USER), Ok(expected), "{key}");
    }
}

#[test]
fn broken_paths_are_explained() {
    for (text, why) in [
        ("emails[type eq", "a value was expected after \"eq\""),
        ("emails[type eq \"work\"", "\"]\" is missing"),
        ("emails[]", "an attribute name was expected"),
        ("emails[type eq \"work\"]value", "can follow \"]\""),
        ("emails[type eq \"work\"].", "emails has no part \"\""),
        ("emails[a[b eq 1]]", "can't be nested"),
        ("userName.x", "userName has no parts"),
        ("userName[x eq 1]", "single value"),
        ("department[x", "single value"),
        ("manager[value eq", "a value was expected after \"eq\""),
        ("name.", "name has no part \"\""),
        (
            "name.firstName",
            "name has no part \"firstName\"; use one of name.formatted, name.familyName, name.givenName",
        ),
        (
            "emails[type eq \"work\"].nope",
            "emails has no part \"nope\"",
        ),
        ("emails.password", "emails has no part \"password\""),
        ("roles.password", "roles has no part \"password\""),
        ("roles.x y", "roles has no part \"x y\""),
        (
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.managerId",
            "use one of manager.value, manager.$ref, manager.displayName",
        ),
    ] {
        let read = read(text);
        assert!(
            read.starts_with("error") && read.contains(why),
            "{text}: {read}"
        );
    }
}

#[test]
fn length_and_depth_are_bounded() {
    assert!(read(&"a".repeat(9_000)).contains("longer than 8192 bytes"));
    let deep = format!("emails[{}type pr{}]", "(".repeat(33), ")".repeat(33));
    assert!(read(&deep).contains("32 levels"), "{deep}");
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        let _ = Path::parse(&text, &USER);
    }

    #[test]
    fn text_near_the_grammar_is_read_without_panic(
        text in "(urn:|:|emails|name|\\.|\\[|\\]|type|value| eq | and |not|\\(|\\)|\"|\\\\|work|é|2\\.0|User){0,14}"
    ) {
        let _ = Path::parse(&text, &USER);
        if let Some(path) = AttributePath::parse(&text) {
            prop_assert_eq!(AttributePath::parse(&path.to_string()), Some(path));
        }
    }
}
