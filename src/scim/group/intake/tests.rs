//! What is read as it comes is what is read whole.

use super::*;
use crate::scim::body::parse_object;
use crate::scim::group::{GroupBody, GroupChange, Understood};
use crate::scim::user::tests::properties::any_json;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const BASE: &str = "https://host/v2";
const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

/// Read as it comes, in pieces, and cut down from the first byte.
fn cut(kind: MessageKind, text: &str, piece: usize) -> Result<Read, ScimError> {
    let mut intake = Intake {
        as_sent: 0,
        ..Intake::new(kind)
    };
    for bytes in text.as_bytes().chunks(piece) {
        intake.take(bytes)?;
    }
    intake.read()
}

/// A value with what was noted: its quirks in any order, and the operations that it was understood as.
type Told<T> = Result<(T, Vec<String>, Option<String>), ScimError>;

fn told<T>(read: Result<Understood<T>, ScimError>) -> Told<T> {
    read.map(|Understood { value, notes }| {
        let mut quirks: Vec<_> = notes
            .quirks()
            .iter()
            .map(|quirk| format!("{quirk:?}"))
            .collect();
        quirks.sort();
        (value, quirks, notes.understood)
    })
}

/// Of a resource the log has what was understood beside what was sent, and leaves out what is the same in both: what was
/// sent is other for the one that was cut down.
fn of_resource(read: Result<Understood<GroupBody>, ScimError>) -> Told<GroupBody> {
    told(read).map(|(value, quirks, _)| (value, quirks, None))
}

fn resource_whole(text: &str) -> Told<GroupBody> {
    of_resource(parse_object(text.as_bytes()).and_then(|body| GroupBody::from_request(&body)))
}

fn resource_cut(text: &str, piece: usize) -> Told<GroupBody> {
    of_resource(
        cut(MessageKind::Resource, text, piece).and_then(|body| GroupBody::from_request(&body)),
    )
}

fn patch_whole(text: &str) -> Told<GroupChange> {
    told(parse_object(text.as_bytes()).and_then(|body| GroupChange::from_request(&body, BASE)))
}

fn patch_cut(text: &str, piece: usize) -> Told<GroupChange> {
    told(
        cut(MessageKind::Patch, text, piece)
            .and_then(|body| GroupChange::from_request(&body, BASE)),
    )
}

/// An element of a list of members, in most of the ways that clients write one, and in ways that are refused.
fn element() -> impl Strategy<Value = Value> {
    let id = prop_oneof![
        8 => "[a-e]",
        1 => Just("  ".to_owned()),
        1 => Just("é\"\\\u{1}".to_owned()),
        1 => Just("nul\0".to_owned()),
    ];
    prop_oneof![
        6 => id.clone().prop_map(|id| json!({ "value": id })),
        4 => id.clone().prop_map(|id| json!({
            "display": "Ada, [of] {\"all\"}", "$ref": format!("{BASE}/Users/{id}"), "Value": id, "type": "User",
        })),
        3 => id.clone().prop_map(Value::String),
        1 => id.prop_map(|id| json!({ "type": "Group", "value": id })),
        1 => Just(Value::Null),
        1 => Just(json!({ "display": "nobody", "more": { "a": [1, { "b": [] }] } })),
        1 => Just(json!({ "value": "a", "display": "nul\u{0}" })),
        1 => any_json(),
    ]
}

fn list() -> impl Strategy<Value = Value> {
    prop_oneof![
        9 => proptest::collection::vec(element(), 0..6).prop_map(Value::Array),
        1 => element(),
    ]
}

/// The text of an object whose members come in any order.
fn object_of(
    members: impl Strategy<Value = Vec<(String, String)>>,
) -> impl Strategy<Value = String> {
    members.prop_shuffle().prop_map(|members| {
        let mut names = BTreeSet::new();
        let members: Vec<String> = members
            .into_iter()
            .filter(|(name, _)| names.insert(name.clone()))
            .map(|(name, value)| format!("{} : {value}", Value::from(name)))
            .collect();
        format!(" {{ {} }} ", members.join(" ,\n"))
    })
}

fn named(
    name: &'static [&'static str],
    value: impl Strategy<Value = Value>,
) -> impl Strategy<Value = (String, String)> {
    (proptest::sample::select(name), value)
        .prop_map(|(name, value)| (name.to_owned(), format!("{value:#}")))
}

/// A name of a group's attribute with its value.
fn attribute() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        4 => named(&["members", "Members", "urn:ietf:params:scim:schemas:core:2.0:Group:members"], list()),
        2 => named(&[CORE], list().prop_map(|list| json!({ "members": list }))),
        2 => named(&["displayName", "externalId"], Just(json!("Sales"))),
        1 => named(&["urn:x:y", "urn:x:y:list"], list().prop_map(|list| json!({ "members": list, "b": 1 }))),
        1 => named(&["urn:x:y:list", "members.value", "members[value eq \"a\"]", "owners"], list()),
    ]
}

fn resource() -> impl Strategy<Value = String> {
    object_of(proptest::collection::vec(attribute(), 1..4))
}

fn operation() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        6 => named(&["path"], Just(json!("members"))),
        1 => named(&["Path"], Just(json!(" Members "))),
        1 => named(&["path"], Just(json!(CORE))),
        1 => named(&["path"], Just(json!("urn:ietf:params:scim:schemas:core:2.0:Group:members"))),
        1 => named(&["path"], Just(json!("urn:x:y:list"))),
        1 => named(&["path"], Just(json!("members[value eq \"a\"]"))),
        1 => named(&["path"], Just(Value::Null)),
        1 => named(&["path"], Just(json!(""))),
    ];
    let value = prop_oneof![
        3 => named(&["value", "Value"], list()),
        1 => object_of(proptest::collection::vec(attribute(), 1..3))
            .prop_map(|value| ("value".to_owned(), value)),
    ];
    let op = named(
        &["op"],
        proptest::sample::select(vec![json!("add"), json!("Replace"), json!("remove")]),
    );
    let parts = (op, proptest::option::weighted(0.8, path), value);
    object_of(
        parts
            .prop_map(|(op, path, value)| std::iter::once(op).chain(path).chain([value]).collect()),
    )
}

fn patch() -> impl Strategy<Value = String> {
    let operations = proptest::collection::vec(operation(), 1..4);
    let operations = prop_oneof![
        5 => operations.prop_map(|list| format!("[{}]", list.join(","))),
        1 => operation(),
    ];
    object_of(operations.prop_map(|operations| {
        vec![
            ("Operations".to_owned(), operations),
            ("schemas".to_owned(), "[]".to_owned()),
        ]
    }))
}

/// Equal; but a list that can't be used is not read on, so that of several mistakes another may be named, and what may be
/// so long only as a list of members is refused as anything else.
fn same<T: PartialEq>(cut: &Told<T>, whole: &Told<T>, is_refused: impl Fn(&T) -> bool) -> bool {
    let refused = |told: &Told<T>| told.as_ref().map_or(true, |(value, ..)| is_refused(value));
    match cut {
        Err(error) if error.detail.contains("too long for what its path names") => true,
        _ => cut == whole || (refused(cut) && refused(whole)),
    }
}

fn is_refused(change: &GroupChange) -> bool {
    change.refusal.is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_resource_is_what_it_would_be_whole(text in resource(), piece in 1..40_usize) {
        let (cut, whole) = (resource_cut(&text, piece), resource_whole(&text));
        prop_assert!(same(&cut, &whole, |_| false), "{}\n{:?}\n{:?}", text, cut, whole);
    }

    #[test]
    fn a_patch_is_what_it_would_be_whole(text in patch(), piece in 1..40_usize) {
        let (cut, whole) = (patch_cut(&text, piece), patch_whole(&text));
        prop_assert!(same(&cut, &whole, is_refused), "{}\n{:?}\n{:?}", text, cut, whole);
    }

    #[test]
    fn what_is_no_json_stays_none(text in patch(), place in 0..200_usize, byte in proptest::sample::select(&b"[]{},:\" 1a\\\n"[..])) {
        let mut bytes = text.into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        let Ok(text) = String::from_utf8(bytes) else { return Ok(()); };
        if parse_object(text.as_bytes()).is_err() {
            // A list that can't be used is not read on.
            let cut = patch_cut(&text, 7);
            let is_refused = cut.as_ref().map_or(true, |(change, ..)| is_refused(change));
            prop_assert!(is_refused, "{} {:?}", text, cut);
        } else {
            let whole = patch_whole(&text);
            let cut = patch_cut(&text, 7);
            prop_assert!(same(&cut, &whole, is_refused), "{}\n{:?}\n{:?}", text, cut, whole);
        }
    }
}

fn in_full(i: usize) -> Value {
    let id = format!("tea_01jsizes{i:014}");
    json!({ "value": id, "$ref": format!("{BASE}/Users/{id}"), "type": "User", "display": format!("Person {i}") })
}

#[test]
fn of_a_hundred_thousand_members_the_ids_are_held() {
    let members: Vec<Value> = (0..100_000).map(in_full).collect();
    let text = json!({ "displayName": "All", "members": members }).to_string();
    let mut intake = Intake::new(MessageKind::Resource);
    for bytes in text.as_bytes().chunks(4_096) {
        intake.take(bytes).expect("taken");
    }
    assert!(text.len() > 13_000_000);
    assert!(intake.held() < 3_400_000 + AS_SENT, "{}", intake.held());
    let cut = GroupBody::from_request(&intake.read().expect("read")).expect("a group");
    let whole = GroupBody::from_request(
        json!({ "displayName": "All", "members": members })
            .as_object()
            .expect("an object"),
    );
    // The log keeps the same of both.
    assert_eq!(Ok(cut), whole);
}

#[test]
fn where_the_path_comes_last_the_list_is_cut_all_the_same() {
    let members: Vec<Value> = (0..10_000).map(in_full).collect();
    let patch = |path: &str| {
        let text =
            json!({ "Operations": [{ "op": "add", "value": members, "path": path }] }).to_string();
        let mut intake = Intake::new(MessageKind::Patch);
        intake.take(text.as_bytes())?;
        assert!(intake.held() < 500_000);
        GroupChange::from_request(&intake.read()?, BASE)
    };
    let change = patch("members").expect("a PATCH").value;
    assert_eq!(change.members.named().count(), 10_000);
    let refusal = patch("urn:x:y:list").expect_err("refused");
    assert_eq!(refusal.status, 400);
}

#[test]
fn what_is_no_member_has_the_bound_of_any_body() {
    for text in [
        json!({ "displayName": "x".repeat(MAX_BESIDE_MEMBERS + 1) }).to_string(),
        json!({ "urn:x:y": { "members": vec![json!({ "value": "a" }); 60_000] } }).to_string(),
        json!({ "urn:x:y:list": vec!["a"; 200_000] }).to_string(),
    ] {
        let mut intake = Intake::new(MessageKind::Resource);
        let refused = text
            .as_bytes()
            .chunks(65_536)
            .find_map(|bytes| intake.take(bytes).err());
        assert_eq!(refused.map(|error| error.status), Some(413));
        assert!(intake.held() < MAX_BESIDE_MEMBERS + 2 * 65_536);
    }
}

#[test]
fn members_are_counted_as_they_come() {
    for (kind, members, status) in [
        (
            MessageKind::Resource,
            "\"a\",".repeat(MAX_REFERENCES + 1),
            400,
        ),
        (
            MessageKind::Resource,
            format!("\"{}\",", "a".repeat(200)).repeat(100_000),
            400,
        ),
        (
            MessageKind::Resource,
            format!("{{\"display\":\"{}\"}},", "a".repeat(70_000)),
            400,
        ),
        (MessageKind::Plain, "\"a\",".repeat(4_000_000), 400),
    ] {
        let mut intake = Intake::new(kind);
        let text = format!("{{\"members\":[{members}\"z\"]}}");
        let refused = text
            .as_bytes()
            .chunks(65_536)
            .find_map(|bytes| intake.take(bytes).err());
        assert_eq!(refused.map(|error| error.status), Some(status));
    }
}

#[test]
fn brackets_have_to_match() {
    for text in ["]", "{\"a\":[}", "{]", "}"] {
        let error = cut(MessageKind::Resource, text, 1).expect_err("refused");
        assert_eq!(error.status, 400, "{text}");
    }
    let deep = "[".repeat(MAX_DEPTH + 1);
    assert!(cut(MessageKind::Patch, &deep, 1).is_err());
}
