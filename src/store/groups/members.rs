//! Who is in a group, and in which groups a teammate is. Those whom SCIM does not show are left out.

use super::write::{MAX_NAMED, Visible, list};
use crate::directory::id::{CompanyId, GroupId, TeammateId};
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
use crate::store::statement::{Outcome, Statement, to_json};
use std::collections::BTreeSet;

/// A part of a group's members, in the order of their ids.
///
/// It comes as one JSON list, so that a hundred thousand are some hundred values instead of as many rows, and
/// goes on by key, so that the last part costs what the first does. A list shorter than `limit` is the last.
pub fn page(company: &CompanyId, group: &GroupId, after: Option<&str>, limit: i64) -> Statement {
    Statement::new(
        "SELECT json_group_array(id) AS row FROM (SELECT m.teammate_id AS id FROM memberships m \
         WHERE m.company_id = ?1 AND m.group_id = ?2 AND m.teammate_id > ?3 AND m.standing <> 'gone' \
         AND EXISTS (SELECT 1 FROM teammates t WHERE t.company_id = ?1 AND t.id = +m.teammate_id \
         AND t.state IN ('active', 'blocked')) ORDER BY m.teammate_id LIMIT ?4)",
    )
    .bind(company.as_str())
    .bind(group.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

pub fn ids(outcome: &Outcome) -> Result<Vec<TeammateId>, StoreError> {
    Ok(outcome.decode_first()?.unwrap_or_default())
}

/// The groups that each of these teammates is in, as (teammate, group, name).
pub fn groups_of(company: &CompanyId, teammates: &[&TeammateId]) -> Statement {
    Statement::new(
        "SELECT json_array(m.teammate_id, g.id, g.display_name) AS row FROM json_each(?2) j \
         CROSS JOIN memberships m INDEXED BY memberships_of_teammate ON m.company_id = ?1 \
         AND m.teammate_id = j.value AND m.standing <> 'gone' \
         CROSS JOIN groups g ON g.company_id = ?1 AND g.id = m.group_id AND g.state = 'active' \
         ORDER BY j.key, m.group_id",
    )
    .bind(company.as_str())
    .bind(to_json(&teammates))
}

pub fn memberships(outcome: &Outcome) -> Result<Vec<(TeammateId, GroupId, String)>, StoreError> {
    outcome.decode()
}

/// Of these ids, those that can't be members because no such teammate is visible: the first thousand.
pub fn unknown(company: &CompanyId, visible: Visible, ids: &BTreeSet<String>) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let list = list(ids, &mut bindings);
    let visible = visible.condition();
    bindings.into_statement(format!(
        "SELECT json_group_array(value) AS row FROM (SELECT j.value FROM {list} j WHERE NOT EXISTS \
         (SELECT 1 FROM teammates t WHERE t.company_id = {company} AND t.id = j.value AND {visible}) \
         LIMIT {MAX_NAMED})"
    ))
}

/// Of these ids, those that are no members: the first thousand.
pub fn not_members(
    company: &CompanyId,
    group: &GroupId,
    visible: Visible,
    ids: &BTreeSet<String>,
) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let group = bindings.name(group.as_str());
    let list = list(ids, &mut bindings);
    let visible = visible.condition();
    bindings.into_statement(format!(
        "SELECT json_group_array(value) AS row FROM (SELECT j.value FROM {list} j WHERE NOT EXISTS \
         (SELECT 1 FROM memberships m CROSS JOIN teammates t ON t.company_id = {company} \
         AND t.id = m.teammate_id AND {visible} WHERE m.company_id = {company} \
         AND m.group_id = {group} AND m.teammate_id = j.value AND m.standing <> 'gone') \
         LIMIT {MAX_NAMED})"
    ))
}

pub fn set(outcome: &Outcome) -> Result<BTreeSet<String>, StoreError> {
    Ok(outcome.decode_first()?.unwrap_or_default())
}
