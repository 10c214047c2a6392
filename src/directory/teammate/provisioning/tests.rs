use super::*;
use crate::directory::event::EventType;
use crate::directory::fixtures::{NOW, access};
use crate::directory::id::TemplateId;
use crate::directory::teammate::change::Change;
use crate::directory::teammate::fixtures::{found, rita, user};
use crate::scim::etag::Preconditions;
use crate::scim::fold::NameKey;
use serde_json::json;

fn created(found: &Found, user: &User) -> Result<Decision, Refusal> {
    create_at(&access(), found, user)
}

fn create_at(access: &Access, found: &Found, user: &User) -> Result<Decision, Refusal> {
    create(
        access,
        found,
        user,
        &TeammateId::named("tea_new"),
        NOW,
        &mut Notes::new(),
    )
}

fn change(decision: Result<Decision, Refusal>) -> Change {
    match decision {
        Ok(Decision::Change(change)) => *change,
        other => panic!("expected a change, not {other:?}"),
    }
}

fn updated(access: &Access, found: &Found, user: &User) -> Result<Decision, Refusal> {
    update(
        access,
        found,
        target(&rita().id, &Preconditions::default()),
        user,
        NOW,
        &mut Notes::new(),
    )
}

fn removed(access: &Access, found: &Found) -> Result<Decision, Refusal> {
    let unconditional = Preconditions::default();
    remove(
        access,
        found,
        target(&rita().id, &unconditional),
        NOW,
        &mut Notes::new(),
    )
}

fn target<'a>(id: &'a TeammateId, preconditions: &'a Preconditions) -> Target<'a> {
    Target { id, preconditions }
}

fn in_state(state: State) -> Teammate {
    Teammate { state, ..rita() }
}

#[test]
fn a_create_makes_an_active_teammate_that_takes_a_seat() {
    let change = change(created(
        &Found::nothing(),
        &user("new@acme.com", &json!({})),
    ));
    assert_eq!(change.event().event_type(), EventType::TeammateCreated);
    assert_eq!(change.after().state, State::Active);
    assert_eq!(change.active_delta(), 1);
    assert_eq!(
        change.claimed_user_name().as_ref().map(NameKey::folded),
        Some("new@acme.com")
    );
    assert_eq!(change.after().folded_emails(), ["new@acme.com"]);
}

#[test]
fn a_create_with_active_false_makes_a_blocked_teammate_without_a_seat() {
    let mut access = access();
    access.company.settings.seats = Some(1);
    let inactive = user("new@acme.com", &json!({"active": false}));
    let change = change(create_at(&access, &Found::nothing(), &inactive));
    assert_eq!(change.after().state, State::Blocked);
    assert_eq!(change.active_delta(), 0);
}

#[test]
fn a_create_for_one_who_is_there_is_refused_by_its_state() {
    let new = user("RITA@acme.com", &json!({}));
    assert!(matches!(
        created(&found(in_state(State::Active)), &new),
        Err(Refusal::UserNameTaken { id, .. }) if id == rita().id
    ));
    assert!(matches!(
        created(&found(in_state(State::Deleted)), &new),
        Err(Refusal::Tombstone { .. })
    ));
}

#[test]
fn a_create_of_one_who_is_found_by_its_address_names_both() {
    let awaited = Teammate {
        user_name: "rita".into(),
        is_linked: false,
        ..rita()
    };
    assert!(matches!(
        created(&found(awaited), &user("Rita@acme.com", &json!({}))),
        Err(Refusal::AwaitedInTheApp { user_name, email, id })
            if user_name == "rita" && email == "Rita@acme.com" && id == rita().id
    ));
}

#[test]
fn a_write_links_a_teammate_and_one_that_changes_nothing_does_not() {
    let awaited = Teammate {
        is_linked: false,
        ..rita()
    };
    let same = awaited.as_user();
    let renamed = User {
        external_id: Some("00u2".into()),
        ..same.clone()
    };
    let written = |user: &User| updated(&access(), &found(awaited.clone()), user);
    assert!(matches!(
        written(&same),
        Ok(Decision::Nothing(teammate)) if !teammate.is_linked
    ));
    let change = change(written(&renamed));
    assert!(change.after().is_linked);
}

#[test]
fn a_create_brings_a_removed_teammate_back() {
    let mut notes = Notes::new();
    let decision = create(
        &access(),
        &found(in_state(State::Removed)),
        &user("rita@acme.com", &json!({"displayName": "Rita"})),
        &TeammateId::named("tea_new"),
        NOW,
        &mut notes,
    );
    let change = change(decision);
    assert_eq!(change.event().event_type(), EventType::TeammateUnblocked);
    assert_eq!(change.after().id, rita().id);
    assert_eq!(change.after().version, rita().version + 1);
    assert_eq!(change.active_delta(), 1);
    assert_eq!(change.claimed_user_name(), None);
    assert_eq!(notes.sentences().len(), 1);
}

#[test]
fn a_create_unblocks_whom_the_identity_provider_blocked() {
    for blocked_by in [None, Some(BlockedBy::Idp)] {
        let blocked = Teammate {
            blocked_by,
            ..in_state(State::Blocked)
        };
        let again = user("Rita@acme.com", &json!({"title": "Lead"}));
        let change = change(created(&found(blocked), &again));
        assert_eq!(change.event().event_type(), EventType::TeammateUnblocked);
        assert_eq!(change.after().id, rita().id);
        assert_eq!(change.after().user_name, "Rita@acme.com");
        assert_eq!(change.after().template_id, None);
        assert_eq!(change.after().blocked_by, None);
        assert_eq!(change.active_delta(), 1);
    }
}

#[test]
fn a_create_with_active_false_leaves_a_blocked_teammate_blocked() {
    for (state, blocked_by) in [
        (State::Blocked, Some(BlockedBy::App)),
        (State::Removed, Some(BlockedBy::App)),
        (State::Removed, Some(BlockedBy::Idp)),
    ] {
        let away = Teammate {
            blocked_by,
            ..in_state(state)
        };
        let again = user("rita@acme.com", &json!({"active": false, "title": "Lead"}));
        let change = change(created(&found(away), &again));
        assert_eq!(change.after().state, State::Blocked);
        assert_eq!(change.after().blocked_by, blocked_by);
        assert_eq!(change.active_delta(), 0);
    }
}

#[test]
fn whom_the_app_blocked_an_identity_provider_brings_back_only_where_it_may() {
    let mut access = access();
    let blocked = |state| {
        found(Teammate {
            blocked_by: Some(BlockedBy::App),
            ..in_state(state)
        })
    };
    let back = user("rita@acme.com", &json!({"active": true, "title": "Lead"}));
    let refused = Err(Refusal::BlockedByApp {
        user_name: "rita@acme.com".to_owned(),
    });
    for state in [State::Blocked, State::Removed] {
        assert_eq!(create_at(&access, &blocked(state), &back), refused);
    }
    assert_eq!(updated(&access, &blocked(State::Blocked), &back), refused);
    let mut silent = back.clone();
    silent.active = None;
    let edited = change(updated(&access, &blocked(State::Blocked), &silent));
    assert_eq!(edited.after().blocked_by, Some(BlockedBy::App));
    access.company.settings.idp_may_unblock = true;
    for state in [State::Blocked, State::Removed] {
        let change = change(create_at(&access, &blocked(state), &back));
        assert_eq!(change.after().blocked_by, None);
    }
    let change = change(updated(&access, &blocked(State::Blocked), &back));
    assert_eq!(change.after().state, State::Active);
}

#[test]
fn who_blocked_first_is_kept() {
    let mut inactive = rita().as_user();
    inactive.active = Some(false);
    let own = change(updated(&access(), &found(rita()), &inactive));
    assert_eq!(own.after().blocked_by, Some(BlockedBy::Idp));
    assert_eq!(
        change(removed(&access(), &found(rita())))
            .after()
            .blocked_by,
        Some(BlockedBy::Idp)
    );
    for blocked_by in [None, Some(BlockedBy::App), Some(BlockedBy::Idp)] {
        let blocked = found(Teammate {
            blocked_by,
            ..in_state(State::Blocked)
        });
        assert!(matches!(
            updated(&access(), &blocked, &inactive),
            Ok(Decision::Nothing(_))
        ));
        let gone = change(removed(&access(), &blocked));
        assert_eq!(gone.after().blocked_by, blocked_by);
    }
}

#[test]
fn a_create_past_the_seats_is_refused_with_the_figures() {
    let mut access = access();
    access.company.settings.seats = Some(1);
    assert_eq!(
        create_at(
            &access,
            &Found::nothing(),
            &user("new@acme.com", &json!({}))
        ),
        Err(Refusal::NoSeatLeft {
            seats: 1,
            active: 1
        })
    );
}

#[test]
fn a_create_keeps_to_the_companys_settings() {
    let mut access = access();
    access.company.settings.allowed_domains = vec!["acme.com".into()];
    access.company.settings.user_name_must_be_primary_email = true;
    let other_domain = user("new@other.com", &json!({}));
    assert!(matches!(
        create_at(&access, &Found::nothing(), &other_domain),
        Err(Refusal::DomainNotAllowed { .. })
    ));
    let other_email = user(
        "new@acme.com",
        &json!({"emails": [{"value": "n@acme.com"}]}),
    );
    assert!(matches!(
        create_at(&access, &Found::nothing(), &other_email),
        Err(Refusal::UserNameIsNotPrimaryEmail { .. })
    ));
    let cased = user(
        "New@ACME.com",
        &json!({"emails": [{"value": "new@acme.com"}]}),
    );
    change(create_at(&access, &Found::nothing(), &cased));
}

#[test]
fn a_template_is_applied_at_creation_if_the_plan_has_templates() {
    let squad = TemplateChoice {
        id: TemplateId::named("tea_squad"),
        name: "Support squad".into(),
        role: Role::Admin,
    };
    let known = Found {
        templates: vec![squad],
        ..Found::nothing()
    };
    let new = user(
        "new@acme.com",
        &json!({"roles": [{"type": "template", "value": "tea_squad"}]}),
    );
    let made = change(created(&known, &new));
    assert_eq!(
        made.after().template_id,
        Some(TemplateId::named("tea_squad"))
    );
    assert_eq!(made.after().role, Role::Admin);
    assert_eq!(made.active_admins_delta(), 1);

    let mut access = access();
    access.company.settings.unknown_template = UnknownTemplate::Ignore;
    let without = change(create_at(&access, &Found::nothing(), &new));
    assert_eq!(without.after().template_id, None);

    access.company.settings.plan = crate::directory::company::plan::Plan::Growth;
    assert_eq!(
        create_at(&access, &known, &new),
        Err(Refusal::NotEntitled(Entitlement::Templates))
    );
}

#[test]
fn the_same_again_is_no_change() {
    let same = rita().as_user();
    assert_eq!(
        updated(&access(), &found(rita()), &same),
        Ok(Decision::Nothing(Box::new(rita())))
    );
}

#[test]
fn active_false_blocks_and_ends_the_sessions() {
    let mut inactive = rita().as_user();
    inactive.active = Some(false);
    let change = change(updated(&access(), &found(rita()), &inactive));
    assert_eq!(change.event().event_type(), EventType::TeammateBlocked);
    assert_eq!(change.after().sessions_invalid_before, Some(NOW));
    assert_eq!(change.active_delta(), -1);
}

#[test]
fn a_body_without_active_neither_blocks_nor_unblocks() {
    for state in [State::Active, State::Blocked] {
        let mut silent = user("rita@acme.com", &json!({"title": "Lead"}));
        silent.active = None;
        let change = change(updated(&access(), &found(in_state(state)), &silent));
        assert_eq!(change.after().state, state);
        assert_eq!(change.event().event_type(), EventType::TeammateUpdated);
    }
}

#[test]
fn a_rename_needs_a_free_user_name() {
    let renamed = user("rita.ito@acme.com", &json!({}));
    let holder = Teammate {
        id: TeammateId::named("tea_other"),
        user_name: "Rita.Ito@acme.com".into(),
        ..rita()
    };
    let held = |state| Found {
        holder: Some(Teammate {
            state,
            ..holder.clone()
        }),
        ..found(rita())
    };
    assert!(matches!(
        updated(&access(), &held(State::Blocked), &renamed),
        Err(Refusal::UserNameTaken { .. })
    ));
    assert!(matches!(
        updated(&access(), &held(State::Removed), &renamed),
        Err(Refusal::UserNameHeldByRemoved { .. })
    ));
    assert!(matches!(
        updated(&access(), &held(State::Deleted), &renamed),
        Err(Refusal::Tombstone { .. })
    ));
    let free = change(updated(&access(), &found(rita()), &renamed));
    assert_eq!(
        free.claimed_user_name().as_ref().map(NameKey::folded),
        Some("rita.ito@acme.com")
    );
}

#[test]
fn removed_and_deleted_teammates_are_not_found() {
    for state in [State::Removed, State::Deleted] {
        let gone = found(in_state(state));
        assert!(matches!(
            removed(&access(), &gone),
            Err(Refusal::NotFound { .. })
        ));
        assert!(matches!(
            updated(&access(), &gone, &rita().as_user()),
            Err(Refusal::NotFound { .. })
        ));
    }
}

#[test]
fn the_last_active_admin_stays_unless_the_company_allows_it() {
    let admin = found(Teammate {
        role: Role::Admin,
        ..rita()
    });
    let mut access = access();
    access.company.active_admins = 1;
    assert!(matches!(
        removed(&access, &admin),
        Err(Refusal::LastAdmin { .. })
    ));
    let mut inactive = rita().as_user();
    inactive.active = Some(false);
    assert!(matches!(
        updated(&access, &admin, &inactive),
        Err(Refusal::LastAdmin { .. })
    ));
    access.company.active_admins = 2;
    assert!(!change(removed(&access, &admin)).last_admin_may_go);
    access.company.active_admins = 1;
    access.company.settings.idp_may_block_last_admin = true;
    assert!(change(removed(&access, &admin)).last_admin_may_go);
}

#[test]
fn removal_is_one_event_and_frees_the_seat() {
    let change = change(removed(&access(), &found(rita())));
    assert_eq!(change.event().event_type(), EventType::TeammateRemoved);
    assert_eq!(change.active_delta(), -1);
    assert_eq!(change.after().sessions_invalid_before, Some(NOW));
}

#[test]
fn a_version_that_is_not_the_clients_is_left_alone_and_named() {
    let current = rita().entity_tag();
    let named = current.to_string();
    let mismatch = Err(Refusal::VersionMismatch { current });
    let excluded = Err(Refusal::VersionExcluded { current });
    for (if_match, if_none_match, expected) in [
        (None, None, Ok(rita())),
        (Some(named.as_str()), None, Ok(rita())),
        (Some("*"), Some("W/\"2\""), Ok(rita())),
        (Some("W/\"2\""), None, mismatch.clone()),
        (Some("\"4\""), None, mismatch),
        (Some("3"), None, Err(Refusal::NotAnEntityTag { current })),
        (Some(""), None, Err(Refusal::NotAnEntityTag { current })),
        (None, Some("*"), excluded.clone()),
        (Some("*"), Some(named.as_str()), excluded),
    ] {
        let preconditions = Preconditions::parse(if_match, if_none_match);
        let found = found(rita());
        let of = target(&rita().id, &preconditions).of(&found).cloned();
        assert_eq!(of, expected, "{if_match:?} {if_none_match:?}");
    }
}

#[test]
fn one_that_is_not_there_is_not_found_whatever_the_version() {
    let preconditions = Preconditions::parse(Some("W/\"2\""), Some("*"));
    for state in [State::Removed, State::Deleted] {
        let gone = found(in_state(state));
        assert!(matches!(
            target(&rita().id, &preconditions).of(&gone),
            Err(Refusal::NotFound { .. })
        ));
    }
}
