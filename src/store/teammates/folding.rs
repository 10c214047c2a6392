//! Names that are stored under the former folding, folded anew: on the next write of their row, or here by cron, in
//! steps of some rows.
//!
//! Invariant: nothing that is shown changes, and no version. Two who have one name now stay two: the one who comes
//! second keeps the former form, and `twin_key` has the form that the other holds.

use crate::directory::teammate::{Listed, Origin, Teammate};
use crate::scim::fold::NameKey;
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
use crate::store::statement::{Outcome, Statement, beside, decode, to_json};
use crate::store::teammates::{Columns, TeammateRow};

/// The condition of the index `teammates_to_fold` (migration 0015), word for word: so SQLite knows that the index has
/// all that is asked for.
const TO_FOLD: &str = "names_version IS NOT version AND (user_name_folded GLOB '*[^!-~]*' \
    OR emails GLOB '*[^!-~]*' OR instr(emails, '\\') > 0 \
    OR (origin = 'app' AND is_linked = 0 AND emails <> '[]' AND instr(user_name, '@') = 0))";

/// A teammate may hold 600 KiB of attributes, and an isolate 128 MB.
const MOST_ROWS: u32 = 25;

/// Assignments that give a teammate the new form of its userName, where nobody else has it. All parameters are SQL.
pub(super) fn user_name(company: &str, id: &str, folded: &str) -> [String; 2] {
    let is_taken = format!(
        "EXISTS (SELECT 1 FROM teammates o WHERE o.company_id = {company} AND o.user_name_folded = {folded} \
         AND o.id <> {id})"
    );
    [
        format!("user_name_folded = iif({is_taken}, user_name_folded, {folded})"),
        format!("twin_key = iif({is_taken}, {folded}, NULL)"),
    ]
}

/// Some of those whose names are to be folded, of whatever company.
pub fn stale() -> Statement {
    Statement::new(format!(
        "SELECT {} FROM teammates t INDEXED BY teammates_to_fold WHERE {TO_FOLD} LIMIT {MOST_ROWS}",
        beside(
            &Columns::Own.row(),
            "json_array(t.company_id, t.user_name_folded, t.emails)"
        )
    ))
}

/// What folds anew those that [`stale`] found. A row that was written meanwhile is left for another time.
pub fn anew(stale: &Outcome) -> Result<Vec<Statement>, StoreError> {
    let rows = stale.decode_beside::<TeammateRow>()?.into_iter();
    rows.map(|(stored, row)| {
        let (company, user_name_folded, emails) = decode::<(String, String, String)>(&stored)?;
        let teammate = Listed::from(row).teammate;
        Ok(fold(&company, &teammate, &user_name_folded, &emails))
    })
    .collect()
}

fn fold(company: &str, teammate: &Teammate, user_name_folded: &str, emails: &str) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company);
    let id = bindings.name(teammate.id.as_str());
    let version = bindings.name(teammate.version);
    let mut assignments = vec!["names_version = version".to_owned()];
    let name = NameKey::of(&teammate.user_name);
    if name.folded() != user_name_folded {
        let folded = bindings.name(name.folded());
        assignments.extend(user_name(&company, &id, &folded));
    }
    let folded_emails = to_json(&teammate.folded_emails());
    if folded_emails != emails {
        let emails = bindings.name(folded_emails);
        let attributes = bindings.name(teammate.attributes.folded());
        assignments.push(format!(
            "emails = {emails}, attributes_folded = {attributes}"
        ));
    }
    if teammate.origin == Origin::App {
        let email = bindings.name(teammate.found_by_email());
        assignments.push(format!("found_by_email = {email}"));
    }
    bindings.into_statement(format!(
        "UPDATE teammates SET {} WHERE company_id = {company} AND id = {id} AND version = {version}",
        assignments.join(", ")
    ))
}
