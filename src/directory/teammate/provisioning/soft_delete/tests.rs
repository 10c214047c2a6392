use super::super::{Preconditions, Target, remove, update};
use super::*;
use crate::directory::event::EventType;
use crate::directory::fixtures::{NOW, access};
use crate::directory::id::TeammateId;
use crate::directory::teammate::change::{Change, Decision};
use crate::directory::teammate::fixtures::{found, rita, with};
use crate::scim::fold::NameKey;
use serde_json::{Value, json};

const ID: &str = "283405f5a1b24c3d8e9f0a1b2c3d4e5f";

fn named(prefix: &str) -> Teammate {
    let user_name = format!("{prefix}rita@acme.com");
    let emails = json!([{"value": user_name, "type": "work", "primary": true}]);
    Teammate {
        user_name,
        ..with(&rita(), "emails", emails)
    }
}

fn written(found: &Found, user: &User) -> (Decision, Vec<String>) {
    let id = rita().id;
    let unconditional = Preconditions::default();
    let target = Target {
        id: &id,
        preconditions: &unconditional,
    };
    let mut notes = Notes::new();
    let decision = update(&access(), found, target, user, NOW, &mut notes).expect("accepted");
    (decision, notes.sentences())
}

fn changed(decision: Decision) -> Change {
    match decision {
        Decision::Change(change) => *change,
        Decision::Nothing(_) => panic!("nothing changed"),
    }
}

/// As the identity provider asks for it.
fn asked(prefix: &str, active: bool, more: &Value) -> User {
    let mut user = named(prefix).as_user();
    user.active = Some(active);
    for (name, value) in more.as_object().expect("an object") {
        user.attributes.insert(name.clone(), value.clone());
    }
    user
}

fn is_rita(teammate: &Teammate) -> bool {
    teammate.user_name == "rita@acme.com"
        && teammate.folded_emails() == ["rita@acme.com"]
        && teammate.renamed_from.is_none()
}

#[test]
fn with_the_block_it_is_the_block_and_no_more() {
    let more = json!({
        "nickName": format!("{ID}rita@acme.com"), "title": "Gone",
        "urn:x:y": {"upn": format!("{ID}RITA@acme.com"), "badge": 1}
    });
    let (decision, notes) = written(&found(named("")), &asked(ID, false, &more));
    let change = changed(decision);
    assert_eq!(change.event().event_type(), EventType::TeammateBlocked);
    assert!(is_rita(change.after()));
    assert_eq!(change.claimed_user_name(), None);
    let attributes = &change.after().attributes;
    assert_eq!(attributes["title"], "Gone");
    assert_eq!(attributes.get("nickName"), None);
    assert_eq!(attributes["urn:x:y"], json!({"badge": 1}));
    assert_eq!(notes.len(), 1);
}

#[test]
fn after_the_block_nothing_changes() {
    let blocked = Teammate {
        state: State::Blocked,
        ..named("")
    };
    for spelled in [ID.to_owned(), ID.to_uppercase()] {
        let user = User {
            active: None,
            ..asked(&spelled, false, &json!({}))
        };
        let user = User {
            active: blocked.shown_active(),
            ..user
        };
        let (decision, notes) = written(&found(blocked.clone()), &user);
        assert_eq!(decision, Decision::Nothing(Box::new(blocked.clone())));
        assert_eq!(notes.len(), 1);
    }
}

#[test]
fn of_an_active_one_a_rename_is_a_rename_until_the_block_follows() {
    let (decision, notes) = written(&found(named("")), &asked(ID, true, &json!({})));
    let renamed = changed(decision).into_after();
    assert_eq!(renamed.user_name, format!("{ID}rita@acme.com"));
    assert_eq!(renamed.renamed_from.as_deref(), Some("rita@acme.com"));
    assert!(notes.is_empty());

    let mut block = renamed.as_user();
    block.active = Some(false);
    let (decision, _) = written(&found(renamed.clone()), &block);
    let change = changed(decision);
    assert_eq!(change.event().event_type(), EventType::TeammateBlocked);
    assert!(is_rita(change.after()));
    assert_eq!(
        change.claimed_user_name().as_ref().map(NameKey::folded),
        Some("rita@acme.com")
    );

    let unconditional = Preconditions::default();
    let target = Target {
        id: &renamed.id,
        preconditions: &unconditional,
    };
    let found = found(renamed.clone());
    let removal = remove(&access(), &found, target, NOW, &mut Notes::new()).expect("accepted");
    assert!(is_rita(changed(removal).after()));
}

#[test]
fn the_old_name_does_not_come_back_where_somebody_has_it_or_it_was_given_up() {
    let renamed = Teammate {
        renamed_from: Some("rita@acme.com".to_owned()),
        ..named(ID)
    };
    let mut block = renamed.as_user();
    block.active = Some(false);
    let held = Found {
        holder: Some(Teammate {
            id: TeammateId::named("tea_new"),
            ..named("")
        }),
        ..found(renamed.clone())
    };
    let after = changed(written(&held, &block).0).into_after();
    assert_eq!(after.user_name, renamed.user_name);
    assert_eq!(after.renamed_from, renamed.renamed_from);

    let mut other = renamed.as_user();
    other.user_name = "rita.ito@acme.com".to_owned();
    let after = changed(written(&found(renamed), &other).0).into_after();
    assert_eq!(after.renamed_from, None);
}

#[test]
fn what_was_allowed_before_is_not_asked_again() {
    let mut access = access();
    access.company.settings.allowed_domains = vec!["acme.example".into()];
    access.company.settings.user_name_must_be_primary_email = true;
    let renamed = Teammate {
        renamed_from: Some("rita@acme.com".to_owned()),
        ..named(ID)
    };
    let id = rita().id;
    let unconditional = Preconditions::default();
    let target = Target {
        id: &id,
        preconditions: &unconditional,
    };
    for current in [renamed, named("")] {
        let user = asked(ID, false, &json!({}));
        let decision = update(
            &access,
            &found(current),
            target,
            &user,
            NOW,
            &mut Notes::new(),
        );
        assert!(is_rita(changed(decision.expect("accepted")).after()));
    }
}

#[test]
fn other_names_are_names() {
    let upper = format!("{ID}other@acme.com");
    for name in [
        upper.as_str(),
        "0123456789abcdef@acme.com",
        ID,
        "zz3405f5a1b24c3d8e9f0a1b2c3d4e5frita@acme.com",
        "é83405f5a1b24c3d8e9f0a1b2c3d4e5frita@acme.com",
    ] {
        let mut user = asked("", false, &json!({}));
        user.user_name = name.to_owned();
        let (decision, _) = written(&found(named("")), &user);
        assert_eq!(changed(decision).after().user_name, name);
    }
}

/// Each of the requests, the later one asked of what the earlier one left.
fn after_all(steps: &[&str]) -> Teammate {
    let mut attributes = named("").as_user().attributes;
    attributes.insert("nickName".to_owned(), "rita".into());
    let mut teammate = Teammate {
        external_id: Some("rita.ito".to_owned()),
        attributes: attributes.into(),
        ..named("")
    };
    for step in steps {
        let mut user = teammate.as_user();
        match *step {
            "userName" => user.user_name = format!("{ID}rita@acme.com"),
            "externalId" => user.external_id = Some(format!("{ID}rita.ito")),
            "nickName" => {
                let name = format!("{ID}rita").into();
                user.attributes.insert("nickName".to_owned(), name);
            }
            "emails" => {
                let marked = named(ID).attributes["emails"].clone();
                user.attributes.insert("emails".to_owned(), marked);
            }
            _ => user.active = Some(false),
        }
        teammate = match written(&found(teammate.clone()), &user).0 {
            Decision::Change(change) => change.into_after(),
            Decision::Nothing(_) => teammate,
        };
    }
    teammate
}

#[test]
fn in_requests_of_their_own_the_order_does_not_matter() {
    let mut orders: Vec<Vec<&str>> = vec![Vec::new()];
    for step in ["userName", "emails", "active", "externalId", "nickName"] {
        orders = orders
            .into_iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |place| {
                    let mut order = order.clone();
                    order.insert(place, step);
                    order
                })
            })
            .collect();
    }
    assert_eq!(orders.len(), 120);
    for order in orders {
        let after = after_all(&order);
        assert!(is_rita(&after), "{order:?}: {after:?}");
        assert_eq!(after.external_id.as_deref(), Some("rita.ito"), "{order:?}");
        assert_eq!(after.attributes["nickName"], "rita", "{order:?}");
    }
}

#[test]
fn the_address_alone_tells_where_the_name_never_comes() {
    for order in [["emails", "active"], ["active", "emails"]] {
        let after = after_all(&order);
        assert!(is_rita(&after), "{order:?}: {after:?}");
    }
    let active = after_all(&["emails"]);
    assert_eq!(active.folded_emails(), [format!("{ID}rita@acme.com")]);
}
