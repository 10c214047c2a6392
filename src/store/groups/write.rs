//! Writing a group: the statements of one command, which may stand beside those of others in a batch.
//!
//! Invariants. The first statement journals the change, and does so only if everything that it was decided on
//! still holds and the command has not been done before. The others do something only if the first did: they
//! look for the event, and that the group is still of the version which the event found. So a command is done
//! wholly or not at all, whatever else is in the batch; and sent twice, it is done once.
//!
//! One row is written for each member that really comes or goes, besides its entry in the index of
//! teammates; all else costs the same at any size of the group.

mod delta;

pub(super) use delta::list;

use crate::directory::access::Actor;
use crate::directory::company::Settings;
use crate::directory::event::EventType;
use crate::directory::fold::fold;
use crate::directory::group::change::{Change, Members};
use crate::directory::group::{Group, name_key};
use crate::directory::id::CompanyId;
use crate::store::filter::Bindings;
use crate::store::journal::{self, Ending, RequestLine};
use crate::store::statement::{Binding, Statement, to_json};
use delta::{Delta, Part, Scope};
use std::collections::BTreeSet;

/// An event names the first of those who came or went, and counts all.
pub const MAX_NAMED: usize = 1_000;

/// Whom the caller can name as a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visible {
    /// What SCIM shows.
    Listed,
    /// The app also sees who was removed from SCIM.
    Living,
}

impl Visible {
    /// Of teammates `t`.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::Listed => "t.state IN ('active', 'blocked')",
            Self::Living => "t.state <> 'deleted'",
        }
    }
}

/// A change of one group, and what has to hold for it still.
pub struct Command<'a> {
    pub company: &'a CompanyId,
    pub settings: &'a Settings,
    /// The rules that it was decided under, and the epoch of the writer that decided.
    pub rules_version: i64,
    pub epoch: i64,
    pub change: &'a Change,
    /// Whether the group must have the very version that the change was decided on: If-Match was sent.
    pub is_conditional: bool,
    pub visible: Visible,
    /// Who has to be a member, or a teammate, besides those whom the change names.
    pub must_be_members: &'a BTreeSet<String>,
    pub must_be_teammates: &'a BTreeSet<String>,
    pub actor: &'a Actor,
    pub line: &'a RequestLine,
    pub ending: &'a Ending,
}

/// The statements of one command, in their order.
pub fn apply(command: &Command) -> Vec<Statement> {
    let mut statements = vec![journal(command)];
    statements.extend(memberships(command));
    statements.push(match command.change.before() {
        None => insert(command),
        Some(before) => update(command, before),
    });
    statements
}

/// The statements of many commands, in their order: each is done as if it stood alone.
pub fn apply_all(commands: &[&Command]) -> Vec<Statement> {
    commands.iter().flat_map(|command| apply(command)).collect()
}

/// The parameters that every statement begins with: company, request, group.
struct Keys {
    company: String,
    request: String,
    group: String,
}

impl Command<'_> {
    fn keys(&self, bindings: &mut Bindings) -> Keys {
        Keys {
            company: bindings.name(self.company.as_str()),
            request: bindings.name(self.line.request_id.as_str()),
            group: bindings.name(self.change.after().id.as_str()),
        }
    }

    fn delta(&self, part: Part, keys: &Keys, bindings: &mut Bindings) -> Delta {
        let of = Scope {
            company: &keys.company,
            group: &keys.group,
            visible: self.visible,
            is_linked: self.change.after().is_linked,
            part,
            adopts: matches!(self.change.members(), Members::Adopt(_)),
        };
        Delta::of(self.change.members(), &of, bindings)
    }
}

/// The guard, the log line and the event: what really comes of the members is counted before it is done, since
/// afterwards nobody could tell.
fn journal(command: &Command) -> Statement {
    let mut bindings = Bindings::default();
    let line = journal::values(command.company, command.actor, command.line, command.ending);
    let line: Vec<String> = line.into_iter().map(|value| bindings.name(value)).collect();
    let keys = command.keys(&mut bindings);
    let delta = command.delta(Part::Both, &keys, &mut bindings);
    let change = command.change;
    let event_id = bindings.name(command.line.event_id.as_str());
    let event_type = event_type(change.event_type(), &mut bindings);
    let before = match change.before() {
        Some(before) => {
            let before = bindings.name(to_json(&before.for_app(command.settings)));
            format!(
                "json_set({before}, '$.member_count', g.member_count, '$.unconfirmed_members', \
                 g.unconfirmed_members, '$.version', g.version)"
            )
        }
        None => "json('null')".to_owned(),
    };
    let after = bindings.name(to_json(&change.after().for_app(command.settings)));
    // Whoever was in the group when it was adopted is unconfirmed from then on.
    let unconfirmed = match (change.after().is_linked, change.members()) {
        (false, _) => "0".to_owned(),
        (true, Members::Adopt(_)) => "g.member_count - come.confirmed - go.unconfirmed".to_owned(),
        (true, _) => {
            "coalesce(g.unconfirmed_members, 0) - come.confirmed - go.unconfirmed".to_owned()
        }
    };
    let guard = guard(command, &keys, &delta, &mut bindings);
    let come = come(delta.coming.as_deref(), delta.may_be_many);
    let go = go(delta.going.as_deref(), delta.may_be_many);
    let Keys { company, group, .. } = &keys;
    bindings.into_statement(format!(
        "INSERT INTO journal ({}, event_id, type, data) WITH {come}, {go} \
         SELECT {}, {event_id}, {event_type}, \
         json_object('before', {before}, 'after', json_set({after}, \
         '$.member_count', coalesce(g.member_count, 0) + come.shown - go.shown, \
         '$.unconfirmed_members', {unconfirmed}, '$.version', coalesce(g.version, 0) + 1), \
         'members_added', json_object('count', come.added, 'ids', json(come.ids)), \
         'members_removed', json_object('count', go.removed, 'ids', json(go.ids))) \
         FROM companies c LEFT JOIN groups g ON g.company_id = {company} AND g.id = {group} \
         CROSS JOIN come CROSS JOIN go WHERE c.id = {company} AND {guard}",
        journal::COLUMNS,
        line.join(", "),
    ))
}

/// What the change is called; nothing where nothing changes.
fn event_type(definition: Option<EventType>, bindings: &mut Bindings) -> String {
    match definition {
        Some(event_type) => bindings.name(event_type.as_str()),
        None => format!(
            "CASE WHEN come.added > 0 AND go.removed > 0 THEN '{}' WHEN come.added > 0 THEN '{}' \
             WHEN go.removed > 0 THEN '{}' WHEN come.confirmed > 0 THEN '{}' END",
            EventType::GroupUpdated,
            EventType::GroupMembersAdded,
            EventType::GroupMembersRemoved,
            EventType::GroupMembersConfirmed,
        ),
    }
}

/// Everything that the change was decided on.
fn guard(command: &Command, keys: &Keys, delta: &Delta, bindings: &mut Bindings) -> String {
    let Keys {
        company,
        request,
        group,
    } = keys;
    let change = command.change;
    let mut conditions = vec![
        format!("c.rules_version = {}", bindings.name(command.rules_version)),
        format!(
            "EXISTS (SELECT 1 FROM company_writers w WHERE w.company_id = {company} AND w.epoch = {})",
            bindings.name(command.epoch)
        ),
        format!(
            "NOT EXISTS (SELECT 1 FROM requests r WHERE r.company_id = {company} AND r.id = {request})"
        ),
    ];
    match change.before() {
        None => conditions.push("g.id IS NULL".to_owned()),
        Some(before) => {
            conditions.push(format!(
                "g.definition = {}",
                bindings.name(before.definition)
            ));
            if command.is_conditional {
                conditions.push(format!("g.version = {}", bindings.name(before.version)));
            }
        }
    }
    if let Some(name) = change.claimed_name() {
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM groups o WHERE o.company_id = {company} \
             AND o.display_name_folded = {} AND o.state = 'active' AND o.id <> {group})",
            bindings.name(name)
        ));
    }
    let visible = command.visible.condition();
    let mut teammates = Vec::from_iter(delta.named.clone());
    if !command.must_be_teammates.is_empty() {
        teammates.push(list(command.must_be_teammates, bindings));
    }
    for list in teammates {
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM {list} j WHERE NOT EXISTS (SELECT 1 FROM teammates t \
             WHERE t.company_id = {company} AND t.id = j.value AND {visible}))"
        ));
    }
    if !command.must_be_members.is_empty() {
        let list = list(command.must_be_members, bindings);
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM {list} j WHERE NOT EXISTS (SELECT 1 FROM memberships m \
             CROSS JOIN teammates t ON t.company_id = {company} AND t.id = m.teammate_id AND {visible} \
             WHERE m.company_id = {company} AND m.group_id = {group} AND m.teammate_id = j.value \
             AND m.standing <> 'gone'))"
        ));
    }
    conditions.join(" AND ")
}

/// How many come, and the first of them, as the one row `come`: added, ids, shown (those of the added who are
/// counted) and confirmed (those who were there, and are counted).
fn come(select: Option<&str>, may_be_many: bool) -> String {
    let Some(select) = select else {
        return "come AS (SELECT 0 AS added, '[]' AS ids, 0 AS shown, 0 AS confirmed)".to_owned();
    };
    counted(
        "come",
        select,
        may_be_many,
        "is_new",
        &[
            ("added", "sum(is_new)"),
            ("shown", "sum(is_new AND is_shown)"),
            ("confirmed", "sum(NOT is_new AND is_shown)"),
        ],
    )
}

/// The same of those who go, as `go`: removed, ids, shown and unconfirmed.
fn go(select: Option<&str>, may_be_many: bool) -> String {
    let Some(select) = select else {
        return "go AS (SELECT 0 AS removed, '[]' AS ids, 0 AS shown, 0 AS unconfirmed)".to_owned();
    };
    counted(
        "go",
        select,
        may_be_many,
        "TRUE",
        &[
            ("removed", "count(*)"),
            ("shown", "sum(is_shown)"),
            ("unconfirmed", "sum(is_unconfirmed AND is_shown)"),
        ],
    )
}

/// A common table of one row. As many as an event names are counted and listed in one go; only where there are
/// more is everything counted once again. That is left out where there can't be: most of what this statement
/// costs is its preparation. MATERIALIZED: its columns are used more than once.
fn counted(
    table: &str,
    select: &str,
    may_be_many: bool,
    listed: &str,
    counts: &[(&str, &str)],
) -> String {
    let few: Vec<String> = counts
        .iter()
        .map(|(name, count)| format!("coalesce({count}, 0) AS {name}"))
        .collect();
    if !may_be_many {
        return format!(
            "{table} AS MATERIALIZED (SELECT json_group_array(id) FILTER (WHERE {listed}) AS ids, {} \
             FROM ({select}))",
            few.join(", ")
        );
    }
    let each: Vec<&str> = counts.iter().map(|(_, count)| *count).collect();
    let all: Vec<String> = counts
        .iter()
        .enumerate()
        .map(|(place, (name, _))| format!("coalesce(m.counts ->> {place}, f.{name}) AS {name}"))
        .collect();
    format!(
        "{table}_few AS MATERIALIZED (SELECT count(*) AS n, \
         json_group_array(id) FILTER (WHERE {listed}) AS ids, {few} \
         FROM (SELECT * FROM ({select}) LIMIT {limit})), \
         {table}_many AS MATERIALIZED (SELECT CASE WHEN f.n = {limit} THEN \
         (SELECT json_array({each}) FROM ({select})) END AS counts FROM {table}_few f), \
         {table} AS MATERIALIZED (SELECT json_remove(f.ids, '$[{MAX_NAMED}]') AS ids, {all} \
         FROM {table}_few f CROSS JOIN {table}_many m)",
        limit = MAX_NAMED + 1,
        few = few.join(", "),
        each = each.join(", "),
        all = all.join(", "),
    )
}

/// True for what this very batch journaled: once the group has been changed by it, its version has moved on.
fn applies(keys: &Keys) -> String {
    let Keys {
        company,
        request,
        group,
    } = keys;
    format!(
        "EXISTS (SELECT 1 FROM requests r CROSS JOIN events e ON e.company_id = {company} AND e.seq = r.event_seq \
         WHERE r.company_id = {company} AND r.id = {request} \
         AND coalesce(e.data ->> '$.before.version', 0) = coalesce(\
         (SELECT g.version FROM groups g WHERE g.company_id = {company} AND g.id = {group}), 0))"
    )
}

/// Those who go, and then those who come.
fn memberships(command: &Command) -> Vec<Statement> {
    let change = command.change;
    let mut statements = Vec::new();
    let mut state = |part: Part, write: &dyn Fn(&Keys, &Delta) -> Option<String>| {
        let mut bindings = Bindings::default();
        let keys = command.keys(&mut bindings);
        let delta = command.delta(part, &keys, &mut bindings);
        if let Some(sql) = write(&keys, &delta) {
            statements.push(bindings.into_statement(sql));
        }
    };
    let members = |keys: &Keys| {
        let Keys { company, group, .. } = keys;
        format!("m.company_id = {company} AND m.group_id = {group}")
    };
    if let Members::Adopt(_) = change.members() {
        // What is left of an earlier link: a group that was deleted and restored.
        for write in [
            "UPDATE memberships AS m SET standing = 'app' WHERE m.standing IN ('both', 'idp')",
            "DELETE FROM memberships AS m WHERE m.standing = 'gone'",
        ] {
            state(Part::Neither, &|keys, _| {
                Some(format!(
                    "{write} AND {} AND {}",
                    members(keys),
                    applies(keys)
                ))
            });
        }
    }
    // An adoption that can be undone forgets nobody who was there.
    let keeps = change.after().before_adoption.is_some();
    if keeps {
        state(Part::Going, &|keys, delta| {
            let leaving = delta.leaving.as_ref()?;
            Some(format!(
                "UPDATE memberships AS m SET standing = 'gone' WHERE {} AND {leaving} \
                 AND m.standing IN ('app', 'both') AND {}",
                members(keys),
                applies(keys)
            ))
        });
    }
    state(Part::Going, &|keys, delta| {
        let leaving = delta.leaving.as_ref()?;
        Some(format!(
            "DELETE FROM memberships AS m WHERE {} AND {leaving} AND {}",
            members(keys),
            applies(keys)
        ))
    });
    match change.members() {
        Members::Undo => state(Part::Neither, &|keys, _| {
            Some(format!(
                "UPDATE memberships AS m SET standing = 'app' WHERE {} \
                 AND m.standing IN ('both', 'gone') AND {}",
                members(keys),
                applies(keys)
            ))
        }),
        Members::Confirm => state(Part::Neither, &|keys, _| {
            Some(format!(
                "UPDATE memberships AS m SET standing = 'both' WHERE {} AND m.standing = 'app' AND {}",
                members(keys),
                applies(keys)
            ))
        }),
        _ => state(Part::Coming, &|keys, delta| {
            let list = delta.named.as_ref()?;
            let Keys { company, group, .. } = keys;
            // Whom an identity provider names is confirmed; the app puts members into its own groups.
            let (standing, again, settled) = if change.after().is_linked {
                ("idp", "both", "m.standing IN ('idp', 'both')")
            } else {
                ("app", "app", "m.standing <> 'gone'")
            };
            Some(format!(
                "INSERT INTO memberships (company_id, group_id, teammate_id, standing) \
                 SELECT {company}, {group}, j.value, '{standing}' FROM {list} j WHERE {} \
                 AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.company_id = {company} \
                 AND m.group_id = {group} AND m.teammate_id = j.value AND {settled}) \
                 ON CONFLICT DO UPDATE SET standing = '{again}'",
                applies(keys)
            ))
        }),
    }
    statements
}

/// The columns of the definition, with their values.
fn definition(group: &Group) -> [(&'static str, Binding); 10] {
    let description = group.description.as_deref();
    // SQLite folds ASCII itself.
    let folded = description.and_then(|text| {
        let folded = fold(text);
        (folded != text.to_ascii_lowercase()).then_some(folded)
    });
    [
        ("display_name", group.display_name.as_str().into()),
        ("display_name_folded", name_key(&group.display_name).into()),
        ("external_id", group.external_id.as_deref().into()),
        ("description", description.into()),
        ("description_folded", folded.into()),
        ("is_linked", group.is_linked.into()),
        ("state", group.state.as_str().into()),
        (
            "before_adoption",
            group.before_adoption.as_ref().map(to_json).into(),
        ),
        ("definition", group.definition.into()),
        ("state_changed_at", group.state_changed_at.0.into()),
    ]
}

fn insert(command: &Command) -> Statement {
    let mut bindings = Bindings::default();
    let keys = command.keys(&mut bindings);
    let after = command.change.after();
    let (columns, values): (Vec<&str>, Vec<String>) = definition(after)
        .into_iter()
        .map(|(column, value)| (column, bindings.name(value)))
        .unzip();
    let created_at = bindings.name(after.created_at.0);
    let updated_at = bindings.name(after.updated_at.0);
    let Keys {
        company,
        request,
        group,
    } = &keys;
    bindings.into_statement(format!(
        "INSERT INTO groups (company_id, id, version, member_count, unconfirmed_members, created_at, \
         updated_at, {}) SELECT {company}, {group}, 1, e.data ->> '$.after.member_count', 0, {created_at}, \
         {updated_at}, {} FROM requests r CROSS JOIN events e ON e.company_id = {company} \
         AND e.seq = r.event_seq WHERE r.company_id = {company} AND r.id = {request} AND NOT EXISTS \
         (SELECT 1 FROM groups g WHERE g.company_id = {company} AND g.id = {group})",
        columns.join(", "),
        values.join(", "),
    ))
}

/// Names only the columns that change: SQLite rewrites the entry of every index that it is told of. The counts
/// are those that the event tells.
fn update(command: &Command, before: &Group) -> Statement {
    let mut bindings = Bindings::default();
    let keys = command.keys(&mut bindings);
    let after = command.change.after();
    let assignments: Vec<String> = definition(before)
        .into_iter()
        .zip(definition(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|(_, (column, value))| format!("{column} = {}, ", bindings.name(value)))
        .collect();
    let updated_at = bindings.name(after.updated_at.0);
    let Keys {
        company,
        request,
        group,
    } = &keys;
    bindings.into_statement(format!(
        "UPDATE groups AS g SET {}version = g.version + 1, updated_at = max(g.updated_at, {updated_at}), \
         member_count = e.data ->> '$.after.member_count', \
         unconfirmed_members = e.data ->> '$.after.unconfirmed_members' \
         FROM requests r CROSS JOIN events e ON e.company_id = {company} AND e.seq = r.event_seq \
         WHERE r.company_id = {company} AND r.id = {request} AND g.company_id = {company} AND g.id = {group} \
         AND g.version = e.data ->> '$.before.version'",
        assignments.concat()
    ))
}
