//! What has to hold still for a command to be done.

use super::delta::{Delta, list};
use super::parameters::GroupParameters;
use super::{GroupWrite, Visible};
use crate::directory::group::change::Room;
use crate::directory::group::{Group, RESTORABLE_FOR, name_key};
use crate::store::filter::Bindings;

/// Everything that the change was decided on.
pub(super) fn guard(
    command: &GroupWrite,
    keys: &GroupParameters,
    delta: &Delta,
    bindings: &mut Bindings,
) -> String {
    let GroupParameters {
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
        None => {
            conditions.push("g.id IS NULL".to_owned());
            if change.after().is_linked {
                conditions.push(nobody_to_bring_back(company, change.after(), bindings));
            }
        }
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
    match command.needs_room() {
        Room::Never => {}
        Room::Always => conditions.push("c.kept_bytes < c.quota_bytes".to_owned()),
        Room::ForWhoComes => {
            conditions.push("(come.added = 0 OR c.kept_bytes < c.quota_bytes)".to_owned());
        }
    }
    if let Some(name) = change.claimed_name() {
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM groups o WHERE o.company_id = {company} \
             AND o.display_name_folded IN ({}) AND o.state = 'active' AND o.id <> {group})",
            bindings.list(name.forms())
        ));
    }
    let mut teammates = Vec::from_iter(delta.named.clone());
    let passing = &change.aside().passing_members;
    if !passing.is_empty() {
        teammates.push(list(passing, bindings));
    }
    let visible = command.visible;
    conditions.extend(
        teammates
            .iter()
            .map(|list| are_teammates(list, company, visible)),
    );
    conditions.join(" AND ")
}

/// That all of a list are teammates whom the caller can name.
pub(super) fn are_teammates(list: &str, company: &str, visible: Visible) -> String {
    let visible = visible.condition();
    format!(
        "NOT EXISTS (SELECT 1 FROM {list} j WHERE NOT EXISTS (SELECT 1 FROM teammates t \
         WHERE t.company_id = {company} AND t.id = j.value AND {visible}))"
    )
}

/// That no identity provider has lately deleted a group of the name that is to be made.
fn nobody_to_bring_back(company: &str, new: &Group, bindings: &mut Bindings) -> String {
    let since = new.created_at.0.saturating_sub(RESTORABLE_FOR);
    format!(
        "NOT EXISTS (SELECT 1 FROM groups o WHERE o.company_id = {company} AND o.display_name_folded IN ({}) \
         AND o.state = 'deleted' AND o.is_linked = 1 AND o.state_changed_at >= {})",
        bindings.list(name_key(&new.display_name).forms()),
        bindings.name(since)
    )
}
