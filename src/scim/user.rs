//! A user as the rest of the program sees it: canonical, and free of protocol.
//!
//! Invariants of a [`User`]: `user_name` is not blank; `attributes` holds core attributes by their
//! canonical name and extensions by their URN, never `id`, `meta`, `groups`, `schemas`, `password`,
//! `userName`, `externalId` or `active`; no value is null, no list and no extension is empty; the
//! index keys are bounded; nothing holds a NUL. Rendering a user and reading it again gives it back.

mod finish;
mod render;
mod replacement;
mod stored;
mod view;

pub use super::normalise::notes::Understood;
pub use finish::MAX_EXTERNAL_ID_CHARACTERS;
pub use render::{GroupOfUser, UserMeta, UserResource};
pub use replacement::Replacement;
pub use stored::StoredUser;
pub use view::{AttributesView, TemplateValues};

use super::Object;
use super::draft::Draft;
use super::effort::Effort;
use super::error::ScimError;
use super::{normalise, schema};

/// A user without what the server adds to it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_field_names, reason = "SCIM's own name")]
pub struct User {
    pub user_name: String,
    pub external_id: Option<String>,
    /// Nothing when the client did not say.
    pub active: Option<bool>,
    /// The remaining attributes.
    pub attributes: Object,
}

impl User {
    /// Reads the body of a POST (RFC 7644 section 3.3): a user of exactly the attributes that were sent.
    pub fn from_request(body: &Object) -> Result<Understood<Self>, ScimError> {
        Self::from_request_within(body, &Effort::default())
    }

    /// Reads a body as `from_request` does, as one of several operations that share what they may ask for.
    pub fn from_request_within(
        body: &Object,
        effort: &Effort,
    ) -> Result<Understood<Self>, ScimError> {
        let mut draft = Draft::of_whole().within(effort);
        for operation in normalise::of_body(body, &schema::USER, &mut draft.notes)? {
            draft.apply(&operation)?;
        }
        draft.finish()
    }
}

#[cfg(test)]
pub(super) mod tests;
