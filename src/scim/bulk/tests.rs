//! Whole requests: what is performed in which order, with which references resolved, and what is answered.

mod messages;
mod properties;

use super::{BulkRequest, Job, Performed, Task};
use crate::scim::Object;
use crate::scim::error::ScimError;
use serde_json::{Value, json};

const BASE: &str = "https://host/v2";

fn object(value: Value) -> Object {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

fn request(operations: &Value) -> Result<BulkRequest, ScimError> {
    BulkRequest::parse(&object(json!({"Operations": operations})), BASE)
}

/// Performs a whole request: creates get the ids `id-<userName>`, and what `fails` says of fails with 400. Gives
/// back the tasks in the order in which they came, and the answer.
fn performed(body: Value, fails: impl Fn(&Task) -> bool) -> (Vec<Task>, Value) {
    let request = BulkRequest::parse(&object(body), BASE).expect("a bulk request");
    let mut job = Job::new(request, BASE);
    let mut tasks = Vec::new();
    while let Some((place, task)) = job.next_task() {
        if fails(&task) {
            job.failed(place, &ScimError::invalid_value("No."));
        } else {
            job.done(place, done(&task));
        }
        tasks.push(task);
    }
    let answer = serde_json::to_value(job.into_response()).expect("JSON");
    (tasks, answer)
}

fn done(task: &Task) -> Performed {
    let user_name = task.data.get("userName").and_then(Value::as_str);
    Performed {
        status: if task.id.is_some() { 200 } else { 201 },
        created: match (&task.id, user_name) {
            (None, Some(name)) => Some(format!("{BASE}/{}/id-{name}", task.endpoint)),
            _ => None,
        },
        version: Some("W/\"1\"".to_owned()),
    }
}

/// A create of the user `name`, who is also its bulkId, with a manager.
fn create(name: &str, manager: Option<&str>) -> Value {
    let mut data = json!({"userName": name});
    if let Some(manager) = manager {
        data["urn:x:enterprise"] = json!({"manager": {"value": format!("bulkId:{manager}")}});
    }
    json!({"method": "POST", "path": "/Users", "bulkId": name, "data": data})
}

/// Method and path of each task.
fn lines(tasks: &[Task]) -> Vec<String> {
    tasks
        .iter()
        .map(|task| {
            let name = task.data.get("userName").and_then(Value::as_str);
            let name = name.map_or_else(String::new, |name| format!(" {name}"));
            format!("{} {}{name}", task.method.as_str(), task.path())
        })
        .collect()
}

fn statuses(answer: &Value) -> Vec<(&str, &str)> {
    answer["Operations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|result| {
            let name = result["bulkId"].as_str().or(result["location"].as_str());
            (
                name.unwrap_or_default(),
                result["status"].as_str().expect("a string"),
            )
        })
        .collect()
}

#[test]
fn a_forward_reference_is_created_first_and_the_answer_keeps_the_order() {
    let body = json!({"Operations": [create("rita", Some("boss")), create("boss", None)]});
    let (tasks, answer) = performed(body, |_| false);
    assert_eq!(lines(&tasks), ["POST /Users boss", "POST /Users rita"]);
    assert_eq!(
        tasks[1].data["urn:x:enterprise"],
        json!({"manager": {"value": "id-boss"}})
    );
    assert_eq!(
        answer,
        json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
            "Operations": [
                {
                    "location": "https://host/v2/Users/id-rita",
                    "method": "POST",
                    "bulkId": "rita",
                    "version": "W/\"1\"",
                    "status": "201"
                },
                {
                    "location": "https://host/v2/Users/id-boss",
                    "method": "POST",
                    "bulkId": "boss",
                    "version": "W/\"1\"",
                    "status": "201"
                }
            ]
        })
    );
}

#[test]
fn references_are_resolved_wherever_they_stand_as_a_whole() {
    let body = json!({"Operations": [
        create("a", None),
        {
            "method": "PATCH",
            "path": "/Users/bulkId%3Aa?x",
            "data": {"Operations": [
                {"op": "add", "value": {"deep": [["bulkId:a", "bulkId:", "see bulkId:a", {"bulkId:a": "bulkId:a"}]]}}
            ]}
        },
        {"method": "DELETE", "path": "Users/bulkId:a"}
    ]});
    // An empty bulkId is none, so that "bulkId:" refers to nothing.
    let (tasks, answer) = performed(body.clone(), |_| false);
    assert_eq!(lines(&tasks), ["POST /Users a", "DELETE /Users/id-a"]);
    assert_eq!(
        answer["Operations"][1],
        json!({
            "location": "https://host/v2/Users/id-a",
            "method": "PATCH",
            "status": "400",
            "response": {
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                "status": "400",
                "scimType": "invalidValue",
                "detail": "\"bulkId:\" refers to no operation of this request that creates a resource. Add the POST with that bulkId, or send the resource's id."
            }
        })
    );
    let text = body.to_string().replace("\"bulkId:\",", "");
    let body: Value = serde_json::from_str(&text).expect("JSON");
    let (tasks, _) = performed(body, |_| false);
    assert_eq!(tasks[1].path(), "/Users/id-a");
    assert_eq!(
        tasks[1].data["Operations"][0]["value"],
        json!({"deep": [["id-a", "see bulkId:a", {"bulkId:a": "id-a"}]]})
    );
}

#[test]
fn references_in_value_filters_are_resolved() {
    let filter = |one: &str, other: &str| {
        format!(r#"members[value eq "{one}" or $ref ew "\"{other}" and value ne "{other}"]"#)
    };
    let operations = |one: &str, other: &str| {
        json!([
            {"op": "remove", "path": filter(one, other)},
            {"op": "add", "value": {"displayName": "[\"bulkId:a\"]", filter(other, one): {}}}
        ])
    };
    let patch = |data| json!({"method": "PATCH", "path": "/Groups/1", "data": data});
    let sent = operations("bulkId:a", "bulkId:ö");
    for data in [
        sent.clone(),
        json!({"Operations": sent}),
        json!({"OPERATIONS": sent}),
    ] {
        let body = json!({"Operations": [patch(data), create("ö", None), create("a", None)]});
        let (tasks, _) = performed(body, |_| false);
        assert_eq!(lines(&tasks)[2], "PATCH /Groups/1");
        // Of the `$ref`, no whole literal is one.
        let mended = operations("id-a", "id-ö").to_string();
        let mended = mended.replace(r#"$ref ew \"\\\"id-"#, r#"$ref ew \"\\\"bulkId:"#);
        let operations = tasks[2].data.values().next_back().expect("operations");
        assert_eq!(operations.to_string(), mended);
    }
    for path in [
        "members[value eq \"bulkId:nobody\"]",
        "MEMBERS[value EQ \"bulk\\u0049d:nobody\"]",
    ] {
        for operation in [
            json!({"op": "remove", "PATH": path}),
            json!({"op": "add", "value": {path: ""}}),
        ] {
            let (tasks, answer) = performed(json!({"Operations": [patch(operation)]}), |_| false);
            assert_eq!(lines(&tasks), Vec::<String>::new());
            assert_eq!(
                answer["Operations"][0]["response"]["detail"],
                "\"bulkId:nobody\" refers to no operation of this request that creates a resource. Add the POST with that bulkId, or send the resource's id."
            );
        }
    }
    let failed = json!({"Operations": [create("a", None), patch(json!([{"op": "remove", "path": "members[value eq \"bulkId:a\"]"}]))]});
    let (_, answer) = performed(failed, |task| task.endpoint == "Users");
    assert_eq!(answer["Operations"][1]["status"], "409");
}

#[test]
fn changes_keep_their_order_and_only_creates_are_pulled_forward() {
    let patch = |id: &str, value: &str| json!({"method": "PATCH", "path": format!("/Users/{id}"), "data": {"Operations": [value]}});
    let body = json!({"Operations": [
        patch("1", "x"),
        patch("2", "bulkId:c"),
        patch("2", "y"),
        create("b", None),
        create("c", Some("d")),
        create("d", None),
    ]});
    let (tasks, _) = performed(body, |_| false);
    assert_eq!(
        lines(&tasks),
        [
            "PATCH /Users/1",
            "POST /Users d",
            "POST /Users c",
            "PATCH /Users/2",
            "PATCH /Users/2",
            "POST /Users b",
        ]
    );
}

#[test]
fn circles_are_conflicts_for_all_in_them_and_for_who_refers_to_them() {
    let body = json!({"Operations": [
        create("a", Some("b")),
        create("b", Some("c")),
        create("c", Some("a")),
        create("self", Some("self")),
        create("outside", Some("a")),
        create("free", None),
    ]});
    let (tasks, answer) = performed(body, |_| false);
    assert_eq!(lines(&tasks), ["POST /Users free"]);
    assert_eq!(
        statuses(&answer),
        [
            ("a", "409"),
            ("b", "409"),
            ("c", "409"),
            ("self", "409"),
            ("outside", "409"),
            ("free", "201")
        ]
    );
    let detail = |place: usize| answer["Operations"][place]["response"]["detail"].as_str();
    assert!(detail(0).is_some_and(|detail| detail.contains("refers to itself")));
    assert!(
        detail(4).is_some_and(|detail| detail.contains("\"a\", to which this one refers, failed"))
    );
}

#[test]
fn what_refers_to_a_failure_is_not_tried() {
    let body = json!({"Operations": [
        create("a", Some("b")),
        create("b", Some("c")),
        create("c", None),
        {"method": "PUT", "path": "/Users/bulkId:b", "data": {}},
        {"method": "PUT", "path": "/Users/1", "data": {"manager": "bulkId:a"}},
    ]});
    let (tasks, answer) = performed(body, |_| true);
    assert_eq!(lines(&tasks), ["POST /Users c"]);
    assert_eq!(
        statuses(&answer),
        [
            ("a", "409"),
            ("b", "409"),
            ("c", "400"),
            ("", "409"),
            ("https://host/v2/Users/1", "409")
        ]
    );
}

#[test]
fn only_a_create_can_be_referred_to() {
    let body = json!({"Operations": [
        {"method": "PUT", "path": "/Users/1", "bulkId": "put", "data": {}},
        create("a", Some("put")),
        create("b", Some("nobody")),
    ]});
    let (_, answer) = performed(body, |_| false);
    assert_eq!(
        statuses(&answer),
        [("put", "200"), ("a", "400"), ("b", "400")]
    );
}

#[test]
fn fail_on_errors_ends_after_that_many_errors() {
    let body = |most: Option<Value>| {
        let mut body = json!({"Operations": [
            create("a", None),
            create("bad1", None),
            {"method": "GET", "path": "/Users/1"},
            create("b", None),
            create("bad2", None),
            create("c", None),
        ]});
        if let Some(most) = most {
            body["FAILONERRORS"] = most;
        }
        body
    };
    let bad = |task: &Task| {
        task.data["userName"]
            .as_str()
            .is_some_and(|name| name.starts_with("bad"))
    };
    for (most, answered) in [
        (Some(json!(1)), 2),
        (Some(json!(2)), 3),
        (Some(json!(3)), 5),
        (Some(json!(4)), 6),
        (Some(json!("2")), 3),
        (Some(json!(" 1 ")), 2),
        (Some(json!(1.0)), 2),
        (Some(json!(1e30)), 6),
        // Not set, as serialisers print it.
        (Some(json!(0)), 6),
        (Some(json!(-1)), 6),
        (Some(json!("0")), 6),
        (Some(json!("")), 6),
        (Some(json!(null)), 6),
        (None, 6),
    ] {
        let (_, answer) = performed(body(most.clone()), bad);
        assert_eq!(statuses(&answer).len(), answered, "{most:?}");
    }
}

#[test]
fn fail_on_errors_counts_in_the_order_of_performance() {
    let body = json!({"failOnErrors": 1, "Operations": [
        create("a", Some("bad")),
        create("b", None),
        create("bad", None),
    ]});
    let (tasks, answer) = performed(body, |task| task.data["userName"] == "bad");
    assert_eq!(lines(&tasks), ["POST /Users bad"]);
    assert_eq!(statuses(&answer), [("bad", "400")]);
}
