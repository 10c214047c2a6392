//! Generated requests: a PATCH does at once what its operations do one by one to a plain set.

use super::{BASE, GROUP, GroupBody, GroupChange, MemberChange, object};
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::of_patch;
use crate::scim::normalise::tests::{operation, printed};
use crate::scim::user::tests::properties::any_json;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Those who may be members; the last two of all are nobody's ids.
const TEAMMATES: [&str; 5] = ["a", "b", "c", "d", "E"];
const NAMED: [&str; 7] = ["a", "b", "c", "d", "E", "e", "x"];

#[derive(Debug, Clone)]
enum Step {
    Add(Vec<&'static str>),
    AddOne(&'static str),
    Remove(Vec<&'static str>),
    RemoveOne(&'static str),
    NullOne(&'static str),
    Set(Vec<&'static str>),
    RemoveAll,
}

fn step() -> impl Strategy<Value = Step> {
    // Mostly teammates, so that not every request is refused.
    let id = prop_oneof![
        20 => proptest::sample::select(&TEAMMATES[..]),
        1 => proptest::sample::select(&NAMED[..]),
    ];
    let list = proptest::collection::vec(id.clone(), 0..4);
    prop_oneof![
        4 => list.clone().prop_map(Step::Add),
        2 => id.clone().prop_map(Step::AddOne),
        4 => list.clone().prop_map(Step::Remove),
        3 => id.clone().prop_map(Step::RemoveOne),
        1 => id.prop_map(Step::NullOne),
        1 => list.prop_map(Step::Set),
        1 => Just(Step::RemoveAll),
    ]
}

/// What one operation does to a set, or that it is refused.
fn apply(step: &Step, members: &mut BTreeSet<String>) -> Result<(), ()> {
    let known = |ids: &[&str]| {
        let all = ids.iter().all(|id| TEAMMATES.contains(id));
        all.then_some(()).ok_or(())
    };
    match step {
        Step::Add(ids) => {
            known(ids)?;
            members.extend(ids.iter().map(|id| (*id).to_owned()));
        }
        Step::AddOne(id) => {
            known(&[id])?;
            members.insert((*id).to_owned());
        }
        Step::Remove(ids) => members.retain(|member| !ids.contains(&member.as_str())),
        Step::RemoveOne(id) | Step::NullOne(id) => {
            members.remove(*id);
        }
        Step::Set(ids) => {
            known(ids)?;
            *members = ids.iter().map(|id| (*id).to_owned()).collect();
        }
        Step::RemoveAll => members.clear(),
    }
    Ok(())
}

/// An operation as one client or another spells it.
fn spelled(step: &Step, spelling: usize) -> Value {
    let core = "urn:ietf:params:scim:schemas:core:2.0:Group:members";
    let pick = |among: &[&'static str]| among[spelling % among.len()];
    let element = |id: &str, place: usize| match (spelling + place) % 4 {
        0 => json!({"value": id}),
        1 => json!({"value": id, "display": "someone", "$ref": null}),
        2 => json!({"$ref": format!("../Users/{id}"), "type": "User", "Value": id}),
        _ => json!(id),
    };
    let list = |ids: &[&str]| match ids {
        [only] if spelling.is_multiple_of(3) => element(only, 0),
        ids => ids
            .iter()
            .enumerate()
            .map(|(place, id)| element(id, place))
            .collect(),
    };
    let path = pick(&["members", "Members", core]);
    let chosen = |id: &str| match spelling % 3 {
        0 => format!("members[value eq \"{id}\"]"),
        1 => format!("MEMBERS[Value EQ \"{id}\"]"),
        _ => format!("{core}[value eq \"{id}\"]"),
    };
    let add = pick(&["add", "Add", "ADD"]);
    let replace = pick(&["replace", "Replace"]);
    let remove = pick(&["remove", "Remove"]);
    match step {
        Step::Add(ids) if spelling.is_multiple_of(4) => {
            json!({"op": add, "value": {path: list(ids)}})
        }
        Step::Add(ids) => json!({"op": add, "path": path, "value": list(ids)}),
        Step::AddOne(id) => match spelling % 4 {
            0 => json!({"op": add, "path": chosen(id)}),
            1 => json!({"op": add, "path": chosen(id), "value": {"display": "someone"}}),
            2 => json!({"op": replace, "path": chosen(id), "value": [{"value": id}]}),
            _ => json!({"op": add, "value": {chosen(id): {}}}),
        },
        Step::Remove(ids) => json!({"op": remove, "path": path, "value": list(ids)}),
        Step::RemoveOne(id) => json!({"op": remove, "path": chosen(id)}),
        Step::NullOne(id) => json!({"op": replace, "path": chosen(id), "value": null}),
        Step::Set(ids) if ids.is_empty() && spelling.is_multiple_of(4) => {
            json!({"op": replace, "path": path, "value": null})
        }
        Step::Set(ids) if spelling % 4 == 1 => json!({"op": replace, "value": {path: list(ids)}}),
        Step::Set(ids) => json!({"op": replace, "path": path, "value": list(ids)}),
        Step::RemoveAll if spelling.is_multiple_of(2) => {
            json!({"op": remove, "path": path, "value": null})
        }
        Step::RemoveAll => json!({"op": remove, "path": path}),
    }
}

/// The change as whoever keeps the members does it.
fn done(change: &GroupChange, before: &BTreeSet<String>) -> Result<BTreeSet<String>, ()> {
    let unknown = |id: &str| !TEAMMATES.contains(&id);
    let is_refused = change.refusal.is_some()
        || change.members.named().any(unknown)
        || change.passing_members.iter().any(|id| unknown(id));
    if is_refused {
        return Err(());
    }
    Ok(match &change.members {
        MemberChange::None => before.clone(),
        MemberChange::Delta { add, remove } => {
            before.difference(remove).chain(add).cloned().collect()
        }
        MemberChange::All(all) => all.clone(),
    })
}

/// An operation that is likely to be understood of a group.
fn near_operation() -> impl Strategy<Value = Value> {
    let path = proptest::sample::select(
        &[
            "members",
            "members[value eq \"a\"]",
            "members.value",
            "members[value eq \"a\"].type",
            "members[type eq \"User\"]",
            "displayName",
            "externalId",
            "urn:ietf:params:scim:schemas:extension:frontapp:group",
            "urn:ietf:params:scim:schemas:extension:frontapp:group:description",
            "urn:ietf:params:scim:schemas:extension:frontapp:group:other",
            "urn:x:y:z",
        ][..],
    );
    (operation(), path, proptest::option::of(any_json())).prop_map(|(mut near, path, value)| {
        near["path"] = path.into();
        if let Some(value) = value {
            near["value"] = value;
        }
        near
    })
}

fn check_invariants(change: &GroupChange) {
    if let MemberChange::Delta { add, remove } = &change.members {
        assert!(add.is_disjoint(remove));
        assert!(!add.is_empty() || !remove.is_empty());
    }
    for id in change.members.named() {
        assert!(!id.trim().is_empty());
        assert!(!change.passing_members.contains(id));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn operations_one_by_one_equal_the_change_at_once(
        before in proptest::sample::subsequence(TEAMMATES.to_vec(), 0..=TEAMMATES.len()),
        steps in proptest::collection::vec((step(), 0..12_usize), 1..8),
    ) {
        let before: BTreeSet<String> = before.into_iter().map(str::to_owned).collect();
        let operations: Vec<Value> = steps
            .iter()
            .map(|(step, spelling)| spelled(step, *spelling))
            .collect();
        let request = object(json!({ "Operations": operations }));
        let change = GroupChange::from_request(&request, BASE).expect("a PATCH").value;
        check_invariants(&change);

        let mut members = before.clone();
        let one_by_one = steps
            .iter()
            .try_for_each(|(step, _)| apply(step, &mut members))
            .map(|()| members);
        prop_assert_eq!(done(&change, &before), one_by_one, "{:?}", request);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_operation_is_read_or_refused(
        operations in proptest::collection::vec(
            prop_oneof![1 => operation(), 3 => near_operation()],
            1..4,
        ),
    ) {
        let request = object(json!({ "Operations": operations }));
        if let Ok(change) = GroupChange::from_request(&request, BASE) {
            check_invariants(&change.value);
        }
        let mut notes = Notes::default();
        if let Ok(operations) = of_patch(&request, &GROUP, &mut notes)
            && !operations.understood.is_empty()
        {
            // What was understood is understood again as the same.
            let again = object(json!({ "Operations": printed(&operations.understood) }));
            let again = of_patch(&again, &GROUP, &mut notes).expect("read again");
            prop_assert_eq!(again.unusable, Vec::new());
            prop_assert_eq!(again.understood, operations.understood);
        }
    }

    #[test]
    fn any_body_is_read_or_refused(name in any_json(), members in any_json(), other in any_json()) {
        let body = json!({"displayName": name, "members": members, "externalId": other});
        if let Ok(body) = GroupBody::from_request(&object(body)) {
            prop_assert!(!body.value.display_name.trim().is_empty());
            prop_assert!(body.value.external_id.is_none_or(|id| !id.is_empty()));
        }
    }
}
