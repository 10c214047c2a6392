//! What clients send: read in every spelling, or refused by name.

use super::{BASE, create, object, performed, request, statuses};
use crate::scim::bulk::{BulkRequest, MAX_OPERATIONS, Method};
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
            tasks.first().map(|task| task.path()).as_deref(),
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
    let operation = json!({"op": "replace", "path": "title", "value": "x"});
    for (data, expected) in [
        (
            json!({"schemas": [], "Operations": [operation]}),
            json!({"schemas": [], "Operations": [operation]}),
        ),
        (json!([operation]), json!({"Operations": [operation]})),
        (operation.clone(), json!({"Operations": [operation]})),
        (json!([]), json!({"Operations": []})),
    ] {
        let body = json!({"Operations": [{"method": "PATCH", "path": "/Users/1", "data": data}]});
        let (tasks, _) = performed(body, |_| false);
        assert_eq!(tasks[0].data, object(expected));
    }
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

#[test]
fn what_is_wrong_with_one_operation_is_its_own_error() {
    for (operation, status, scim_type, word) in [
        (
            json!({"method": "GET", "path": "/Users/1"}),
            405,
            None,
            "\"GET\"",
        ),
        (json!({"method": "", "path": "/Users/1"}), 405, None, "\"\""),
        (
            json!({"method": "POST", "path": "/Users", "data": {}}),
            400,
            Some("invalidSyntax"),
            "bulkId",
        ),
        (
            json!({"method": "POST", "path": "/Users", "bulkId": " ", "data": {}}),
            400,
            Some("invalidSyntax"),
            "bulkId",
        ),
        (
            json!({"method": "POST", "path": "/Users", "bulkId": "x"}),
            400,
            Some("invalidSyntax"),
            "\"data\"",
        ),
        (
            json!({"method": "POST", "path": "/Users", "bulkId": "x", "data": []}),
            400,
            Some("invalidSyntax"),
            "\"data\"",
        ),
        (
            json!({"method": "PUT", "path": "/Users/1", "data": "x"}),
            400,
            Some("invalidSyntax"),
            "the string \"x\"",
        ),
        (
            json!({"method": "PATCH", "path": "/Users/1", "data": null}),
            400,
            Some("invalidSyntax"),
            "missing",
        ),
        (
            json!({"method": "DELETE"}),
            400,
            Some("invalidSyntax"),
            "\"path\"",
        ),
        (
            json!({"method": "DELETE", "path": 1}),
            400,
            Some("invalidSyntax"),
            "\"path\"",
        ),
        (
            json!({"method": "DELETE", "path": "/Users/1", "version": 3}),
            400,
            Some("invalidSyntax"),
            "\"version\"",
        ),
        (
            json!({"method": "DELETE", "path": "/Users"}),
            405,
            None,
            "but POST",
        ),
        (
            json!({"method": "POST", "path": "/Users/1", "bulkId": "x", "data": {}}),
            405,
            None,
            "but PUT, PATCH, DELETE",
        ),
        (
            json!({"method": "POST", "path": "/Users/.search", "bulkId": "x", "data": {}}),
            405,
            None,
            "but PUT",
        ),
        (
            json!({"method": "DELETE", "path": ""}),
            404,
            None,
            "/Users or /Users/{id}",
        ),
        (
            json!({"method": "DELETE", "path": "/"}),
            404,
            None,
            "/Groups",
        ),
        (
            json!({"method": "DELETE", "path": "/users/1"}),
            404,
            None,
            "/users/1",
        ),
        (
            json!({"method": "DELETE", "path": "/Users/1/2"}),
            404,
            None,
            "/Users/1/2",
        ),
        (
            json!({"method": "POST", "path": "/Bulk", "bulkId": "x", "data": {}}),
            404,
            None,
            "/Bulk",
        ),
        (
            json!({"method": "PUT", "path": "/Me", "data": {}}),
            404,
            None,
            "/Me",
        ),
        (
            json!({"method": "DELETE", "path": "https://other/v2/Users/1"}),
            404,
            None,
            "https://other",
        ),
        (
            json!({"method": "DELETE", "path": "https://host/v22/Users/1"}),
            404,
            None,
            "https://host/v22",
        ),
        (json!({"method": "DELETE", "path": "/v2"}), 404, None, "/v2"),
    ] {
        let shown = operation.to_string();
        let body = json!({"Operations": [operation, create("fine", None)]});
        let (tasks, answer) = performed(body, |_| false);
        assert_eq!(tasks.len(), 1, "{shown}");
        let response = &answer["Operations"][0]["response"];
        assert_eq!(response["status"], status.to_string(), "{shown}");
        assert_eq!(response["scimType"].as_str(), scim_type, "{shown}");
        let detail = response["detail"].as_str().expect("a detail");
        assert!(detail.contains(word), "{shown}: {detail}");
        assert_eq!(statuses(&answer)[1], ("fine", "201"), "{shown}");
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
            json!({"Operations": [create("a", None)], "failOnErrors": 0}),
            "invalidValue",
            "failOnErrors",
        ),
        (
            json!({"Operations": [create("a", None)], "failOnErrors": -1}),
            "invalidValue",
            "failOnErrors",
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
    assert!(request(many(MAX_OPERATIONS)).is_ok());
    let error = request(many(MAX_OPERATIONS + 1)).expect_err("too many");
    assert_eq!((error.status, error.scim_type), (413, None));
    assert!(
        error.detail.contains("201") && error.detail.contains("200"),
        "{}",
        error.detail
    );
}
