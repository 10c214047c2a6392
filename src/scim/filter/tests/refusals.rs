//! Filters that parse and can't be resolved: each is refused with what to do.

use crate::scim::error::ScimType;
use crate::scim::filter::{Filter, MAX_COMPARISONS};
use crate::scim::schema::{GROUP, USER};

fn refusal(filter: &str) -> String {
    let error = Filter::parse(filter)
        .expect(filter)
        .resolve(&USER)
        .expect_err(filter);
    assert_eq!(error.status, 400);
    assert_eq!(error.scim_type.map(ScimType::as_str), Some("invalidFilter"));
    error.detail
}

#[test]
fn names_that_the_schemas_lack_are_refused() {
    for name in [
        "nope",
        "userName.value",
        "emails.nope",
        "members",
        "urn:own:2.0:User:badge",
        "urn:ietf:params:scim:schemas:core:2.0:Group:displayName",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:userName",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:badge",
        "urn:ietf:params:scim:schemas:core:2.0:User:department",
    ] {
        assert_eq!(
            refusal(&format!("{name} eq \"x\"")),
            format!(
                "\"{name}\" is no attribute of the User schemas. GET /Schemas lists them; attributes of an extension are named with its URN in front."
            )
        );
        refusal(&format!("userName pr and {name} pr"));
    }
    let group = Filter::parse("userName eq \"x\"")
        .expect("valid")
        .resolve(&GROUP);
    assert!(group.is_err_and(|error| error.detail.contains("Group schemas")));
}

#[test]
fn comparisons_without_a_meaning_are_refused() {
    for (filter, detail) in [
        (
            "password eq \"x\"",
            "password is write-only: nothing can be found or sorted by it.",
        ),
        (
            "meta.location eq \"x\"",
            "meta.location depends on the URL of the request: use id, which it ends with.",
        ),
        (
            "meta[location eq \"x\"]",
            "meta.location depends on the URL of the request: use id, which it ends with.",
        ),
        (
            "userName eq 5",
            "userName has to be compared with a string in double quotes, such as userName eq \"5\".",
        ),
        (
            "userName eq true",
            "userName has to be compared with a string in double quotes, such as userName eq \"true\".",
        ),
        (
            "active eq 1",
            "active has to be compared with true or false, such as active eq true.",
        ),
        (
            "active eq \"yes\"",
            "active has to be compared with true or false, such as active eq true.",
        ),
        (
            "active gt true",
            "active is a boolean, where gt has no meaning: use eq or ne.",
        ),
        (
            "emails.primary co \"True\"",
            "emails.primary is a boolean, where co has no meaning: use eq or ne.",
        ),
        (
            "x509Certificates.value le \"a\"",
            "x509Certificates.value is binary, where le has no meaning: use eq or ne.",
        ),
        (
            "meta.created eq \"yesterday\"",
            "meta.created has to be compared with a date and time in double quotes, such as meta.created gt \"2026-11-21T09:30:00Z\".",
        ),
        (
            "meta.created sw \"2026-11-21T09:30:00Z\"",
            "meta.created is a date and time, where sw has no meaning: use eq, ne, gt, ge, lt or le.",
        ),
        (
            "title gt null",
            "title is compared with null, where gt has no meaning: use eq or ne.",
        ),
        (
            "name eq \"x\"",
            "name has parts and can't be compared as a whole: use one of name.formatted, name.familyName, name.givenName, name.middleName, name.honorificPrefix, name.honorificSuffix.",
        ),
        (
            "userName[value eq \"x\"]",
            "\"userName\" has no sub-attributes that a filter in brackets could look at: compare it without brackets.",
        ),
        (
            "emails.value[type eq \"x\"]",
            "\"emails.value\" has no sub-attributes that a filter in brackets could look at: compare it without brackets.",
        ),
        (
            "emails[nope eq \"x\"]",
            "\"nope\" is no sub-attribute of emails: use one of emails.value, emails.display, emails.type, emails.primary, without what stands in front of the dot.",
        ),
        (
            "emails[type eq 5]",
            "emails.type has to be compared with a string in double quotes, such as emails.type eq \"5\".",
        ),
        (
            "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields:fld_1 sw 5",
            "fld_1 is a number, where sw has no meaning: use eq, ne, gt, ge, lt or le.",
        ),
    ] {
        assert_eq!(refusal(filter), detail, "{filter}");
    }
}

#[test]
fn comparisons_are_bounded() {
    let series = |count| vec!["title pr"; count].join(" or ");
    let most = Filter::parse(&series(MAX_COMPARISONS)).expect("valid");
    assert!(most.resolve(&USER).is_ok());
    let more = Filter::parse(&series(MAX_COMPARISONS + 1)).expect("valid");
    assert!(more.resolve_among(&USER, &[&GROUP]).is_err());
    assert_eq!(
        refusal(&series(MAX_COMPARISONS + 1)),
        "The filter makes 81 comparisons; at most 80 are taken. Ask in several requests."
    );
}
