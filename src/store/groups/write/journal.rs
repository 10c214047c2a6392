//! The guard, the log line and the event of a command, as one statement.

use super::GroupWrite;
use super::counted::{come, go};
use super::delta::Side;
use super::guard::guard;
use super::parameters::GroupParameters;
use crate::directory::event::kept::{Values, set_aside};
use crate::directory::event::part::fields_of;
use crate::directory::event::{EventType, Step};
use crate::directory::group::change::Members;
use crate::store::filter::Bindings;
use crate::store::journal;
use crate::store::statement::{Statement, to_json};

const FOR_NOTHING: &str = "remove: not everybody whom it is about was a member, so that there was nothing to do for them.";

/// The guard, the log line and the event: what really comes of the members is counted before it is done, since
/// afterwards nobody could tell.
pub(super) fn journal(command: &GroupWrite, told: &Told) -> Statement {
    let mut bindings = Bindings::default();
    let line = journal::values(command.company, command.actor, command.line, command.ending);
    let mut line: Vec<String> = line.into_iter().map(|value| bindings.name(value)).collect();
    let to_end = command.change.aside().to_end;
    if to_end > 0
        && let Some(notes) = line.get_mut(journal::NOTES)
    {
        *notes = with_note("go.removed", &bindings.name(i64::from(to_end)), notes);
    }
    let keys = command.keys(&mut bindings);
    let delta = command.delta(Side::Both, &keys, &mut bindings);
    let change = command.change;
    let event_id = bindings.name(command.line.event_id.as_str());
    let event_type = match change.event_type() {
        Some(event_type) => bindings.name(event_type.as_str()),
        None => event_type("come.added", "go.removed", "come.confirmed"),
    };
    let row_growth = bindings.name(change.row_growth());
    let before = match &told.before {
        Some(before) => {
            let before = bindings.name(before.as_str());
            format!(
                "json_set({before}, '$.member_count', g.member_count, '$.unconfirmed_members', \
                 g.unconfirmed_members, '$.version', g.version, '$.updated_at', {})",
                moment("g.updated_at")
            )
        }
        None => "json('null')".to_owned(),
    };
    let after = bindings.name(told.after.as_str());
    let large = match &told.large {
        Some(places) => format!(", 'large', json({})", bindings.name(places.as_str())),
        None => String::new(),
    };
    // Whoever was in the group when it was adopted is unconfirmed from then on.
    let unconfirmed = match (change.after().is_linked, change.members()) {
        (false, _) => "0".to_owned(),
        (true, Members::Adopt(_)) => "g.member_count - come.confirmed - go.unconfirmed".to_owned(),
        (true, _) => {
            "coalesce(g.unconfirmed_members, 0) - come.confirmed - go.unconfirmed".to_owned()
        }
    };
    let updated_at = bindings.name(change.after().updated_at.0);
    let updated_at = moment(&format!("max(coalesce(g.updated_at, 0), {updated_at})"));
    let guard = guard(command, &keys, &delta, &mut bindings);
    let come = come(delta.coming.as_deref(), delta.may_be_many);
    let go = go(delta.going.as_deref(), delta.may_be_many);
    let GroupParameters { company, group, .. } = &keys;
    bindings.into_statement(format!(
        "INSERT INTO journal ({}, event_id, type, row_growth, data) WITH {come}, {go} \
         SELECT {}, {event_id}, {event_type}, {row_growth}, \
         json_object('before', {before}, 'after', json_set({after}, \
         '$.member_count', coalesce(g.member_count, 0) + come.shown - go.shown, \
         '$.unconfirmed_members', {unconfirmed}, '$.version', coalesce(g.version, 0) + 1, \
         '$.updated_at', {updated_at}), \
         'members_added', json_object('count', come.added, 'ids', json(come.ids)), \
         'members_removed', json_object('count', go.removed, 'ids', json(go.ids)){large}) \
         FROM companies c LEFT JOIN groups g ON g.company_id = {company} AND g.id = {group} \
         CROSS JOIN come CROSS JOIN go WHERE c.id = {company} AND {guard}",
        journal::COLUMNS,
        line.join(", "),
    ))
}

/// What an event says of a group's definition, in JSON, with what is too large to stand in it.
pub(super) struct Told {
    before: Option<String>,
    after: String,
    /// The places of what is kept beside the event, where there is any.
    large: Option<String>,
    pub(super) values: Values,
}

pub(super) fn told(command: &GroupWrite) -> Told {
    let after = command.change.after().for_app(command.settings);
    let mut values = Values::new();
    let mut event = match command.change.before() {
        Some(before) => fields_of(&Step::changed(&before.for_app(command.settings), &after)),
        None => fields_of(&Step::created(after)),
    };
    let places = set_aside(&mut event, &mut values);
    let side = |name| event.get(name).map(to_json).unwrap_or_default();
    Told {
        before: command.change.before().map(|_| side("before")),
        after: side("after"),
        large: (!places.is_empty()).then(|| to_json(&places)),
        values,
    }
}

/// The notes of a log line, with one more where fewer memberships end than were to.
pub(super) fn with_note(ended: &str, to_end: &str, notes: &str) -> String {
    format!("iif({ended} < {to_end}, json_insert({notes}, '$[#]', '{FOR_NOTHING}'), {notes})")
}

/// A moment of the tables as the app reads it.
pub(super) fn moment(milliseconds: &str) -> String {
    format!("strftime('%Y-%m-%dT%H:%M:%fZ', {milliseconds} / 1000.0, 'unixepoch')")
}

/// What a change of members alone is called; nothing where nothing changes.
pub(super) fn event_type(added: &str, removed: &str, confirmed: &str) -> String {
    format!(
        "CASE WHEN {added} > 0 AND {removed} > 0 THEN '{}' WHEN {added} > 0 THEN '{}' \
         WHEN {removed} > 0 THEN '{}' WHEN {confirmed} > 0 THEN '{}' END",
        EventType::GroupUpdated,
        EventType::GroupMembersAdded,
        EventType::GroupMembersRemoved,
        EventType::GroupMembersConfirmed,
    )
}
