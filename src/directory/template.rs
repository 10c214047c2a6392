//! Teammate templates: defaults that a teammate gets at creation, and never again.

mod choice;
mod fields;
mod order;
mod requested;

pub use choice::Chosen;
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    pub id: TemplateId,
    pub name: String,
    /// The only default that Rollcall applies itself; the rest is the app's.
    pub role: Role,
    pub workspaces: Value,
    pub inboxes: Value,
    pub custom_fields: Value,
    pub preferences: Value,
    pub created_at: Timestamp,
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
