//! Plans and what they entitle a company to.

use serde::{Deserialize, Serialize};

/// A plan is a preset of entitlements; older plans may be granted them one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    Starter,
    Growth,
    Scale,
    Enterprise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entitlement {
    Scim,
    Templates,
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
