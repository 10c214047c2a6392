//! The rows of the members.

use super::GroupWrite;
use super::delta::{Delta, Side};
use super::parameters::GroupParameters;
use crate::directory::group::change::Members;
use crate::store::filter::Bindings;
use crate::store::journal::connection_of;
use crate::store::statement::Statement;

/// Of a conflict with a row that is there: one who was gone is in the group since now, one who is confirmed was before.
pub(super) const COMES_ANEW: &str = "since = iif(standing = 'gone', excluded.since, since), \
    request_id = iif(standing = 'gone', excluded.request_id, request_id), \
    connection_id = iif(standing = 'gone', excluded.connection_id, connection_id)";

/// True for what this very batch journaled: once the group has been changed by it, its version has moved on.
fn applies(keys: &GroupParameters) -> String {
    let GroupParameters {
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
pub(super) fn memberships(command: &GroupWrite) -> Vec<Statement> {
    let change = command.change;
    let mut statements = Vec::new();
    let mut state =
        |part: Side, write: &dyn Fn(&GroupParameters, &Delta, &mut Bindings) -> Option<String>| {
            let mut bindings = Bindings::default();
            let keys = command.keys(&mut bindings);
            let delta = command.delta(part, &keys, &mut bindings);
            if let Some(sql) = write(&keys, &delta, &mut bindings) {
                statements.push(bindings.into_statement(sql));
            }
        };
    let members = |keys: &GroupParameters| {
        let GroupParameters { company, group, .. } = keys;
        format!("m.company_id = {company} AND m.group_id = {group}")
    };
    if let Members::Adopt(_) = change.members() {
        // What is left of an earlier link: a group that was deleted and restored.
        for write in [
            "UPDATE memberships AS m SET standing = 'app' WHERE m.standing IN ('both', 'idp')",
            "DELETE FROM memberships AS m WHERE m.standing = 'gone'",
        ] {
            state(Side::Neither, &|keys, _, _| {
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
        state(Side::Going, &|keys, delta, _| {
            let leaving = delta.leaving.as_ref()?;
            Some(format!(
                "UPDATE memberships AS m SET standing = 'gone' WHERE {} AND {leaving} \
                 AND m.standing IN ('app', 'both') AND {}",
                members(keys),
                applies(keys)
            ))
        });
    }
    state(Side::Going, &|keys, delta, _| {
        let leaving = delta.leaving.as_ref()?;
        Some(format!(
            "DELETE FROM memberships AS m WHERE {} AND {leaving} AND {}",
            members(keys),
            applies(keys)
        ))
    });
    match change.members() {
        Members::Undo => state(Side::Neither, &|keys, _, _| {
            Some(format!(
                "UPDATE memberships AS m SET standing = 'app' WHERE {} \
                 AND m.standing IN ('both', 'gone') AND {}",
                members(keys),
                applies(keys)
            ))
        }),
        _ => state(Side::Coming, &|keys, delta, bindings| {
            let list = delta.named.as_ref()?;
            let GroupParameters {
                company,
                request,
                group,
            } = keys;
            let since = bindings.name(command.line.occurred_at.0);
            let connection = bindings.name(connection_of(command.actor));
            // Whom an identity provider names is confirmed; the app puts members into its own groups.
            let (standing, again, settled) = if change.after().is_linked {
                ("idp", "both", "m.standing IN ('idp', 'both')")
            } else {
                ("app", "app", "m.standing <> 'gone'")
            };
            Some(format!(
                "INSERT INTO memberships (company_id, group_id, teammate_id, standing, since, request_id, \
                 connection_id) SELECT {company}, {group}, j.value, '{standing}', {since}, {request}, {connection} \
                 FROM {list} j WHERE {} \
                 AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.company_id = {company} \
                 AND m.group_id = {group} AND m.teammate_id = j.value AND {settled}) \
                 ON CONFLICT DO UPDATE SET standing = '{again}', {COMES_ANEW}",
                applies(keys)
            ))
        }),
    }
    statements
}
