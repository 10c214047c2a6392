use super::*;
use crate::directory::fixtures::{NOW, company};
use crate::directory::group::fixtures::{
    change, found, held_by, ids, linked, nothing, sales, support,
};
use crate::directory::group::{Adopted, RESTORABLE_FOR};
use crate::scim::Object;
use crate::scim::fold::NameKey;

fn settings(group_sync_enabled: bool) -> Settings {
    Settings {
        group_sync_enabled,
        ..company().settings
    }
}

fn renaming(display_name: &str) -> GroupEdit {
    GroupEdit {
        display_name: Some(display_name.into()),
        ..GroupEdit::default()
    }
}

fn edited_with(sync: bool, found: &Found, with: &GroupEdit) -> Result<Decision, Refusal> {
    edit(&settings(sync), found, &support().id, with, NOW)
}

fn only(member: &str) -> MemberChange {
    MemberChange::All(ids(&[member]))
}

fn adopted() -> Group {
    Group {
        display_name: "SUPPORT (Okta)".into(),
        description: None,
        attributes: Object::from_iter([("urn:x:y".to_owned(), serde_json::json!({"tag": "t"}))]),
        unconfirmed_members: 2,
        before_adoption: Some(Adopted {
            display_name: "Support".into(),
            external_id: None,
            description: Some("First line".into()),
            attributes: Object::new(),
        }),
        ..linked()
    }
}

fn deleted_group() -> Group {
    Group {
        state: GroupState::Deleted,
        state_changed_at: NOW,
        ..support()
    }
}

#[test]
fn the_app_makes_a_group_of_its_own() {
    let new = NewGroup {
        display_name: "Support".into(),
        description: Some("First line".into()),
        members: ids(&["tea_1"]),
    };
    let new_id = GroupId::named("grp_new");
    let made = change(create(&Found::default(), &new, &new_id, NOW));
    assert_eq!(made.event_type(), Some(EventType::GroupCreated));
    assert_eq!(made.members(), &Members::Change(only("tea_1")));
    assert!(!made.after().is_linked);
    assert_eq!(
        create(&held_by(support()), &new, &new_id, NOW),
        Err(Refusal::group_name_taken(&support()))
    );
    let unknown = Found {
        unknown_members: ids(&["tea_1"]),
        ..Found::default()
    };
    assert_eq!(
        create(&unknown, &new, &new_id, NOW),
        Err(Refusal::UnknownMembers {
            ids: vec!["tea_1".into()]
        })
    );
}

#[test]
fn an_app_made_group_is_the_apps_to_edit() {
    let renamed = change(edited_with(true, &found(support()), &renaming("Help desk")));
    assert_eq!(renamed.event_type(), Some(EventType::GroupRenamed));
    assert_eq!(renamed.after().display_name, "Help desk");
    let described = GroupEdit {
        description: TextChange::Clear,
        ..renaming("Support")
    };
    let described = change(edited_with(true, &found(support()), &described));
    assert_eq!(described.event_type(), Some(EventType::GroupUpdated));
    assert_eq!(described.after().description, None);
    let taken = Found {
        holder: Some(sales()),
        ..found(support())
    };
    assert_eq!(
        edited_with(true, &taken, &renaming("sales")),
        Err(Refusal::group_name_taken(&sales()))
    );
}

#[test]
fn the_name_and_members_of_a_managed_group_are_not_the_apps() {
    let managed = found(linked());
    let on = settings(true);
    for decision in [
        edit(&on, &managed, &support().id, &renaming("Help desk"), NOW),
        change_members(&on, &managed, &support().id, &only("tea_1"), NOW),
        delete(&on, &managed, &support().id, NOW),
    ] {
        assert_eq!(
            decision.expect_err("refused").to_string(),
            "Name and members of the teammate group \"Support\" belong to the identity provider. Rename \
             it, change its members or delete it there; or release it here (PATCH it with idp_managed \
             false), or turn off \"Teammate group sync\" (group_sync_enabled) to manage all groups here."
        );
    }
    let described = GroupEdit {
        description: TextChange::Set("Second line".into()),
        ..renaming("Support")
    };
    let described = change(edited_with(true, &managed, &described));
    assert_eq!(described.event_type(), Some(EventType::GroupUpdated));
}

#[test]
fn with_sync_turned_off_a_linked_group_is_edited_and_stays_linked() {
    let linked_group = found(linked());
    let off = settings(false);
    let renamed = change(edited_with(false, &linked_group, &renaming("Help desk")));
    assert!(renamed.after().is_linked);
    let changed = change(change_members(
        &off,
        &linked_group,
        &support().id,
        &only("tea_1"),
        NOW,
    ));
    assert_eq!(changed.event_type(), None);
    assert_eq!(changed.members(), &Members::Change(only("tea_1")));
    let gone = change(delete(&off, &linked_group, &support().id, NOW));
    assert_eq!(gone.event_type(), Some(EventType::GroupDeleted));
}

#[test]
fn no_change_of_members_is_nothing_and_unknown_ones_are_refused() {
    let members =
        |found: &Found, change| change_members(&settings(true), found, &support().id, &change, NOW);
    assert_eq!(
        nothing(members(&found(support()), MemberChange::None)),
        support()
    );
    let unknown = Found {
        unknown_members: ids(&["tea_1"]),
        ..found(support())
    };
    assert_eq!(
        members(&unknown, only("tea_1")),
        Err(Refusal::UnknownMembers {
            ids: vec!["tea_1".into()]
        })
    );
}

#[test]
fn unconfirmed_members_are_dropped_though_the_group_is_managed() {
    let some = ids(&["tea_1"]);
    for ids in [None, Some(&some)] {
        let change = change(drop_unconfirmed(&found(adopted()), &support().id, ids, NOW));
        assert_eq!(change.event_type(), None);
        assert_eq!(change.members(), &Members::DropUnconfirmed(ids.cloned()));
    }
    for group in [linked(), support()] {
        let decision = drop_unconfirmed(&found(group.clone()), &support().id, None, NOW);
        assert_eq!(nothing(decision), group);
    }
}

#[test]
fn a_deleted_group_is_restored_within_thirty_days_as_the_apps_own() {
    let last_moment = Timestamp(NOW.0 + RESTORABLE_FOR);
    let restored = change(restore(&found(deleted_group()), &support().id, last_moment));
    assert_eq!(restored.event_type(), Some(EventType::GroupRestored));
    assert_eq!(restored.members(), &Members::Keep);
    assert_eq!(
        restored.claimed_name().as_ref().map(NameKey::folded),
        Some("support")
    );
    let after = Group {
        version: 8,
        definition: 3,
        updated_at: last_moment,
        state_changed_at: last_moment,
        ..support()
    };
    assert_eq!(restored.into_after(), after);
    let too_late = Timestamp(last_moment.0 + 1);
    assert_eq!(
        restore(&found(deleted_group()), &support().id, too_late)
            .expect_err("refused")
            .to_string(),
        "The teammate group \"Support\" was deleted at 2025-11-21T09:30:00.000Z. A group can be restored \
         for 30 days; create it anew."
    );
    let taken = Found {
        holder: Some(Group {
            display_name: "support".into(),
            ..sales()
        }),
        ..found(deleted_group())
    };
    assert!(matches!(
        restore(&taken, &support().id, NOW),
        Err(Refusal::GroupNameTaken { .. })
    ));
    assert_eq!(
        nothing(restore(&found(support()), &support().id, NOW)),
        support()
    );
}

#[test]
fn a_group_that_its_identity_provider_deleted_is_restored_as_the_apps_own() {
    let deleted = Group {
        is_linked: true,
        ..deleted_group()
    };
    let restored = change(restore(&found(deleted), &support().id, NOW));
    assert!(!restored.after().is_linked);
}

#[test]
fn a_released_group_is_the_apps_with_its_members() {
    let release = |found: &Found, edit: &GroupEdit| release(found, &support().id, edit, NOW);
    for group in [linked(), adopted()] {
        let released = change(release(&found(group.clone()), &GroupEdit::default()));
        assert_eq!(released.event_type(), Some(EventType::GroupReleased));
        assert_eq!(released.members(), &Members::Keep);
        let after = Group {
            is_linked: false,
            before_adoption: None,
            version: 8,
            definition: 3,
            updated_at: NOW,
            ..group
        };
        assert_eq!(released.into_after(), after);
    }
    // What is edited at once is edited as the app's own.
    let renamed = change(release(&found(linked()), &renaming("Help desk")));
    assert_eq!(renamed.event_type(), Some(EventType::GroupReleased));
    assert_eq!(
        renamed.claimed_name().as_ref().map(NameKey::folded),
        Some("help desk")
    );
    let taken = Found {
        holder: Some(sales()),
        ..found(linked())
    };
    assert!(matches!(
        release(&taken, &renaming("Sales")),
        Err(Refusal::GroupNameTaken { .. })
    ));
    let own = release(&found(support()), &GroupEdit::default());
    assert_eq!(nothing(own), support());
    let own = change(release(&found(support()), &renaming("Help desk")));
    assert_eq!(own.event_type(), Some(EventType::GroupRenamed));
    assert!(matches!(
        release(&found(deleted_group()), &GroupEdit::default()),
        Err(Refusal::GroupDeleted { .. })
    ));
}

#[test]
fn an_undone_adoption_brings_back_what_was() {
    let undone = change(undo_adoption(&found(adopted()), &support().id, NOW));
    assert_eq!(undone.event_type(), Some(EventType::GroupAdoptionUndone));
    assert_eq!(undone.members(), &Members::Undo);
    assert_eq!(
        undone.claimed_name().as_ref().map(NameKey::folded),
        Some("support")
    );
    let after = Group {
        unconfirmed_members: 2,
        version: 8,
        definition: 3,
        updated_at: NOW,
        ..support()
    };
    assert_eq!(undone.into_after(), after);
    let taken = Found {
        holder: Some(Group {
            display_name: "support".into(),
            ..sales()
        }),
        ..found(adopted())
    };
    assert!(matches!(
        undo_adoption(&taken, &support().id, NOW),
        Err(Refusal::GroupNameTaken { .. })
    ));
    assert_eq!(
        undo_adoption(&found(linked()), &support().id, NOW)
            .expect_err("refused")
            .to_string(),
        "The teammate group \"Support\" was not adopted by an identity provider, so that there is \
         nothing to undo."
    );
}

#[test]
fn nothing_is_done_to_a_group_that_is_deleted_or_never_was() {
    let on = settings(true);
    let id = support().id;
    let gone = found(deleted_group());
    let none = Found::default();
    for (found, text) in [
        (
            &gone,
            "The teammate group \"grp_support\" was deleted. Restore it, and retry.",
        ),
        (
            &none,
            "No teammate group with the id \"grp_support\" exists here.",
        ),
    ] {
        for decision in [
            edit(&on, found, &id, &renaming("x"), NOW),
            change_members(&on, found, &id, &only("tea_1"), NOW),
            drop_unconfirmed(found, &id, None, NOW),
            undo_adoption(found, &id, NOW),
        ] {
            assert_eq!(decision.expect_err("refused").to_string(), text);
        }
    }
    assert_eq!(nothing(delete(&on, &gone, &id, NOW)), deleted_group());
    assert!(matches!(
        restore(&none, &id, NOW),
        Err(Refusal::NotFound { .. })
    ));
}
