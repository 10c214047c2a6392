//! The SQL of changes that are done together. `?1` is the company, `?2` a JSON list with an element `s` for
//! each command; the journal has a second such list, `?3`, with elements `l`.

use super::super::Visible;
use super::super::delta::{DeltaScope, is_among};
use super::super::guard::are_teammates;
use super::super::journal::{event_type, moment, with_note};
use super::super::memberships::COMES_ANEW;
use crate::store::journal::{COLUMNS, NOTES};

/// Commands that this very batch journaled as events, with their groups as they were before all of them: once
/// a group has been changed by its batch, its version has moved on.
const DONE: &str = "json_each(?2) s CROSS JOIN requests r ON r.company_id = ?1 AND r.id = s.value ->> 0 \
    CROSS JOIN events e ON e.company_id = ?1 AND e.seq = r.event_seq \
    CROSS JOIN groups g ON g.company_id = ?1 AND g.id = s.value ->> 1 \
    AND g.version <= e.data ->> '$.before.version'";

/// Places in the lists `come` and `go`.
const COUNTS: [(&str, &str); 8] = [
    ("added", "come ->> 0"),
    ("come_shown", "come ->> 1"),
    ("confirmed", "come ->> 2"),
    ("added_ids", "come -> 3"),
    ("removed", "go ->> 0"),
    ("go_shown", "go ->> 1"),
    ("go_unconfirmed", "go ->> 2"),
    ("removed_ids", "go -> 3"),
];

/// The log lines and events of those whose guards hold. `noted` is the second list, whose elements would be written
/// out anew for each part that is taken out of them; `found` are these commands, with whom they bring and
/// take; `numbered` has for each what the events before it in this statement do to its group.
pub(super) fn journal(visible: Visible) -> String {
    let scope = scope();
    let teammates = ["$.add", "$.teammates"].map(|path| are_teammates(&of(path), "?1", visible));
    let coming = scope.coming(&of("$.add"));
    let going = scope.going(&format!(
        "m.standing <> 'gone' AND {}",
        is_among(&of("$.remove"))
    ));
    let counts = COUNTS.map(|(name, place)| format!("{place} AS {name}"));
    let columns = COLUMNS.split(',').count();
    let (before, after, to_end) = (columns + 1, columns + 2, columns + 3);
    let line: Vec<String> = (0..=columns)
        .map(|place| match format!("l.value ->> {place}") {
            notes if place == NOTES => {
                with_note("removed", &format!("l.value ->> {to_end}"), &notes)
            }
            other => other,
        })
        .collect();
    format!(
        "INSERT INTO journal ({COLUMNS}, event_id, type, data) \
         WITH noted AS MATERIALIZED (SELECT key, value FROM json_each(?3)), \
         found AS MATERIALIZED (SELECT s.key AS place, g.id AS group_id, g.version, g.member_count, \
         g.unconfirmed_members, g.is_linked, g.updated_at, \
         s.value ->> '$.is_free' OR c.kept_bytes < c.quota_bytes AS has_room, \
         max(g.updated_at, s.value ->> '$.updated_at') AS moved_at, \
         (SELECT json_array(coalesce(sum(is_new), 0), coalesce(sum(is_new AND is_shown), 0), \
         coalesce(sum(NOT is_new AND is_shown), 0), json_group_array(id) FILTER (WHERE is_new)) \
         FROM ({coming})) AS come, \
         (SELECT json_array(count(*), coalesce(sum(is_shown), 0), \
         coalesce(sum(is_unconfirmed AND is_shown), 0), json_group_array(id)) FROM ({going})) AS go \
         FROM companies c CROSS JOIN json_each(?2) s \
         CROSS JOIN groups g ON g.company_id = ?1 AND g.id = s.value ->> '$.group' \
         WHERE c.id = ?1 AND c.rules_version = s.value ->> '$.rules_version' \
         AND g.definition = s.value ->> '$.definition' \
         AND EXISTS (SELECT 1 FROM company_writers w WHERE w.company_id = ?1 AND w.epoch = s.value ->> '$.epoch') \
         AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.company_id = ?1 AND r.id = s.value ->> '$.request') \
         AND {}), \
         counted AS MATERIALIZED (SELECT *, {} AS type FROM (SELECT *, {} FROM found WHERE has_room OR come ->> 0 = 0)), \
         numbered AS MATERIALIZED (SELECT *, count(type) OVER earlier AS events, \
         coalesce(max(iif(type IS NULL, 0, moved_at)) OVER earlier, 0) AS met_at, \
         coalesce(sum(come_shown - go_shown) OVER earlier, 0) AS more, \
         coalesce(sum(confirmed + go_unconfirmed) OVER earlier, 0) AS fewer_unconfirmed FROM counted \
         WINDOW earlier AS (PARTITION BY group_id ORDER BY place \
         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) \
         SELECT {}, n.type, json_object(\
         'before', json_set(l.value -> {before}, '$.member_count', member_count + more, \
         '$.unconfirmed_members', unconfirmed_members - fewer_unconfirmed, '$.version', version + events, \
         '$.updated_at', {}), \
         'after', json_set(l.value -> {after}, '$.member_count', member_count + more + come_shown - go_shown, \
         '$.unconfirmed_members', iif(is_linked, \
         unconfirmed_members - fewer_unconfirmed - confirmed - go_unconfirmed, 0), \
         '$.version', version + events + 1, '$.updated_at', {}), \
         'members_added', json_object('count', added, 'ids', json(added_ids)), \
         'members_removed', json_object('count', removed, 'ids', json(removed_ids))) \
         FROM noted l CROSS JOIN numbered n ON n.place = l.key ORDER BY l.key",
        teammates.join(" AND "),
        event_type("added", "removed", "confirmed"),
        counts.join(", "),
        line.join(", "),
        moment("iif(events > 0, met_at, updated_at)"),
        moment("max(moved_at, met_at)"),
    )
}

/// Those who go from a group whose adoption can be undone: nobody who was there is forgotten.
pub(super) fn keep() -> String {
    let going = going();
    format!(
        "UPDATE memberships AS m SET standing = 'gone' WHERE {going} AND m.standing IN ('app', 'both')"
    )
}

pub(super) fn delete() -> String {
    let going = going();
    format!("DELETE FROM memberships AS m WHERE {going} AND m.standing <> 'gone'")
}

fn going() -> String {
    format!(
        "(m.company_id, m.group_id, m.teammate_id) IN \
         (SELECT ?1, g.id, a.value FROM {DONE} CROSS JOIN json_each(s.value, '$[2]') a)"
    )
}

/// Those who come. Whom an identity provider names is confirmed; the app puts members into its own groups.
pub(super) fn insert() -> String {
    format!(
        "INSERT INTO memberships (company_id, group_id, teammate_id, standing, since, request_id, connection_id) \
         SELECT ?1, g.id, a.value, iif(g.is_linked, 'idp', 'app'), r.occurred_at, r.id, r.connection_id \
         FROM {DONE} CROSS JOIN json_each(s.value, '$[2]') a \
         WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE m.company_id = ?1 AND m.group_id = g.id \
         AND m.teammate_id = a.value AND iif(g.is_linked, m.standing IN ('idp', 'both'), m.standing <> 'gone')) \
         ON CONFLICT DO UPDATE SET standing = iif(excluded.standing = 'idp', 'both', 'app'), {COMES_ANEW}"
    )
}

/// Each group becomes what the last of its events tells, unless an earlier batch has done that.
pub(super) fn update() -> String {
    "UPDATE groups AS g SET version = e.data ->> '$.after.version', updated_at = max(g.updated_at, l.updated_at), \
     member_count = e.data ->> '$.after.member_count', \
     unconfirmed_members = e.data ->> '$.after.unconfirmed_members' \
     FROM (SELECT s.value ->> 1 AS id, max(r.event_seq) AS seq, max(s.value ->> 2) AS updated_at \
     FROM json_each(?2) s CROSS JOIN requests r ON r.company_id = ?1 AND r.id = s.value ->> 0 \
     WHERE r.event_seq IS NOT NULL GROUP BY s.value ->> 1) l \
     CROSS JOIN events e ON e.company_id = ?1 AND e.seq = l.seq \
     WHERE g.company_id = ?1 AND g.id = l.id AND g.version <= e.data ->> '$.before.version'"
        .to_owned()
}

fn scope() -> DeltaScope<'static> {
    DeltaScope {
        company: "?1",
        group: "g.id",
        linked: "g.is_linked",
        part: super::super::delta::Side::Both,
        adopts: false,
    }
}

/// The ids that a command has at a path, as a source of rows with a column `value`.
fn of(path: &str) -> String {
    format!("json_each(s.value, '{path}')")
}
