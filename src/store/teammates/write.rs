//! Writing a teammate: the statements of one change.
//!
//! Invariant: the first statement does something only if everything that the change was decided on
//! still holds: the rules of the company, the version of the teammate, the userName, the seats and the
//! admins. All that follows does something only if the first did.

use super::{Columns, folding, groups_of, is_address};
use crate::directory::company::Company;
use crate::directory::id::TemplateId;
use crate::directory::teammate::change::Change;
use crate::directory::teammate::{BlockedBy, Origin, Teammate};
use crate::scim::fold::{self, NameKey};
use crate::scim::user::GroupOfUser;
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
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

/// The gate: true while the decision still stands.
///
/// Seats and admins are compared as the counts are now, not as they were read: other changes may have
/// gone in between without making this one wrong.
fn gate(company: &Company, change: &Change, bindings: &mut Bindings) -> String {
    let id = bindings.name(company.id.as_str());
    let rules = bindings.name(company.rules_version);
    let seats = bindings.name(change.active_delta());
    let admins = bindings.name(change.active_admins_delta());
    let free = bindings.name(change.last_admin_may_go);
    let room = if change.needs_room {
        " AND c.kept_bytes < c.quota_bytes"
    } else {
        ""
    };
    format!(
        "c.id = {id} AND c.rules_version = {rules}{room} \
         AND ({seats} <= 0 OR c.seats IS NULL OR c.active_teammates + {seats} <= c.seats) \
         AND ({admins} >= 0 OR {free} OR c.active_admins + {admins} >= 1)"
    )
}

fn insert(company: &Company, change: &Change) -> Statement {
    let teammate = change.after();
    let name = NameKey::of(&teammate.user_name);
    let mut bindings = Bindings::default();
    let (columns, values): (Vec<&str>, Vec<String>) = columns_of(company, teammate)
        .into_iter()
        .map(|(column, value)| (column, bindings.name(value)))
        .unzip();
    let gate = gate(company, change, &mut bindings);
    let company = bindings.name(company.id.as_str());
    let forms = bindings.list(name.forms());
    let is_awaited = if teammate.origin == Origin::Scim && is_address(name.folded()) {
        format!(
            " AND NOT EXISTS (SELECT 1 FROM teammates o INDEXED BY teammates_found_by_email \
             WHERE o.company_id = {company} AND o.found_by_email = {})",
            bindings.name(name.folded())
        )
    } else {
        String::new()
    };
    bindings.into_statement(format!(
        "INSERT INTO teammates ({}) SELECT {} FROM companies c WHERE {gate} AND NOT EXISTS \
         (SELECT 1 FROM teammates o WHERE o.company_id = {company} AND o.user_name_folded IN ({forms})){is_awaited}",
        columns.join(", "),
        values.join(", ")
    ))
}

/// What a new teammate's row says; the rest is as the schema has it.
fn columns_of(company: &Company, teammate: &Teammate) -> [(&'static str, Binding); 24] {
    let sessions = teammate.sessions_invalid_before;
    [
        ("company_id", company.id.as_str().into()),
        ("id", teammate.id.as_str().into()),
        ("user_name", teammate.user_name.as_str().into()),
        ("user_name_folded", fold::name(&teammate.user_name).into()),
        ("external_id", teammate.external_id.as_deref().into()),
        ("state", teammate.state.as_str().into()),
        ("role", teammate.role.as_str().into()),
        (
            "template_id",
            teammate.template_id.as_ref().map(TemplateId::as_str).into(),
        ),
        ("origin", teammate.origin.as_str().into()),
        ("attributes", teammate.attributes.json().into()),
        ("emails", to_json(&teammate.folded_emails()).into()),
        (
            "sessions_invalid_before",
            sessions.map(|moment| moment.0).into(),
        ),
        ("version", teammate.version.into()),
        ("created_at", teammate.created_at.0.into()),
        ("updated_at", teammate.updated_at.0.into()),
        ("state_changed_at", teammate.state_changed_at.0.into()),
        ("attributes_folded", teammate.attributes.folded().into()),
        ("folded_version", teammate.version.into()),
        (
            "display_name_folded",
            teammate.view().display_name().map(fold::text).into(),
        ),
        (
            "employee_number_folded",
            teammate.view().employee_number().map(fold::text).into(),
        ),
        ("names_version", teammate.version.into()),
        ("is_linked", teammate.is_linked.into()),
        ("found_by_email", teammate.found_by_email().into()),
        (
            "blocked_by",
            teammate.blocked_by.map(BlockedBy::as_str).into(),
        ),
    ]
}

/// Names only the columns that change: SQLite rewrites the entry of every index that it is told of.
fn update(company: &Company, before: &Teammate, change: &Change, columns: Columns) -> Statement {
    let after = change.after();
    let name = NameKey::of(&after.user_name);
    let mut bindings = Bindings::default();
    let gate = gate(company, change, &mut bindings);
    let company = bindings.name(company.id.as_str());
    let id = bindings.name(after.id.as_str());
    let version = bindings.name(before.version);
    let mut assignments: Vec<String> = changed_columns(before, after)
        .into_iter()
        .map(|(column, value)| format!("{column} = {}", bindings.name(value)))
        .collect();
    let mut name_is_free = String::new();
    if change.claimed_user_name().is_some() {
        name_is_free = format!(
            " AND NOT EXISTS (SELECT 1 FROM teammates o \
             WHERE o.company_id = {company} AND o.user_name_folded IN ({}) AND o.id <> {id})",
            bindings.list(name.forms())
        );
    } else if name.former().is_some() {
        // It may have to be folded anew.
        let folded = bindings.name(name.folded());
        assignments.extend(folding::user_name(&company, &id, &folded));
    }
    let returning = match columns {
        Columns::Own => String::new(),
        Columns::WithGroups => format!(" RETURNING {} AS row", groups_of(&company, &id)),
    };
    bindings.into_statement(format!(
        "UPDATE teammates SET {} WHERE company_id = {company} AND id = {id} AND version = {version} \
         AND EXISTS (SELECT 1 FROM companies c WHERE {gate}){name_is_free}{returning}",
        assignments.join(", ")
    ))
}

/// Columns that are written, with their values.
struct Changed(Vec<(&'static str, Binding)>);

impl Changed {
    fn set(&mut self, differs: bool, column: &'static str, value: Binding) {
        if differs {
            self.0.push((column, value));
        }
    }
}

fn changed_columns(before: &Teammate, after: &Teammate) -> Vec<(&'static str, Binding)> {
    let mut changed = Changed(vec![
        ("version", after.version.into()),
        ("updated_at", after.updated_at.0.into()),
        // No index has it but that of rows which are to be folded.
        ("names_version", after.version.into()),
    ]);
    values(before, after, &mut changed);
    forms(before, after, &mut changed);
    changed.0
}

fn values(before: &Teammate, after: &Teammate, changed: &mut Changed) {
    changed.set(
        before.user_name != after.user_name,
        "user_name",
        after.user_name.as_str().into(),
    );
    changed.set(
        before.external_id != after.external_id,
        "external_id",
        after.external_id.as_deref().into(),
    );
    changed.set(
        before.state != after.state,
        "state",
        after.state.as_str().into(),
    );
    changed.set(
        before.active_is_unassigned != after.active_is_unassigned,
        "active_is_unassigned",
        after.active_is_unassigned.into(),
    );
    changed.set(
        before.blocked_by != after.blocked_by,
        "blocked_by",
        after.blocked_by.map(BlockedBy::as_str).into(),
    );
    changed.set(
        before.renamed_from != after.renamed_from,
        "renamed_from",
        after.renamed_from.as_deref().into(),
    );
    changed.set(
        before.role != after.role,
        "role",
        after.role.as_str().into(),
    );
    changed.set(
        before.template_id != after.template_id,
        "template_id",
        after.template_id.as_ref().map(TemplateId::as_str).into(),
    );
    let differ = before.attributes != after.attributes;
    // Their text is made where it is written alone.
    let text = differ.then(|| after.attributes.json());
    changed.set(differ, "attributes", text.into());
    changed.set(
        before.is_linked != after.is_linked,
        "is_linked",
        after.is_linked.into(),
    );
    changed.set(
        before.sessions_invalid_before != after.sessions_invalid_before,
        "sessions_invalid_before",
        after.sessions_invalid_before.map(|moment| moment.0).into(),
    );
    changed.set(
        before.state_changed_at != after.state_changed_at,
        "state_changed_at",
        after.state_changed_at.0.into(),
    );
}

/// What names and texts are found by.
fn forms(before: &Teammate, after: &Teammate, changed: &mut Changed) {
    let (was, is) = (fold::name(&before.user_name), fold::name(&after.user_name));
    changed.set(was != is, "twin_key", Binding::Null);
    changed.set(was != is, "user_name_folded", is.into());
    let mut addresses = after.view().emails().into_iter();
    let may_be_former = addresses.any(|email| NameKey::of(email).former().is_some());
    // Folded forms that are not of this version are taken for stale (migration 0002).
    let differ = before.attributes != after.attributes;
    changed.set(differ, "folded_version", after.version.into());
    let is_folded = differ || may_be_former;
    let folded = is_folded.then(|| after.attributes.folded()).flatten();
    changed.set(is_folded, "attributes_folded", folded.into());
    // Its index is written only where the name changes, or may have been folded as ASCII.
    let (was, is) = (before.view().display_name(), after.view().display_name());
    let is_ascii = is.is_none_or(str::is_ascii);
    changed.set(
        was.map(fold::text) != is.map(fold::text) || (differ && !is_ascii),
        "display_name_folded",
        is.map(fold::text).into(),
    );
    let (was, is) = (
        before.view().employee_number(),
        after.view().employee_number(),
    );
    let is_ascii = is.is_none_or(str::is_ascii);
    changed.set(
        was.map(fold::text) != is.map(fold::text) || (differ && !is_ascii),
        "employee_number_folded",
        is.map(fold::text).into(),
    );
    let emails = after.folded_emails();
    changed.set(
        before.folded_emails() != emails || may_be_former,
        "emails",
        to_json(&emails).into(),
    );
    let found_by_email = after.found_by_email();
    changed.set(
        before.found_by_email() != found_by_email,
        "found_by_email",
        found_by_email.into(),
    );
}
