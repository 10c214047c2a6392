//! Who comes, who goes and who is confirmed when a change of members meets those who are there.
//!
//! Everything is found by key from the ids that the request names, but for a list that replaces all: that one
//! has to look at every member. Whoever is to go goes, even while away: SCIM does not show
//! a teammate who is away, but one who was left in would come back as a member of a group from which they were taken.

use super::MAX_NAMED;
use crate::directory::group::change::Members;
use crate::directory::group::request::bytes_in_json;
use crate::scim::group::MemberChange;
use crate::store::filter::Bindings;
use crate::store::statement::{MAX_LIST_BYTES, to_json};
use std::collections::BTreeSet;

/// SELECTs, each of nothing where it is none.
pub(super) struct Delta {
    /// Columns id, is_new, is_shown. Who is not new was unconfirmed and is confirmed.
    pub(super) coming: Option<String>,
    /// Columns id, is_unconfirmed, is_shown.
    pub(super) going: Option<String>,
    /// Whom the request names as members, as a source of rows with a column `value`.
    pub(super) named: Option<String>,
    /// The condition of memberships `m` that go, for those that have one.
    pub(super) leaving: Option<String>,
    /// Whether more may come or go than an event names.
    pub(super) may_be_many: bool,
}

/// Which part of it a statement is about: a parameter that a statement does not use can't be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Both,
    Coming,
    Going,
    Neither,
}

impl Side {
    fn has_coming(self) -> bool {
        matches!(self, Self::Both | Self::Coming)
    }

    fn has_going(self) -> bool {
        matches!(self, Self::Both | Self::Going)
    }
}

pub(super) struct DeltaScope<'a> {
    /// The parameters that hold the company's id and the group's.
    pub(super) company: &'a str,
    pub(super) group: &'a str,
    /// SQL: whether the group is an identity provider's after the change. Then it has unconfirmed members.
    pub(super) linked: &'a str,
    pub(super) part: Side,
    /// Whether the change adopts the group: whoever is in it counts as unconfirmed.
    pub(super) adopts: bool,
}

impl Delta {
    pub(super) fn of(members: &Members, of: &DeltaScope, bindings: &mut Bindings) -> Self {
        let DeltaScope { company, group, .. } = of;
        let all = format!("m.company_id = {company} AND m.group_id = {group}");
        let is_shown = of.shown("m.teammate_id");
        let mut delta = Self {
            coming: None,
            going: None,
            named: None,
            leaving: None,
            may_be_many: match members {
                Members::Change(MemberChange::Delta { add, remove })
                | Members::Adopt(MemberChange::Delta { add, remove }) => {
                    add.len().max(remove.len()) > MAX_NAMED
                }
                _ => true,
            },
        };
        match members {
            Members::Keep => {}
            Members::Change(change) | Members::Adopt(change) => match change {
                MemberChange::None => {}
                MemberChange::Delta { add, remove } => {
                    if !add.is_empty() && of.part.has_coming() {
                        delta.name(add, of, bindings);
                    }
                    if !remove.is_empty() && of.part.has_going() {
                        let list = list(remove, bindings);
                        delta.remove(of, &is_among(&list));
                    }
                }
                MemberChange::All(ids) => {
                    if of.part.has_coming() {
                        delta.name(ids, of, bindings);
                    }
                    if of.part.has_going() {
                        let list = list(ids, bindings);
                        delta.remove(
                            of,
                            &format!("m.teammate_id NOT IN (SELECT value FROM {list})"),
                        );
                    }
                }
            },
            Members::Undo => {
                delta.coming = Some(format!(
                    "SELECT m.teammate_id AS id, TRUE AS is_new, {is_shown} AS is_shown \
                     FROM memberships m WHERE {all} AND m.standing = 'gone'"
                ));
                // Also those whom nobody sees: they were not in the group that is brought back.
                delta.leave("m.standing = 'idp'", of);
            }
            Members::DropUnconfirmed(_) if !of.part.has_going() => {}
            Members::DropUnconfirmed(None) => delta.remove(of, "m.standing = 'app'"),
            Members::DropUnconfirmed(Some(ids)) => {
                let list = list(ids, bindings);
                delta.remove(
                    of,
                    &format!("m.standing = 'app' AND m.teammate_id IN (SELECT value FROM {list})"),
                );
            }
        }
        delta
    }

    fn name(&mut self, ids: &BTreeSet<String>, of: &DeltaScope, bindings: &mut Bindings) {
        let list = list(ids, bindings);
        self.coming = Some(of.coming(&list));
        self.named = Some(list);
    }

    fn remove(&mut self, of: &DeltaScope, condition: &str) {
        self.leave(&format!("m.standing <> 'gone' AND {condition}"), of);
    }

    fn leave(&mut self, condition: &str, of: &DeltaScope) {
        self.going = Some(of.going(condition));
        self.leaving = Some(condition.to_owned());
    }
}

impl DeltaScope<'_> {
    /// Those of a list who come or are confirmed.
    pub(super) fn coming(&self, list: &str) -> String {
        let Self {
            company,
            group,
            linked,
            ..
        } = self;
        let is_shown = self.shown("j.value");
        let is_unconfirmed = if self.adopts {
            "TRUE".to_owned()
        } else {
            format!("({linked} AND m.standing = 'app')")
        };
        format!(
            "SELECT j.value AS id, m.standing IS NULL OR m.standing = 'gone' AS is_new, {is_shown} AS is_shown \
             FROM {list} j LEFT JOIN memberships m ON m.company_id = {company} AND m.group_id = {group} \
             AND m.teammate_id = j.value \
             WHERE m.standing IS NULL OR m.standing = 'gone' OR {is_unconfirmed}"
        )
    }

    /// Those of the members `m` that a condition names.
    pub(super) fn going(&self, condition: &str) -> String {
        let Self { company, group, .. } = self;
        let is_shown = self.shown("m.teammate_id");
        let is_unconfirmed = if self.adopts {
            "TRUE"
        } else {
            "m.standing = 'app'"
        };
        format!(
            "SELECT m.teammate_id AS id, {is_unconfirmed} AS is_unconfirmed, {is_shown} AS is_shown \
             FROM memberships m WHERE m.company_id = {company} AND m.group_id = {group} AND {condition}"
        )
    }

    /// Whether a teammate is counted: SCIM shows it. Asked for those alone who come or go.
    fn shown(&self, id: &str) -> String {
        let Self { company, .. } = self;
        format!(
            "(SELECT t.state IN ('active', 'blocked') FROM teammates t WHERE t.company_id = {company} AND t.id = {id})"
        )
    }
}

/// Of memberships `m`: that a list names it.
pub(super) fn is_among(list: &str) -> String {
    format!("m.teammate_id IN (SELECT value FROM {list})")
}

/// The ids as a source of rows with a column `value`.
pub(in crate::store::groups) fn list(ids: &BTreeSet<String>, bindings: &mut Bindings) -> String {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut size = 0;
    for id in ids {
        let bytes = bytes_in_json(id) + 1;
        size += bytes;
        if size > MAX_LIST_BYTES {
            parts.push(to_json(&std::mem::take(&mut part)));
            size = bytes;
        }
        part.push(id);
    }
    parts.push(to_json(&part));
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| format!("json_each({})", bindings.name(part)))
        .collect();
    match parts.as_slice() {
        [one] => one.clone(),
        many => format!(
            "(SELECT value FROM {})",
            many.join(" UNION ALL SELECT value FROM ")
        ),
    }
}
