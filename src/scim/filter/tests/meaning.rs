//! What a resolved filter means, by its reference evaluator.

use crate::scim::filter::Filter;
use crate::scim::schema::{GROUP, USER};
use serde_json::{Value, json};

fn matches(filter: &str, resource: &Value) -> bool {
    Filter::parse(filter)
        .and_then(|parsed| parsed.resolve(&USER))
        .expect(filter)
        .matches(resource)
}

fn ada() -> Value {
    json!({
        "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
        ],
        "id": "tea_1",
        "externalId": "E-7a",
        "userName": "Ada@Example.com",
        "name": {"givenName": "Ada", "familyName": "Straße"},
        "title": "Büro-Chefin",
        "active": false,
        "emails": [
            {"value": "Ada@Example.com", "type": "work", "primary": true},
            {"value": "ada@home.example", "display": ""}
        ],
        "roles": [{"value": {"id": 1}}, {"value": "Admin"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
            "department": "R&D",
            "manager": {"value": "M-1"}
        },
        "urn:ietf:params:scim:schemas:extension:frontapp:teammate": {"template": ["tea_a", "tea_b"]},
        "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields": {
            "fld_text": "Blue", "fld_flag": false, "fld_number": 2.5, "fld_list": ["x", 3]
        },
        "meta": {
            "resourceType": "User",
            "created": "2026-11-21T09:00:00.000Z",
            "lastModified": "2026-11-21T09:00:00.500Z",
            "version": "W/\"3\""
        }
    })
}

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const FIELDS: &str = "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields";

#[test]
fn filters_mean_what_the_rfc_says() {
    let ada = ada();
    for (filter, expected) in [
        // Letter case, by each attribute's caseExact.
        ("userName eq \"ADA@example.COM\"", true),
        ("title eq \"BÜRO-chefin\"", true),
        ("name.familyName eq \"STRASSE\"", true),
        ("name.familyName sw \"straSS\"", true),
        ("externalId eq \"E-7a\"", true),
        ("externalId eq \"e-7A\"", false),
        ("id sw \"TEA\"", false),
        // Operators.
        ("title co \"ro-CH\"", true),
        ("title ew \"fin\"", true),
        ("title gt \"b\"", true),
        ("title ge \"büro-chefin\"", true),
        ("title lt \"büro-chefin\"", false),
        ("title le \"büro-chefin\"", true),
        ("title ne \"x\"", true),
        ("title ne \"BÜRO-CHEFIN\"", false),
        ("title pr", true),
        ("nickName pr", false),
        // What is not there is null.
        ("nickName eq null", true),
        ("nickName ne null", false),
        ("nickName ne \"x\"", true),
        ("nickName co \"\"", false),
        ("nickName gt \"\"", false),
        ("not (nickName eq \"x\")", true),
        ("not (nickName gt \"x\")", true),
        // Booleans, also in quotes; false is a value.
        ("active eq false", true),
        ("active eq \"False\"", true),
        ("active ne \"TRUE\"", true),
        ("active pr", true),
        // Any of several values is enough, for ne as well.
        ("emails.value ew \".example\"", true),
        ("emails eq \"ada@HOME.example\"", true),
        ("emails.value ne \"ada@example.com\"", true),
        ("emails.type ne \"work\"", false),
        ("emails.type eq null", false),
        ("phoneNumbers.type ne \"work\"", true),
        ("emails.display pr", false),
        ("emails.display eq \"\"", true),
        ("emails pr", true),
        ("ims pr", false),
        ("roles.value eq \"admin\"", true),
        ("roles.value ne \"admin\"", true),
        // One element for the whole value filter.
        ("emails[type eq \"work\" and value co \"@example\"]", true),
        ("emails[type eq \"work\" and value co \"home\"]", false),
        ("emails[type eq \"work\"].value sw \"ada\"", true),
        ("emails[not (type pr)]", true),
        ("emails[primary eq \"True\"]", true),
        ("phoneNumbers[type ne \"work\"]", false),
        ("name[givenName eq \"ada\" and familyName pr]", true),
        ("not (emails[type eq \"home\"])", true),
        // Moments as moments.
        ("meta.created eq \"2026-11-21T10:00:00+01:00\"", true),
        ("meta.lastModified gt \"2026-11-21T09:00:00Z\"", true),
        ("meta.lastModified gt \"2026-11-21T09:00:00.5001Z\"", false),
        ("meta.lastModified lt \"2026-11-21T09:00:00.5001Z\"", true),
        ("meta.created eq \"2026-11-21T09:00:00\"", true),
        ("meta.version eq \"W/\\\"3\\\"\"", true),
        ("meta.resourceType eq \"User\"", true),
        // Extensions and custom fields.
        ("schemas co \"enterprise\"", true),
        ("title pr and not (active eq true)", true),
        ("title eq \"x\" or active eq true or emails pr", true),
    ] {
        assert_eq!(matches(filter, &ada), expected, "{filter}");
    }
    for (urn, filter, expected) in [
        (ENTERPRISE, "department eq \"r&d\"", true),
        (ENTERPRISE, "manager eq \"M-1\"", true),
        (ENTERPRISE, "manager.value eq \"m-1\"", false),
        (ENTERPRISE, "manager.displayName ne \"x\"", true),
        (FIELDS, "fld_text eq \"BLUE\"", true),
        (FIELDS, "FLD_TEXT eq \"blue\"", false),
        (FIELDS, "fld_flag eq false", true),
        (FIELDS, "fld_flag eq \"false\"", false),
        (FIELDS, "fld_number gt 2", true),
        (FIELDS, "fld_number eq 2.50", true),
        (FIELDS, "fld_list eq 3", true),
        (FIELDS, "fld_list co \"X\"", true),
        (FIELDS, "fld_none eq null", true),
    ] {
        assert_eq!(
            matches(&format!("{urn}:{filter}"), &ada),
            expected,
            "{filter}"
        );
    }
}

/// RFC 7644 section 3.4.2.1: of what another type has, there is no value.
#[test]
fn what_only_another_type_has_is_no_value() {
    let ada = ada();
    for (filter, expected) in [
        ("members pr", false),
        ("members.value eq \"tea_1\"", false),
        ("members.value ne \"tea_1\"", true),
        ("members eq null", true),
        ("members[value eq \"tea_1\"]", false),
        ("not (members pr)", true),
        ("members pr or userName sw \"ada\"", true),
        ("members pr and userName sw \"ada\"", false),
        ("not (members pr or not (userName sw \"ada\"))", true),
    ] {
        let parsed = Filter::parse(filter).expect(filter);
        assert!(parsed.resolve(&USER).is_err(), "{filter}");
        let resolved = parsed.resolve_among(&USER, &[&GROUP]).expect(filter);
        assert_eq!(resolved.matches(&ada), expected, "{filter}");
    }
    for filter in [
        "nope pr",
        "members.nope pr",
        "password pr",
        "members pr or nope pr",
    ] {
        let parsed = Filter::parse(filter).expect(filter);
        assert!(parsed.resolve_among(&USER, &[&GROUP]).is_err(), "{filter}");
    }
}
