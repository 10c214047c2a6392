//! Operations whose paths say what is true of members: done at once, they are what they are one by one to a plain set.

use super::{BASE, object, patch, set};
use crate::scim::error::ScimType;
use crate::scim::group::{GroupChange, MemberChange, MemberTest, Selected, Selection};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Teammates and their names; the last is nobody.
const PEOPLE: [(&str, &str); 6] = [
    ("a", "Ada"),
    ("b", "Bob"),
    ("c", "Cyd"),
    ("d", "Ada"),
    ("e", "Eve"),
    ("x", ""),
];
const IDS: [&str; 5] = ["a", "b", "c", "d", "e"];
const NOBODY: &str = "x";

fn name_of(id: &str) -> &'static str {
    PEOPLE
        .iter()
        .find(|(one, _)| *one == id)
        .map_or("", |(_, name)| name)
}

/// A filter: whom it chooses, and whom it makes a member where it chooses nobody.
#[derive(Clone, Copy)]
struct Case {
    text: &'static str,
    chooses: fn(&str) -> bool,
    describes: Described,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Described {
    Id(&'static str),
    /// The value has to say whom.
    Anybody,
    Nobody,
}

const CASES: [Case; 11] = [
    Case {
        text: r#"value eq "a""#,
        chooses: |id| id == "a",
        describes: Described::Id("a"),
    },
    Case {
        text: r#"value eq "x""#,
        chooses: |id| id == "x",
        describes: Described::Id("x"),
    },
    Case {
        text: r#"display eq "ADA""#,
        chooses: |id| name_of(id) == "Ada",
        describes: Described::Anybody,
    },
    Case {
        text: r#"display eq "Eve" and type eq "User""#,
        chooses: |id| id == "e",
        describes: Described::Anybody,
    },
    Case {
        text: r#"display co "b" and value eq "b""#,
        chooses: |id| id == "b",
        describes: Described::Nobody,
    },
    Case {
        text: r#"not (display eq "Ada")"#,
        chooses: |id| name_of(id) != "Ada",
        describes: Described::Nobody,
    },
    Case {
        text: r#"value ne "c""#,
        chooses: |id| id != "c",
        describes: Described::Nobody,
    },
    Case {
        text: r#"type eq "User""#,
        chooses: |_| true,
        describes: Described::Anybody,
    },
    Case {
        text: r#"value eq "a" or value eq "b""#,
        chooses: |id| ["a", "b"].contains(&id),
        describes: Described::Nobody,
    },
    Case {
        text: r#"$ref ew "/e" or display sw "cy""#,
        chooses: |id| ["e", "c"].contains(&id),
        describes: Described::Nobody,
    },
    Case {
        text: r#"type eq "Group""#,
        chooses: |_| false,
        describes: Described::Nobody,
    },
];

#[derive(Debug, Clone)]
enum Step {
    Add(Vec<&'static str>),
    Remove(Vec<&'static str>),
    Set(Vec<&'static str>),
    RemoveAll,
    RemoveWhere(usize, bool),
    RemoveOfThose(usize, Vec<&'static str>),
    AssignWhere(usize, Option<&'static str>, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let id = prop_oneof![30 => proptest::sample::select(&IDS[..]), 1 => Just(NOBODY)];
    let list = proptest::collection::vec(id.clone(), 0..4);
    prop_oneof![
        3 => list.clone().prop_map(Step::Add),
        2 => list.clone().prop_map(Step::Remove),
        1 => list.clone().prop_map(Step::Set),
        3 => (0..CASES.len(), list).prop_map(|(case, ids)| Step::RemoveOfThose(case, ids)),
        1 => Just(Step::RemoveAll),
        6 => (0..CASES.len(), any::<bool>()).prop_map(|(case, null)| Step::RemoveWhere(case, null)),
        3 => (0..CASES.len(), proptest::option::of(id), any::<bool>())
            .prop_map(|(case, value, replace)| Step::AssignWhere(case, value, replace)),
    ]
}

fn apply(step: &Step, members: &mut BTreeSet<String>) -> Result<(), ()> {
    let add = |members: &mut BTreeSet<String>, ids: &[&str]| {
        members.extend(ids.iter().map(|id| (*id).to_owned()));
        if ids.contains(&NOBODY) {
            Err(())
        } else {
            Ok(())
        }
    };
    match step {
        Step::Add(ids) => return add(members, ids),
        Step::Set(ids) => {
            add(members, ids)?;
            *members = set(ids);
        }
        Step::Remove(ids) => members.retain(|id| !ids.contains(&id.as_str())),
        Step::RemoveAll => members.clear(),
        Step::RemoveWhere(case, _) => members.retain(|id| !(CASES[*case].chooses)(id)),
        // No values are none: the filter alone says who goes.
        Step::RemoveOfThose(case, ids) => members.retain(|id| {
            !(CASES[*case].chooses)(id) || !(ids.is_empty() || ids.contains(&id.as_str()))
        }),
        Step::AssignWhere(case, value, _) => {
            let Case {
                chooses, describes, ..
            } = CASES[*case];
            let chosen: Vec<String> = members.iter().filter(|id| chooses(id)).cloned().collect();
            match (chosen.as_slice(), describes, value) {
                ([], Described::Anybody, Some(id)) => return add(members, &[id]),
                ([], Described::Id(id), value) if value.is_none_or(|value| value == id) => {
                    return add(members, &[id]);
                }
                ([], ..) => return Err(()),
                (_, _, None) => {}
                (chosen, _, Some(id)) if chosen.iter().all(|one| one == id) => {}
                _ => return Err(()),
            }
        }
    }
    Ok(())
}

fn spelled(step: &Step) -> Value {
    let path = |case: &usize| format!("members[{}]", CASES[*case].text);
    match step {
        Step::Add(ids) => json!({"op": "add", "path": "members", "value": ids}),
        Step::Remove(ids) => json!({"op": "remove", "path": "members", "value": ids}),
        Step::Set(ids) => json!({"op": "replace", "path": "members", "value": ids}),
        Step::RemoveAll => json!({"op": "remove", "path": "members"}),
        Step::RemoveWhere(case, false) => json!({"op": "remove", "path": path(case)}),
        Step::RemoveWhere(case, true) => {
            json!({"op": "replace", "path": path(case), "value": null})
        }
        Step::RemoveOfThose(case, ids) => {
            let value: Value = match ids.as_slice() {
                [one] => json!({"value": one, "type": "User"}),
                ids => ids.iter().map(|id| json!({"value": id})).collect(),
            };
            json!({"op": "remove", "path": path(case), "value": value})
        }
        Step::AssignWhere(case, None, false) if *case % 2 == 0 => {
            let nothing = [json!(null), json!(""), json!([])];
            json!({"op": "add", "path": path(case), "value": nothing[case / 2 % 3]})
        }
        Step::AssignWhere(case, value, replace) => json!({
            "op": if *replace { "replace" } else { "add" },
            "path": path(case),
            "value": value.map_or(json!({"type": "User"}), |id| json!({"value": id})),
        }),
    }
}

/// As whoever keeps the members finds them.
fn found(selection: &Selection, before: &BTreeSet<String>) -> Selected {
    let holds = |id: &str| {
        selection.holds(&|test| match test {
            MemberTest::Among(ids) => ids.contains(id),
            MemberTest::Id(test) => test.admits(&id.into()),
            MemberTest::Display(test) => test.admits(&name_of(id).into()),
        })
    };
    let all = PEOPLE.iter().map(|(id, _)| *id).filter(|id| holds(id));
    let (members, others) = all.map(str::to_owned).partition(|id| before.contains(id));
    Selected { members, others }
}

fn done(change: &GroupChange, before: &BTreeSet<String>) -> Result<BTreeSet<String>, ()> {
    let selected: Vec<Selected> = change
        .selections()
        .map(|selection| found(selection, before))
        .collect();
    let resolved = if selected.is_empty() {
        change.clone()
    } else {
        change.resolved(&selected).map_err(drop)?
    };
    let mut named = resolved
        .members
        .named()
        .chain(resolved.passing_members.iter().map(String::as_str));
    if resolved.refusal.is_some() || named.any(|id| id == NOBODY) {
        return Err(());
    }
    let after = match &resolved.members {
        MemberChange::None => before.clone(),
        MemberChange::Delta { add, remove } => {
            before.difference(remove).chain(add).cloned().collect()
        }
        MemberChange::All(all) => all.clone(),
    };
    // Where no more goes than was to go, nothing was for nothing.
    let gone = before.difference(&after).count();
    assert!(resolved.to_end == u32::MAX || gone <= before.len());
    Ok(after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn selections_one_by_one_equal_the_change_at_once(
        before in proptest::sample::subsequence(IDS.to_vec(), 0..=5),
        steps in proptest::collection::vec(step(), 1..7),
    ) {
        let before = set(&before);
        let operations: Vec<Value> = steps.iter().map(spelled).collect();
        let request = object(json!({ "Operations": operations }));
        let change = GroupChange::from_request(&request, BASE).expect("a PATCH").value;
        let mut members = before.clone();
        let one_by_one = steps
            .iter()
            .try_for_each(|step| apply(step, &mut members))
            .map(|()| members);
        prop_assert_eq!(done(&change, &before), one_by_one, "{:?} on {:?}", request, before);
    }
}

#[test]
fn what_chooses_by_id_or_type_waits_for_nobody() {
    for (path, expected) in [
        (
            "members[value eq \"a\" or value eq \"b\"]",
            super::delta(&[], &["a", "b"]),
        ),
        (
            "members[value eq \"a\" and type eq \"User\"]",
            super::delta(&[], &["a"]),
        ),
        (
            "members[$ref eq \"https://host/v2/Users/a\"]",
            super::delta(&[], &["a"]),
        ),
        ("members[type eq \"User\"]", super::all(&[])),
        ("members[value pr]", super::all(&[])),
        ("members[type eq \"Group\"]", MemberChange::None),
    ] {
        let change = super::change(&json!([{"op": "remove", "path": path}]));
        assert_eq!(change.members, expected, "{path}");
        assert!(change.steps.is_empty(), "{path}");
    }
}

#[test]
fn a_removal_by_filter_and_value_takes_who_meets_both() {
    let remove =
        |path: &str, value: &Value| json!([{"op": "remove", "path": path, "value": value}]);
    let (by_type, by_id) = ("members[type eq \"User\"]", "members[value eq \"a\"]");
    for (path, value, expected) in [
        (by_type, json!([{"value": "a"}]), super::delta(&[], &["a"])),
        (by_type, json!({"value": "a"}), super::delta(&[], &["a"])),
        (by_type, json!("a"), super::delta(&[], &["a"])),
        (by_id, json!([{"value": "b"}]), MemberChange::None),
        (by_id, json!([{"value": "A"}]), MemberChange::None),
        (
            by_id,
            json!([{"value": "b"}, "a"]),
            super::delta(&[], &["a"]),
        ),
        (
            "members[value ne \"a\"]",
            json!(["a", "b"]),
            super::delta(&[], &["b"]),
        ),
        (by_id, json!(null), super::delta(&[], &["a"])),
        (by_id, json!(""), super::delta(&[], &["a"])),
        (by_id, json!([]), super::delta(&[], &["a"])),
        (by_type, json!([]), super::all(&[])),
    ] {
        let change = super::change(&remove(path, &value));
        assert_eq!(change.members, expected, "{path} {value}");
        let misses = expected == MemberChange::None;
        assert!(!misses || change.to_end == u32::MAX, "{path} {value}");
    }
    // A value that names nobody is the mistake that it is without a filter.
    for value in [
        json!(true),
        json!(5),
        json!({"type": "Group"}),
        json!({}),
        json!([{"display": "Ada"}]),
        json!([""]),
        json!({"value": ["a"]}),
    ] {
        let refusal = |path| {
            let change = patch(&remove(path, &value)).expect("a PATCH").value;
            change
                .refusal
                .unwrap_or_else(|| panic!("not refused: {value}"))
        };
        assert_eq!(refusal(by_type), refusal("members"), "{value}");
        assert_eq!(refusal(by_type).status, 400);
    }
}

#[test]
fn an_add_of_nothing_takes_nobody_away() {
    let path = "members[value eq \"a\"]";
    for value in [json!(null), json!(""), json!([])] {
        for (operation, expected) in [
            (
                json!({"op": "add", "path": path, "value": value}),
                super::delta(&["a"], &[]),
            ),
            (
                json!({"op": "add", "value": {path: value}}),
                super::delta(&["a"], &[]),
            ),
            (
                json!({"op": "replace", "path": path, "value": value}),
                super::delta(&[], &["a"]),
            ),
        ] {
            let change = super::change(&json!([operation]));
            assert_eq!(change.members, expected, "{operation}");
        }
        let nobody = json!([{"op": "add", "path": "members[display eq \"Zoe\"]", "value": value}]);
        let change = super::change(&nobody);
        let found = Selected {
            members: set(&["a"]),
            others: BTreeSet::new(),
        };
        let chosen = change.resolved(&[found]).expect("nothing");
        assert_eq!(chosen.members, MemberChange::None);
        let refused = change
            .resolved(&[Selected::default()])
            .expect_err("refused");
        assert_eq!(refused.scim_type, Some(ScimType::NoTarget));
    }
}

#[test]
fn a_removal_that_chooses_nobody_is_noted() {
    let nobody = super::change(&json!([{"op": "remove", "path": "members[type eq \"Group\"]"}]));
    assert_eq!(
        (nobody.members, nobody.to_end),
        (MemberChange::None, u32::MAX)
    );
    let change = super::change(&json!([{"op": "remove", "path": "members[display eq \"Zoe\"]"}]));
    let resolved = change.resolved(&[Selected::default()]).expect("nothing");
    assert_eq!(
        (resolved.members, resolved.to_end),
        (MemberChange::None, u32::MAX)
    );
    let one = Selected {
        members: set(&["a"]),
        others: BTreeSet::new(),
    };
    let resolved = change.resolved(&[one]).expect("a change");
    assert_eq!(
        (resolved.members, resolved.to_end),
        (super::delta(&[], &["a"]), 1)
    );
}

#[test]
fn nobody_becomes_another() {
    let change = super::change(&json!([
        {"op": "replace", "path": "members[display eq \"Ada\"]", "value": {"value": "b"}}
    ]));
    let found = |ids: &[&str]| Selected {
        members: set(ids),
        others: BTreeSet::new(),
    };
    let refused = change.resolved(&[found(&["a"])]).expect_err("refused");
    assert_eq!(refused.scim_type, Some(ScimType::Mutability));
    let same = change.resolved(&[found(&["b"])]).expect("nothing");
    assert_eq!(same.members, MemberChange::None);
    let added = change.resolved(&[found(&[])]).expect("a change");
    assert_eq!(added.members, super::delta(&["b"], &[]));
    assert!(patch(&json!([{"op": "add", "path": "members[display co \"A\"]"}])).is_ok());
}
