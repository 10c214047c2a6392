use super::{MAX_DEPTH, MAX_VALUES, depth, parse_bulk, parse_object};
use crate::scim::error::ScimType;
use serde_json::json;

fn refused(body: &[u8]) -> (Option<ScimType>, String) {
    let error = parse_object(body).expect_err("the body is refused");
    assert_eq!(error.status, 400);
    (error.scim_type, error.detail)
}

#[test]
fn object_keeps_its_order() {
    let object = parse_object(br#"{"z":1,"a":2}"#).expect("valid");
    assert_eq!(object.keys().collect::<Vec<_>>(), ["z", "a"]);
}

#[test]
fn byte_order_mark_is_ignored() {
    assert!(parse_object("\u{feff}{}".as_bytes()).is_ok());
}

#[test]
fn syntax_errors_are_invalid_syntax() {
    let cases: [(&[u8], &str); 10] = [
        (b"", "needs a body"),
        (b" \n", "needs a body"),
        (b"{not json", "not valid JSON"),
        (b"{\"a\":1}x", "not valid JSON"),
        (b"{\"a\":1e999}", "not valid JSON"),
        (b"[]", "a list"),
        (b"\"x\"", "a string"),
        (b"null", "null"),
        (b"{\"a\":\"\xff\"}", "not UTF-8: byte 6"),
        (b"{\"a\":\"\\ud800\"}", "not valid JSON"),
    ];
    for (body, expected) in cases {
        let (scim_type, detail) = refused(body);
        assert_eq!(scim_type, Some(ScimType::InvalidSyntax), "{detail}");
        assert!(detail.contains(expected), "{detail}");
    }
}

#[test]
fn depth_is_bounded_before_parsing() {
    let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse_object(nested(MAX_DEPTH - 1).as_bytes()).is_ok());
    let (scim_type, detail) = refused(nested(MAX_DEPTH).as_bytes());
    assert_eq!(scim_type, Some(ScimType::InvalidSyntax));
    assert!(detail.contains("32 levels"), "{detail}");
    refused(format!("{{\"a\":{}", "[".repeat(1_000_000)).as_bytes());
}

#[test]
fn brackets_in_strings_are_no_levels() {
    let body = format!(r#"{{"a":"\"{}"}}"#, "[".repeat(100));
    assert!(parse_object(body.as_bytes()).is_ok());
}

#[test]
fn nul_is_refused_with_its_place() {
    for (body, place) in [
        (r#"{"name":{"givenName":"a\u0000b"}}"#, "\"name.givenName\""),
        (r#"{"emails":[{"value":"\u0000"}]}"#, "\"emails.value\""),
        (r#"{"a\u0000b":1}"#, "\"a\\u0000b\""),
    ] {
        let (scim_type, detail) = refused(body.as_bytes());
        assert_eq!(scim_type, Some(ScimType::InvalidValue));
        assert!(detail.starts_with(place), "{detail}");
    }
}

#[test]
fn escaped_backslash_before_u0000_is_no_nul() {
    assert!(parse_object(br#"{"a":"\\u0000"}"#).is_ok());
}

#[test]
fn depth_counts_levels() {
    for (value, expected) in [
        (json!("a"), 0),
        (json!([]), 1),
        (json!({"a": [{"b": 1}]}), 3),
    ] {
        assert_eq!(depth(&value), expected);
    }
}

#[test]
fn values_are_counted_before_they_are_made() {
    let list = |count: usize| format!("{{\"a\":[{}0]}}", "0,".repeat(count));
    assert!(parse_object(list(MAX_VALUES - 20).as_bytes()).is_ok());
    let (_, detail) = refused(list(MAX_VALUES).as_bytes());
    assert!(detail.contains("too many values"), "{detail}");
    let objects = format!("{{\"a\":[{}0]}}", "{},".repeat(MAX_VALUES / 8));
    let (_, detail) = refused(objects.as_bytes());
    assert!(detail.contains("too many values"), "{detail}");
    assert!(parse_bulk(list(MAX_VALUES).as_bytes()).is_ok());
    // Brackets and commas in a string are none.
    let text = format!("{{\"a\":\"{}\"}}", "[{,".repeat(MAX_VALUES));
    assert!(parse_object(text.as_bytes()).is_ok());
}
