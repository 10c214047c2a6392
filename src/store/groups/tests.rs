mod events;
mod listed;
mod plans;
mod random;
mod selected;
mod together;

use super::write::{GroupWrite, Visible, apply, apply_all};
use super::writer::{Aftermath, aftermath, aftermaths, epoch, take_over};
use crate::directory::access::Actor;
use crate::directory::company::Settings;
use crate::directory::company::plan::Plan;
use crate::directory::group::change::{Aside, Change, Decision};
use crate::directory::group::found::Found;
use crate::directory::group::provisioning;
use crate::directory::id::{CompanyId, EventId, GroupId, RequestId};
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::etag::Preconditions;
use crate::scim::group::{GroupBody, GroupChange, MemberChange, TextChange};
use crate::store::journal::{Ending, Noted, RequestLine};
use crate::store::statement::Statement;
use crate::store::tests::sqlite::Sqlite;
use serde_json::json;
use std::collections::BTreeSet;

const NOW: Timestamp = Timestamp(1_763_717_400_000);

/// A company with teammates `tea_0000` and so on, and its writer.
struct Directory {
    sqlite: Sqlite,
    company: CompanyId,
    settings: Settings,
    epoch: i64,
    requests: usize,
    actor: Actor,
}

/// A command before it is sent: sent twice, it is the same command.
#[derive(Clone)]
struct Sent {
    change: Change,
    line: RequestLine,
    ending: Ending,
    epoch: i64,
    is_conditional: bool,
    visible: Visible,
}

impl Directory {
    fn new(teammates: usize) -> Self {
        let sqlite = Sqlite::new();
        sqlite.execute(&format!(
            "INSERT INTO companies (id, name, plan, entitlements, group_sync_enabled, unknown_template, \
             user_name_must_be_primary_email, allowed_domains, idp_may_block_last_admin, created_at, updated_at) \
             VALUES ('cmp_acme', 'Acme', 'scale', '[]', 1, 'refuse', 0, '[]', 1, 0, 0); \
             WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {teammates}) \
             INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, \
             emails, version, created_at, updated_at, state_changed_at) SELECT 'cmp_acme', \
             printf('tea_%04d', i), 'u' || i, 'u' || i, 'active', 'teammate', 'scim', '{{}}', '[]', 1, 0, 0, 0 FROM n"
        ));
        let mut directory = Self {
            sqlite,
            company: CompanyId::named("cmp_acme"),
            settings: Settings::new("Acme".into(), Plan::Scale),
            epoch: 0,
            requests: 0,
            actor: Actor::Operator,
        };
        directory.settings.group_sync_enabled = true;
        directory.epoch = directory.new_epoch();
        directory
    }

    fn new_epoch(&self) -> i64 {
        let take_over = take_over(&self.company, None);
        epoch(&self.sqlite.run(&take_over))
            .expect("an epoch")
            .expect("a company")
    }

    fn command(&mut self, decision: Decision) -> Option<Sent> {
        let Decision::Change(change) = decision else {
            return None;
        };
        self.requests += 1;
        let number = self.requests;
        Some(Sent {
            line: RequestLine {
                request_id: RequestId::named(format!("req_{number}")),
                event_id: EventId::named(format!("evt_{number}")),
                occurred_at: NOW,
                method: "PATCH".into(),
                path: "/v2/Groups".into(),
                user_agent: None,
            },
            ending: Ending {
                status: 204,
                resource_id: change.after().id.to_string(),
                noted: Noted::default(),
                stored: None,
            },
            change: *change,
            epoch: self.epoch,
            is_conditional: false,
            visible: Visible::Listed,
        })
    }

    fn statements(&self, sent: &Sent) -> Vec<Statement> {
        apply(&self.ready(sent))
    }

    fn statements_of_all(&self, sent: &[Sent]) -> Vec<Statement> {
        let commands: Vec<GroupWrite> = sent.iter().map(|sent| self.ready(sent)).collect();
        apply_all(&commands.iter().collect::<Vec<_>>())
    }

    fn ready<'a>(&'a self, sent: &'a Sent) -> GroupWrite<'a> {
        GroupWrite {
            company: &self.company,
            settings: &self.settings,
            rules_version: 1,
            epoch: sent.epoch,
            change: &sent.change,
            is_conditional: sent.is_conditional,
            visible: sent.visible,
            actor: &self.actor,
            line: &sent.line,
            ending: &sent.ending,
        }
    }

    fn send(&self, sent: &Sent) -> Aftermath {
        for statement in self.statements(sent) {
            self.sqlite.run(&statement);
        }
        self.aftermath(sent)
    }

    fn aftermath(&self, sent: &Sent) -> Aftermath {
        let asked = [(&sent.line.request_id, &sent.change.after().id)];
        let outcome = self.sqlite.run(&aftermath(&self.company, &asked));
        aftermaths(&outcome).expect("rows").remove(0)
    }

    fn read<T: serde::de::DeserializeOwned>(&self, sql: &str) -> T {
        let outcome = self.sqlite.run(&Statement::new(sql.to_owned()));
        outcome.decode_first().expect(sql).expect("a row")
    }

    /// What the members' rows say, teammate and standing.
    fn memberships(&self, group: &GroupId) -> Vec<(String, String)> {
        self.read(&format!(
            "SELECT json_group_array(json_array(teammate_id, standing)) AS row FROM memberships WHERE group_id = '{group}'"
        ))
    }

    fn event(&self, number: usize) -> serde_json::Value {
        self.read(&format!("SELECT json_object('type', type, 'data', json(data)) AS row FROM events WHERE request_id = 'req_{number}'"))
    }
}

fn ids(numbers: impl IntoIterator<Item = usize>) -> BTreeSet<String> {
    numbers
        .into_iter()
        .map(|number| format!("tea_{number:04}"))
        .collect()
}

fn body(name: &str, members: Option<BTreeSet<String>>) -> GroupBody {
    GroupBody {
        display_name: name.into(),
        external_id: None,
        description: TextChange::Keep,
        extensions: Object::new(),
        members,
    }
}

fn group_id(number: usize) -> GroupId {
    GroupId::named(format!("grp_{number:04}"))
}

/// A group that an identity provider made, with these members.
fn created(directory: &mut Directory, number: usize, members: BTreeSet<String>) -> Found {
    let body = body(&format!("Group {number}"), Some(members));
    let decision = provisioning::create(&Found::default(), &body, &group_id(number), NOW);
    let sent = directory
        .command(decision.expect("a creation"))
        .expect("a change");
    let aftermath = directory.send(&sent);
    assert!(aftermath.is_committed);
    Found {
        group: aftermath.group,
        ..Found::default()
    }
}

fn patch(found: &Found, add: BTreeSet<String>, remove: BTreeSet<String>) -> Decision {
    let group = found.group.as_ref().expect("a group");
    let change = GroupChange {
        members: MemberChange::Delta { add, remove },
        ..GroupChange::default()
    };
    provisioning::update(found, target(&group.id), &change, NOW).expect("a decision")
}

fn target(id: &GroupId) -> provisioning::Target<'_> {
    static NONE: std::sync::LazyLock<Preconditions> =
        std::sync::LazyLock::new(|| Preconditions::parse(None, None));
    provisioning::Target {
        id,
        preconditions: &NONE,
    }
}

#[test]
fn an_event_counts_all_who_come_and_go_and_names_the_first_thousand() {
    let mut directory = Directory::new(2500);
    let found = created(&mut directory, 1, ids(0..1200));
    let event = directory.event(1);
    assert_eq!(event["type"], "group.created");
    assert_eq!(event["data"]["before"], serde_json::Value::Null);
    assert_eq!(event["data"]["after"]["member_count"], 1200);
    assert_eq!(event["data"]["members_added"]["count"], 1200);
    assert_eq!(
        event["data"]["members_added"]["ids"]
            .as_array()
            .map(Vec::len),
        Some(1000)
    );

    let decision = patch(&found, ids(1199..1202), ids([3, 4, 2000]));
    let sent = directory.command(decision).expect("a change");
    let after = directory.send(&sent).group.expect("a group");
    assert_eq!(
        (after.member_count, after.version, after.definition),
        (1200, 2, 1)
    );
    let event = directory.event(2);
    assert_eq!(event["type"], "group.updated");
    assert_eq!(
        event["data"]["members_added"],
        serde_json::json!({"count": 2, "ids": ["tea_1200", "tea_1201"]})
    );
    assert_eq!(
        event["data"]["members_removed"],
        serde_json::json!({"count": 2, "ids": ["tea_0003", "tea_0004"]})
    );
    assert_eq!(event["data"]["before"]["version"], 1);
    assert_eq!(event["data"]["after"]["version"], 2);
}

#[test]
fn what_changes_nothing_is_logged_and_is_no_event() {
    let mut directory = Directory::new(5);
    let found = created(&mut directory, 1, ids([1, 2]));
    let decision = patch(&found, ids([1]), ids([3]));
    let sent = directory.command(decision).expect("a change");
    let after = directory.send(&sent);
    assert!(after.is_committed);
    assert_eq!(after.group, found.group);
    let counts: (u32, u32) = directory.read(
        "SELECT json_array((SELECT count(*) FROM events), (SELECT count(*) FROM requests)) AS row",
    );
    assert_eq!(counts, (1, 2));
}

/// Sends what must not be done.
fn refused(directory: &Directory, sent: &Sent) {
    let all = |directory: &Directory| -> Vec<(String, String)> {
        [1, 2]
            .into_iter()
            .flat_map(|number| directory.memberships(&group_id(number)))
            .collect()
    };
    let before = all(directory);
    assert!(!directory.send(sent).is_committed);
    assert_eq!(all(directory), before);
}

#[test]
fn each_thing_that_was_decided_on_has_to_hold_still() {
    let mut directory = Directory::new(5);
    let found = created(&mut directory, 1, ids([1]));
    let add = |directory: &mut Directory, number| {
        let decision = patch(&found, ids([number]), BTreeSet::new());
        directory.command(decision).expect("a change")
    };
    // Members who are no teammates, or whom SCIM does not show.
    let unknown = add(&mut directory, 77);
    refused(&directory, &unknown);
    directory
        .sqlite
        .execute("UPDATE teammates SET state = 'removed' WHERE id = 'tea_0004'");
    let removed = add(&mut directory, 4);
    refused(&directory, &removed);
    // Who is only passing, and no teammate.
    let passing = |directory: &mut Directory, number| {
        let decision = patch(&found, ids([2]), BTreeSet::new()).with(Aside {
            passing_members: ids([number]),
            ..Aside::default()
        });
        directory.command(decision).expect("a change")
    };
    let unknown = passing(&mut directory, 77);
    refused(&directory, &unknown);
    let known = passing(&mut directory, 3);
    assert!(directory.send(&known).is_committed);
    // The version, where it was asked for: members have changed.
    let mut stale = add(&mut directory, 3);
    stale.is_conditional = true;
    refused(&directory, &stale);
    // A name that another group has got in the meantime.
    created(&mut directory, 2, BTreeSet::new());
    let group = found.group.clone().expect("a group");
    let rename = provisioning::replace(&found, target(&group.id), &body("GROUP 2 ", None), NOW);
    let rename = directory
        .command(rename.expect("a decision"))
        .expect("a change");
    refused(&directory, &rename);
    // The definition.
    let rename = provisioning::replace(&found, target(&group.id), &body("Group 3", None), NOW);
    let rename = directory
        .command(rename.expect("a decision"))
        .expect("a change");
    assert!(directory.send(&rename).is_committed);
    let late = add(&mut directory, 3);
    refused(&directory, &late);
    // The rules, and the epoch.
    let renamed = Found {
        group: directory.aftermath(&rename).group,
        ..Found::default()
    };
    let decision = patch(&renamed, ids([3]), BTreeSet::new());
    let mut fenced = directory.command(decision).expect("a change");
    directory.epoch = directory.new_epoch();
    refused(&directory, &fenced);
    fenced.epoch = directory.epoch;
    directory
        .sqlite
        .execute("UPDATE companies SET rules_version = 2");
    refused(&directory, &fenced);
    directory
        .sqlite
        .execute("UPDATE companies SET rules_version = 1");
    assert!(directory.send(&fenced).is_committed);
}

/// Rows of memberships that each statement of the command inserts, updates or deletes.
fn membership_rows(directory: &Directory, sent: &Sent) -> Vec<u64> {
    let statements = directory.statements(sent);
    let changes: Vec<u64> = statements
        .iter()
        .map(|statement| directory.sqlite.run(statement).changes)
        .collect();
    changes[1..changes.len() - 1].to_vec()
}

#[test]
fn a_list_that_replaces_all_writes_only_the_difference() {
    let mut directory = Directory::new(1000);
    let found = created(&mut directory, 1, ids(0..900));
    let group = found.group.clone().expect("a group");
    let members = ids((3..900).chain(950..955));
    let body = body("Group 1", Some(members.clone()));
    let decision = provisioning::replace(&found, target(&group.id), &body, NOW);
    let sent = directory
        .command(decision.expect("a decision"))
        .expect("a change");
    assert_eq!(membership_rows(&directory, &sent), [3, 5]);
    let rows = directory.memberships(&group.id);
    assert_eq!(
        rows.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>(),
        members
    );
    // Sent once more it finds itself done.
    assert_eq!(membership_rows(&directory, &sent), [0, 0]);
}

#[test]
fn an_adoption_writes_no_row_of_those_who_are_there_and_an_undo_brings_them_back() {
    use crate::directory::group::administration;
    let mut directory = Directory::new(200);
    let new = administration::NewGroup {
        display_name: "Support".into(),
        description: None,
        members: ids(0..100),
    };
    let made = administration::create(&Found::default(), &new, &group_id(1), NOW);
    let sent = directory.command(made.expect("a group")).expect("a change");
    let mut found = Found {
        group: directory.send(&sent).group,
        ..Found::default()
    };
    let adopted = patch(&found, ids([1, 2, 150]), ids([3]));
    let sent = directory.command(adopted).expect("a change");
    // Cleared of an earlier link: none. Kept for an undo, deleted, named.
    assert_eq!(membership_rows(&directory, &sent), [0, 0, 1, 0, 3]);
    found.group = directory.aftermath(&sent).group;
    let group = found.group.clone().expect("a group");
    assert_eq!((group.member_count, group.unconfirmed_members), (100, 97));
    let undone = administration::undo_adoption(&found, &group.id, NOW);
    let sent = directory
        .command(undone.expect("an undo"))
        .expect("a change");
    let group = directory.send(&sent).group.expect("a group");
    assert_eq!(
        (
            group.member_count,
            group.unconfirmed_members,
            group.is_linked
        ),
        (100, 0, false)
    );
    let rows = directory.memberships(&group.id);
    assert!(rows.iter().all(|(_, standing)| standing == "app"));
    assert_eq!(
        rows.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>(),
        ids(0..100)
    );
}

#[test]
fn extensions_are_stored_told_and_brought_back() {
    use crate::directory::group::administration;
    let has =
        |tag: &str| Object::from_iter([("urn:x:y".to_owned(), json!({ "tag": tag, "n": 0.5 }))]);
    let mut directory = Directory::new(2);
    let pushed = GroupBody {
        extensions: has("first"),
        ..body("Support", Some(ids([0])))
    };
    let made = provisioning::create(&Found::default(), &pushed, &group_id(1), NOW);
    let sent = directory.command(made.expect("a group")).expect("a change");
    let group = directory.send(&sent).group.expect("a group");
    assert_eq!(group.attributes, has("first"));
    assert_eq!(
        directory.event(1)["data"]["after"]["attributes"],
        json!(has("first"))
    );
    // Nobody's any more, it is adopted by a push that has others.
    directory.sqlite.run(&Statement::new(
        "UPDATE groups SET is_linked = 0, definition = 9",
    ));
    let found = Found {
        holder: directory.aftermath(&sent).group,
        ..Found::default()
    };
    let pushed = GroupBody {
        extensions: has("second"),
        ..body("Support", None)
    };
    let adopted = provisioning::create(&found, &pushed, &group_id(2), NOW);
    let sent = directory
        .command(adopted.expect("a group"))
        .expect("a change");
    let group = directory.send(&sent).group.expect("a group");
    assert_eq!(group.attributes, has("second"));
    let before = group
        .before_adoption
        .as_ref()
        .map(|adopted| &adopted.attributes);
    assert_eq!(before, Some(&has("first")));
    let found = Found {
        group: Some(group.clone()),
        ..Found::default()
    };
    let undone = administration::undo_adoption(&found, &group.id, NOW);
    let sent = directory
        .command(undone.expect("an undo"))
        .expect("a change");
    let group = directory.send(&sent).group.expect("a group");
    assert_eq!(group.attributes, has("first"));
    // One that was adopted by a Worker before this one kept none.
    directory.sqlite.run(&Statement::new(
        "UPDATE groups SET attributes = NULL, before_adoption = '{\"display_name\":\"S\"}'",
    ));
    let group = directory.aftermath(&sent).group.expect("a group");
    assert_eq!(group.attributes, Object::new());
    let before = group.before_adoption.map(|adopted| adopted.attributes);
    assert_eq!(before, Some(Object::new()));
}

#[test]
fn a_hundred_thousand_ids_are_bound_in_parts_that_d1_takes() {
    let directory = Directory::new(3);
    let many: BTreeSet<String> = (0..100_000)
        .map(|number| format!("tea_{number:026}"))
        .collect();
    let statement = super::members::unknown(&directory.company, Visible::Listed, &many);
    let longest = statement.bindings.iter().map(|binding| match binding {
        crate::store::statement::Binding::Text(text) => text.len(),
        _ => 0,
    });
    assert!(longest.max() < Some(2_000_000));
    let unknown = super::members::set(&directory.sqlite.run(&statement)).expect("ids");
    assert_eq!(unknown.len(), 1000);
}
