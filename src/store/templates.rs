//! Teammate templates of a company.

use super::companies::IS_THERE;
use super::error::StoreError;
use super::statement::{Outcome, Statement, moment, to_json};
use crate::directory::id::{CompanyId, TemplateId};
use crate::directory::teammate::Role;
use crate::directory::template::{Requested, Template, TemplateChoice};
use crate::directory::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;

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

/// The templates that the texts of a create may mean, with what decides between them, as one row.
///
/// Each list travels as one parameter, from which SQLite starts: ids and names have an index each.
pub fn choices(company: &CompanyId, requested: &Requested) -> Statement {
    const BY_ID: &str = "SELECT t.id, t.name, t.role FROM json_each(?2) wanted \
         CROSS JOIN templates t ON t.company_id = ?1 AND t.id = wanted.value";
    const BY_NAME: &str = "SELECT t.id, t.name, t.role FROM json_each(?3) wanted \
         CROSS JOIN templates t INDEXED BY templates_name ON t.company_id = ?1 AND t.name = wanted.value";
    let names = requested.names();
    let found = if names.is_empty() {
        Cow::from(BY_ID)
    } else {
        // One that is found twice is one to choose all the same.
        format!("{BY_ID} UNION ALL {BY_NAME}").into()
    };
    let statement = Statement::new(format!(
        "SELECT json_group_array(json_array(id, name, role)) AS row FROM ({found})"
    ))
    .bind(company.as_str())
    .bind(to_json(&requested.ids()));
    if names.is_empty() {
        statement
    } else {
        statement.bind(to_json(&names))
    }
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
    let statement = Statement::new(format!(
        "INSERT INTO templates (company_id, id, name, role, workspaces, inboxes, custom_fields, \
         preferences, updated_at, created_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9 \
         WHERE {IS_THERE}",
    ));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::user::TemplateValues;
    use crate::store::tests::sqlite::Sqlite;

    fn directory() -> Sqlite {
        let sqlite = Sqlite::new();
        for (company, id, name) in [
            ("cmp_acme", "tea_1", "Sales"),
            ("cmp_acme", "tea_2", "E\u{301}quipe"),
            ("cmp_acme", "tea_3", "\u{c9}quipe"),
            ("cmp_acme", "tea_4", "HR"),
            ("cmp_acme", "tea_6", "Tea_party"),
            ("cmp_other", "tea_5", "Sales"),
        ] {
            sqlite.execute(&format!(
                "INSERT INTO templates VALUES ('{company}', '{id}', '{name}', 'teammate', '[]', '[]', '{{}}', \
                 '{{}}', 0, 0)"
            ));
        }
        sqlite
    }

    fn statement(texts: &[&str]) -> Statement {
        let requested = Requested::of(&TemplateValues {
            extension: texts.to_vec(),
            roles: Vec::new(),
        });
        choices(&CompanyId::named("cmp_acme"), &requested)
    }

    fn found(texts: &[&str]) -> Vec<String> {
        let outcome = directory().run(&statement(texts));
        let mut ids: Vec<String> = chosen(&outcome)
            .expect("choices")
            .iter()
            .map(|choice| choice.id.to_string())
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    #[test]
    fn templates_are_found_by_id_and_by_name_in_their_own_company() {
        assert_eq!(found(&["X: tea_4"]), ["tea_4"]);
        assert_eq!(found(&["Sales"]), ["tea_1"]);
        assert_eq!(found(&["Tea_party"]), ["tea_6"]);
        assert_eq!(found(&["\u{c9}quipe"]), ["tea_2", "tea_3"]);
        assert_eq!(found(&["tea_1, tea_5", "HR", "Sales"]), ["tea_1", "tea_4"]);
        assert_eq!(found(&["sales", "tea_9"]), [""; 0]);
    }

    #[test]
    fn ids_and_names_are_found_by_an_index_and_names_only_where_a_text_may_be_one() {
        let long = format!("tea_1 {}", "x".repeat(200));
        let reached = |texts: &[&str]| {
            let plan = directory().plan(&statement(texts)).into_iter();
            plan.filter(|step| step.starts_with("SEARCH"))
                .collect::<Vec<_>>()
        };
        let by_id = "SEARCH t USING PRIMARY KEY (company_id=? AND id=?)";
        let by_name = "SEARCH t USING INDEX templates_name (company_id=? AND name=?)";
        assert_eq!(reached(&["Sales"]), [by_id, by_name]);
        assert_eq!(reached(&["tea_1"]), [by_id, by_name]);
        assert_eq!(reached(&[&long]), [by_id]);
    }
}
