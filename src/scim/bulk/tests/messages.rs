//! What clients send: read in every spelling, or refused by name.

use super::{BASE, create, object, performed, request, statuses};
use crate::scim::bulk::operation::Method;
use crate::scim::bulk::{BulkRequest, MAX_OPERATIONS, Task};
use crate::scim::error::ScimType;
use serde_json::{Value, json};

fn refused(body: Value) -> (u16, Option<&'static str>, String) {
    let error = BulkRequest::parse(&object(body), BASE).expect_err("a refusal");
    (
        error.status,
        error.scim_type.map(ScimType::as_str),
        error.detail,
    )
}

#[test]
fn names_and_methods_are_read_in_any_letter_case_and_schemas_may_be_missing() {
    let body = json!({
        "SCHEMAS": null,
        "operations": {"METHOD": " patch ", "PATH": "/Users/1", "Version": "W/\"3\"", "bulkid": null, "DATA": {"x": 1}}
    });
    let (tasks, answer) = performed(body, |_| false);
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].method, Method::Patch);
    assert_eq!(tasks[0].version.as_deref(), Some("W/\"3\""));
    assert_eq!(tasks[0].data, object(json!({"x": 1})));
    assert_eq!(answer["Operations"][0]["method"], "PATCH");
}

#[test]
fn paths_are_read_in_every_form() {
    for path in [
        "/Users/1",
        "Users/1",
        "/Users/1/",
        "//Users//1",
        " /Users/1 ",
        "/Users/1?attributes=userName",
        "/Users/1#x",
        "https://host/v2/Users/1",
        "https://host/v2/Users/1?aadOptscim062020",
        "/v2/Users/1",
    ] {
        let body = json!({"Operations": [{"method": "DELETE", "path": path}]});
        let (tasks, answer) = performed(body, |_| false);
        assert_eq!(
            tasks.first().map(Task::path).as_deref(),
            Some("/Users/1"),
            "{path}"
        );
        assert_eq!(
            answer["Operations"][0]["location"], "https://host/v2/Users/1",
            "{path}"
        );
    }
}

#[test]
fn data_of_a_patch_may_be_the_bare_operations() {
    let schemas = json!(["urn:ietf:params:scim:api:messages:2.0:PatchOp"]);
    let operation = json!({"op": "replace", "path": "title", "value": "x"});
    let built = json!({"schemas": schemas, "Operations": [operation]});
    for (data, expected) in [
        (
            json!({"schemas": [], "Operations": [operation]}),
            json!({"schemas": [], "Operations": [operation]}),
        ),
        (
            json!({"Operations": [operation]}),
            json!({"Operations": [operation]}),
        ),
        (json!([operation]), built.clone()),
        (operation.clone(), built),
        (json!([]), json!({"schemas": schemas, "Operations": []})),
    ] {
        let body = json!({"Operations": [{"method": "PATCH", "path": "/Users/1", "data": data}]});
        let (tasks, _) = performed(body, |_| false);
        assert_eq!(tasks[0].data, object(expected));
        assert_eq!(
            tasks[0].sent.as_deref(),
            Some(data.to_string().as_str()),
            "the log keeps what came"
        );
    }
}

#[test]
fn the_log_keeps_data_as_it_came_without_secrets() {
    let body = json!({"Operations": [
        {"method": "POST", "path": "/Users", "bulkId": "b", "data": {"userName": "b"}},
        {"method": "PATCH", "path": "/Users/1", "data": [
            {"op": "add", "path": "password", "value": "hunter2"},
            {"op": "add", "path": "roles", "value": "bulkId:b"}
        ]},
        {"method": "DELETE", "path": "/Users/1", "data": {"x": 1}},
    ]});
    let (tasks, _) = performed(body, |_| false);
    assert_eq!(
        tasks[1].sent,
        Some(
            json!([
                {"op": "add", "path": "password", "value": "(not kept)"},
                {"op": "add", "path": "roles", "value": "bulkId:b"}
            ])
            .to_string()
        )
    );
    assert_eq!(tasks[1].data["Operations"][1]["value"], "id-b");
    assert_eq!(tasks[2].sent, None);
}

#[test]
fn a_delete_needs_no_data_and_passes_it_over() {
    for data in [
        json!(null),
        json!("x"),
        json!({"userName": "bulkId:nobody"}),
    ] {
        let body = json!({"Operations": [{"method": "DELETE", "path": "/Groups/1", "data": data}]});
        let (tasks, _) = performed(body, |_| false);
        assert!(tasks[0].data.is_empty());
    }
}

/// Sends the operation beside one that is fine, which is done all the same.
fn refused_alone(operation: &Value, status: u16, scim_type: Option<&str>, word: &str) {
    let body = json!({"Operations": [operation, create("fine", None)]});
    let (tasks, answer) = performed(body, |_| false);
    assert_eq!(tasks.len(), 1, "{operation}");
    let response = &answer["Operations"][0]["response"];
    assert_eq!(response["status"], status.to_string(), "{operation}");
    assert_eq!(response["scimType"].as_str(), scim_type, "{operation}");
    let detail = response["detail"].as_str().expect("a detail");
    assert!(detail.contains(word), "{operation}: {detail}");
    assert_eq!(statuses(&answer)[1], ("fine", "201"), "{operation}");
}

#[test]
fn what_is_wrong_with_the_members_of_an_operation_is_its_own_error() {
    let syntax = Some("invalidSyntax");
    let post = |more: Value| {
        let mut operation = json!({"method": "POST", "path": "/Users", "bulkId": "x"});
        for (name, value) in object(more) {
            operation[name] = value;
        }
        operation
    };
    for (operation, word) in [
        (post(json!({"data": {}, "bulkId": null})), "bulkId"),
        (post(json!({"data": {}, "bulkId": " "})), "bulkId"),
        (post(json!({})), "\"data\""),
        (post(json!({"data": []})), "\"data\""),
        (
            json!({"method": "PUT", "path": "/Users/1", "data": "x"}),
            "the string \"x\"",
        ),
        (
            json!({"method": "PATCH", "path": "/Users/1", "data": null}),
            "missing",
        ),
        (json!({"method": "DELETE"}), "\"path\""),
        (json!({"method": "DELETE", "path": 1}), "\"path\""),
        (
            json!({"method": "DELETE", "path": "/Users/1", "version": 3}),
            "\"version\"",
        ),
    ] {
        refused_alone(&operation, 400, syntax, word);
    }
}

#[test]
fn methods_and_paths_that_lead_nowhere_are_errors_of_their_operation() {
    for (method, path, status, word) in [
        ("GET", "/Users/1", 405, "\"GET\""),
        ("", "/Users/1", 405, "\"\""),
        ("DELETE", "/Users", 405, "but POST"),
        ("POST", "/Users/1", 405, "but PUT, PATCH, DELETE"),
        ("POST", "/Users/.search", 404, "/Users or /Users/{id}"),
        ("PUT", "/Users/%2Esearch", 404, "/Users or /Users/{id}"),
        ("POST", "/.search", 404, "/Users or /Users/{id}"),
        ("DELETE", "", 404, "/Users or /Users/{id}"),
        ("DELETE", "/", 404, "/Groups"),
        ("DELETE", "/users/1", 404, "/users/1"),
        ("DELETE", "/Users/1/2", 404, "/Users/1/2"),
        ("POST", "/Bulk", 404, "/Bulk"),
        ("PUT", "/Me", 404, "/Me"),
        ("DELETE", "https://other/v2/Users/1", 404, "https://other"),
        (
            "DELETE",
            "https://host/v22/Users/1",
            404,
            "https://host/v22",
        ),
        ("DELETE", "/v2", 404, "/v2"),
    ] {
        let operation = json!({"method": method, "path": path, "bulkId": "x", "data": {}});
        refused_alone(&operation, status, None, word);
    }
}

#[test]
fn what_can_not_be_understood_as_a_whole_is_refused_as_a_whole() {
    for (body, scim_type, word) in [
        (json!({}), "invalidSyntax", "\"Operations\""),
        (json!({"Operations": []}), "invalidSyntax", "empty"),
        (
            json!({"Operations": "x"}),
            "invalidSyntax",
            "the string \"x\"",
        ),
        (json!({"Operations": [1]}), "invalidSyntax", "a number (1)"),
        (
            json!({"Operations": [create("a", None), null]}),
            "invalidSyntax",
            "null",
        ),
        (
            json!({"Operations": [{"path": "/Users"}]}),
            "invalidSyntax",
            "\"method\"",
        ),
        (
            json!({"Operations": [{"method": 1}]}),
            "invalidSyntax",
            "\"method\"",
        ),
        (
            json!({"Operations": [{"method": "POST", "bulkId": 7}]}),
            "invalidSyntax",
            "\"bulkId\"",
        ),
        (
            json!({"Operations": [create("a", None), create("a", None)]}),
            "invalidValue",
            "bulkId \"a\"",
        ),
        (
            json!({"Operations": [create("a", None)], "failOnErrors": 1.5}),
            "invalidValue",
            "failOnErrors",
        ),
        (
            json!({"Operations": [create("a", None)], "failOnErrors": "many"}),
            "invalidValue",
            "failOnErrors",
        ),
        (
            json!({"Operations": [create("a", None)], "failOnErrors": true}),
            "invalidValue",
            "failOnErrors",
        ),
    ] {
        let shown = body.to_string();
        let (status, keyword, detail) = refused(body);
        assert_eq!((status, keyword), (400, Some(scim_type)), "{shown}");
        assert!(detail.contains(word), "{shown}: {detail}");
    }
}

#[test]
fn more_operations_than_are_stated_are_413_with_the_figures() {
    let many = |count: usize| {
        json!(
            (0..count)
                .map(|place| create(&place.to_string(), None))
                .collect::<Vec<_>>()
        )
    };
    assert!(request(&many(MAX_OPERATIONS)).is_ok());
    let error = request(&many(MAX_OPERATIONS + 1)).expect_err("too many");
    assert_eq!((error.status, error.scim_type), (413, None));
    assert!(
        error.detail.contains("201") && error.detail.contains("200"),
        "{}",
        error.detail
    );
}
