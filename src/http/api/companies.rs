//! `/api/v1/companies`

use super::edit::{Editable, edit_row};
use super::journaled::JournaledChange;
use super::page::Page;
use super::{AtVersion, Field, each_once, not_found, not_null, readable_name};
use crate::directory::company::{Company, Region, Settings, UnknownTemplate};
use crate::directory::event::EventType;
use crate::directory::fold::fold;
use crate::directory::id::CompanyId;
use crate::directory::plan::{Entitlement, Plan};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::{Answer, ambient};
use crate::store::companies;
use crate::store::statement::{Outcome, Statement};
use serde::Deserialize;
use serde_json::{Value, json};

/// They are read with every decision.
const MOST_DOMAINS: usize = 200;

/// The fields of a create or an edit. What is absent stays as it is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default, deserialize_with = "not_null")]
    name: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    plan: Option<Plan>,
    #[serde(default, deserialize_with = "not_null")]
    entitlements: Option<Vec<Entitlement>>,
    #[serde(default)]
    seats: Field<u32>,
    #[serde(default, deserialize_with = "not_null")]
    group_sync_enabled: Option<bool>,
    #[serde(default, deserialize_with = "not_null")]
    unknown_template: Option<UnknownTemplate>,
    #[serde(default, deserialize_with = "not_null")]
    user_name_must_be_primary_email: Option<bool>,
    #[serde(default, deserialize_with = "not_null")]
    allowed_domains: Option<Vec<String>>,
    #[serde(default, deserialize_with = "not_null")]
    idp_may_block_last_admin: Option<bool>,
    #[serde(default, deserialize_with = "not_null")]
    idp_may_unblock: Option<bool>,
    /// Can be edited at any time, and has an effect until the company's first group write alone.
    #[serde(default)]
    region: Field<Region>,
}

impl Fields {
    fn apply(self, settings: &mut Settings) -> Result<(), Failure> {
        if let Some(name) = self.name {
            settings.name = readable_name(&name)?;
        }
        if let Some(domains) = self.allowed_domains {
            if domains.len() > MOST_DOMAINS {
                return Err(Refusal::InvalidInput(format!(
                    "\"allowed_domains\" takes at most {MOST_DOMAINS} domains."
                ))
                .into());
            }
            settings.allowed_domains = domains
                .iter()
                .map(|domain| allowed_domain(domain))
                .collect::<Result<_, _>>()?;
        }
        replace(&mut settings.plan, self.plan);
        if let Some(entitlements) = self.entitlements {
            settings.entitlements = each_once(entitlements);
        }
        replace_or_clear(&mut settings.seats, self.seats);
        replace_or_clear(&mut settings.region, self.region);
        replace(&mut settings.group_sync_enabled, self.group_sync_enabled);
        replace(&mut settings.unknown_template, self.unknown_template);
        replace(
            &mut settings.user_name_must_be_primary_email,
            self.user_name_must_be_primary_email,
        );
        replace(
            &mut settings.idp_may_block_last_admin,
            self.idp_may_block_last_admin,
        );
        replace(&mut settings.idp_may_unblock, self.idp_may_unblock);
        Ok(())
    }
}

impl Editable for Company {
    const EVENT: EventType = EventType::CompanyUpdated;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn set_updated_at(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn body(&self, _: &Call) -> Value {
        json!(self)
    }

    fn update(&self, _: &CompanyId, rules_version: i64) -> Statement {
        companies::update(self, rules_version)
    }
}

fn replace<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

fn replace_or_clear<T>(setting: &mut Option<T>, field: Field<T>) {
    match field {
        Field::Absent => {}
        Field::Null => *setting = None,
        Field::Value(value) => *setting = Some(value),
    }
}

fn allowed_domain(domain: &str) -> Result<String, Failure> {
    let folded = fold(domain.trim().trim_start_matches('@'));
    if folded.is_empty() || folded.contains('@') || folded.len() > 253 {
        return Err(Refusal::InvalidInput(format!(
            "\"allowed_domains\" takes domains such as \"acme.com\", not \"{domain}\"."
        ))
        .into());
    }
    Ok(folded)
}

pub(super) fn unknown(id: &CompanyId) -> Refusal {
    not_found("company", id.as_str())
}

/// Reads something of a company in one call, and says so where there is no such company.
pub(super) async fn read_of<const N: usize>(
    call: &Call,
    id: &CompanyId,
    statements: [Statement; N],
) -> Result<(Company, [Outcome; N]), Failure> {
    let mut batch = vec![companies::get(id)];
    batch.extend(statements);
    let mut outcomes = call.context.database(id)?.batch(&batch).await?.into_iter();
    let mut next = || outcomes.next().unwrap_or_default();
    let company = companies::one(&next())?.ok_or_else(|| unknown(id))?;
    Ok((company, std::array::from_fn(|_| next())))
}

pub(super) async fn find(call: &Call, id: &CompanyId) -> Result<Company, Failure> {
    let outcome = call.context.database(id)?.run(companies::get(id)).await?;
    Ok(companies::one(&outcome)?.ok_or_else(|| unknown(id))?)
}

pub(in crate::http::api) async fn list(call: &Call, (): ()) -> Answer {
    let page = Page::of(call)?;
    let statement = companies::page(page.after.as_deref(), page.rows());
    let outcome = call.context.companies_database()?.run(statement).await?;
    Ok(page.reply(
        &companies::many(&outcome)?,
        |company| company.id.to_string(),
        |company| company,
    ))
}

pub(in crate::http::api) async fn create(call: &Call, (): ()) -> Answer {
    let mut fields: Fields = call.api_body().await?;
    let (Some(name), Some(plan)) = (fields.name.take(), fields.plan.take()) else {
        return Err(Refusal::InvalidInput(
            "A company needs a \"name\" and a \"plan\" (starter, growth, scale or enterprise)."
                .to_owned(),
        )
        .into());
    };
    let mut settings = Settings::new(readable_name(&name)?, plan);
    fields.apply(&mut settings)?;
    let company = Company {
        id: CompanyId::new(call.context.now, ambient::id_randomness()?),
        settings,
        rules_version: 1,
        active_teammates: 0,
        listed_teammates: 0,
        active_admins: 0,
        created_at: call.context.now,
        updated_at: call.context.now,
    };
    JournaledChange {
        change: companies::insert(&company.id, &company.settings, call.context.now),
        then: Vec::new(),
        event_type: EventType::CompanyCreated,
        resource_id: company.id.to_string(),
        before: Value::Null,
        after: json!(company),
        status: 201,
    }
    .commit(call, &company.id)
    .await?;
    Ok(Reply::json(201, &company).with_header(
        "location",
        format!("{}/api/v1/companies/{}", call.origin(), company.id),
    ))
}

pub(in crate::http::api) async fn get(call: &Call, (id,): (CompanyId,)) -> Answer {
    Ok(Reply::ok(&find(call, &id).await?))
}

pub(in crate::http::api) async fn edit(call: &Call, (id,): (CompanyId,)) -> Answer {
    let fields: Fields = call.api_body().await?;
    let find = async || {
        let company = find(call, &id).await?;
        Ok(AtVersion {
            rules_version: company.rules_version,
            value: company,
        })
    };
    edit_row(call, &id, find, |company| {
        fields.clone().apply(&mut company.settings)
    })
    .await
}

/// Erases a company with everything that is kept of it, in steps that leave D1 free for others in between.
/// Cut short, it can be asked for again and goes on.
pub(in crate::http::api) async fn erase(call: &Call, (id,): (CompanyId,)) -> Answer {
    let database = call.context.database(&id)?;
    find(call, &id).await?;
    database.run(companies::close(&id)).await?;
    loop {
        for statement in companies::erase_some(&id) {
            // D1's count may hold what triggers changed: it says whether there may be more, never that there is none.
            while database.run(statement.clone()).await?.changes >= companies::ERASED_AT_ONCE {}
        }
        let outcomes = database.batch(&companies::erase_last(&id)).await?;
        let company = outcomes.last().map(companies::one).transpose()?;
        if company.flatten().is_none() {
            return Ok(Reply::empty());
        }
    }
}
