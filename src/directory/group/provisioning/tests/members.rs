//! Who comes and goes, and who can't.

use super::*;

#[test]
fn unknown_members_are_listed_and_nothing_is_applied() {
    let unknown = |mut found: Found| {
        found.unknown_members = ids(&["tea_b", "x\u{7}y"]);
        found
    };
    let members = ids(&["tea_a", "tea_b", "x\u{7}y"]);
    let listed = GroupBody {
        members: Some(members.clone()),
        ..body("Support")
    };
    let passing = GroupChange {
        passing_members: members.clone(),
        ..GroupChange::default()
    };
    for decision in [
        created(&unknown(Found::default()), &listed),
        created(&unknown(held_by(support())), &listed),
        put(&unknown(found(linked())), &listed),
        patched(
            &unknown(found(linked())),
            &membership(MemberChange::All(members)),
        ),
        patched(&unknown(found(linked())), &passing),
    ] {
        assert_eq!(
            decision.expect_err("refused").to_string(),
            "No teammate has the id \"tea_b\", \"x y\". Provision the users first, or take them out of \
             the group in your identity provider; nothing was changed."
        );
    }
    // What another request named is no matter of this one.
    assert_eq!(
        nothing(patched(&unknown(found(linked())), &renaming("Support"))),
        linked()
    );
}

#[test]
fn an_unknown_id_of_a_group_says_that_groups_are_not_nested() {
    let found = Found {
        unknown_members: ids(&["grp_a", "tea_b", "tea_grp_"]),
        ..found(linked())
    };
    let refusal = |members: &[&str]| {
        let change = membership(MemberChange::All(ids(members)));
        patched(&found, &change).expect_err("refused").to_string()
    };
    assert_eq!(
        refusal(&["grp_a", "tea_b"]),
        "No teammate has the id \"grp_a\", \"tea_b\". Groups are not nested here: take \"grp_a\" out of the group in \
         your identity provider, and assign the users directly. Provision the users first, or take them out of \
         the group in your identity provider; nothing was changed."
    );
    assert!(!refusal(&["tea_b", "tea_grp_"]).contains("nested"));
}

#[test]
fn of_very_many_unknown_members_the_first_are_listed() {
    let many: BTreeSet<String> = (0..150).map(|number| format!("tea_{number:03}")).collect();
    let found = Found {
        unknown_members: many.clone(),
        ..found(linked())
    };
    let refusal = patched(&found, &membership(MemberChange::All(many))).expect_err("refused");
    let text = refusal.to_string();
    assert!(
        text.contains("\"tea_099\", and 50 more. Provision"),
        "{text}"
    );
}

#[test]
fn a_removal_that_changes_nothing_is_told_to_the_write_alone() {
    let removal = GroupChange {
        to_end: 1,
        ..GroupChange::default()
    };
    let done = change(patched(&found(linked()), &removal));
    assert_eq!(done.event_type(), None);
    assert_eq!(done.members(), &Members::Change(MemberChange::None));
    assert_eq!(done.aside().to_end, 1);
    // A group of the app's is adopted all the same.
    let adopted = change(patched(&found(support()), &removal));
    assert_eq!(adopted.event_type(), Some(EventType::GroupAdopted));
}

#[test]
fn members_whom_a_filter_finds_are_named_once_they_are_known() {
    let operations = serde_json::json!({"Operations": [
        {"op": "remove", "path": "members[display eq \"Ada\"]"}
    ]});
    let body = operations.as_object().expect("an object");
    let removal = GroupChange::from_request(body, "https://host/v2")
        .expect("a PATCH")
        .value;
    let of = |selected| Found {
        selected,
        ..found(linked())
    };
    let decide = |found: &Found| on(&linked().id, |target| select(found, target, &removal, NOW));
    let ada = Selected {
        members: ids(&["tea_1", "tea_2"]),
        others: BTreeSet::new(),
    };
    let done = change(decide(&of(Selections::Found(vec![ada]))));
    let remove = MemberChange::Delta {
        add: BTreeSet::new(),
        remove: ids(&["tea_1", "tea_2"]),
    };
    assert_eq!(done.members(), &Members::Change(remove));
    let refusal = decide(&of(Selections::TooMany)).expect_err("too many");
    assert!(
        refusal.to_string().contains("more than 20000 members"),
        "{refusal}"
    );
}
