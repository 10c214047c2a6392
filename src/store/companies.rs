//! Companies: settings, and the counts that are kept with them.

use super::error::StoreError;
use super::statement::{Outcome, Statement, flag, moment, to_json};
use crate::directory::company::plan::{Entitlement, Plan};
use crate::directory::company::{Company, Region, Rows, Settings, UnknownTemplate};
use crate::directory::id::CompanyId;
use crate::directory::time::Timestamp;
use serde::Deserialize;

/// The columns of [`CompanyRow`], in its order, from a table or alias `c`.
pub(super) const COLUMNS: &str = "json_array(c.id, c.name, c.plan, json(c.entitlements), c.seats, \
    c.group_sync_enabled, c.unknown_template, c.user_name_must_be_primary_email, \
    json(c.allowed_domains), c.idp_may_block_last_admin, c.idp_may_unblock, c.region, c.retention_days, \
     c.quota_bytes, c.rules_version, c.active_teammates, c.listed_teammates, c.active_admins, c.teammate_rows, c.group_rows, \
     c.kept_bytes, c.created_at, c.updated_at)";

#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct CompanyRow {
    id: CompanyId,
    name: String,
    plan: Plan,
    entitlements: Vec<Entitlement>,
    seats: Option<u32>,
    #[serde(with = "flag")]
    group_sync_enabled: bool,
    unknown_template: UnknownTemplate,
    #[serde(with = "flag")]
    user_name_must_be_primary_email: bool,
    allowed_domains: Vec<String>,
    #[serde(with = "flag")]
    idp_may_block_last_admin: bool,
    #[serde(with = "flag")]
    idp_may_unblock: bool,
    region: Option<Region>,
    retention_days: u16,
    quota_bytes: u64,
    rules_version: i64,
    active_teammates: u64,
    listed_teammates: u64,
    active_admins: u64,
    teammate_rows: u64,
    group_rows: u64,
    kept_bytes: u64,
    #[serde(with = "moment")]
    created_at: Timestamp,
    #[serde(with = "moment")]
    updated_at: Timestamp,
}

impl From<CompanyRow> for Company {
    fn from(row: CompanyRow) -> Self {
        Self {
            id: row.id,
            settings: Settings {
                name: row.name,
                plan: row.plan,
                entitlements: row.entitlements,
                seats: row.seats,
                group_sync_enabled: row.group_sync_enabled,
                unknown_template: row.unknown_template,
                user_name_must_be_primary_email: row.user_name_must_be_primary_email,
                allowed_domains: row.allowed_domains,
                idp_may_block_last_admin: row.idp_may_block_last_admin,
                idp_may_unblock: row.idp_may_unblock,
                region: row.region,
                retention_days: row.retention_days,
                quota_bytes: row.quota_bytes,
            },
            rules_version: row.rules_version,
            active_teammates: row.active_teammates,
            listed_teammates: row.listed_teammates,
            active_admins: row.active_admins,
            rows: Rows {
                teammates: row.teammate_rows,
                groups: row.group_rows,
            },
            kept_bytes: row.kept_bytes,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// One that is being erased is there no more.
pub fn get(id: &CompanyId) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM companies c WHERE c.id = ?1 AND c.erased_at IS NULL"
    ))
    .bind(id.as_str())
}

pub fn one(outcome: &Outcome) -> Result<Option<Company>, StoreError> {
    Ok(outcome.decode_first::<CompanyRow>()?.map(Company::from))
}

/// Whether D1 answers and has the tables: one row or none.
pub fn any() -> Statement {
    Statement::new("SELECT json_array(1) AS row FROM companies LIMIT 1")
}

/// A page in the order of creation. The operator's alone: no identity provider's request crosses
/// companies.
pub fn page(after: Option<&str>, limit: i64) -> Statement {
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM companies c WHERE c.id > ?1 AND c.erased_at IS NULL ORDER BY c.id LIMIT ?2"
    ))
    .bind(after.unwrap_or_default())
    .bind(limit)
}

pub fn many(outcome: &Outcome) -> Result<Vec<Company>, StoreError> {
    Ok(outcome
        .decode::<CompanyRow>()?
        .into_iter()
        .map(Company::from)
        .collect())
}

pub fn insert(id: &CompanyId, settings: &Settings, now: Timestamp) -> Statement {
    let statement = Statement::new(
        "INSERT INTO companies (id, name, plan, entitlements, seats, group_sync_enabled, \
         unknown_template, user_name_must_be_primary_email, allowed_domains, \
         idp_may_block_last_admin, idp_may_unblock, region, retention_days, quota_bytes, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15)",
    )
    .bind(id.as_str());
    bind_settings(statement, settings).bind(now.0)
}

/// Writes the settings while the rules are still of the version that they were read under.
pub fn update(company: &Company, rules_version: i64) -> Statement {
    let statement = Statement::new(
        "UPDATE companies SET name = ?2, plan = ?3, entitlements = ?4, seats = ?5, \
         group_sync_enabled = ?6, unknown_template = ?7, user_name_must_be_primary_email = ?8, \
         allowed_domains = ?9, idp_may_block_last_admin = ?10, idp_may_unblock = ?11, region = ?12, \
         retention_days = ?13, quota_bytes = ?14, updated_at = ?15, rules_version = rules_version + 1 \
         WHERE id = ?1 AND rules_version = ?16",
    )
    .bind(company.id.as_str());
    bind_settings(statement, &company.settings)
        .bind(company.updated_at.0)
        .bind(rules_version)
}

fn bind_settings(statement: Statement, settings: &Settings) -> Statement {
    statement
        .bind(settings.name.as_str())
        .bind(settings.plan.as_str())
        .bind(to_json(&settings.entitlements))
        .bind(settings.seats.map(i64::from))
        .bind(settings.group_sync_enabled)
        .bind(match settings.unknown_template {
            UnknownTemplate::Refuse => "refuse",
            UnknownTemplate::Ignore => "ignore",
        })
        .bind(settings.user_name_must_be_primary_email)
        .bind(to_json(&settings.allowed_domains))
        .bind(settings.idp_may_block_last_admin)
        .bind(settings.idp_may_unblock)
        .bind(settings.region.map(Region::as_str))
        .bind(i64::from(settings.retention_days))
        .bind(i64::try_from(settings.quota_bytes).unwrap_or(i64::MAX))
}

/// What is kept of a company, each with the columns that tell its rows apart within the company; the large
/// tables first. The company itself comes last: while it is there, an erasure that was cut short can go on.
const TABLES: [(&str, &str); 12] = [
    ("kept_orders", "id"),
    ("requests", "id"),
    ("events", "seq"),
    ("event_values", "hash"),
    ("memberships", "group_id, teammate_id"),
    ("groups", "id"),
    ("teammate_emails", "email_folded"),
    ("teammates", "id"),
    ("templates", "id"),
    ("connections", "id"),
    ("tokens", "hash"),
    ("company_writers", "epoch"),
];

/// Rows that one statement of an erasure takes: D1 runs one statement at a time, for all companies.
pub const ERASED_AT_ONCE: u64 = 5_000;

/// That the company `?1` is there, and is not being erased.
pub(super) const IS_THERE: &str =
    "EXISTS (SELECT 1 FROM companies WHERE id = ?1 AND erased_at IS NULL)";

/// Begins an erasure, or goes on with one that was cut short: from here on everybody is refused, also where an isolate
/// remembers the company, for its rules are others now. The Worker of before knows nothing of the mark, but that the
/// tokens are gone. The first statement changes nothing where there is no such company.
pub fn close(id: &CompanyId, now: Timestamp) -> [Statement; 2] {
    let mark = Statement::new(
        "UPDATE companies SET erased_at = coalesce(erased_at, ?2), rules_version = rules_version + 1 \
         WHERE id = ?1",
    );
    let tokens = Statement::new("DELETE FROM tokens WHERE company_id = ?1");
    [mark.bind(id.as_str()).bind(now.0), tokens.bind(id.as_str())]
}

/// For each table, the statement that erases the next rows of the company there.
pub fn erase_some(id: &CompanyId) -> Vec<Statement> {
    TABLES
        .into_iter()
        .map(|(table, key)| {
            Statement::new(format!(
                "DELETE FROM {table} WHERE company_id = ?1 AND ({key}) IN \
                 (SELECT {key} FROM {table} WHERE company_id = ?1 LIMIT {ERASED_AT_ONCE})"
            ))
            .bind(id.as_str())
        })
        .collect()
}

/// Erases the company with what came to it in the meantime, unless that was more than a step takes: a group
/// write may bring a hundred thousand members. The last statement finds the company where it is still there.
pub fn erase_last(id: &CompanyId) -> Vec<Statement> {
    let is_empty: Vec<String> = TABLES
        .into_iter()
        .map(|(table, _)| format!("NOT EXISTS (SELECT 1 FROM {table} WHERE company_id = ?1)"))
        .collect();
    let erase = format!(
        "DELETE FROM companies WHERE id = ?1 AND {}",
        is_empty.join(" AND ")
    );
    let mut statements = erase_some(id);
    statements.push(Statement::new(erase).bind(id.as_str()));
    statements.push(
        Statement::new("SELECT json_array(c.id) AS row FROM companies c WHERE c.id = ?1")
            .bind(id.as_str()),
    );
    statements
}
