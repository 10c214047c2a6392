use super::{MAX_RECORD, of_list, of_members};
use serde_json::{Value, json};

fn of(value: &Value) -> String {
    of_members(value.as_object().expect("an object"))
}

#[test]
fn secrets_are_replaced_wherever_they_stand() {
    let sent = json!({
        "userName": "ada",
        "Password": "hunter2",
        "urn:ietf:params:scim:schemas:core:2.0:User:password": "hunter2",
        "Operations": [
            {"op": "replace", "path": "password", "value": "hunter2"},
            {"op": "replace", "PATH": "urn:x:y:apiToken", "Value": {"deep": "hunter2"}},
            {"op": "replace", "value": {"active": true, "password": "hunter2"}},
            {"op": "replace", "path": "title", "value": "kept"}
        ],
        "urn:x:y": {"clientSecret": ["hunter2"], "password": null}
    });
    assert_eq!(
        of(&sent),
        json!({
            "userName": "ada",
            "Password": "(not kept)",
            "urn:ietf:params:scim:schemas:core:2.0:User:password": "(not kept)",
            "Operations": [
                {"op": "replace", "path": "password", "value": "(not kept)"},
                {"op": "replace", "PATH": "urn:x:y:apiToken", "Value": "(not kept)"},
                {"op": "replace", "value": {"active": true, "password": "(not kept)"}},
                {"op": "replace", "path": "title", "value": "kept"}
            ],
            "urn:x:y": {"clientSecret": "(not kept)", "password": null}
        })
        .to_string()
    );
}

#[test]
fn what_is_too_long_is_cut_and_says_so_and_stays_json() {
    let whole = json!({ "a": "x".repeat(MAX_RECORD - 8) });
    assert_eq!(of(&whole), whole.to_string());
    assert_eq!(of(&whole).len(), MAX_RECORD);
    for text in ["x", "é", "\"", "\\", "\n", "\u{1f600}"] {
        let long = json!({ "a": text.repeat(MAX_RECORD) });
        let record = of(&long);
        assert!(
            record.len() <= MAX_RECORD && record.len() > MAX_RECORD / 2,
            "{text:?}: {}",
            record.len()
        );
        let record: Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!(
            record["cut"],
            "too long to be kept whole; this is how it starts"
        );
        let start = record["start"].as_str().expect("a text");
        assert!(long.to_string().starts_with(start), "{text:?}");
    }
}

#[test]
fn a_list_is_asked_for_no_more_than_is_kept() {
    let asked = std::cell::Cell::new(0);
    let list = (0..1_000_000).map(|n| {
        asked.set(asked.get() + 1);
        json!({ "op": "remove", "path": format!("urn:x:y:{n}") })
    });
    assert!(of_list(list).len() <= MAX_RECORD);
    assert!(asked.get() < 1_000, "{}", asked.get());
    assert_eq!(
        of_list([json!(1), json!({"token": "x"})].into_iter()),
        "[1,{\"token\":\"(not kept)\"}]"
    );
}
