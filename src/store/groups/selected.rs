//! Whom the selections of a request choose, be they shown by SCIM or away: all found in one walk through the members,
//! or by key where the selections bound who it can be.

use super::table;
use super::write::list;
use crate::directory::group::found::Selections;
use crate::directory::group::provisioning::MOST_SELECTED;
use crate::directory::id::{CompanyId, GroupId};
use crate::scim::filter::resolved::Logic;
use crate::scim::group::{MemberTest, Selected, Selection};
use crate::store::error::StoreError;
use crate::store::filter::{Bindings, of_column, of_tests};
use crate::store::statement::{Outcome, Statement, flag};
use serde::Deserialize;
use std::collections::BTreeSet;

/// One row, of those members, and of those whom the request names besides, whom one of the selections chooses.
pub fn selected(
    company: &CompanyId,
    group: &GroupId,
    selections: &[&Selection],
    named: &BTreeSet<String>,
) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let group = bindings.name(group.as_str());
    let limit = bindings.name(MOST_SELECTED + 1);
    let within = bounds(selections).map_or_else(String::new, |ids| {
        let list = list(&ids, &mut bindings);
        format!(" AND m.teammate_id IN (SELECT value FROM {list})")
    });
    let is_member =
        format!("m.company_id = {company} AND m.group_id = {group} AND m.standing <> 'gone'");
    let mut people = vec![format!(
        "SELECT m.teammate_id AS id, TRUE AS is_member, u.display_name_folded AS display FROM memberships m \
         CROSS JOIN teammates u ON u.company_id = {company} AND u.id = m.teammate_id WHERE {is_member}{within}"
    )];
    if !named.is_empty() {
        let list = list(named, &mut bindings);
        people.push(format!(
            "SELECT j.value, FALSE, u.display_name_folded FROM {list} j \
             CROSS JOIN teammates u ON u.company_id = {company} AND u.id = j.value \
             WHERE NOT EXISTS (SELECT 1 FROM memberships m WHERE {is_member} AND m.teammate_id = j.value)"
        ));
    }
    let people = people.join(" UNION ALL ");
    let conditions: Vec<String> = selections
        .iter()
        .map(|selection| condition(selection, &mut bindings))
        .collect();
    let chosen: Vec<String> = conditions
        .iter()
        .map(|condition| format!("(({condition}) IS TRUE)"))
        .collect();
    bindings.into_statement(format!(
        "SELECT json_group_array(json_array(id, is_member, chosen)) AS row FROM (\
         SELECT id, is_member, '' || {} AS chosen FROM ({people}) WHERE ({}) LIMIT {limit})",
        chosen.join(" || "),
        conditions.join(") OR ("),
    ))
}

fn condition(selection: &Selection, bindings: &mut Bindings) -> String {
    of_tests(selection, |test| match test {
        MemberTest::Among(ids) => format!("id IN (SELECT value FROM {})", list(ids, bindings)),
        MemberTest::Id(test) => of_column(&table::GROUPS, "id", test, bindings),
        MemberTest::Display(test) => of_column(&table::GROUPS, "display", test, bindings),
    })
}

/// The only ones who can be chosen, where the selections say so.
fn bounds(selections: &[&Selection]) -> Option<BTreeSet<String>> {
    let each: Option<Vec<_>> = selections
        .iter()
        .map(|selection| bound(selection))
        .collect();
    Some(each?.into_iter().flatten().cloned().collect())
}

fn bound(selection: &Selection) -> Option<BTreeSet<&String>> {
    match selection {
        Logic::Test(MemberTest::Among(ids)) => Some(ids.iter().collect()),
        Logic::Test(_) | Logic::Not(_) => None,
        Logic::And(parts) => parts.iter().find_map(bound),
        Logic::Or(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(bound).collect();
            Some(each?.into_iter().flatten().collect())
        }
    }
}

/// What the row says, of so many selections.
pub fn found(outcome: &Outcome, selections: usize) -> Result<Selections, StoreError> {
    #[derive(Deserialize)]
    struct Row(String, #[serde(with = "flag")] bool, String);
    let rows: Vec<Row> = outcome.decode_first()?.unwrap_or_default();
    if rows.len() > MOST_SELECTED {
        return Ok(Selections::TooMany);
    }
    let mut found = vec![Selected::default(); selections];
    for Row(id, is_member, chosen) in rows {
        for (selected, is_chosen) in found.iter_mut().zip(chosen.chars()) {
            if is_chosen == '1' {
                let among = if is_member {
                    &mut selected.members
                } else {
                    &mut selected.others
                };
                among.insert(id.clone());
            }
        }
    }
    Ok(Selections::Found(found))
}
