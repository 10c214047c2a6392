//! Teammate templates of a company.

use super::error::StoreError;
use super::statement::{Outcome, Statement, moment, to_json};
use crate::directory::id::{CompanyId, TemplateId};
use crate::directory::teammate::Role;
use crate::directory::template::{Template, TemplateChoice};
use crate::directory::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// The columns of [`TemplateRow`], in its order.
const COLUMNS: &str = "json_array(id, name, role, json(workspaces), json(inboxes), \
    json(custom_fields), json(preferences), created_at, updated_at)";

#[derive(Debug, Deserialize)]
struct TemplateRow {
    id: TemplateId,
    name: String,
    role: Role,
    workspaces: Value,
    inboxes: Value,
    custom_fields: Value,
    preferences: Value,
    #[serde(with = "moment")]
    created_at: Timestamp,
    #[serde(with = "moment")]
    updated_at: Timestamp,
}

#[derive(Debug, Deserialize)]
struct ChoiceRow {
    id: TemplateId,
    name: String,
    role: Role,
}

impl From<TemplateRow> for Template {
    fn from(row: TemplateRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
            workspaces: row.workspaces,
            inboxes: row.inboxes,
            custom_fields: row.custom_fields,
            preferences: row.preferences,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

pub fn get(company: &CompanyId, id: &TemplateId) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM templates WHERE company_id = ?1 AND id = ?2"
    ))
    .bind(company.as_str())
    .bind(id.as_str())
}

pub fn page(company: &CompanyId, after: Option<&str>, limit: i64) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM templates WHERE company_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
    ))
    .bind(company.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

pub fn many(outcome: &Outcome) -> Result<Vec<Template>, StoreError> {
    Ok(outcome
        .decode::<TemplateRow>()?
        .into_iter()
        .map(Template::from)
        .collect())
}

/// Those of `ids` that exist, with what decides between them, as one row. The list travels as one parameter, and
/// SQLite starts from it.
pub fn choices(company: &CompanyId, ids: &[TemplateId]) -> Statement {
    Statement::new(
        "SELECT json_group_array(json_array(t.id, t.name, t.role)) AS row FROM json_each(?2) wanted \
         CROSS JOIN templates t ON t.company_id = ?1 AND t.id = wanted.value",
    )
    .bind(company.as_str())
    .bind(to_json(&ids))
}

pub fn chosen(outcome: &Outcome) -> Result<Vec<TemplateChoice>, StoreError> {
    let rows = outcome.decode_first::<Vec<ChoiceRow>>()?;
    Ok(rows
        .unwrap_or_default()
        .into_iter()
        .map(|row| TemplateChoice {
            id: row.id,
            name: row.name,
            role: row.role,
        })
        .collect())
}

/// Inserts it where the company exists.
pub fn insert(company: &CompanyId, template: &Template) -> Statement {
    let statement = Statement::new(
        "INSERT INTO templates (company_id, id, name, role, workspaces, inboxes, custom_fields, \
         preferences, updated_at, created_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9 \
         WHERE EXISTS (SELECT 1 FROM companies WHERE id = ?1)",
    );
    bind(statement, company, template)
}

/// Writes it while the company's rules are still of the version it was read under.
pub fn update(company: &CompanyId, template: &Template, rules_version: i64) -> Statement {
    let statement = Statement::new(
        "UPDATE templates SET name = ?3, role = ?4, workspaces = ?5, inboxes = ?6, custom_fields = ?7, \
         preferences = ?8, updated_at = ?9 WHERE company_id = ?1 AND id = ?2 \
         AND EXISTS (SELECT 1 FROM companies c WHERE c.id = ?1 AND c.rules_version = ?10)",
    );
    bind(statement, company, template).bind(rules_version)
}

fn bind(statement: Statement, company: &CompanyId, template: &Template) -> Statement {
    statement
        .bind(company.as_str())
        .bind(template.id.as_str())
        .bind(template.name.as_str())
        .bind(template.role.as_str())
        .bind(to_json(&template.workspaces))
        .bind(to_json(&template.inboxes))
        .bind(to_json(&template.custom_fields))
        .bind(to_json(&template.preferences))
        .bind(template.updated_at.0)
}

pub fn delete(company: &CompanyId, id: &TemplateId) -> Statement {
    Statement::new("DELETE FROM templates WHERE company_id = ?1 AND id = ?2")
        .bind(company.as_str())
        .bind(id.as_str())
}
