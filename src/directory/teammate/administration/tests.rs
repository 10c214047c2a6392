use super::*;
use crate::directory::event::EventType;
use crate::directory::fixtures::{NOW, company};
use crate::directory::teammate::fixtures::{found, rita};

fn change(decision: Result<Decision, Refusal>) -> Change {
    match decision {
        Ok(Decision::Change(change)) => *change,
        other => panic!("expected a change, not {other:?}"),
    }
}

fn in_state(state: State) -> Teammate {
    Teammate { state, ..rita() }
}

fn new() -> NewTeammate {
    NewTeammate {
        user_name: "rita@acme.com".into(),
        external_id: None,
        role: None,
        template_id: None,
        attributes: Object::new(),
    }
}

fn created(found: &Found) -> Result<Decision, Refusal> {
    create(
        &company(),
        found,
        &new(),
        &TeammateId::named("tea_new"),
        NOW,
    )
}

#[test]
fn the_app_brings_back_what_was_removed_or_deleted() {
    for state in [State::Removed, State::Deleted] {
        let change = change(created(&found(in_state(state))));
        assert_eq!(change.after().id, rita().id);
        assert_eq!(change.after().state, State::Active);
        assert_eq!(change.event().event_type(), EventType::TeammateUnblocked);
    }
    assert!(matches!(
        created(&found(rita())),
        Err(Refusal::UserNameTaken { .. })
    ));
}

#[test]
fn a_deleted_teammate_leaves_its_user_name_and_nothing_else() {
    let change = change(delete(&found(rita()), &rita().id, NOW));
    assert_eq!(change.event().event_type(), EventType::TeammateDeleted);
    assert_eq!(change.after().user_name, rita().user_name);
    assert_eq!(change.after().external_id, None);
    assert!(change.after().attributes.is_empty());
    assert!(change.after().folded_emails().is_empty());
}

#[test]
fn a_deleted_teammate_can_be_neither_edited_nor_unblocked() {
    let id = rita().id;
    let gone = found(change(delete(&found(rita()), &id, NOW)).after().clone());
    assert!(matches!(
        block(&gone, &id, NOW),
        Err(Refusal::Deleted { .. })
    ));
    assert!(matches!(
        unblock(&company(), &gone, &id, NOW),
        Err(Refusal::Deleted { .. })
    ));
    assert!(matches!(
        edit(&gone, &id, |current| Ok(current.clone()), NOW),
        Err(Refusal::Deleted { .. })
    ));
    assert!(matches!(delete(&gone, &id, NOW), Ok(Decision::Nothing(_))));
}

#[test]
fn blocking_keeps_a_removed_teammate_removed_and_unblocking_lists_it() {
    let removed = found(in_state(State::Removed));
    let blocked = change(block(&removed, &rita().id, NOW));
    assert_eq!(blocked.after().state, State::Removed);
    assert_eq!(blocked.after().blocked_by, Some(BlockedBy::App));
    let back = change(unblock(&company(), &removed, &rita().id, NOW));
    assert_eq!(back.active_delta(), 1);
}

#[test]
fn a_block_is_the_apps_own_until_the_app_takes_it_back() {
    for (state, blocked_by) in [
        (State::Active, None),
        (State::Blocked, None),
        (State::Blocked, Some(BlockedBy::Idp)),
    ] {
        let one = found(Teammate {
            blocked_by,
            ..in_state(state)
        });
        let blocked = change(block(&one, &rita().id, NOW)).into_after();
        assert_eq!(blocked.state, State::Blocked);
        assert_eq!(blocked.blocked_by, Some(BlockedBy::App));
        let back = change(unblock(&company(), &found(blocked), &rita().id, NOW));
        assert_eq!(back.after().blocked_by, None);
    }
}

#[test]
fn unblocking_takes_a_seat() {
    let mut company = company();
    company.settings.seats = Some(1);
    let blocked = found(in_state(State::Blocked));
    assert_eq!(
        unblock(&company, &blocked, &rita().id, NOW),
        Err(Refusal::NoSeatLeft {
            seats: 1,
            active: 1
        })
    );
}
