use super::{MAX_RECORD, of_members, of_operations, of_operations_beside};
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::of_body;
use crate::scim::normalise::operation::{Assignment, OpenOperation, Operation};
use crate::scim::schema::USER;
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
fn what_was_understood_as_it_was_sent_is_named_alone() {
    let body = json!({
        "userName": "rita", "title": 7, "password": "hunter2", "emails": [{ "value": "r@x" }],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "A", "manager": "m1" },
    });
    let body = body.as_object().expect("an object");
    let mut notes = Notes::new();
    let operations = of_body(body, &USER, &mut notes).expect("operations");
    let urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let understood: Value =
        serde_json::from_str(notes.understood().expect("a record")).expect("JSON");
    assert_eq!(
        understood,
        json!([
            "userName",
            { "op": "replace", "path": "title", "value": "7" },
            "emails",
            format!("{urn}:department"),
            { "op": "replace", "path": format!("{urn}:manager"), "value": { "value": "m1" } },
        ])
    );
    // Where the body was not kept whole, nothing is left to it.
    let cut = of_members(
        json!({ "a": "x".repeat(MAX_RECORD) })
            .as_object()
            .expect("an object"),
    );
    assert_eq!(
        of_operations_beside(&operations, body, &cut),
        of_operations(&operations)
    );
}

#[test]
fn operations_are_kept_without_secrets_and_cut_alike() {
    let open = |urn: &str, name: &str| {
        Operation::Open(OpenOperation::Member {
            how: Assignment::Add,
            urn: urn.to_owned(),
            name: name.to_owned(),
            value: json!("hunter2"),
        })
    };
    assert_eq!(
        of_operations(&[open("urn:x:y", "apiToken"), open("urn:x:y", "title")]),
        json!([
            {"op": "add", "path": "urn:x:y", "value": {"apiToken": "(not kept)"}},
            {"op": "add", "path": "urn:x:y", "value": {"title": "hunter2"}}
        ])
        .to_string()
    );
    let many = of_operations(&vec![open("urn:x:y", "title"); 10_000]);
    assert!(many.len() <= MAX_RECORD);
    let many: Value = serde_json::from_str(&many).expect("JSON");
    assert!(
        many["start"]
            .as_str()
            .is_some_and(|start| start.starts_with("[{\"op\":\"add\""))
    );
}
