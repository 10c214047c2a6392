//! What a path under a URN leads to, by what is there.

use super::{CUSTOM, ENTERPRISE, OWN};
use crate::scim::error::ScimType;
use crate::scim::patch::tests::shapes::check;
use crate::scim::patch::tests::{patch, user};
use serde_json::{Value, json};

fn set(path: &str, value: &Value) -> Value {
    json!([{"op": "replace", "path": path, "value": value}])
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_is_there_decides_what_a_path_names() {
    let whole = format!("{OWN}:obj");
    check(vec![
        (
            "an object in an extension takes the part",
            json!({OWN: {"obj": {"sub": 1, "other": 2}}}),
            set(&format!("{OWN}:obj.sub"), &json!(3)),
            json!({OWN: {"obj": {"sub": 3, "other": 2}}}),
        ),
        (
            "a name with a dot that is there wins",
            json!({CUSTOM: {"obj": {"sub": 1}, "obj.sub": 2}}),
            set(&format!("{CUSTOM}:obj.sub"), &json!(3)),
            json!({CUSTOM: {"obj": {"sub": 1}, "obj.sub": 3}}),
        ),
        (
            "a name with brackets that is there wins",
            json!({CUSTOM: {"f[value eq \"A\"]": "x", "f": ["A"]}}),
            json!([{"op": "remove", "path": format!("{CUSTOM}:f[value eq \"A\"]")}]),
            json!({CUSTOM: {"f": ["A"]}}),
        ),
        (
            "a name with a bracket that is no filter can be taken away",
            json!({CUSTOM: {"f[0": "x", "f": 1}}),
            json!([{"op": "remove", "path": format!("{CUSTOM}:f[0")}]),
            json!({CUSTOM: {"f": 1}}),
        ),
        (
            "the longest name that is there is the parent",
            json!({ENTERPRISE: {"a": {"b": {"c": 1}}, "a.b": {"c": 1}}}),
            set(&format!("{ENTERPRISE}:a.b.c"), &json!(2)),
            json!({ENTERPRISE: {"a": {"b": {"c": 1}}, "a.b": {"c": 2}}}),
        ),
        (
            "parts of parts",
            json!({ENTERPRISE: {"a": {"b": {"c": 1}, "list": [{"value": "A"}]}}}),
            json!([
                {"op": "add", "path": format!("{ENTERPRISE}:a.b.c"), "value": 2},
                {"op": "add", "path": format!("{ENTERPRISE}:a.b.d"), "value": 3},
                {"op": "replace", "path": format!("{ENTERPRISE}:a.list[value eq \"A\"].display"), "value": "d"},
                {"op": "remove", "path": format!("{ENTERPRISE}:a.list[value eq \"A\"].value")}
            ]),
            json!({ENTERPRISE: {"a": {"b": {"c": 2, "d": 3}, "list": [{"display": "d"}]}}}),
        ),
        (
            "what loses its last part is gone, and so is the extension",
            json!({OWN: {"a": {"b": {"c": 1}}}, "title": "T"}),
            json!([{"op": "remove", "path": format!("{OWN}:a.b.c")}]),
            json!({"title": "T"}),
        ),
        (
            "an object for an attribute that an extension has is laid over it",
            json!({OWN: {"obj": {"sub": 1}}}),
            set(&whole, &json!({"n": 1})),
            json!({OWN: {"obj": {"sub": 1, "n": 1}}}),
        ),
        (
            "an object for an attribute that an extension does not have yet",
            json!({OWN: {"other": 1}}),
            json!([{"op": "add", "value": {whole.clone(): {"n": 1}}}]),
            json!({OWN: {"other": 1, "obj": {"n": 1}}}),
        ),
        (
            "an object is one more element of a list",
            json!({OWN: {"obj": [{"value": "A"}]}}),
            json!([{"op": "add", "path": whole, "value": {"value": "B"}}]),
            json!({OWN: {"obj": [{"value": "A"}, {"value": "B"}]}}),
        ),
        (
            "an extension of the whole name wins",
            json!({OWN: {"obj": {"sub": 1}}, whole.clone(): {"n": 1}}),
            set(&whole, &json!({"n": 2})),
            json!({OWN: {"obj": {"sub": 1}}, whole.clone(): {"n": 2}}),
        ),
        (
            "and is taken away as a whole",
            json!({OWN: {"obj": {"sub": 1}}, whole.clone(): {"n": 1}}),
            json!([{"op": "remove", "path": whole}]),
            json!({OWN: {"obj": {"sub": 1}}}),
        ),
        (
            "but a list is none of an extension's",
            json!({OWN: {"obj": ["A", "B"]}, whole.clone(): {"n": 1}}),
            json!([{"op": "remove", "path": whole, "value": ["A"]}]),
            json!({OWN: {"obj": ["B"]}, whole.clone(): {"n": 1}}),
        ),
        (
            "a part of an extension, cut with a dot",
            json!({whole.clone(): {"n": 1}}),
            set(&format!("{whole}.n"), &json!(2)),
            json!({whole.clone(): {"n": 2}}),
        ),
        (
            "where nothing is, an object is an extension",
            json!({}),
            set(&whole, &json!({"n": 1})),
            json!({whole.clone(): {"n": 1}}),
        ),
        (
            "and anything else an attribute",
            json!({}),
            json!([
                {"op": "add", "path": format!("{OWN}:a.b"), "value": 1},
                {"op": "add", "path": format!("{OWN}:list[value eq \"A\"].display"), "value": "d"}
            ]),
            json!({OWN: {"a.b": 1, "list": [{"value": "A", "display": "d"}]}}),
        ),
        (
            "what has no URN in front never is a part of a core attribute",
            json!({"name": {"givenName": "Ada"}}),
            set("name:givenName", &json!({"x": 1})),
            json!({"name": {"givenName": "Ada"}, "name:givenName": {"x": 1}}),
        ),
        (
            "in an object under the URN, a name is a name",
            json!({CUSTOM: {"obj": {"sub": 1}}}),
            json!([{"op": "add", "path": CUSTOM, "value": {"obj.sub": 2, "f[value eq \"A\"]": 3}}]),
            json!({CUSTOM: {"obj": {"sub": 1}, "obj.sub": 2, "f[value eq \"A\"]": 3}}),
        ),
        (
            "null in an object of an extension takes its member",
            json!({OWN: {"a": 1, "b": 2, "c": [3]}}),
            set(OWN, &json!({"a": null, "c": []})),
            json!({OWN: {"b": 2}}),
        ),
    ]);
}

#[test]
fn what_removes_nothing_is_noted() {
    let before =
        user(json!({OWN: {"list": ["A", {"value": "B", "display": "b"}], "obj": {"a": 1}}}));
    for (path, value) in [
        ("list", json!([{"value": "zzz"}])),
        ("list[value eq \"zzz\"]", json!(null)),
        ("list[value eq \"A\"].display", json!(null)),
        ("list[value eq \"A\"]", json!("B")),
        ("obj.b", json!(null)),
        ("none", json!(null)),
        ("none[value eq \"A\"].x", json!(null)),
    ] {
        let operation = json!({"op": "Remove", "path": format!("{OWN}:{path}"), "value": value});
        let after = patch(&before, json!([operation])).expect("accepted");
        assert_eq!(after.value, before, "{path}");
        let note =
            format!("removed nothing from {OWN}:{path}: what was to be removed is not there");
        assert!(
            after.notes.sentences().contains(&note),
            "{path}: {:?}",
            after.notes.sentences()
        );
    }
    // Some elements have the part, others don't.
    let operation = json!({"op": "remove", "path": format!("{OWN}:list.display")});
    let after = patch(&before, json!([operation])).expect("accepted");
    assert_eq!(after.notes.sentences(), Vec::<String>::new());
}

#[test]
fn what_has_no_reading_is_refused() {
    let before = user(json!({OWN: {"list": [{"value": "A"}]}}));
    for (operation, scim_type, detail) in [
        (
            json!({"op": "replace", "path": "list[value eq"}),
            "invalidValue",
            "has no value",
        ),
        (
            json!({"op": "replace", "path": "list[value eq", "value": 1}),
            "invalidPath",
            "is not valid: a value was expected",
        ),
        (
            json!({"op": "remove", "path": "none[value eq \"A\"]x"}),
            "invalidPath",
            "can follow \"]\"",
        ),
        (
            json!({"op": "add", "path": "list[value co \"Z\"].display", "value": "d"}),
            "noTarget",
            "attribute eq value",
        ),
        (
            json!({"op": "add", "path": "list[value eq \"A\"]", "value": ["x", "y"]}),
            "invalidValue",
            "has to be one element",
        ),
        (
            json!({"op": "add", "path": "list[apiToken eq \"hunter2\"].display", "value": "d"}),
            "invalidFilter",
            "\"apiToken\" names no part",
        ),
    ] {
        for urn in [OWN, CUSTOM, ENTERPRISE] {
            let mut operation = operation.clone();
            let path = operation["path"].as_str().unwrap_or_default();
            operation["path"] = format!("{urn}:{path}").into();
            let before = match urn {
                OWN => before.clone(),
                _ => user(json!({urn: {"list": [{"value": "A"}]}})),
            };
            let error = patch(&before, json!([operation])).expect_err("refused");
            assert_eq!(error.status, 400, "{operation}");
            assert_eq!(
                error.scim_type.map(ScimType::as_str),
                Some(scim_type),
                "{operation}"
            );
            assert!(
                error.detail.contains(detail),
                "{operation}: {}",
                error.detail
            );
        }
    }
}

#[test]
fn secrets_are_kept_nowhere() {
    let before = || json!({OWN: {"list": [{"value": "A"}], "obj": {"a": 1}}});
    for (path, value) in [
        ("list[value eq \"A\"].apiToken", json!("hunter2")),
        ("list[value eq \"A\"]", json!({"password": "hunter2"})),
        ("passwords[value eq \"A\"].value", json!("hunter2")),
        ("obj.clientSecret", json!("hunter2")),
        ("obj", json!({"passwd": "hunter2"})),
        ("list", json!([{"value": "A", "secret": "hunter2"}])),
        ("password", json!(["hunter2"])),
        ("password.x", json!("hunter2")),
        ("pwd", json!({"x": "hunter2"})),
    ] {
        for op in ["add", "replace"] {
            let operation = json!({"op": op, "path": format!("{OWN}:{path}"), "value": value});
            let after = patch(&user(before()), json!([operation])).expect("accepted");
            assert_eq!(
                Value::Object(after.value.attributes),
                before(),
                "{operation}"
            );
        }
    }
}

#[test]
fn a_small_request_cannot_grow_a_list_or_compare_without_bound() {
    let many: Vec<Value> = (0..1_000)
        .map(|n| json!({"value": n.to_string()}))
        .collect();
    let before = user(json!({OWN: {"list": many}}));
    let long = "x".repeat(60_000);
    for (path, value) in [
        ("list.display", json!(long)),
        ("list[value pr].display", json!(long)),
        ("list[value pr]", json!({"display": long})),
    ] {
        let operation = json!({"op": "replace", "path": format!("{OWN}:{path}"), "value": value});
        let error = patch(&before, json!([operation])).expect_err("refused");
        assert!(
            error.detail.contains("many elements of"),
            "{}",
            error.detail
        );
    }
    for (path, value) in [
        ("list", json!("one more")),
        ("list[value eq \"one more\"]", json!({})),
    ] {
        let operation = json!({"op": "add", "path": format!("{OWN}:{path}"), "value": value});
        let error = patch(&before, json!([operation])).expect_err("refused");
        assert!(error.detail.contains("at most 1000"), "{}", error.detail);
    }
    let filter = vec!["value eq \"x\""; 70].join(" or ");
    for path in [
        format!("list[{filter}].display"),
        format!("list.x[{filter}].y"),
    ] {
        let operation = json!({"op": "remove", "path": format!("{OWN}:{path}")});
        let error = patch(&before, json!(vec![operation; 300])).expect_err("refused");
        assert!(
            error.detail.contains("compares too much"),
            "{}",
            error.detail
        );
    }
}

fn remove(path: &str, value: &Value) -> Value {
    json!([{"op": "remove", "path": path, "value": value}])
}

#[test]
fn a_value_says_which_parts_of_an_object_are_to_go() {
    let manager = json!({"value": "m", "displayName": "M"});
    let obj = format!("{OWN}:obj");
    let at_manager = format!("{ENTERPRISE}:manager");
    check(vec![
        (
            "of an extension",
            json!({OWN: {"a": "1", "b": "2"}}),
            remove(OWN, &json!({"A": "1", "b": "3", "c": "4"})),
            json!({OWN: {"b": "2"}}),
        ),
        (
            "an extension loses its last attribute",
            json!({OWN: {"a": "1"}, "title": "T"}),
            remove(OWN, &json!([{"a": "1"}])),
            json!({"title": "T"}),
        ),
        (
            "of the enterprise extension",
            json!({ENTERPRISE: {"department": "D", "costCenter": "C", "own": "1", "other": "2"}}),
            remove(
                ENTERPRISE,
                &json!({"department": "d", "costCenter": "X", "own": "1", "other": "1"}),
            ),
            json!({ENTERPRISE: {"costCenter": "C", "other": "2"}}),
        ),
        (
            "its manager, by a part",
            json!({ENTERPRISE: {"department": "D", "manager": manager}}),
            remove(
                ENTERPRISE,
                &json!({"manager.value": "other", "manager": "m"}),
            ),
            json!({ENTERPRISE: {"department": "D"}}),
        ),
        (
            "no value means all of it",
            json!({ENTERPRISE: {"department": "D"}, OWN: {"obj": {"a": 1}, "b": 2}, "name": {"givenName": "G"}}),
            json!([
                {"op": "remove", "path": ENTERPRISE, "value": {}},
                {"op": "remove", "path": obj, "value": []},
                {"op": "remove", "path": "name", "value": ""},
            ]),
            json!({OWN: {"b": 2}}),
        ),
        (
            "of a name",
            json!({"name": {"givenName": "G", "familyName": "F"}}),
            remove("name", &json!({"givenName": "g", "familyName": "X"})),
            json!({"name": {"familyName": "F"}}),
        ),
        (
            "of an undeclared object",
            json!({OWN: {"obj": {"a": "1", "b": ["x", "y"], "c": {"d": 1, "e": 2}}}}),
            remove(&obj, &json!([{"a": "9"}, {"b": "X", "c": {"e": 2}}])),
            json!({OWN: {"obj": {"a": "1", "b": ["y"], "c": {"d": 1}}}}),
        ),
        (
            "secrets name nothing",
            json!({OWN: {"obj": {"a": "1"}}}),
            remove(&obj, &json!({"password": "p"})),
            json!({OWN: {"obj": {"a": "1"}}}),
        ),
        (
            "another manager stays, and with it its name",
            json!({ENTERPRISE: {"manager": manager}}),
            json!([
                {"op": "remove", "path": at_manager, "value": "other"},
                {"op": "remove", "path": at_manager, "value": [{"value": "other", "displayName": "M"}]},
            ]),
            json!({ENTERPRISE: {"manager": manager}}),
        ),
        (
            "the manager",
            json!({ENTERPRISE: {"manager": manager}, "title": "T"}),
            remove(&at_manager, &json!([{"value": "m"}])),
            json!({"title": "T"}),
        ),
        (
            "of a plain value a value is ignored",
            json!({"title": "T", OWN: {"a": 1, "b": 2}}),
            json!([
                {"op": "remove", "path": "title", "value": "X"},
                {"op": "remove", "path": format!("{OWN}:a"), "value": 9},
            ]),
            json!({OWN: {"b": 2}}),
        ),
    ]);
}

#[test]
fn names_are_found_in_any_letter_case_but_those_that_are_ids() {
    check(vec![
        (
            "an attribute is replaced, one is removed, a list gets one more",
            json!({OWN: {"Dept": "A", "Desk": 1, "list": ["B"], "Obj": {"Sub": 1}}}),
            json!([
                {"op": "replace", "path": format!("{OWN}:dept"), "value": "B"},
                {"op": "remove", "path": format!("{OWN}:desk")},
                {"op": "add", "path": format!("{OWN}:LIST"), "value": "C"},
                {"op": "add", "path": format!("{OWN}:obj.sub"), "value": 2},
                {"op": "add", "value": {format!("{OWN}:OBJ"): {"SUB": 3}}},
                {"op": "remove", "path": format!("{OWN}:LIST[value eq \"B\"]")},
            ]),
            json!({OWN: {"Dept": "B", "list": ["C"], "Obj": {"Sub": 3}}}),
        ),
        (
            "the very name wins",
            json!({OWN: {"Dept": "A", "dept": "B"}}),
            set(&format!("{OWN}:dept"), &json!("C")),
            json!({OWN: {"Dept": "A", "dept": "C"}}),
        ),
        (
            "custom fields are named by their ids",
            json!({CUSTOM: {"Fld": "A"}}),
            set(&format!("{CUSTOM}:fld"), &json!("B")),
            json!({CUSTOM: {"Fld": "A", "fld": "B"}}),
        ),
    ]);
}

#[test]
fn a_boolean_is_found_quoted_or_not() {
    let list = format!("{OWN}:l");
    check(vec![
        (
            "a quoted one finds true",
            json!({OWN: {"l": [{"value": "A", "primary": true}, {"value": "B", "primary": false}]}}),
            set(&format!("{list}[primary eq \"True\"].value"), &json!("C")),
            json!({OWN: {"l": [{"value": "C", "primary": true}, {"value": "B", "primary": false}]}}),
        ),
        (
            "true finds a quoted one",
            json!({OWN: {"l": [{"value": "A", "primary": "True"}, {"value": "B"}]}}),
            json!([{"op": "remove", "path": format!("{list}[primary eq true]")}]),
            json!({OWN: {"l": [{"value": "B"}]}}),
        ),
        (
            "one is made as the others have it",
            json!({OWN: {"l": [{"value": "A", "primary": false}]}}),
            set(&format!("{list}[primary eq \"True\"].value"), &json!("C")),
            json!({OWN: {"l": [{"value": "A", "primary": false}, {"primary": true, "value": "C"}]}}),
        ),
        (
            "or else as it was sent",
            json!({OWN: {"n": 1}}),
            set(&format!("{list}[primary eq \"True\"].value"), &json!("C")),
            json!({OWN: {"n": 1, "l": [{"primary": "True", "value": "C"}]}}),
        ),
    ]);
}

#[test]
fn a_part_that_roles_do_not_have_chooses_none_of_them() {
    let before = user(json!({"roles": [{"value": "A", "type": "template", "own": 1}]}));
    for (op, path) in [
        ("remove", "roles[not (tpye eq \"template\")]"),
        ("replace", "roles[primry eq \"True\"].value"),
        ("remove", "roles[own eq 1]"),
    ] {
        let operation = json!([{"op": op, "path": path, "value": "B"}]);
        let refusal = patch(&before, operation).expect_err(path);
        assert_eq!(refusal.scim_type, Some(ScimType::InvalidFilter), "{path}");
    }
    let named = patch(&before, set("roles[type eq \"template\"].own", &json!(2)));
    let roles = named.expect("accepted").value.attributes["roles"].clone();
    assert_eq!(roles, json!([{"value": "A", "type": "template", "own": 2}]));
}
