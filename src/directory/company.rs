//! A company: its plan, its settings and the counts that are kept with it.

mod fields;
pub mod plan;

pub use fields::Fields;

use super::event::Told;
use super::event::part::fields_of;
use super::id::CompanyId;
use super::refusal::Refusal;
use super::time::Timestamp;
use crate::scim::Object;
use crate::scim::fold;
use plan::{Entitlement, Plan};
use serde::{Deserialize, Serialize};

/// What happens to a create that names a template which does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnknownTemplate {
    /// It is refused, and nobody is created.
    Refuse,
    /// The teammate is created without a template.
    Ignore,
}

/// A part of the world, by Cloudflare's name: where a company's Durable Object is made. It is made with the
/// company's first group write and never moves, so that a region that is set or changed later has no effect.
///
/// These are the regions that have Durable Objects; Cloudflare puts an object that is asked for elsewhere into
/// one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Region {
    #[serde(rename = "wnam")]
    WesternNorthAmerica,
    #[serde(rename = "enam")]
    EasternNorthAmerica,
    #[serde(rename = "weur")]
    WesternEurope,
    #[serde(rename = "eeur")]
    EasternEurope,
    #[serde(rename = "apac")]
    AsiaPacific,
    #[serde(rename = "oc")]
    Oceania,
}

impl Region {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WesternNorthAmerica => "wnam",
            Self::EasternNorthAmerica => "enam",
            Self::WesternEurope => "weur",
            Self::EasternEurope => "eeur",
            Self::AsiaPacific => "apac",
            Self::Oceania => "oc",
        }
    }
}

/// What the operator decides for a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// For people.
    pub name: String,
    pub plan: Plan,
    /// What is granted beyond the plan.
    pub entitlements: Vec<Entitlement>,
    /// The most teammates that may be active at once; `null` is no limit.
    pub seats: Option<u32>,
    /// Whether identity providers may write groups.
    pub group_sync_enabled: bool,
    pub unknown_template: UnknownTemplate,
    /// Whether an identity provider's userName has to be the primary e-mail address.
    pub user_name_must_be_primary_email: bool,
    /// Domains of the userNames that are taken, in lower case and without a leading `@`; an empty list takes any.
    pub allowed_domains: Vec<String>,
    /// Whether an identity provider may block the last active admin.
    pub idp_may_block_last_admin: bool,
    /// Whether an identity provider brings back whom the app has blocked.
    // Earlier events don't tell: none did.
    #[serde(default)]
    pub idp_may_unblock: bool,
    /// `null` is nowhere in particular: near whoever makes the company's first group write.
    pub region: Option<Region>,
    /// For how many days events and the provisioning log are kept.
    #[serde(default = "usual_retention")]
    pub retention_days: u16,
    /// The most bytes that may be kept of the company.
    #[serde(default = "usual_quota")]
    pub quota_bytes: u64,
}

/// As long as an identity provider's own log: whoever asks why somebody lost access a quarter ago is still answered.
pub const USUAL_RETENTION_DAYS: u16 = 90;

/// 2 GiB, a fifth of what D1 holds (Cloudflare's docs, "Limits"): a hundred thousand teammates in ten groups each, with a
/// quarter's changes.
pub const USUAL_QUOTA_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Earlier events don't tell.
fn usual_retention() -> u16 {
    USUAL_RETENTION_DAYS
}

fn usual_quota() -> u64 {
    USUAL_QUOTA_BYTES
}

impl Settings {
    pub fn new(name: String, plan: Plan) -> Self {
        Self {
            name,
            plan,
            entitlements: Vec::new(),
            seats: None,
            group_sync_enabled: false,
            unknown_template: UnknownTemplate::Refuse,
            user_name_must_be_primary_email: false,
            allowed_domains: Vec::new(),
            idp_may_block_last_admin: false,
            idp_may_unblock: false,
            region: None,
            retention_days: USUAL_RETENTION_DAYS,
            quota_bytes: USUAL_QUOTA_BYTES,
        }
    }

    pub fn is_entitled_to(&self, entitlement: Entitlement) -> bool {
        self.plan.includes(entitlement) || self.entitlements.contains(&entitlement)
    }

    pub fn allows_domain_of(&self, user_name: &str) -> bool {
        if self.allowed_domains.is_empty() {
            return true;
        }
        // Some were stored before names were folded as they are now.
        let is_domain = |domain| move |allowed: &String| fold::name(allowed) == domain;
        fold::name(user_name)
            .rsplit_once('@')
            .is_some_and(|(_, domain)| self.allowed_domains.iter().any(is_domain(domain)))
    }
}

/// How many rows a company has, blocked, removed and deleted ones included: seats bound none of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rows {
    pub teammates: u64,
    pub groups: u64,
}

impl Rows {
    /// Whether there are so many more than these that what was thought of these may not hold of them.
    pub fn are_far_below(self, now: Self) -> bool {
        let is_far = |was: u64, is: u64| is > was + was / 8 + 100;
        is_far(self.teammates, now.teammates) || is_far(self.groups, now.groups)
    }
}

/// A company: its plan, its settings and the counts that are kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Company {
    pub id: CompanyId,
    #[serde(flatten)]
    pub settings: Settings,
    // No part of what the app sees; one that is read from an event has none.
    #[serde(skip)]
    pub rules_version: i64,
    /// Seats in use.
    pub active_teammates: u64,
    /// Active and blocked teammates: those whom identity providers see.
    #[serde(rename = "teammates")]
    pub listed_teammates: u64,
    /// Active teammates with the role `admin`.
    pub active_admins: u64,
    /// All that there are, in whatever state: what a query without an index goes through. Of the company's row alone.
    #[serde(skip)]
    pub rows: Rows,
    /// What is kept of it, by the estimates of migration 0018. It grows with every event, so that none can tell it.
    #[serde(skip)]
    pub kept_bytes: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its settings were changed last.
    pub updated_at: Timestamp,
}

impl Company {
    /// One that has nobody yet.
    pub fn new(id: CompanyId, settings: Settings, now: Timestamp) -> Self {
        Self {
            id,
            settings,
            rules_version: 1,
            active_teammates: 0,
            listed_teammates: 0,
            active_admins: 0,
            rows: Rows::default(),
            kept_bytes: 0,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether more may be kept of it.
    pub fn check_room(&self) -> Result<(), Refusal> {
        check_room(self.kept_bytes, self.settings.quota_bytes)
    }
}

pub fn check_room(kept_bytes: u64, quota_bytes: u64) -> Result<(), Refusal> {
    if kept_bytes < quota_bytes {
        return Ok(());
    }
    Err(Refusal::NoRoomLeft {
        kept_bytes,
        quota_bytes,
    })
}

impl Told for Company {
    fn fields(&self) -> Object {
        fields_of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_compared_as_names_are() {
        let mut settings = Settings::new("Acme".into(), Plan::Scale);
        assert!(settings.allows_domain_of("anyone"));
        settings.allowed_domains = vec!["acme.com".into()];
        assert!(settings.allows_domain_of("Rita@ACME.com"));
        assert!(!settings.allows_domain_of("rita@notacme.com"));
        assert!(!settings.allows_domain_of("acme.com"));
        // It is what this userName is compared as.
        assert!(settings.allows_domain_of(" rita＠acme.com\u{200b} "));
        assert!(!settings.allows_domain_of("rita@ acme.com"));
        assert!(!settings.allows_domain_of("rita@acme.com@evil.example"));
        settings.allowed_domains = vec!["acme\u{ad}.com".into()];
        assert!(settings.allows_domain_of("rita@acme.com"));
    }

    #[test]
    fn a_region_has_one_name_wherever_it_is_written() {
        for name in ["wnam", "enam", "weur", "eeur", "apac", "oc"] {
            let region: Region = serde_json::from_value(name.into()).expect("a known region");
            assert_eq!(region.as_str(), name);
            assert_eq!(serde_json::to_value(region).expect("a name"), name);
        }
    }

    #[test]
    fn an_older_plan_is_entitled_to_what_it_was_granted() {
        let mut settings = Settings::new("Acme".into(), Plan::Growth);
        assert!(!settings.is_entitled_to(Entitlement::Scim));
        settings.entitlements.push(Entitlement::Scim);
        assert!(settings.is_entitled_to(Entitlement::Scim));
        assert!(!settings.is_entitled_to(Entitlement::Templates));
    }
}
