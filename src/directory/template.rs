//! Teammate templates: defaults that a teammate gets at creation, and never again.

mod choice;
mod fields;
mod order;
mod requested;

pub use fields::Fields;
pub use requested::Requested;

use super::event::Told;
use super::event::part::fields_of;
use super::id::TemplateId;
use super::teammate::Role;
use super::time::Timestamp;
use crate::scim::Object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A template: defaults that a teammate gets at creation, and never again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Template {
    pub id: TemplateId,
    /// What identity providers may name it by, beside its id.
    pub name: String,
    // The only default that Rollcall applies itself; the rest is the app's.
    /// What a teammate becomes that is made from it.
    pub role: Role,
    /// The app's own: kept as it was sent.
    #[cfg_attr(test, schemars(with = "Vec<Value>"))]
    pub workspaces: Value,
    /// The app's own: kept as it was sent.
    #[cfg_attr(test, schemars(with = "Vec<Value>"))]
    pub inboxes: Value,
    /// The app's own: kept as it was sent.
    #[cfg_attr(test, schemars(with = "crate::scim::Object"))]
    pub custom_fields: Value,
    /// The app's own: kept as it was sent.
    #[cfg_attr(test, schemars(with = "crate::scim::Object"))]
    pub preferences: Value,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was edited last.
    pub updated_at: Timestamp,
}

/// What decides about a template at creation: the rest of it does not travel with every create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateChoice {
    pub id: TemplateId,
    pub name: String,
    pub role: Role,
}

impl Told for Template {
    fn fields(&self) -> Object {
        fields_of(self)
    }
}
