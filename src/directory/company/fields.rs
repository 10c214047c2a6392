//! What the operator says of a company, to create or to edit it.

use super::plan::{Entitlement, Plan};
use super::{Company, Region, Settings, UnknownTemplate};
use crate::directory::edit::{Field, Given, each_once, readable_name};
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::scim::fold;
use serde::Deserialize;
use std::fmt::Display;
use std::ops::RangeInclusive;

/// They are read with every decision.
const MOST_DOMAINS: usize = 200;

/// A consumer of events that was away over a weekend still finds all of them; ten years is longer than anybody asks for.
const RETENTION_DAYS: RangeInclusive<u16> = 7..=3_650;

/// From what a company of some hundred needs to all that D1 holds.
const QUOTA_BYTES: RangeInclusive<u64> = 1_048_576..=10_737_418_240;

/// A company, to create or to edit. What is absent stays as it is, or as a new company has it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CompanyFields"))]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// For people, 1 to 200 characters on one line; a new company needs one.
    #[serde(default)]
    name: Given<String>,
    /// What the company has bought; a new one needs it.
    #[serde(default)]
    plan: Given<Plan>,
    /// What is granted beyond the plan.
    #[serde(default)]
    entitlements: Given<Vec<Entitlement>>,
    /// The most teammates that may be active at once; `null` is no limit.
    #[serde(default)]
    seats: Field<u32>,
    /// Whether identity providers may write groups.
    #[serde(default)]
    group_sync_enabled: Given<bool>,
    /// What happens to a create that names a template which does not exist.
    #[serde(default)]
    unknown_template: Given<UnknownTemplate>,
    /// Whether an identity provider's userName has to be the primary e-mail address.
    #[serde(default)]
    user_name_must_be_primary_email: Given<bool>,
    /// Domains of the userNames that are taken, 200 at most; an empty list takes any.
    #[serde(default)]
    allowed_domains: Given<Vec<String>>,
    /// Whether an identity provider may block the last active admin.
    #[serde(default)]
    idp_may_block_last_admin: Given<bool>,
    /// Whether an identity provider brings back whom the app has blocked.
    #[serde(default)]
    idp_may_unblock: Given<bool>,
    /// Can be edited at any time, and has an effect until the company's first group write alone.
    #[serde(default)]
    region: Field<Region>,
    /// For how many days events and the provisioning log are kept.
    #[serde(default)]
    retention_days: Given<u16>,
    /// The most bytes that may be kept of the company, by estimate: beyond it identity providers can block and remove, and
    /// no more.
    #[serde(default)]
    quota_bytes: Given<u64>,
}

impl Fields {
    /// A new company.
    pub fn create(mut self, id: CompanyId, now: Timestamp) -> Result<Company, Refusal> {
        let (Some(name), Some(plan)) = (self.name.0.take(), self.plan.0.take()) else {
            return Err(Refusal::InvalidInput(
                "A company needs a \"name\" and a \"plan\" (starter, growth, scale or enterprise)."
                    .to_owned(),
            ));
        };
        let mut settings = Settings::new(readable_name(&name)?, plan);
        self.apply(&mut settings)?;
        Ok(Company::new(id, settings, now))
    }

    pub fn apply(self, settings: &mut Settings) -> Result<(), Refusal> {
        if let Some(name) = self.name.0 {
            settings.name = readable_name(&name)?;
        }
        if let Some(domains) = self.allowed_domains.0 {
            if domains.len() > MOST_DOMAINS {
                return Err(Refusal::InvalidInput(format!(
                    "\"allowed_domains\" takes at most {MOST_DOMAINS} domains."
                )));
            }
            settings.allowed_domains = domains
                .iter()
                .map(|domain| allowed_domain(domain))
                .collect::<Result<_, _>>()?;
        }
        if let Some(days) = self.retention_days.0 {
            settings.retention_days = within("retention_days", days, &RETENTION_DAYS)?;
        }
        if let Some(bytes) = self.quota_bytes.0 {
            settings.quota_bytes = within("quota_bytes", bytes, &QUOTA_BYTES)?;
        }
        self.plan.replace(&mut settings.plan);
        let entitlements = self.entitlements.map(each_once);
        entitlements.replace(&mut settings.entitlements);
        self.seats.replace(&mut settings.seats);
        self.region.replace(&mut settings.region);
        self.group_sync_enabled
            .replace(&mut settings.group_sync_enabled);
        self.unknown_template
            .replace(&mut settings.unknown_template);
        self.user_name_must_be_primary_email
            .replace(&mut settings.user_name_must_be_primary_email);
        self.idp_may_block_last_admin
            .replace(&mut settings.idp_may_block_last_admin);
        self.idp_may_unblock.replace(&mut settings.idp_may_unblock);
        Ok(())
    }
}

fn within<T: PartialOrd + Display>(
    field: &str,
    value: T,
    range: &RangeInclusive<T>,
) -> Result<T, Refusal> {
    if range.contains(&value) {
        return Ok(value);
    }
    Err(Refusal::InvalidInput(format!(
        "\"{field}\" takes {} to {}, not {value}.",
        range.start(),
        range.end()
    )))
}

fn allowed_domain(domain: &str) -> Result<String, Refusal> {
    let folded = fold::name(fold::name(domain).trim_start_matches('@'));
    if folded.is_empty() || folded.contains('@') || folded.len() > 253 {
        return Err(Refusal::InvalidInput(format!(
            "\"allowed_domains\" takes domains such as \"acme.com\", not \"{domain}\"."
        )));
    }
    Ok(folded)
}
