//! Writing a teammate: the statements of one change.
//!
//! Invariant: the first statement does something only if everything that the change was decided on
//! still holds: the rules of the company, the version of the teammate, the userName, the seats and the
//! admins. All that follows does something only if the first did.

use super::{Columns, folding, groups_of, is_address};
use crate::directory::change::Change;
use crate::directory::company::Company;
use crate::directory::id::TemplateId;
use crate::directory::teammate::{Origin, Teammate};
use crate::scim::fold::{self, NameKey};
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
    let name = NameKey::of(&teammate.user_name);
    // Behind the parameters of the gate.
    let former = if name.former().is_some() { ", ?25" } else { "" };
    let is_awaited = if teammate.origin == Origin::Scim && is_address(name.folded()) {
        " AND NOT EXISTS (SELECT 1 FROM teammates o INDEXED BY teammates_found_by_email \
         WHERE o.company_id = ?1 AND o.found_by_email = ?4)"
    } else {
        ""
    };
    let statement = Statement::new(format!(
        "INSERT INTO teammates (company_id, id, user_name, user_name_folded, external_id, state, role, \
         template_id, origin, attributes, emails, sessions_invalid_before, version, created_at, \
         updated_at, state_changed_at, attributes_folded, folded_version, display_name_folded, names_version, \
         is_linked, found_by_email) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?13, ?18, ?13, ?19, ?20 \
         FROM companies c \
         WHERE {} AND NOT EXISTS \
         (SELECT 1 FROM teammates o WHERE o.company_id = ?1 AND o.user_name_folded IN (?4{former})){is_awaited}",
        gate(20)
    ))
    .bind(company.id.as_str())
    .bind(teammate.id.as_str())
    .bind(teammate.user_name.as_str())
    .bind(name.folded())
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
    .bind(teammate.view().display_name().map(fold::text))
    .bind(teammate.is_linked)
    .bind(teammate.found_by_email());
    let statement = bind_gate(statement, company, change);
    match name.former() {
        Some(former) => statement.bind(former),
        None => statement,
    }
}

/// Names only the columns that change: SQLite rewrites the entry of every index that it is told of.
fn update(company: &Company, before: &Teammate, change: &Change, columns: Columns) -> Statement {
    let after = change.after();
    let changed = changed_columns(before, after);
    let claimed = change.claimed_user_name();
    let name = NameKey::of(&after.user_name);
    // Behind the parameters of the gate: the forms of the name, where it is claimed or may have to be folded anew.
    let forms: Vec<&str> = match &claimed {
        Some(_) => name.forms().collect(),
        None => name.former().map(|_| name.folded()).into_iter().collect(),
    };
    let first_column = 8 + forms.len();
    let places = |from: usize, count: usize| (from..from + count).map(|place| format!("?{place}"));
    let mut assignments: Vec<String> = changed
        .iter()
        .zip(places(first_column, changed.len()))
        .map(|((column, _), parameter)| format!("{column} = {parameter}"))
        .collect();
    let mut name_is_free = String::new();
    if claimed.is_some() {
        let forms = places(8, forms.len()).collect::<Vec<_>>().join(", ");
        name_is_free = format!(
            " AND NOT EXISTS (SELECT 1 FROM teammates o \
             WHERE o.company_id = ?1 AND o.user_name_folded IN ({forms}) AND o.id <> ?2)"
        );
    } else if !forms.is_empty() {
        assignments.extend(folding::user_name("?1", "?2", "?8"));
    }
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
    for form in forms {
        statement = statement.bind(form);
    }
    changed
        .into_iter()
        .fold(statement, |statement, (_, value)| statement.bind(value))
}

fn changed_columns(before: &Teammate, after: &Teammate) -> Vec<(&'static str, Binding)> {
    let mut columns: Vec<(&'static str, Binding)> = vec![
        ("version", after.version.into()),
        ("updated_at", after.updated_at.0.into()),
        // No index has it but that of rows which are to be folded.
        ("names_version", after.version.into()),
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
    let (was, is) = (fold::name(&before.user_name), fold::name(&after.user_name));
    set(was != is, "twin_key", Binding::Null);
    set(was != is, "user_name_folded", is.into());
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
    let mut addresses = after.view().emails().into_iter();
    let may_be_former = addresses.any(|email| NameKey::of(email).former().is_some());
    // Folded forms that are not of this version are taken for stale (migration 0002).
    set(
        before.attributes != after.attributes,
        "folded_version",
        after.version.into(),
    );
    set(
        before.attributes != after.attributes || may_be_former,
        "attributes_folded",
        after.folded_attributes().into(),
    );
    // Its index is written only where the name changes, or may have been folded as ASCII.
    let (was, is) = (before.view().display_name(), after.view().display_name());
    let is_ascii = is.is_none_or(str::is_ascii);
    set(
        was.map(fold::text) != is.map(fold::text)
            || (before.attributes != after.attributes && !is_ascii),
        "display_name_folded",
        is.map(fold::text).into(),
    );
    let emails = after.folded_emails();
    set(
        before.folded_emails() != emails || may_be_former,
        "emails",
        to_json(&emails).into(),
    );
    set(
        before.is_linked != after.is_linked,
        "is_linked",
        after.is_linked.into(),
    );
    let found_by_email = after.found_by_email();
    set(
        before.found_by_email() != found_by_email,
        "found_by_email",
        found_by_email.into(),
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
