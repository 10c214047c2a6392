//! Groups with all of their members, however many: read in parts, so that nothing has to hold them all.
//!
//! One statement walks through the groups of a page, and through each group's members in the order of their
//! ids, a thousand at a time. Each step is one row, far below what D1 takes for a value, and the statement ends
//! with the step that reaches [`MAX_BYTES`]: what D1 gives back has to be held at once, first by it and then by the
//! Worker. A hundred thousand members fit, as they were at one moment; what does not fit is read by further
//! statements from there on. Each costs two rows a member, its own and the teammate's, and some for each step.
//!
//! Invariant: `next` of a row is where the SQL goes on after it.

use super::{Group, GroupRow};
use crate::directory::id::{GroupId, OrderId};
use crate::store::access::{Admission, Gate};
use crate::store::error::StoreError;
use crate::store::filter::{Bindings, Condition};
use crate::store::kept_order::{self, Stretch};
use crate::store::list::{Entry as _, Listing, ShownRows, Window, one_id, page_ids};
use crate::store::statement::{Statement, decode, to_json};
use serde::Deserialize;

/// Members in a step.
const STEP: usize = 1_000;

/// Characters of a member's displayName. A thousand names of this length stay below the 2 MB of a value, even where
/// JSON writes each character in six bytes.
const MAX_DISPLAY: usize = 256;

/// Bytes that one statement gives back, but for the last step. Held at once they take the isolate about six times as
/// much, and 128 MB are for all of its requests.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Where a read begins: in front of a group, or behind a member of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberPosition {
    /// The place of the group among those that are read, from 0.
    pub place: usize,
    /// Empty at the group's beginning.
    pub after: String,
}

/// One step.
#[derive(Debug)]
pub struct GroupPart {
    /// The place of the group, and the group itself where it begins.
    pub place: usize,
    pub group: Option<Group>,
    pub members: Vec<MemberRow>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct MemberRow(pub String, pub Option<String>);

/// A part of a list. The first row is the list of the ids, those that are not shown included.
pub fn page(
    admission: &Admission,
    listing: &Listing,
    window: Window,
    shown: ShownRows,
) -> Statement {
    let mut bindings = Bindings::default();
    let ids = page_ids(admission, listing, window, &mut bindings);
    of_ids(&ids, shown, bindings)
}

/// A [`page`] of the one group that is found by a unique condition.
pub fn find(admission: &Admission, condition: &Condition, shown: ShownRows) -> Statement {
    let mut bindings = Bindings::default();
    let ids = one_id(admission, condition, &mut bindings);
    of_ids(&ids, shown, bindings)
}

/// A [`page`] of an order that was kept.
pub fn page_of_kept_order(admission: &Admission, order: &OrderId, stretch: Stretch) -> Statement {
    let mut bindings = Bindings::default();
    let ids = kept_order::page_ids(Group::TABLE, admission, order, stretch, &mut bindings);
    of_ids(&ids, ShownRows::First(usize::MAX), bindings)
}

/// The groups whose ids a `SELECT` gives, in its order. The company is `?1`.
fn of_ids(ids: &str, shown: ShownRows, mut bindings: Bindings) -> Statement {
    let (start, end) = match shown {
        ShownRows::First(count) => {
            let count = bindings.name(count);
            (
                "0".to_owned(),
                format!("min(json_array_length(ids), {count})"),
            )
        }
        ShownRows::Last(count) => {
            let count = bindings.name(count);
            (
                format!("max(json_array_length(ids) - {count}, 0)"),
                "json_array_length(ids)".to_owned(),
            )
        }
    };
    let page = format!(
        "SELECT ids, CAST({start} AS INTEGER) AS start, CAST({end} AS INTEGER) AS end, '' AS after \
         FROM (SELECT json_group_array(id) AS ids FROM ({ids}))"
    );
    let walk = walk(&page, Some(super::COLUMNS));
    bindings.into_statement(format!(
        "WITH RECURSIVE {walk} SELECT ids AS row FROM page UNION ALL SELECT row FROM steps"
    ))
}

/// The members of one group, unless it is of a version that the client has already. The group itself is not read.
pub fn members(admission: &Admission, group: &GroupId, known: &[i64]) -> Statement {
    let mut bindings = Bindings::default();
    let Gate { from, condition } = admission.gate(&mut bindings);
    let id = bindings.name(group.as_str());
    let is_new = if known.is_empty() {
        String::new()
    } else {
        let known = bindings.name(to_json(&known));
        format!(
            " AND NOT EXISTS (SELECT 1 FROM groups o WHERE o.company_id = ?1 AND o.id = {id} \
             AND o.version IN (SELECT value FROM json_each({known})))"
        )
    };
    let page = format!(
        "SELECT json_array({id}) AS ids, 0 AS start, 1 AS end, '' AS after FROM {from} \
         WHERE {condition}{is_new}"
    );
    let walk = walk(&page, None);
    bindings.into_statement(format!("WITH RECURSIVE {walk} SELECT row FROM steps"))
}

/// These groups, or what is left of them from a position on. While something is left there is a row; none at all comes
/// back for a caller who may no longer.
pub fn from(admission: &Admission, ids: &[GroupId], position: &MemberPosition) -> Statement {
    let mut bindings = Bindings::default();
    let Gate { from, condition } = admission.gate(&mut bindings);
    let list = bindings.name(to_json(&ids));
    let start = bindings.name(position.place);
    let after = bindings.name(position.after.as_str());
    let page = format!(
        "SELECT {list} AS ids, CAST({start} AS INTEGER) AS start, {} AS end, {after} AS after \
         FROM {from} WHERE {condition}",
        ids.len()
    );
    let walk = walk(&page, Some(super::COLUMNS));
    bindings.into_statement(format!("WITH RECURSIVE {walk} SELECT row FROM steps"))
}

/// The tables `page` (the ids, the places to go through, and where in the first of them to begin) and `steps`.
///
/// A step is found from the one before: SQLite takes one recursive table and no subquery of it, so that the terms
/// of the position stand where they are needed. The first row of the walk is no step yet.
fn walk(page: &str, group: Option<&str>) -> String {
    let is_full = format!("json_array_length(w.members) = {STEP}");
    let place = format!("w.place + (w.members IS NOT NULL AND NOT {is_full})");
    let after = format!(
        "CASE WHEN w.members IS NULL THEN p.after WHEN {is_full} THEN json_extract(w.members, '$[#-1][0]') ELSE '' END"
    );
    let id = format!("json_extract(p.ids, '$[' || ({place}) || ']')");
    let group = group.map_or_else(
        || "NULL".to_owned(),
        |columns| {
            format!(
                "CASE WHEN {after} = '' THEN (SELECT {columns} FROM groups g WHERE g.company_id = ?1 AND g.id = {id}) END"
            )
        },
    );
    let bytes =
        "w.bytes + coalesce(octet_length(w.head), 0) + coalesce(octet_length(w.members), 0)";
    format!(
        "page (ids, start, end, after) AS MATERIALIZED ({page}), \
         walk (place, head, members, bytes) AS (\
         SELECT start, NULL, NULL, 0 FROM page \
         UNION ALL \
         SELECT {place}, {group}, \
         (SELECT json_group_array(json_array(id, display)) FROM (\
         SELECT m.teammate_id AS id, substr(u.attributes ->> '$.\"displayName\"', 1, {MAX_DISPLAY}) AS display \
         FROM memberships m CROSS JOIN teammates u ON u.company_id = ?1 AND u.id = m.teammate_id \
         AND +u.state IN ('active', 'blocked') WHERE m.company_id = ?1 AND m.group_id = {id} \
         AND m.teammate_id > {after} AND m.standing <> 'gone' ORDER BY m.teammate_id LIMIT {STEP})), \
         {bytes} FROM walk w CROSS JOIN page p WHERE {place} < p.end AND {bytes} < {MAX_BYTES}), \
         steps AS (SELECT '[' || place || ',' || coalesce(head, 'null') || ',' || members || ']' AS row \
         FROM walk WHERE members IS NOT NULL)"
    )
}

/// The ids that the first row of a [`page`] lists.
pub fn ids(row: &str) -> Result<Vec<GroupId>, StoreError> {
    decode(row)
}

/// One row of the steps.
pub fn part(row: &str) -> Result<GroupPart, StoreError> {
    let (place, group, members): (usize, Option<GroupRow>, Vec<MemberRow>) = decode(row)?;
    Ok(GroupPart {
        place,
        group: group.map(Group::from),
        members,
    })
}

impl GroupPart {
    /// Where the next step begins.
    pub fn next(&self) -> MemberPosition {
        match self.members.last() {
            Some(last) if self.members.len() == STEP => MemberPosition {
                place: self.place,
                after: last.0.clone(),
            },
            _ => MemberPosition {
                place: self.place + 1,
                after: String::new(),
            },
        }
    }
}
