use super::*;
use crate::directory::fixtures::NOW;
use crate::directory::group::RESTORABLE_FOR;
use crate::directory::group::fixtures::{
    change, found, held_by, ids, linked, nothing, sales, support,
};
use crate::scim::Object;
use crate::scim::error::ScimError;
use crate::scim::fold::NameKey;
use crate::scim::group::{Selected, TextChange};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn body(display_name: &str) -> GroupBody {
    GroupBody {
        display_name: display_name.into(),
        external_id: None,
        description: TextChange::Keep,
        extensions: Object::new(),
        members: None,
    }
}

fn all(members: &[&str]) -> MemberChange {
    MemberChange::All(ids(members))
}

fn added(members: &[&str]) -> MemberChange {
    MemberChange::Delta {
        add: ids(members),
        remove: BTreeSet::new(),
    }
}

fn created(found: &Found, body: &GroupBody) -> Result<Decision, Refusal> {
    create(found, body, &GroupId::named("grp_new"), NOW)
}

fn on<T>(id: &GroupId, write: impl FnOnce(Target<'_>) -> T) -> T {
    write(Target {
        id,
        preconditions: &Preconditions::default(),
    })
}

fn put(found: &Found, body: &GroupBody) -> Result<Decision, Refusal> {
    on(&support().id, |target| replace(found, target, body, NOW))
}

fn patched(found: &Found, change: &GroupChange) -> Result<Decision, Refusal> {
    on(&support().id, |target| update(found, target, change, NOW))
}

fn renaming(display_name: &str) -> GroupChange {
    GroupChange {
        display_name: Some(display_name.into()),
        ..GroupChange::default()
    }
}

fn membership(members: MemberChange) -> GroupChange {
    GroupChange {
        members,
        ..GroupChange::default()
    }
}

#[test]
fn a_push_of_a_new_name_makes_a_linked_group() {
    let pushed = GroupBody {
        external_id: Some("8aa1".into()),
        description: TextChange::Set("d".into()),
        members: Some(ids(&["tea_1"])),
        ..body(" Support ")
    };
    let change = change(created(&Found::default(), &pushed));
    assert_eq!(change.before(), None);
    assert_eq!(change.event_type(), Some(EventType::GroupCreated));
    assert_eq!(change.members(), &Members::Change(all(&["tea_1"])));
    assert_eq!(
        change.claimed_name().as_ref().map(NameKey::folded),
        Some("support")
    );
    let after = Group {
        id: GroupId::named("grp_new"),
        display_name: " Support ".into(),
        external_id: Some("8aa1".into()),
        description: Some("d".into()),
        is_linked: true,
        member_count: 0,
        version: 1,
        definition: 1,
        created_at: NOW,
        updated_at: NOW,
        state_changed_at: NOW,
        ..support()
    };
    assert_eq!(change.into_after(), after);
}

#[test]
fn a_push_without_members_makes_an_empty_group() {
    for members in [None, Some(BTreeSet::new())] {
        let pushed = GroupBody {
            members,
            ..body("Support")
        };
        let change = change(created(&Found::default(), &pushed));
        assert_eq!(change.members(), &Members::Keep);
    }
}

#[test]
fn a_push_of_the_name_of_an_app_made_group_adopts_it() {
    let pushed = GroupBody {
        external_id: Some("8aa1".into()),
        members: Some(ids(&["tea_1"])),
        ..body("SUPPORT")
    };
    let change = change(created(&held_by(support()), &pushed));
    assert_eq!(change.before(), Some(&support()));
    assert_eq!(change.event_type(), Some(EventType::GroupAdopted));
    assert_eq!(change.members(), &Members::Adopt(all(&["tea_1"])));
    assert_eq!(change.claimed_name(), None);
    let after = Group {
        display_name: "SUPPORT".into(),
        external_id: Some("8aa1".into()),
        is_linked: true,
        version: 8,
        definition: 3,
        updated_at: NOW,
        before_adoption: Some(Adopted {
            display_name: "Support".into(),
            external_id: None,
            description: Some("First line".into()),
            attributes: Object::new(),
        }),
        ..support()
    };
    assert_eq!(change.into_after(), after);
}

#[test]
fn an_adoption_that_names_no_members_leaves_the_old_ones_unconfirmed() {
    for members in [None, Some(BTreeSet::new())] {
        let pushed = GroupBody {
            members,
            ..body("Support")
        };
        let change = change(created(&held_by(support()), &pushed));
        assert_eq!(change.members(), &Members::Adopt(MemberChange::None));
    }
}

#[test]
fn a_push_of_a_managed_name_is_a_conflict() {
    let refusal = created(&held_by(linked()), &body("support")).expect_err("refused");
    assert_eq!(
        refusal.to_string(),
        "A teammate group with the name \"Support\" exists already, with the id \"grp_support\". Link to \
         that one, or rename one of the two, and retry."
    );
}

#[test]
fn the_first_write_to_an_app_made_group_adopts_it_whatever_it_is() {
    let adopted = |decision, members| {
        let change = change(decision);
        assert_eq!(change.event_type(), Some(EventType::GroupAdopted));
        assert_eq!(change.members(), &Members::Adopt(members));
        let after = change.into_after();
        assert!(after.is_linked);
        assert!(after.before_adoption.is_some());
        assert_eq!((after.version, after.definition), (8, 3));
    };
    let app_made = found(support());
    adopted(put(&app_made, &body("Support")), MemberChange::None);
    let listed = GroupBody {
        members: Some(ids(&["tea_1"])),
        ..body("Support")
    };
    adopted(put(&app_made, &listed), all(&["tea_1"]));
    // The final list of a PUT is empty, which is not the same as to say nothing.
    let emptied = GroupBody {
        members: Some(BTreeSet::new()),
        ..body("Support")
    };
    adopted(put(&app_made, &emptied), all(&[]));
    adopted(
        patched(&app_made, &membership(added(&["tea_1"]))),
        added(&["tea_1"]),
    );
    adopted(patched(&app_made, &renaming("Support")), MemberChange::None);
    adopted(
        patched(&app_made, &GroupChange::default()),
        MemberChange::None,
    );
}

#[test]
fn a_rename_keeps_the_id_and_frees_the_name() {
    for decision in [
        put(
            &found(linked()),
            &GroupBody {
                external_id: linked().external_id,
                ..body("Help desk")
            },
        ),
        patched(&found(linked()), &renaming("Help desk")),
    ] {
        let change = change(decision);
        assert_eq!(change.event_type(), Some(EventType::GroupRenamed));
        assert_eq!(change.members(), &Members::Keep);
        assert_eq!(
            change.claimed_name().as_ref().map(NameKey::folded),
            Some("help desk")
        );
        let after = Group {
            display_name: "Help desk".into(),
            version: 8,
            definition: 3,
            updated_at: NOW,
            ..linked()
        };
        assert_eq!(change.into_after(), after);
    }
}

#[test]
fn a_rename_to_another_spelling_of_the_same_name_claims_nothing() {
    let found = Found {
        holder: Some(linked()),
        ..found(linked())
    };
    let change = change(patched(&found, &renaming("SUPPORT ")));
    assert_eq!(change.event_type(), Some(EventType::GroupRenamed));
    assert_eq!(change.claimed_name(), None);
}

#[test]
fn the_name_of_another_group_is_a_conflict() {
    for holder in [
        sales(),
        Group {
            is_linked: false,
            ..sales()
        },
    ] {
        let found = Found {
            holder: Some(holder.clone()),
            ..found(linked())
        };
        let taken = Err(Refusal::group_name_taken(&holder));
        assert_eq!(put(&found, &body("sales")), taken);
        assert_eq!(patched(&found, &renaming("SALES")), taken);
    }
}

#[test]
fn an_unchanged_name_in_every_request_is_no_conflict_and_no_change() {
    // Okta repeats the name whenever it changes members.
    let found = Found {
        holder: Some(linked()),
        ..found(linked())
    };
    assert_eq!(nothing(patched(&found, &renaming("Support"))), linked());
    let change = change(patched(
        &found,
        &GroupChange {
            members: added(&["tea_1"]),
            ..renaming("Support")
        },
    ));
    assert_eq!(change.event_type(), None);
    assert_eq!(change.members(), &Members::Change(added(&["tea_1"])));
    let after = change.into_after();
    assert_eq!((after.version, after.definition), (8, 2));
}

#[test]
fn texts_are_kept_cleared_and_set() {
    let cleared = GroupChange {
        external_id: TextChange::Clear,
        description: TextChange::Clear,
        ..GroupChange::default()
    };
    let emptied = change(patched(&found(linked()), &cleared));
    assert_eq!(emptied.event_type(), Some(EventType::GroupUpdated));
    assert_eq!(emptied.after().external_id, None);
    assert_eq!(emptied.after().description, None);
    let set = GroupChange {
        external_id: TextChange::Set("9".into()),
        description: TextChange::Set("Second line".into()),
        ..GroupChange::default()
    };
    let updated = change(patched(&found(linked()), &set));
    assert_eq!(updated.after().external_id.as_deref(), Some("9"));
    assert_eq!(updated.after().description.as_deref(), Some("Second line"));
    assert_eq!(
        nothing(patched(&found(linked()), &GroupChange::default())),
        linked()
    );
}

#[test]
fn a_put_replaces_all_but_what_only_others_speak_of() {
    let replaced = change(put(&found(linked()), &body("Support")));
    assert_eq!(replaced.members(), &Members::Keep);
    assert_eq!(replaced.after().external_id, None);
    assert_eq!(replaced.after().description.as_deref(), Some("First line"));
    let cleared = GroupBody {
        external_id: linked().external_id,
        description: TextChange::Clear,
        members: Some(BTreeSet::new()),
        ..body("Support")
    };
    let replaced = change(put(&found(linked()), &cleared));
    assert_eq!(replaced.after().description, None);
    assert_eq!(replaced.members(), &Members::Change(all(&[])));
}

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
fn the_first_mistake_is_told_and_none_where_there_is_no_group() {
    let mistaken = GroupChange {
        passing_members: ids(&["tea_1"]),
        refusal: Some(ScimError::invalid_path("no such path")),
        ..GroupChange::default()
    };
    assert_eq!(
        patched(&found(linked()), &mistaken),
        Err(ScimError::invalid_path("no such path").into())
    );
    let missing = Found {
        unknown_members: ids(&["tea_1"]),
        ..found(linked())
    };
    let refusal = patched(&missing, &mistaken).expect_err("refused");
    assert!(refusal.to_string().contains("No teammate has the id"));
    assert_eq!(
        patched(&Found::default(), &mistaken),
        Err(Refusal::NotFound {
            kind: "Group".into(),
            id: "grp_support".into()
        })
    );
}

#[test]
fn a_deleted_group_is_not_there() {
    let gone = found(Group {
        state: GroupState::Deleted,
        ..support()
    });
    for decision in [
        put(&gone, &body("Support")),
        patched(&gone, &GroupChange::default()),
        on(&support().id, |target| remove(&gone, target, NOW)),
    ] {
        let refusal = decision.expect_err("refused");
        assert_eq!(
            refusal.to_string(),
            "No Group with the id \"grp_support\" exists here."
        );
    }
}

#[test]
fn a_delete_frees_the_name_and_keeps_a_link() {
    let adopted = Group {
        before_adoption: Some(Adopted {
            display_name: "S".into(),
            external_id: None,
            description: None,
            attributes: Object::new(),
        }),
        ..linked()
    };
    for group in [support(), linked(), adopted] {
        let found = found(group.clone());
        let change = change(on(&group.id, |target| remove(&found, target, NOW)));
        assert_eq!(change.event_type(), Some(EventType::GroupDeleted));
        // What the app has made, the identity provider takes over by deleting it.
        let members = if group.is_linked {
            Members::Keep
        } else {
            Members::Adopt(MemberChange::None)
        };
        assert_eq!(change.members(), &members);
        assert_eq!(change.claimed_name(), None);
        assert_eq!(change.after().held_name(), None);
        let after = Group {
            is_linked: true,
            before_adoption: None,
            state: GroupState::Deleted,
            version: 8,
            definition: 3,
            updated_at: NOW,
            state_changed_at: NOW,
            ..group
        };
        assert_eq!(change.into_after(), after);
    }
}

#[test]
fn a_group_that_was_deleted_and_is_pushed_again_comes_back() {
    let deleted = Group {
        state: GroupState::Deleted,
        state_changed_at: Timestamp(NOW.0 - RESTORABLE_FOR),
        ..linked()
    };
    let pushed = GroupBody {
        external_id: Some("new".into()),
        members: Some(ids(&["tea_1"])),
        ..body(" SUPPORT")
    };
    let found = Found {
        deleted: Some(deleted.clone()),
        ..Found::default()
    };
    let back = change(created(&found, &pushed));
    assert_eq!(back.event_type(), Some(EventType::GroupRestored));
    assert_eq!(back.members(), &Members::Change(all(&["tea_1"])));
    assert_eq!(
        back.claimed_name().as_ref().map(NameKey::folded),
        Some("support")
    );
    assert_eq!(
        back.into_after(),
        Group {
            display_name: " SUPPORT".into(),
            external_id: Some("new".into()),
            state: GroupState::Active,
            version: 8,
            definition: 3,
            updated_at: NOW,
            state_changed_at: NOW,
            ..linked()
        }
    );
    // Without members it has none.
    let empty = change(created(&found, &body("Support")));
    assert_eq!(empty.members(), &Members::Change(all(&[])));
    // One that the app has made since is adopted, and after 30 days there is nothing to bring back.
    let held = Found {
        holder: Some(support()),
        ..found.clone()
    };
    let adopted = change(created(&held, &body("Support")));
    assert_eq!(adopted.event_type(), Some(EventType::GroupAdopted));
    let too_late = Found {
        deleted: Some(Group {
            state_changed_at: Timestamp(NOW.0 - RESTORABLE_FOR - 1),
            ..deleted
        }),
        ..Found::default()
    };
    let new = change(created(&too_late, &body("Support")));
    assert_eq!(new.event_type(), Some(EventType::GroupCreated));
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

#[test]
fn a_version_that_the_client_does_not_have_is_refused() {
    let stale = Preconditions::parse(Some("W/\"6\""), None);
    let target = Target {
        id: &support().id,
        preconditions: &stale,
    };
    let unmet = Err(Refusal::VersionMismatch {
        current: linked().entity_tag(),
    });
    let found = found(linked());
    assert_eq!(replace(&found, target, &body("Support"), NOW), unmet);
    assert_eq!(update(&found, target, &renaming("x"), NOW), unmet);
    assert_eq!(remove(&found, target, NOW), unmet);
}

fn extensions(value: &Value) -> Object {
    value.as_object().expect("an object").clone()
}

#[test]
fn extensions_are_a_part_of_the_definition() {
    let has = |tag: &str| extensions(&json!({"urn:x:y": {"tag": tag}}));
    let patch = |operations: Value| {
        let body = json!({ "Operations": operations });
        let body = body.as_object().expect("an object");
        GroupChange::from_request(body, "https://host/v2")
            .expect("understood")
            .value
    };
    let pushed = GroupBody {
        extensions: has("t"),
        ..body("Support")
    };
    let made = change(created(&Found::default(), &pushed));
    assert_eq!(made.after().attributes, has("t"));
    let before = Group {
        attributes: has("t"),
        ..linked()
    };
    let tagged = patch(json!([{"op": "replace", "path": "urn:x:y:tag", "value": "t2"}]));
    let updated = change(patched(&found(before.clone()), &tagged));
    assert_eq!(updated.event_type(), Some(EventType::GroupUpdated));
    assert_eq!(updated.after().attributes, has("t2"));
    assert_eq!(updated.after().definition, before.definition + 1);
    // What is there already is no change.
    let again = patch(json!([{"op": "replace", "path": "urn:x:y:tag", "value": "t"}]));
    assert_eq!(nothing(patched(&found(before.clone()), &again)), before);
    // A PUT has all that is left, as that of a user has.
    let replaced = change(put(&found(before.clone()), &body("Support")));
    assert_eq!(replaced.after().attributes, Object::new());
    // What can't be done with what is there is refused, and so is all else.
    let refused = patch(json!([
        {"op": "replace", "path": "displayName", "value": "Help"},
        {"op": "add", "path": "urn:x:y:list[value co \"A\"].display", "value": "d"}
    ]));
    let refusal = patched(&found(before), &refused).expect_err("refused");
    assert!(
        refusal.to_string().contains("matches [value co"),
        "{refusal}"
    );
}

#[test]
fn an_adoption_keeps_the_extensions_that_were() {
    let old = Group {
        attributes: extensions(&json!({"urn:x:y": {"tag": "old"}})),
        ..support()
    };
    let pushed = GroupBody {
        extensions: extensions(&json!({"urn:x:z": {"tag": "new"}})),
        ..body("Support")
    };
    let adopted = change(created(&held_by(old.clone()), &pushed)).into_after();
    assert_eq!(adopted.attributes, pushed.extensions);
    let kept = adopted.before_adoption.expect("adopted").attributes;
    assert_eq!(kept, old.attributes);
}
