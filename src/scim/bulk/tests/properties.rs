//! Generated requests: whatever refers to whatever, each operation is answered once and comes to no
//! unresolved reference.

use super::{BASE, create, object, performed, statuses};
use crate::scim::body::parse_object;
use crate::scim::bulk::{BulkRequest, Job};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Creates by name, each with a manager or none: `(names, who refers to whom, who fails)`.
fn companies() -> impl Strategy<Value = (Vec<Option<usize>>, Vec<bool>)> {
    (1_usize..16).prop_flat_map(|count| {
        (
            proptest::collection::vec(proptest::option::of(0..count + 1), count),
            proptest::collection::vec(proptest::bool::weighted(0.2), count),
        )
    })
}

fn name(place: usize) -> String {
    format!("u{place}")
}

/// What the definition says of each: 201, 400 (fails, or refers to nobody), 409 (circle or failed reference).
fn expected(
    place: usize,
    managers: &[Option<usize>],
    fails: &[bool],
    depth: usize,
) -> &'static str {
    match managers[place] {
        // A chain of one manager each that does not end leads into a circle.
        _ if depth > managers.len() => "409",
        Some(manager) if manager == managers.len() => "400",
        Some(manager) if expected(manager, managers, fails, depth + 1) != "201" => "409",
        _ if fails[place] => "400",
        _ => "201",
    }
}

proptest! {
    #[test]
    fn each_create_is_answered_as_its_references_allow((managers, fails) in companies()) {
        let operations: Vec<Value> = managers
            .iter()
            .enumerate()
            .map(|(place, manager)| create(&name(place), manager.map(name).as_deref()))
            .collect();
        let failing: Vec<String> = (0..fails.len()).filter(|place| fails[*place]).map(name).collect();
        let body = json!({"Operations": operations});
        let (tasks, answer) = performed(body, |task| {
            failing.iter().any(|name| task.data["userName"] == name.as_str())
        });
        for task in &tasks {
            prop_assert!(!json!(task.data).to_string().contains("bulkId:"));
        }
        let expected: Vec<(String, &str)> = (0..managers.len())
            .map(|place| (name(place), expected(place, &managers, &fails, 0)))
            .collect();
        let answered: Vec<(String, &str)> = statuses(&answer)
            .into_iter()
            .map(|(name, status)| (name.to_owned(), status))
            .collect();
        prop_assert_eq!(answered, expected);
    }

    #[test]
    fn any_json_is_read_or_refused(text in "[\\[\\]{}\",:a-zA-Z0-9/ ]{0,80}") {
        if let Ok(body) = parse_object(text.as_bytes()) {
            let _ = BulkRequest::parse(&body, BASE);
        }
    }

    #[test]
    fn any_members_of_an_operation_are_read_or_refused(
        method in "(POST|PUT|patch|DELETE|GET|)",
        path in "(/|https://host/v2)?(Users|Groups|Me|bulkId:a|%)?(/bulkId:a|/1|/%ff|/)?(\\?x)?",
        bulk_id in proptest::option::of("[ab]"),
        value in "(bulkId:[abc]|x)",
    ) {
        let operation = json!({
            "method": method, "path": path, "bulkId": bulk_id, "data": {"userName": value, "list": [value]}
        });
        let body = object(json!({"Operations": [operation, create("c", None)], "failOnErrors": 2}));
        if let Ok(request) = BulkRequest::parse(&body, BASE) {
            let mut job = Job::new(request, BASE);
            while let Some((place, task)) = job.next_task() {
                prop_assert!(task.references().is_empty());
                job.done(place, super::done(&task));
            }
        }
    }
}
