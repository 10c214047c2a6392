//! Changes of a few members each, done together: one set of statements for all of them, whose text is the same
//! for two commands and for a hundred. A command that is alone has statements of its own, which read less.
//!
//! Invariants. What becomes of each command is what would become of it alone, in its turn. For that, no two
//! commands of a set are about the same teammate in the same group, so that who comes and who goes can be found
//! for all of them in what is stored; only the counts and the version that one event tells follow from the
//! events before it.

mod statements;

use super::{GroupWrite, MAX_NAMED, Visible, apply};
use crate::directory::event::{Part, Step};
use crate::directory::group::Group;
use crate::directory::group::change::{Members, Room};
use crate::directory::id::CompanyId;
use crate::scim::group::MemberChange;
use crate::store::journal;
use crate::store::statement::{Binding, JsonList, Statement, to_json};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

#[derive(Default)]
pub(super) struct Deltas<'a> {
    /// Whose they are, and whom all of them can name.
    scope: Option<(&'a CompanyId, Visible)>,
    first: Option<&'a GroupWrite<'a>>,
    asked: JsonList,
    noted: JsonList,
    added: Vec<RequestMembers<'a>>,
    removed: Vec<RequestMembers<'a>>,
    /// Of `removed`, those in groups whose adoption can be undone.
    kept: Vec<RequestMembers<'a>>,
    /// Each command, with the group's new time of change.
    all: Vec<(&'a str, &'a str, i64)>,
    requests: HashSet<&'a str>,
    /// Groups and teammates.
    touched: HashSet<(&'a str, &'a str)>,
}

/// Request, group and teammates.
type RequestMembers<'a> = (&'a str, &'a str, &'a BTreeSet<String>);

/// What a command asks for, and what has to hold for it.
#[derive(Serialize)]
struct AskedDelta<'a> {
    request: &'a str,
    group: &'a str,
    rules_version: i64,
    epoch: i64,
    definition: i64,
    /// Whether it is done without room in the company's quota, too.
    is_free: bool,
    updated_at: i64,
    add: &'a BTreeSet<String>,
    remove: &'a BTreeSet<String>,
    teammates: &'a BTreeSet<String>,
}

/// What a command's log line and event are made of, apart from [`AskedDelta`]: SQLite reads the whole of an element
/// for each part that it takes out.
#[derive(Serialize)]
#[serde(untagged)]
enum LineValue {
    Value(Binding),
    Count(u32),
    Side(Part),
}

impl<'a> Deltas<'a> {
    /// Takes the command in, if it is one that can be done together with those that are here.
    pub(super) fn take(&mut self, command: &'a GroupWrite<'a>) -> bool {
        let change = command.change;
        let (Some(before), Members::Change(MemberChange::Delta { add, remove })) =
            (change.before(), change.members())
        else {
            return false;
        };
        let passing = &change.aside().passing_members;
        let is_plain = change.event_type().is_none() && !command.is_conditional;
        let is_small = [add, remove, passing]
            .iter()
            .all(|ids| ids.len() <= MAX_NAMED);
        let scope = (command.company, command.visible);
        let request = command.line.request_id.as_str();
        let group = before.id.as_str();
        let is_free = |id: &String| !self.touched.contains(&(group, id.as_str()));
        if !is_plain
            || !is_small
            || !add.is_disjoint(remove)
            || self.scope.is_some_and(|known| known != scope)
            || self.requests.contains(request)
            || !add.iter().chain(remove).all(is_free)
        {
            return false;
        }
        let asked = to_json(&AskedDelta {
            request,
            group,
            rules_version: command.rules_version,
            epoch: command.epoch,
            definition: before.definition,
            is_free: command.needs_room() == Room::Never,
            updated_at: change.after().updated_at.0,
            add,
            remove,
            teammates: passing,
        });
        let noted = to_json(&noted(command, before));
        if !self.asked.has_room_for(&asked) || !self.noted.has_room_for(&noted) {
            return false;
        }
        self.asked.push(&asked);
        self.noted.push(&noted);
        self.first.get_or_insert(command);
        self.scope = Some(scope);
        self.requests.insert(request);
        let ids = add.iter().chain(remove);
        self.touched.extend(ids.map(|id| (group, id.as_str())));
        if !add.is_empty() {
            self.added.push((request, group, add));
        }
        if !remove.is_empty() {
            self.removed.push((request, group, remove));
            if change.after().before_adoption.is_some() {
                self.kept.push((request, group, remove));
            }
        }
        self.all.push((request, group, change.after().updated_at.0));
        true
    }

    /// In their order: the journal, those who go, those who come, the groups.
    pub(super) fn into_statements(self) -> Vec<Statement> {
        let (Some(first), Some((company, visible))) = (self.first, self.scope) else {
            return Vec::new();
        };
        if self.all.len() == 1 {
            return apply(first);
        }
        let journal = Statement::new(statements::journal(visible))
            .bind(company.as_str())
            .bind(self.asked.into_json())
            .bind(self.noted.into_json());
        let mut others = Vec::new();
        for (text, listed) in [
            (statements::keep(), &self.kept),
            (statements::delete(), &self.removed),
            (statements::insert(), &self.added),
        ] {
            if !listed.is_empty() {
                others.push((text, to_json(listed)));
            }
        }
        others.push((statements::update(), to_json(&self.all)));
        let others = others
            .into_iter()
            .map(|(sql, list)| Statement::new(sql).bind(company.as_str()).bind(list));
        std::iter::once(journal).chain(others).collect()
    }
}

/// The log line in the order of [`journal::COLUMNS`], the event's id, the group as the command found it and as it
/// leaves it, and how many memberships are to end.
fn noted(command: &GroupWrite<'_>, before: &Group) -> Vec<LineValue> {
    let (company, settings) = (command.company, command.settings);
    let line = journal::values(company, command.actor, command.line, command.ending);
    let event = command.line.event_id.as_str().into();
    let Step {
        before: was,
        after: is,
    } = Step::changed(
        &before.for_app(settings),
        &command.change.after().for_app(settings),
    );
    line.into_iter()
        .chain([event])
        .map(LineValue::Value)
        .chain([was, is].map(LineValue::Side))
        .chain([LineValue::Count(command.change.aside().to_end)])
        .collect()
}
