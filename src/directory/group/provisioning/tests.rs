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

mod definition;
mod deletion;
mod members;

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
