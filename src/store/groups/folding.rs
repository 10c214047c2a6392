//! Names of groups that are stored under the former folding, folded anew: on the next change of the group's definition,
//! or here by cron, in steps of some rows.
//!
//! Invariant: nothing that is shown changes, no version and no definition, so that the one writer of a company's groups
//! takes no notice: what it remembers and what it guards by stays true. Two groups that have one name now stay two: the
//! one that comes second keeps the former form, and `twin_key` has the form that the other holds.

use super::{COLUMNS, GroupRow};
use crate::directory::group::{Group, name_key};
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
use crate::store::statement::{Outcome, Statement, beside};

/// The condition of the index `groups_to_fold` (migration 0015), word for word: so SQLite knows that the index has all
/// that is asked for.
const TO_FOLD: &str = "names_definition IS NOT definition AND display_name_folded GLOB '*[^ -~]*'";

const MOST_ROWS: u32 = 50;

/// Assignments that give a group the new form of its name, where no other active one has it. All parameters are SQL.
pub(super) fn display_name(company: &str, id: &str, folded: &str) -> [String; 2] {
    let is_taken = format!(
        "state = 'active' AND EXISTS (SELECT 1 FROM groups o WHERE o.company_id = {company} \
         AND o.display_name_folded = {folded} AND o.state = 'active' AND o.id <> {id})"
    );
    [
        format!("display_name_folded = iif({is_taken}, display_name_folded, {folded})"),
        format!("twin_key = iif({is_taken}, {folded}, NULL)"),
    ]
}

/// Some of those whose names are to be folded, of whatever company.
pub fn stale() -> Statement {
    Statement::new(format!(
        "SELECT {} FROM groups g INDEXED BY groups_to_fold WHERE {TO_FOLD} LIMIT {MOST_ROWS}",
        beside(COLUMNS, "g.company_id")
    ))
}

/// What folds anew those that [`stale`] found. A row that was written meanwhile is left for another time.
pub fn anew(stale: &Outcome) -> Result<Vec<Statement>, StoreError> {
    let rows = stale.decode_beside::<GroupRow>()?.into_iter();
    Ok(rows
        .map(|(company, row)| fold(&company, &row.into()))
        .collect())
}

fn fold(company: &str, group: &Group) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company);
    let id = bindings.name(group.id.as_str());
    let definition = bindings.name(group.definition);
    let folded = bindings.name(name_key(&group.display_name).folded());
    let anew = display_name(&company, &id, &folded).join(", ");
    bindings.into_statement(format!(
        "UPDATE groups SET names_definition = definition, {anew} \
         WHERE company_id = {company} AND id = {id} AND definition = {definition}"
    ))
}
