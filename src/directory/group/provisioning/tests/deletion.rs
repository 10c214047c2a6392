//! Groups that are deleted, and that come back.

use super::*;

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
