//! Writing a teammate: the statements of one change.
//!
//! Invariant: the first statement does something only if everything that the change was decided on
//! still holds: the rules of the company, the version of the teammate, the userName, the seats and the
//! admins. All that follows does something only if the first did.

use super::{Columns, groups_of};
use crate::directory::change::Change;
use crate::directory::company::Company;
use crate::directory::fold::fold;
use crate::directory::id::TemplateId;
use crate::directory::teammate::{BlockedBy, Teammate};
use crate::scim::user::GroupOfUser;
use crate::store::error::StoreError;
use crate::store::statement::{Binding, Outcome, Statement, to_json};

/// Inserts or updates the teammate, if nothing that it was decided on has changed since. Where its groups are
/// asked for, they come back with the change; somebody new is in none.
pub fn apply(company: &Company, change: &Change, columns: Columns) -> Statement {
    match change.before() {
        None => insert(company, change),
        Some(before) => update(company, before, change, columns),
    }
}

/// The groups that came back.
pub fn groups(outcome: &Outcome) -> Result<Vec<GroupOfUser>, StoreError> {
    Ok(outcome.decode_first()?.unwrap_or_default())
}

/// The gate: true while the decision still stands. Its parameters are numbered after `offset`.
///
/// Seats and admins are compared as the counts are now, not as they were read: other changes may have
/// gone in between without making this one wrong.
fn gate(offset: usize) -> String {
    let [rules, seats, admins, free] = [offset + 1, offset + 2, offset + 3, offset + 4];
    format!(
        "c.id = ?1 AND c.rules_version = ?{rules} \
         AND (?{seats} <= 0 OR c.seats IS NULL OR c.active_teammates + ?{seats} <= c.seats) \
         AND (?{admins} >= 0 OR ?{free} OR c.active_admins + ?{admins} >= 1)"
    )
}

fn bind_gate(statement: Statement, company: &Company, change: &Change) -> Statement {
    statement
        .bind(company.rules_version)
        .bind(change.active_delta())
        .bind(change.active_admins_delta())
        .bind(change.last_admin_may_go)
}

fn insert(company: &Company, change: &Change) -> Statement {
    let teammate = change.after();
    let statement = Statement::new(format!(
        "INSERT INTO teammates (company_id, id, user_name, user_name_folded, external_id, state, role, \
         template_id, origin, attributes, emails, sessions_invalid_before, version, created_at, \
         updated_at, state_changed_at, attributes_folded, folded_version, display_name_folded, blocked_by) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?13, ?18, ?19 \
         FROM companies c \
         WHERE {} AND NOT EXISTS \
         (SELECT 1 FROM teammates o WHERE o.company_id = ?1 AND o.user_name_folded = ?4)",
        gate(19)
    ))
    .bind(company.id.as_str())
    .bind(teammate.id.as_str())
    .bind(teammate.user_name.as_str())
    .bind(fold(&teammate.user_name))
    .bind(teammate.external_id.as_deref())
    .bind(teammate.state.as_str())
    .bind(teammate.role.as_str())
    .bind(teammate.template_id.as_ref().map(TemplateId::as_str))
    .bind(teammate.origin.as_str())
    .bind(to_json(&teammate.attributes))
    .bind(to_json(&teammate.folded_emails()))
    .bind(teammate.sessions_invalid_before.map(|moment| moment.0))
    .bind(teammate.version)
    .bind(teammate.created_at.0)
    .bind(teammate.updated_at.0)
    .bind(teammate.state_changed_at.0)
    .bind(teammate.folded_attributes())
    .bind(teammate.view().display_name().map(fold))
    .bind(teammate.blocked_by.map(BlockedBy::as_str));
    bind_gate(statement, company, change)
}

/// Names only the columns that change: SQLite rewrites the entry of every index that it is told of.
fn update(company: &Company, before: &Teammate, change: &Change, columns: Columns) -> Statement {
    let after = change.after();
    let changed = changed_columns(before, after);
    let claimed = change.claimed_user_name();
    let first_column = 7 + usize::from(claimed.is_some()) + 1;
    let assignments: Vec<String> = changed
        .iter()
        .enumerate()
        .map(|(place, (column, _))| format!("{column} = ?{}", first_column + place))
        .collect();
    let name_is_free = if claimed.is_some() {
        " AND NOT EXISTS (SELECT 1 FROM teammates o \
         WHERE o.company_id = ?1 AND o.user_name_folded = ?8 AND o.id <> ?2)"
    } else {
        ""
    };
    let returning = match columns {
        Columns::Own => String::new(),
        Columns::WithGroups => format!(" RETURNING {} AS row", groups_of("?1", "?2")),
    };
    let mut statement = Statement::new(format!(
        "UPDATE teammates SET {} WHERE company_id = ?1 AND id = ?2 AND version = ?3 \
         AND EXISTS (SELECT 1 FROM companies c WHERE {}){name_is_free}{returning}",
        assignments.join(", "),
        gate(3)
    ))
    .bind(company.id.as_str())
    .bind(after.id.as_str())
    .bind(before.version);
    statement = bind_gate(statement, company, change);
    if let Some(folded) = claimed {
        statement = statement.bind(folded);
    }
    changed
        .into_iter()
        .fold(statement, |statement, (_, value)| statement.bind(value))
}

fn changed_columns(before: &Teammate, after: &Teammate) -> Vec<(&'static str, Binding)> {
    let mut columns: Vec<(&'static str, Binding)> = vec![
        ("version", after.version.into()),
        ("updated_at", after.updated_at.0.into()),
    ];
    let mut set = |differs: bool, column: &'static str, value: Binding| {
        if differs {
            columns.push((column, value));
        }
    };
    set(
        before.user_name != after.user_name,
        "user_name",
        after.user_name.as_str().into(),
    );
    let folded = fold(&after.user_name);
    set(
        fold(&before.user_name) != folded,
        "user_name_folded",
        folded.into(),
    );
    set(
        before.external_id != after.external_id,
        "external_id",
        after.external_id.as_deref().into(),
    );
    set(
        before.state != after.state,
        "state",
        after.state.as_str().into(),
    );
    set(
        before.active_is_unassigned != after.active_is_unassigned,
        "active_is_unassigned",
        after.active_is_unassigned.into(),
    );
    set(
        before.blocked_by != after.blocked_by,
        "blocked_by",
        after.blocked_by.map(BlockedBy::as_str).into(),
    );
    set(
        before.renamed_from != after.renamed_from,
        "renamed_from",
        after.renamed_from.as_deref().into(),
    );
    set(
        before.role != after.role,
        "role",
        after.role.as_str().into(),
    );
    set(
        before.template_id != after.template_id,
        "template_id",
        after.template_id.as_ref().map(TemplateId::as_str).into(),
    );
    set(
        before.attributes != after.attributes,
        "attributes",
        to_json(&after.attributes).into(),
    );
    // Folded forms that are not of this version are taken for stale (migration 0002).
    set(
        before.attributes != after.attributes,
        "folded_version",
        after.version.into(),
    );
    set(
        before.attributes != after.attributes,
        "attributes_folded",
        after.folded_attributes().into(),
    );
    // Its index is written only where the name changes, or may have been folded as ASCII.
    let (was, is) = (before.view().display_name(), after.view().display_name());
    let is_ascii = is.is_none_or(str::is_ascii);
    set(
        was.map(fold) != is.map(fold) || (before.attributes != after.attributes && !is_ascii),
        "display_name_folded",
        is.map(fold).into(),
    );
    let emails = after.folded_emails();
    set(
        before.folded_emails() != emails,
        "emails",
        to_json(&emails).into(),
    );
    set(
        before.sessions_invalid_before != after.sessions_invalid_before,
        "sessions_invalid_before",
        after.sessions_invalid_before.map(|moment| moment.0).into(),
    );
    set(
        before.state_changed_at != after.state_changed_at,
        "state_changed_at",
        after.state_changed_at.0.into(),
    );
    columns
}
