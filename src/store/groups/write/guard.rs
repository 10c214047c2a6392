//! What has to hold still for a command to be done.

use super::delta::{Delta, list};
use super::keys::Keys;
use super::{Command, Visible};
use crate::store::filter::Bindings;

/// Everything that the change was decided on.
pub(super) fn guard(
    command: &Command,
    keys: &Keys,
    delta: &Delta,
    bindings: &mut Bindings,
) -> String {
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
        let forms: Vec<String> = name.forms().map(|form| bindings.name(form)).collect();
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM groups o WHERE o.company_id = {company} \
             AND o.display_name_folded IN ({}) AND o.state = 'active' AND o.id <> {group})",
            forms.join(", ")
        ));
    }
    let mut teammates = Vec::from_iter(delta.named.clone());
    if !command.must_be_teammates.is_empty() {
        teammates.push(list(command.must_be_teammates, bindings));
    }
    let visible = command.visible;
    conditions.extend(
        teammates
            .iter()
            .map(|list| are_teammates(list, company, visible)),
    );
    if !command.must_be_members.is_empty() {
        let list = list(command.must_be_members, bindings);
        conditions.push(are_members(&list, company, group, visible));
    }
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

/// That all of a list are members whom the caller can see.
pub(super) fn are_members(list: &str, company: &str, group: &str, visible: Visible) -> String {
    let visible = visible.condition();
    format!(
        "NOT EXISTS (SELECT 1 FROM {list} j WHERE NOT EXISTS (SELECT 1 FROM memberships m \
         CROSS JOIN teammates t ON t.company_id = {company} AND t.id = m.teammate_id AND {visible} \
         WHERE m.company_id = {company} AND m.group_id = {group} AND m.teammate_id = j.value \
         AND m.standing <> 'gone'))"
    )
}
