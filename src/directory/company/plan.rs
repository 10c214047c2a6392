//! Plans and what they entitle a company to.

use serde::{Deserialize, Serialize};

/// What a company has bought: a preset of entitlements. `scale` and `enterprise` have all of them; to the others they
/// may be granted one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    Starter,
    Growth,
    Scale,
    Enterprise,
}

/// What a company may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Entitlement {
    /// Provisioning by an identity provider at all.
    Scim,
    /// Templates for new teammates.
    Templates,
    /// Groups that an identity provider writes.
    GroupSync,
}

impl Entitlement {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scim => "scim",
            Self::Templates => "templates",
            Self::GroupSync => "group_sync",
        }
    }
}

impl Plan {
    pub const ALL: [Self; 4] = [Self::Starter, Self::Growth, Self::Scale, Self::Enterprise];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Growth => "growth",
            Self::Scale => "scale",
            Self::Enterprise => "enterprise",
        }
    }

    pub fn includes(self, _entitlement: Entitlement) -> bool {
        matches!(self, Self::Scale | Self::Enterprise)
    }
}
