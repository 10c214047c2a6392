use super::step::MembersMoved;
use super::*;
use crate::directory::connection::{Connection, Provider};
use crate::directory::fixtures::{access, company};
use crate::directory::group::{Adopted, Group, GroupState};
use crate::directory::id::{ConnectionId, GroupId, TeammateId, TemplateId};
use crate::directory::teammate::fixtures::{rita, with};
use crate::directory::teammate::{BlockedBy, Role, State, Teammate};
use crate::directory::time::Timestamp;
use crate::scim::schema::CUSTOM_FIELDS_URN;
use serde_json::{Value, json, to_value};

const MOMENT: Timestamp = Timestamp(1_763_717_400_000);

fn connection() -> Connection {
    Connection {
        id: ConnectionId::named("con_1"),
        provider: Provider::Okta,
        name: "Okta".into(),
        paused: false,
        first_seen_at: Some(MOMENT),
        last_seen_at: None,
        created_at: MOMENT,
        updated_at: MOMENT,
    }
}

fn template() -> Template {
    Template {
        id: TemplateId::named("tea_support"),
        name: "Support".into(),
        role: Role::Teammate,
        workspaces: json!(["wor_1"]),
        inboxes: json!([]),
        custom_fields: json!({ "team": "A" }),
        preferences: json!({}),
        created_at: MOMENT,
        updated_at: MOMENT,
    }
}

fn token() -> Token {
    access().token
}

fn blocked() -> Teammate {
    Teammate {
        state: State::Blocked,
        blocked_by: Some(BlockedBy::App),
        template_id: Some(TemplateId::named("tea_support")),
        sessions_invalid_before: Some(MOMENT),
        ..with(&rita(), CUSTOM_FIELDS_URN, json!({ "team": "A" }))
    }
}

fn group() -> Group {
    let attributes = json!({ "urn:example:group": { "cost": 1.5 } });
    let attributes = attributes.as_object().expect("an object").clone();
    Group {
        id: GroupId::named("grp_support"),
        display_name: "Support".into(),
        external_id: Some("8aa1".into()),
        description: None,
        before_adoption: Some(Adopted {
            display_name: "Help".into(),
            external_id: None,
            description: Some("First line".into()),
            attributes: attributes.clone(),
        }),
        attributes,
        is_linked: true,
        state: GroupState::Deleted,
        member_count: 3,
        unconfirmed_members: 2,
        version: 7,
        definition: 2,
        created_at: MOMENT,
        updated_at: MOMENT,
        state_changed_at: MOMENT,
    }
}

/// Every type with what it says, read back from what was written. A type that is added has to be added here.
fn said(event_type: EventType) -> Event<'static> {
    use EventType as Type;
    let (company, token, template) = (company(), token(), template());
    let (connection, was, is, group) = (connection(), rita(), blocked(), group());
    let settings = &company.settings;
    let step = Step::changed(&was.for_app(), &is.for_app());
    let moved = |ids: &[&str]| MembersMoved {
        count: 2,
        ids: ids.iter().map(|id| TeammateId::named(*id)).collect(),
    };
    let renamed = Group {
        display_name: "First line".into(),
        version: 8,
        ..group.clone()
    };
    let Step { before, after } =
        Step::changed(&group.for_app(settings), &renamed.for_app(settings));
    let of_group = GroupStep {
        before,
        after,
        members_added: moved(&["tea_1"]),
        members_removed: moved(&[]),
    };
    let event = match event_type {
        Type::CompanyCreated => Event::CompanyCreated(Step::created(Cow::Borrowed(&company))),
        Type::CompanyUpdated => Event::CompanyUpdated(Step::changed(&company, &company)),
        Type::CompanyQuotaNearlyUsed => {
            Event::CompanyQuotaNearlyUsed(Step::changed(&company, &company))
        }
        Type::ConnectionCreated => Event::ConnectionCreated(Step::created(connection.for_app())),
        Type::ConnectionUpdated => {
            Event::ConnectionUpdated(Step::changed(&connection.for_app(), &connection.for_app()))
        }
        Type::ConnectionDeleted => Event::ConnectionDeleted(Step::deleted(connection.for_app())),
        Type::TokenCreated => Event::TokenCreated(Step::created(Cow::Borrowed(&token))),
        Type::TokenRevoked => Event::TokenRevoked(Step::changed(&token, &token)),
        Type::TemplateCreated => Event::TemplateCreated(Step::created(Cow::Borrowed(&template))),
        Type::TemplateUpdated => Event::TemplateUpdated(Step::changed(&template, &template)),
        Type::TemplateDeleted => Event::TemplateDeleted(Step::deleted(Cow::Borrowed(&template))),
        Type::TeammateCreated => Event::TeammateCreated(Step::created(is.for_app())),
        Type::TeammateUpdated => Event::TeammateUpdated(step),
        Type::TeammateBlocked => Event::TeammateBlocked(step),
        Type::TeammateUnblocked => Event::TeammateUnblocked(step),
        Type::TeammateRemoved => Event::TeammateRemoved(step),
        Type::TeammateDeleted => Event::TeammateDeleted(step),
        Type::GroupCreated => Event::GroupCreated(GroupStep {
            before: (),
            after: group.for_app(settings),
            members_added: of_group.members_added,
            members_removed: of_group.members_removed,
        }),
        Type::GroupAdopted => Event::GroupAdopted(of_group),
        Type::GroupAdoptionUndone => Event::GroupAdoptionUndone(of_group),
        Type::GroupRenamed => Event::GroupRenamed(of_group),
        Type::GroupUpdated => Event::GroupUpdated(of_group),
        Type::GroupMembersAdded => Event::GroupMembersAdded(of_group),
        Type::GroupMembersRemoved => Event::GroupMembersRemoved(of_group),
        Type::GroupMembersConfirmed => Event::GroupMembersConfirmed(of_group),
        Type::GroupDeleted => Event::GroupDeleted(of_group),
        Type::GroupRestored => Event::GroupRestored(of_group),
        Type::GroupReleased => Event::GroupReleased(of_group),
    };
    assert_eq!(event.event_type(), event_type);
    let data = serde_json::to_string(&event).expect("JSON");
    let read = Event::read(event_type.as_str(), &data).expect("what was written");
    // The version of a company's rules is no part of what is said.
    assert_eq!(
        to_value(&read).expect("JSON"),
        to_value(&event).expect("JSON")
    );
    read
}

fn data(event_type: EventType) -> Value {
    to_value(said(event_type)).expect("JSON")
}

#[test]
fn every_type_is_read_back_as_what_was_written() {
    let mut names = Vec::new();
    for event_type in EventType::ALL {
        assert_eq!(said(*event_type).event_type(), *event_type);
        let (of, what) = event_type.as_str().split_once('.').expect("a dot");
        assert!(!of.is_empty() && !what.is_empty());
        names.push(event_type.as_str());
    }
    assert_eq!(names.len(), 28);
    names.dedup();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 28);
}

#[test]
fn no_event_has_a_url_of_ours() {
    for event_type in EventType::ALL {
        let data = data(*event_type);
        assert!(!data.to_string().contains("://"), "{data}");
        for side in ["before", "after"] {
            assert_eq!(data[side].get("endpoint"), None);
        }
    }
}

#[test]
fn what_is_new_or_gone_has_no_other_side() {
    for event_type in EventType::ALL {
        let data = data(*event_type);
        let name = event_type.as_str();
        let is_new = name.ends_with(".created");
        // A teammate and a group leave a tombstone.
        let is_gone = ["connection.deleted", "template.deleted"].contains(&name);
        assert_eq!(
            (data["before"].is_null(), data["after"].is_null()),
            (is_new, is_gone),
            "{name}"
        );
    }
    let both = json!({ "before": data(EventType::TemplateDeleted)["before"], "after": {} });
    assert!(Event::read("template.deleted", &both.to_string()).is_err());
}

#[test]
fn an_event_of_each_kind_of_thing_in_its_words() {
    assert_eq!(
        data(EventType::CompanyCreated)["after"],
        json!({
            "id": "cmp_acme",
            "name": "Acme",
            "plan": "scale",
            "entitlements": [],
            "seats": null,
            "group_sync_enabled": false,
            "unknown_template": "refuse",
            "user_name_must_be_primary_email": false,
            "allowed_domains": [],
            "idp_may_block_last_admin": false,
            "idp_may_unblock": false,
            "region": null,
            "retention_days": 90,
            "quota_bytes": 2_147_483_648_u64,
            "active_teammates": 1,
            "teammates": 1,
            "active_admins": 0,
            "created_at": "2025-11-13T02:13:20.000Z",
            "updated_at": "2025-11-13T02:13:20.000Z",
        })
    );
    assert_eq!(
        data(EventType::ConnectionDeleted),
        json!({
            "before": {
                "id": "con_1",
                "provider": "okta",
                "name": "Okta",
                "status": "connected",
                "paused": false,
                "first_seen_at": "2025-11-21T09:30:00.000Z",
                "last_seen_at": null,
                "created_at": "2025-11-21T09:30:00.000Z",
                "updated_at": "2025-11-21T09:30:00.000Z",
            },
            "after": null,
        })
    );
    assert_eq!(
        data(EventType::TokenCreated)["after"],
        json!({
            "id": "tok_1",
            "name": "Okta",
            "scopes": ["auto_provisioning"],
            "connection_id": null,
            "created_at": "2025-11-13T02:13:20.000Z",
            "expires_at": null,
            "revoked_at": null,
            "last_used_at": null,
        })
    );
    assert_eq!(
        data(EventType::TeammateCreated)["after"],
        json!({
            "id": "tea_rita",
            "user_name": "rita@acme.com",
            "email": "rita@acme.com",
            "display_name": null,
            "external_id": "00u1",
            "state": "blocked",
            "blocked_by": "app",
            "role": "teammate",
            "template_id": "tea_support",
            "custom_fields": { "team": "A" },
            "attributes": { "emails": [{ "value": "rita@acme.com", "primary": true }] },
            "origin": "scim",
            "sessions_invalid_before": "2025-11-21T09:30:00.000Z",
            "created_at": "2025-11-13T02:13:20.000Z",
            "updated_at": "2025-11-13T02:13:20.000Z",
            "state_changed_at": "2025-11-13T02:13:20.000Z",
        })
    );
    assert_eq!(
        data(EventType::TeammateBlocked),
        json!({
            "before": {
                "id": "tea_rita",
                "state": "active",
                "blocked_by": null,
                "template_id": null,
                "custom_fields": { "team": null },
                "sessions_invalid_before": null,
            },
            "after": {
                "id": "tea_rita",
                "state": "blocked",
                "blocked_by": "app",
                "template_id": "tea_support",
                "custom_fields": { "team": "A" },
                "sessions_invalid_before": "2025-11-21T09:30:00.000Z",
            },
        })
    );
    assert_eq!(
        data(EventType::GroupMembersAdded)["members_added"],
        json!({ "count": 2, "ids": ["tea_1"] })
    );
}

/// Without what has come since: `blocked_by` of teammates, `attributes` of groups, `idp_may_unblock` of companies. And
/// with what has gone: `endpoint` of connections, and the whole of what was changed on both sides.
#[test]
fn an_event_of_an_earlier_version_is_read() {
    for (kind, whole) in [
        ("company", data(EventType::CompanyCreated)),
        ("connection", data(EventType::ConnectionCreated)),
        ("token", data(EventType::TokenCreated)),
        ("template", data(EventType::TemplateCreated)),
        ("teammate", data(EventType::TeammateCreated)),
        ("group", data(EventType::GroupCreated)),
    ] {
        let now = &whole["after"];
        let mut then = now.as_object().expect("a thing").clone();
        for name in ["blocked_by", "idp_may_unblock"] {
            then.remove(name);
        }
        if kind == "group" {
            then.remove("attributes");
        }
        then.insert("endpoint".to_owned(), json!("https://host/scim/con_1/v2"));
        let none = json!({ "count": 0, "ids": [] });
        for event_type in EventType::ALL {
            let name = event_type.as_str();
            if !name.starts_with(&format!("{kind}.")) {
                continue;
            }
            let sides = data(*event_type);
            let side = |name: &str| {
                let is_there = !sides[name].is_null();
                is_there.then(|| Value::Object(then.clone()))
            };
            let mut event = json!({ "before": side("before"), "after": side("after") });
            if kind == "group" {
                event["members_added"] = none.clone();
                event["members_removed"] = none.clone();
            }
            let read = Event::read(name, &event.to_string()).expect("an older event");
            let read = to_value(read).expect("JSON");
            let is_changed = sides["before"].is_object() && sides["after"].is_object();
            if is_changed {
                assert_eq!(read, event, "{name}");
                continue;
            }
            let mut expected = now.clone();
            for (name, none) in [
                ("blocked_by", Value::Null),
                ("idp_may_unblock", json!(false)),
            ] {
                if let Some(value) = expected.get_mut(name) {
                    *value = none;
                }
            }
            if kind == "group" {
                expected["attributes"] = json!({});
            }
            let known = if sides["after"].is_null() {
                "before"
            } else {
                "after"
            };
            assert_eq!(read[known], expected, "{name}");
        }
    }
}

#[test]
fn a_type_that_nobody_knows_is_no_event() {
    let mistake = Event::read("teammate.promoted", "{}").expect_err("unknown");
    assert_eq!(
        mistake.to_string(),
        "no event has the type teammate.promoted"
    );
}
