use super::*;
use crate::company::command::{CommandResult, Principal};
use crate::directory::group::Group;
use crate::directory::group::administration::NewGroup;
use crate::directory::group::request::{Administer, Provision, Request};
use crate::directory::id::{ConnectionId, EventId, GroupId, RequestId};
use crate::directory::time::Timestamp;
use crate::directory::token::PresentedToken;
use crate::scim::etag::Preconditions;
use crate::scim::group::{GroupChange, MemberChange};
use crate::store::cost::Cost;
use crate::store::journal::{Noted, RequestLine};
use serde_json::{from_str, from_value, json, to_value};

/// What commit e272093 sends for [`patch`] and [`create`]: the bare command, as its own code has written it.
const BARE_PATCH: &str = r#"{"company":"cmp_1","caller":{"IdentityProvider":{"token":{"company_id":"cmp_1","hash":"hash"},"endpoint":"con_1"}},"request":{"Provision":{"Update":{"id":"grp_support","change":{"display_name":"Support","external_id":"Keep","description":"Keep","members":{"Delta":{"add":["tea_1"],"remove":["tea_2"]}},"must_be_members":[],"passing_members":[],"refusal":null},"preconditions":{"if_match":{"These":["7"]},"if_none_match":null}}}},"line":{"request_id":"req_1","event_id":"evt_1","occurred_at":"2025-11-21T09:30:00.000Z","method":"PATCH","path":"/v2/Groups/grp_support","user_agent":"Okta SCIM Client 1.0.0"},"status":204,"noted":{"sentences":["a note"],"spoken":{"dialect":"okta","quirks":"[]","sent":"{}","understood":"{}"}}}"#;
const BARE_CREATE: &str = r#"{"company":"cmp_1","caller":"Operator","request":{"Administer":{"Create":{"new":{"display_name":"Support","description":null,"members":["tea_1"]},"new_id":"grp_support"}}},"line":{"request_id":"req_1","event_id":"evt_1","occurred_at":"2025-11-21T09:30:00.000Z","method":"POST","path":"/api/v1/companies/cmp_1/groups","user_agent":null},"status":201,"noted":{"sentences":[],"spoken":null}}"#;

/// A group as the object of that commit answers with it.
const BARE_GROUP: &str = r#"{"id":"grp_support","display_name":"Support","external_id":null,"description":"First line","is_linked":false,"state":"active","member_count":3,"unconfirmed_members":0,"version":1,"definition":1,"created_at":"2025-11-13T02:13:20.000Z","updated_at":"2025-11-13T02:13:20.000Z","state_changed_at":"2025-11-13T02:13:20.000Z","before_adoption":null}"#;

fn company() -> CompanyId {
    CompanyId::named("cmp_1")
}

fn line(method: &str, path: &str, user_agent: Option<&str>) -> RequestLine {
    RequestLine {
        request_id: RequestId::named("req_1"),
        event_id: EventId::named("evt_1"),
        occurred_at: Timestamp(1_763_717_400_000),
        method: method.to_owned(),
        path: path.to_owned(),
        user_agent: user_agent.map(str::to_owned),
    }
}

fn one(id: &str) -> std::collections::BTreeSet<String> {
    [id.to_owned()].into()
}

fn patch() -> Command {
    let change = GroupChange {
        display_name: Some("Support".to_owned()),
        members: MemberChange::Delta {
            add: one("tea_1"),
            remove: one("tea_2"),
        },
        ..GroupChange::default()
    };
    let noted = json!({
        "sentences": ["a note"],
        "spoken": { "dialect": "okta", "quirks": "[]", "sent": "{}", "understood": "{}" },
    });
    Command {
        caller: Principal::IdentityProvider {
            token: PresentedToken {
                company_id: company(),
                hash: "hash".to_owned(),
            },
            endpoint: Some(ConnectionId::named("con_1")),
        },
        request: Request::Provision(Provision::patch(
            GroupId::named("grp_support"),
            change,
            Preconditions::parse(Some("W/\"7\""), None),
        )),
        line: line(
            "PATCH",
            "/v2/Groups/grp_support",
            Some("Okta SCIM Client 1.0.0"),
        ),
        status: 204,
        noted: from_value::<Noted>(noted).expect("notes"),
    }
}

fn create() -> Command {
    let new = NewGroup {
        display_name: "Support".to_owned(),
        description: None,
        members: one("tea_1"),
    };
    let new_id = GroupId::named("grp_support");
    Command {
        caller: Principal::Operator,
        request: Request::Administer(Administer::Create { new, new_id }),
        line: line("POST", "/api/v1/companies/cmp_1/groups", None),
        status: 201,
        noted: Noted::default(),
    }
}

fn sent(command: &Command) -> String {
    of_command(&company(), command).expect("JSON")
}

fn received(text: &str) -> Command {
    let Envelope {
        company: of,
        message: Message::Command(command),
    } = Envelope::read(text.to_owned()).expect("a command");
    assert_eq!(of, company());
    *command
}

/// Whether `newer` says all that `older` says; it may say more, which an older reader passes over.
fn says_all(newer: &Value, older: &Value) -> bool {
    match (newer, older) {
        (Value::Object(newer), Value::Object(older)) => older
            .iter()
            .all(|(name, older)| newer.get(name).is_some_and(|newer| says_all(newer, older))),
        (newer, older) => newer == older,
    }
}

#[test]
fn a_command_arrives_as_it_was_sent() {
    for command in [patch(), create()] {
        let text = sent(&command);
        let json: Value = from_str(&text).expect("JSON");
        assert_eq!(
            (&json["company"], &json["message"]),
            (&json!("cmp_1"), &json!("command"))
        );
        assert_eq!(sent(&received(&text)), text);
    }
}

#[test]
fn the_bare_command_of_a_worker_before_envelopes_is_read() {
    for (bare, command) in [(BARE_PATCH, patch()), (BARE_CREATE, create())] {
        assert_eq!(sent(&received(bare)), sent(&command));
    }
}

#[test]
fn an_object_before_envelopes_finds_all_that_it_reads_in_one() {
    for (bare, command) in [(BARE_PATCH, patch()), (BARE_CREATE, create())] {
        let old: Value = from_str(bare).expect("JSON");
        let new: Value = from_str(&sent(&command)).expect("JSON");
        assert!(says_all(&new, &old), "{new} lacks something of {old}");
    }
}

#[test]
fn an_answer_is_read_by_the_version_before_and_after() {
    let group: Value = from_str(BARE_GROUP).expect("JSON");
    let cost = json!({ "calls": 1, "rows_read": 2, "rows_written": 3 });
    let old = json!({ "Ok": { "group": group, "queued_behind": 4, "cost": cost } });
    let answer: CommandResult = typed::read(old.to_string()).expect("an answer");
    let done = answer.as_ref().expect("done");
    assert_eq!(done.group, from_str::<Group>(BARE_GROUP).expect("a group"));
    assert_eq!(done.queued_behind, 4);
    let new = to_value(&answer).expect("JSON");
    assert!(says_all(&new, &old), "{new} lacks something of {old}");

    // What only tells of the way may be missing.
    let least = json!({ "Ok": { "group": group } });
    let answer: CommandResult = typed::read(least.to_string()).expect("an answer");
    let done = answer.expect("done");
    assert_eq!((done.queued_behind, done.cost), (0, Cost::default()));
}

#[test]
fn what_a_later_worker_adds_is_passed_over_and_what_it_may_leave_out_is_none() {
    let mut later: Value = from_str(&sent(&create())).expect("JSON");
    later["trace"] = json!({ "id": "new" });
    later["line"]["country"] = json!("DE");
    let line = later["line"].as_object_mut().expect("a line");
    line.remove("user_agent");
    let whole = later.as_object_mut().expect("a message");
    whole.remove("noted");
    assert_eq!(sent(&received(&later.to_string())), sent(&create()));
}

#[test]
fn what_decides_is_never_taken_for_granted() {
    let whole: Value = from_str(&sent(&patch())).expect("JSON");
    for name in ["company", "caller", "request", "line", "status"] {
        let mut part = whole.clone();
        part.as_object_mut().expect("a message").remove(name);
        let mistake = Envelope::read(part.to_string()).expect_err(name);
        assert_eq!(mistake.to_string(), format!("missing field `{name}`"));
    }
}

#[test]
fn a_message_of_an_unknown_kind_is_no_command() {
    let mut unknown: Value = from_str(&sent(&create())).expect("JSON");
    unknown["message"] = json!("wake");
    assert_eq!(
        Envelope::read(unknown.to_string())
            .expect_err("unknown")
            .to_string(),
        "message: unknown variant `wake`, expected `command`"
    );
    let mistake = Envelope::read("[]".to_owned()).expect_err("no message");
    assert_eq!(mistake.to_string(), "missing field `company`");
}
