use super::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: String,
    #[serde(default)]
    seats: Option<u32>,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    inner: Option<Box<Inner>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inner {
    ids: BTreeSet<String>,
    shape: Shape,
    version: Version,
    free: Value,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Version(i64);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Round,
    Square,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    None,
    Radius(u64),
    Sides { a: bool, b: Option<i64> },
}

fn mistake(value: Value) -> (String, String) {
    let Told { place, reason } = body::<Body>(value).expect_err("a mistake").told();
    (place, reason)
}

#[test]
fn what_was_written_is_read() {
    for shape in [
        Shape::None,
        Shape::Radius(u64::MAX),
        Shape::Sides {
            a: true,
            b: Some(i64::MIN),
        },
    ] {
        let body = Body {
            name: "n".to_owned(),
            seats: Some(u32::MAX),
            kinds: vec![Kind::Square, Kind::Round],
            inner: Some(Box::new(Inner {
                ids: BTreeSet::from(["b".to_owned(), "a".to_owned()]),
                shape,
                version: Version(-1),
                free: json!({"a": [null, true, 1, -1, 1.5, "t", {"b": []}]}),
            })),
        };
        let text = serde_json::to_string(&body).expect("rendered");
        assert_eq!(read::<Body>(text.clone()), Ok(body), "{text}");
    }
}

#[test]
fn what_may_be_absent_may() {
    let body: Body = super::body(json!({"name": "n"})).expect("a body");
    assert_eq!(body.kinds, []);
    let inner = r#"{"ids": [], "shape": "None", "version": 1, "free": null, "added_later": [{}]}"#;
    assert_eq!(
        read::<Inner>(inner.to_owned()).expect("a struct").version,
        Version(1)
    );
}

#[test]
fn a_mistake_tells_its_place() {
    let within = |inner: Value| json!({"name": "n", "inner": inner});
    for (value, place, reason) in [
        (
            json!([]),
            "",
            "invalid type: sequence, expected struct Body",
        ),
        (json!({}), "", "missing field `name`"),
        (
            json!({"name": null}),
            "name",
            "invalid type: null, expected a string",
        ),
        (
            json!({"name": {}}),
            "name",
            "invalid type: map, expected a string",
        ),
        (
            json!({"name": 1.5}),
            "name",
            "invalid type: floating point `1.5`, expected a string",
        ),
        (
            json!({"name": "n", "nme": 1}),
            "nme",
            "unknown field `nme`, expected one of `name`, `seats`, `kinds`, `inner`",
        ),
        (
            json!({"name": "n", "seats": -1}),
            "seats",
            "invalid value: integer `-1`, expected u32",
        ),
        (
            json!({"name": "n", "seats": 4_294_967_296_u64}),
            "seats",
            "invalid value: integer `4294967296`, expected u32",
        ),
        (
            json!({"name": "n", "seats": "1"}),
            "seats",
            "invalid type: string \"1\", expected u32",
        ),
        (
            json!({"name": "n", "kinds": "round"}),
            "kinds",
            "invalid type: string \"round\", expected a sequence",
        ),
        (
            json!({"name": "n", "kinds": ["round", "flat"]}),
            "kinds[1]",
            "unknown variant `flat`, expected `round` or `square`",
        ),
        (
            json!({"name": "n", "kinds": [{"round": 1}]}),
            "kinds[0]",
            "invalid type: integer `1`, expected a name alone",
        ),
        (
            json!({"name": "n", "kinds": [{"round": null, "square": null}]}),
            "kinds[0]",
            "invalid type: map, expected enum Kind",
        ),
        (
            within(json!({"ids": ["a", true]})),
            "inner.ids[1]",
            "invalid type: boolean `true`, expected a string",
        ),
        (
            within(json!([])),
            "inner",
            "invalid type: sequence, expected struct Inner",
        ),
    ] {
        let told = mistake(value.clone());
        assert_eq!(
            (told.0.as_str(), told.1.as_str()),
            (place, reason),
            "{value}"
        );
    }
}

#[test]
fn text_that_is_no_json_is_a_mistake() {
    let mistake = read::<Body>("{".to_owned()).expect_err("a mistake");
    assert_eq!(
        mistake.to_string(),
        "EOF while parsing an object at line 1 column 1"
    );
}
