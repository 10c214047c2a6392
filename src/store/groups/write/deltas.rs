//! Changes of a few members each, done together: one set of statements for all of them, whose text is the same
//! for one command and for a hundred.
//!
//! Invariants. What becomes of each command is what would become of it alone, in its turn. For that, no two
//! commands of a set are about the same teammate in the same group, so that who comes and who goes can be found
//! for all of them in what is stored; only the counts and the version that one event tells follow from the
//! events before it.

mod statements;

use super::delta::MAX_LIST_BYTES;
use super::{Command, MAX_NAMED, Visible};
use crate::directory::group::AppGroup;
use crate::directory::group::change::Members;
use crate::directory::id::CompanyId;
use crate::scim::group::MemberChange;
use crate::store::journal;
use crate::store::statement::{Binding, Statement, to_json};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

#[derive(Default)]
pub(super) struct Deltas<'a> {
    /// Whose they are, and whom all of them can name; none while there is no command.
    scope: Option<(&'a CompanyId, Visible)>,
    /// As JSON, in their order.
    sent: Vec<String>,
    bytes: usize,
    added: Vec<Listed<'a>>,
    removed: Vec<Listed<'a>>,
    /// Of `removed`, those in groups whose adoption can be undone.
    kept: Vec<Listed<'a>>,
    /// Each command, with the group's new time of change.
    all: Vec<(&'a str, &'a str, i64)>,
    requests: HashSet<&'a str>,
    /// Groups and teammates.
    touched: HashSet<(&'a str, &'a str)>,
}

/// Request, group and teammates.
type Listed<'a> = (&'a str, &'a str, &'a BTreeSet<String>);

/// A command as its statement reads it. What it asks for is named; its log line is in the order of
/// [`journal::COLUMNS`].
#[derive(Serialize)]
struct Sent<'a> {
    request: &'a str,
    event: &'a str,
    group: &'a str,
    rules_version: i64,
    epoch: i64,
    definition: i64,
    add: &'a BTreeSet<String>,
    remove: &'a BTreeSet<String>,
    teammates: &'a BTreeSet<String>,
    members: &'a BTreeSet<String>,
    line: [Binding; 16],
    before: AppGroup<'a>,
    after: AppGroup<'a>,
}

impl<'a> Deltas<'a> {
    /// Takes the command in, if it is one that can be done together with those that are here.
    pub(super) fn take(&mut self, command: &Command<'a>) -> bool {
        let change = command.change;
        let (Some(before), Members::Change(MemberChange::Delta { add, remove })) =
            (change.before(), change.members())
        else {
            return false;
        };
        let must_be = command.must_be_members;
        let is_plain = change.event_type().is_none() && !command.is_conditional;
        let is_small = [add, remove, must_be, command.must_be_teammates]
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
            || !add.iter().chain(remove).chain(must_be).all(is_free)
        {
            return false;
        }
        let sent = to_json(&Sent {
            request,
            event: command.line.event_id.as_str(),
            group,
            rules_version: command.rules_version,
            epoch: command.epoch,
            definition: before.definition,
            add,
            remove,
            teammates: command.must_be_teammates,
            members: must_be,
            line: journal::values(command.company, command.actor, command.line, command.ending),
            before: before.for_app(command.settings),
            after: change.after().for_app(command.settings),
        });
        if self.bytes + sent.len() > MAX_LIST_BYTES {
            return false;
        }
        self.bytes += sent.len() + 1;
        self.sent.push(sent);
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
        let Some((company, visible)) = self.scope else {
            return Vec::new();
        };
        let sent = format!("[{}]", self.sent.join(","));
        let mut all = vec![(statements::journal(visible), sent)];
        for (text, listed) in [
            (statements::keep(visible), &self.kept),
            (statements::delete(visible), &self.removed),
            (statements::insert(), &self.added),
        ] {
            if !listed.is_empty() {
                all.push((text, to_json(listed)));
            }
        }
        all.push((statements::update(), to_json(&self.all)));
        all.into_iter()
            .map(|(sql, list)| Statement::new(sql).bind(company.as_str()).bind(list))
            .collect()
    }
}
