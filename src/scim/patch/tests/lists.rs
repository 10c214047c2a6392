//! Additions, replacements and removals in lists, as RFC 7644 section 3.5.2 has them.

use super::ENTERPRISE;
use super::shapes::check;
use serde_json::json;

/// RFC 7644 section 5.
#[test]
fn addresses_are_compared_as_names_are() {
    check(vec![
        (
            "an address is removed by another spelling of it",
            json!({"emails": [{"value": "jos\u{e9}@a"}, {"value": "b"}]}),
            json!([{"op": "remove", "path": "emails", "value": [{"value": " JOSE\u{301}@a"}]}]),
            json!({"emails": [{"value": "b"}]}),
        ),
        (
            "an address is chosen by another spelling of it",
            json!({"emails": [{"value": "jos\u{e9}@a"}, {"value": "b"}]}),
            json!([{"op": "replace", "path": "emails[value eq \"jose\u{301}@a\u{200b}\"].type", "value": "home"}]),
            json!({"emails": [{"value": "jos\u{e9}@a", "type": "home"}, {"value": "b"}]}),
        ),
    ]);
}

/// RFC 7644 section 3.5.2.1.
#[test]
fn an_add_of_nothing_takes_no_element_away() {
    let emails =
        || json!({"emails": [{"value": "a", "type": "work"}, {"value": "b", "type": "home"}]});
    check(vec![(
        "add of nothing to a chosen element",
        emails(),
        json!([
            {"op": "add", "path": "emails[type eq \"home\"]", "value": null},
            {"op": "add", "path": "emails[type eq \"home\"]", "value": ""},
            {"op": "add", "value": {"emails[type eq \"work\"]": []}}
        ]),
        emails(),
    )]);
}

#[test]
fn rfc_adds_and_replaces_lists() {
    let emails = || json!({"emails": [{"value": "a", "type": "work", "primary": true}, {"value": "b", "type": "home"}]});
    check(vec![
        (
            "add what is there",
            emails(),
            json!([{"op": "add", "path": "emails", "value": [{"value": "b", "type": "home"}]}]),
            emails(),
        ),
        (
            "add part of what is there",
            emails(),
            json!([{"op": "add", "path": "emails", "value": [{"value": "a"}]}]),
            emails(),
        ),
        (
            "add completes the same value and type",
            emails(),
            json!([{"op": "add", "path": "emails", "value": {"value": "B", "type": "home", "display": "d"}}]),
            json!({"emails": [{"value": "a", "type": "work", "primary": true}, {"value": "B", "type": "home", "display": "d"}]}),
        ),
        (
            "add of a primary takes the flag from the others",
            emails(),
            json!([{"op": "add", "value": {"emails": [{"value": "c", "primary": true}]}}]),
            json!({"emails": [{"value": "a", "type": "work", "primary": false}, {"value": "b", "type": "home"}, {"value": "c", "primary": true}]}),
        ),
        (
            "primary through a filter",
            emails(),
            json!([{"op": "replace", "path": "emails[type eq \"home\"].primary", "value": "True"}]),
            json!({"emails": [{"value": "a", "type": "work", "primary": false}, {"value": "b", "type": "home", "primary": true}]}),
        ),
        (
            "replace",
            emails(),
            json!([{"op": "replace", "path": "emails", "value": [{"value": "c"}]}]),
            json!({"emails": [{"value": "c"}]}),
        ),
        (
            "replace by nothing",
            emails(),
            json!([{"op": "replace", "path": "emails", "value": []}]),
            json!({}),
        ),
        (
            "add of nothing",
            emails(),
            json!([{"op": "add", "path": "emails", "value": []}]),
            emails(),
        ),
        (
            "a part of all",
            emails(),
            json!([{"op": "replace", "path": "emails.display", "value": "d"}]),
            json!({"emails": [{"value": "a", "type": "work", "primary": true, "display": "d"}, {"value": "b", "type": "home", "display": "d"}]}),
        ),
        (
            "a part of none makes one",
            json!({}),
            json!([{"op": "add", "path": "emails.value", "value": "a"}]),
            json!({"emails": [{"value": "a"}]}),
        ),
        (
            "replace of a chosen element keeps what chose it",
            emails(),
            json!([{"op": "replace", "path": "emails[type eq \"work\"]", "value": {"value": "c"}}]),
            json!({"emails": [{"type": "work", "value": "c"}, {"value": "b", "type": "home"}]}),
        ),
        (
            "add to a chosen element merges",
            emails(),
            json!([{"op": "add", "path": "emails[type eq \"work\"]", "value": {"display": "d"}}]),
            json!({"emails": [{"value": "a", "type": "work", "primary": true, "display": "d"}, {"value": "b", "type": "home"}]}),
        ),
        (
            "add to an element that is not there makes it",
            json!({}),
            json!([{"op": "add", "path": "emails[type eq \"work\" and primary eq true]", "value": {"value": "c"}}]),
            json!({"emails": [{"type": "work", "primary": true, "value": "c"}]}),
        ),
        (
            "replace of a chosen element by null",
            emails(),
            json!([{"op": "replace", "path": "emails[type eq \"work\"]", "value": null}]),
            json!({"emails": [{"value": "b", "type": "home"}]}),
        ),
        (
            "name by object merges",
            json!({"name": {"givenName": "G", "middleName": "M"}}),
            json!([{"op": "replace", "path": "name", "value": {"familyName": "F", "middleName": null}}]),
            json!({"name": {"givenName": "G", "familyName": "F"}}),
        ),
        (
            "zitadel: letter case of everything",
            json!({"phoneNumbers": [{"type": "work", "value": "1", "primary": true}]}),
            json!([{"op": "AdD", "path": "nickname", "value": "n"}, {"op": "REplace", "path": "phonenumbers[primary eq true].value", "value": "2"}]),
            json!({"phoneNumbers": [{"type": "work", "value": "2", "primary": true}], "nickName": "n"}),
        ),
    ]);
}

#[test]
fn roles_take_parts_that_no_schema_has() {
    check(vec![(
        "a part",
        json!({"roles": [{"value": "a"}]}),
        json!([{"op": "add", "path": "roles[value eq \"a\"].appId", "value": {"id": 7}}]),
        json!({"roles": [{"value": "a", "appId": {"id": 7}}]}),
    )]);
}

#[test]
fn removes() {
    let emails = || json!({"title": "T", "emails": [{"value": "a", "type": "work"}, {"value": "b", "type": "home", "display": "d"}]});
    check(vec![
        (
            "simple",
            emails(),
            json!([{"op": "remove", "path": "title"}, {"op": "remove", "path": "nickName"}, {"op": "remove", "path": "emails"}]),
            json!({}),
        ),
        (
            "by filter",
            emails(),
            json!([{"op": "Remove", "path": "emails[type eq \"work\"]"}, {"op": "remove", "path": "title"}]),
            json!({"emails": [{"value": "b", "type": "home", "display": "d"}]}),
        ),
        (
            "a part by filter",
            emails(),
            json!([{"op": "remove", "path": "emails[type eq \"home\"].display"}, {"op": "remove", "path": "title"}]),
            json!({"emails": [{"value": "a", "type": "work"}, {"value": "b", "type": "home"}]}),
        ),
        (
            "the value by filter drops the element",
            emails(),
            json!([{"op": "remove", "path": "emails[type eq \"work\"].value"}, {"op": "remove", "path": "title"}]),
            json!({"emails": [{"value": "b", "type": "home", "display": "d"}]}),
        ),
        (
            "a part of all",
            emails(),
            json!([{"op": "remove", "path": "emails.display"}, {"op": "remove", "path": "title"}]),
            json!({"emails": [{"value": "a", "type": "work"}, {"value": "b", "type": "home"}]}),
        ),
        (
            "Entra: by value, those only",
            emails(),
            json!([{"op": "Remove", "path": "emails", "value": [{"value": "A"}]}, {"op": "remove", "path": "title"}]),
            json!({"emails": [{"value": "b", "type": "home", "display": "d"}]}),
        ),
        (
            "by value that is not there",
            emails(),
            json!([{"op": "Remove", "path": "emails", "value": [{"value": "x"}]}]),
            emails(),
        ),
        (
            "by no value",
            emails(),
            json!([{"op": "Remove", "path": "emails", "value": []}]),
            emails(),
        ),
        (
            "Keycloak: null value is no value",
            emails(),
            json!([{"op": "remove", "path": "emails", "value": null}]),
            json!({"title": "T"}),
        ),
        (
            "extension",
            json!({ENTERPRISE: {"department": "D"}, "urn:own:x": {"a": 1}}),
            json!([{"op": "remove", "path": ENTERPRISE}, {"op": "remove", "path": "urn:own:x"}]),
            json!({}),
        ),
        (
            "attributes of extensions",
            json!({ENTERPRISE: {"department": "D"}, "urn:own:x": {"a": 1, "b": 2}}),
            json!([{"op": "remove", "path": format!("{ENTERPRISE}:department")}, {"op": "remove", "path": "urn:own:x:a"}]),
            json!({"urn:own:x": {"b": 2}}),
        ),
        (
            "addresses by everything sent",
            json!({"addresses": [{"type": "work", "locality": "L"}, {"type": "home"}]}),
            json!([{"op": "remove", "path": "addresses", "value": {"type": "work"}}]),
            json!({"addresses": [{"type": "home"}]}),
        ),
    ]);
}
