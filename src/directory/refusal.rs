//! Why a request is refused though it is well formed: the caller's side of things going wrong.
//!
//! The text of each is read by an IT admin in the log of an identity provider, often the only thing they
//! ever see of Rollcall: it says what is wrong, with the figures, and what to do next. Which status and
//! `scimType` a refusal gets is decided in one place, `contract::refusals`.

use super::company::plan::Entitlement;
use super::group::Group;
use super::id::{GroupId, TeammateId};
use super::time::Timestamp;
use super::token::Scope;
use crate::scim::error::ScimError;
use crate::scim::etag::{EntityTag, Unmet};
use crate::scim::normalise::describe::cut;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Error)]
pub enum Refusal {
    /// A rule that one field of a request breaks, said in full.
    #[error("{0}")]
    InvalidInput(String),

    #[error(
        "The bearer token is missing, wrong, expired or revoked. Check the token that is configured in \
         your identity provider, or ask a company admin for a new one."
    )]
    NotAuthenticated,

    #[error(
        "The operator key is missing or wrong. Send it as \"Authorization: Bearer <operator key>\"."
    )]
    NotTheOperator,

    #[error(
        "This token lacks the scope \"{}\". Ask a company admin for a token that has it.",
        .0.as_str()
    )]
    MissingScope(Scope),

    #[error(
        "The company's plan does not include \"{}\". Ask the company's admin to upgrade the plan or to \
         have it granted.",
        .0.as_str()
    )]
    NotEntitled(Entitlement),

    #[error("This connection is paused. Nothing is provisioned until a company admin resumes it.")]
    ConnectionPaused,

    #[error(
        "Teammate group sync is off for this company. A company admin can turn on \"Teammate group sync\" \
         (group_sync_enabled) in the provisioning settings."
    )]
    GroupSyncDisabled,

    #[error("No {kind} with the id \"{}\" exists here.", cut(id))]
    NotFound { kind: Cow<'static, str>, id: String },

    #[error(
        "A teammate with the userName \"{user_name}\" exists already, with the id \"{id}\". Link to that \
         one, or choose another userName."
    )]
    UserNameTaken { user_name: String, id: TeammateId },

    #[error(
        "The app has a teammate with the e-mail address \"{email}\" already: its userName is \"{user_name}\", its \
         id \"{id}\". Link to that one: the first update gives it the userName that you send."
    )]
    AwaitedInTheApp {
        user_name: String,
        email: String,
        id: TeammateId,
    },

    #[error(
        "The userName \"{user_name}\" belongs to a teammate that was removed from SCIM. Create a user \
         with that userName to bring the teammate back, or choose another userName."
    )]
    UserNameHeldByRemoved { user_name: String },

    #[error(
        "A company admin deleted the teammate \"{user_name}\" in the app at {deleted_at}, so it is not \
         provisioned again. To bring it back, a company admin has to add the teammate in the app once \
         more; then retry. Otherwise unassign the user in your identity provider."
    )]
    Tombstone {
        user_name: String,
        deleted_at: Timestamp,
    },

    #[error(
        "No seat is left: {active} of {seats} are in use. Block a teammate or add seats, then retry."
    )]
    NoSeatLeft { seats: u32, active: u64 },

    #[error(
        "\"{user_name}\" is the last active company admin and can't be blocked by the identity provider. \
         Make another teammate an admin first, or allow it with the company setting \
         idp_may_block_last_admin."
    )]
    LastAdmin { user_name: String },

    #[error(
        "A company admin blocked the teammate \"{user_name}\" in the app, so that the identity provider can't \
         unblock it. Have it unblocked in the app, or allow it with the company setting idp_may_unblock, and \
         retry; nothing was changed."
    )]
    BlockedByApp { user_name: String },

    #[error(
        "No teammate template exists for \"{sent}\". Copy the id from the template's page in the app and correct \
         the mapping in your identity provider; nothing was created."
    )]
    UnknownTemplate { sent: String },

    #[error(
        "userName \"{user_name}\" is not the primary e-mail \"{email}\", which this company requires. Map \
         both to the same value in your identity provider."
    )]
    UserNameIsNotPrimaryEmail { user_name: String, email: String },

    #[error(
        "userName \"{user_name}\" is outside the domains that this company allows ({}). Correct the user \
         name mapping, or have the domain added to allowed_domains.",
        allowed.join(", ")
    )]
    DomainNotAllowed {
        user_name: String,
        allowed: Vec<String>,
    },

    #[error(
        "All attributes of the user together come to {size} bytes, more than the {limit} that are kept. \
         Unmap attributes that the app does not need; nothing was changed."
    )]
    TooLarge { size: usize, limit: usize },

    #[error(
        "The attribute \"{}\" comes to {size} bytes, more than the {limit} that are kept of one. Send less of it, or \
         unmap it; nothing was changed.",
        cut(name)
    )]
    AttributeTooLarge {
        name: String,
        size: usize,
        limit: usize,
    },

    #[error(
        "What is kept of this company comes to {kept_bytes} bytes, and its quota is {quota_bytes}. Until there is room \
         again, people can be blocked and removed and members taken away, and no more. Have the quota raised \
         (quota_bytes) or events and log kept for fewer days (retention_days), and retry; nothing was changed."
    )]
    NoRoomLeft { kept_bytes: u64, quota_bytes: u64 },

    #[error("The teammate \"{id}\" was deleted. Create it again to bring it back.")]
    Deleted { id: TeammateId },

    #[error(
        "A teammate group with the name \"{}\" exists already, with the id \"{id}\". Link to that one, or \
         rename one of the two, and retry.",
        cut(display_name)
    )]
    GroupNameTaken { display_name: String, id: GroupId },

    #[error(
        "Name and members of the teammate group \"{}\" belong to the identity provider. Rename it, change \
         its members or delete it there; or release it here (PATCH it with idp_managed false), or turn off \
         \"Teammate group sync\" (group_sync_enabled) to manage all groups here.",
        cut(display_name)
    )]
    GroupIsIdpManaged { display_name: String },

    #[error(
        "No teammate has the id {}.{} Provision the users first, or take them out of the group in your \
         identity provider; nothing was changed.",
        listed(ids),
        nested(ids)
    )]
    UnknownMembers { ids: Vec<String> },

    #[error(
        "The teammate group \"{}\" was not adopted by an identity provider, so that there is nothing to \
         undo.",
        cut(display_name)
    )]
    GroupNotAdopted { display_name: String },

    #[error("The teammate group \"{id}\" was deleted. Restore it, and retry.")]
    GroupDeleted { id: GroupId },

    #[error(
        "The teammate group \"{}\" was deleted at {deleted_at}. A group can be restored for 30 days; create \
         it anew.",
        cut(display_name)
    )]
    GroupRestoreExpired {
        display_name: String,
        deleted_at: Timestamp,
    },

    #[error(
        "The resource has changed: its version is {current}, which If-Match (\"version\" of a bulk operation) \
         does not name. Read the resource again, make the change to what it is now, and send the new \
         version; nothing was changed."
    )]
    VersionMismatch { current: EntityTag },

    #[error(
        "If-Match (\"version\" of a bulk operation) is not an entity tag. One has quotes, as in {current}, which \
         is the version of this resource now. Send the version that you have read as it was given, in \
         meta.version or ETag; nothing was changed."
    )]
    NotAnEntityTag { current: EntityTag },

    #[error(
        "The resource's version is {current}, which If-None-Match excludes. Send writes without \
         If-None-Match, or name the version that they were made for in If-Match; nothing was changed."
    )]
    VersionExcluded { current: EntityTag },

    #[error("{why} Try again after {seconds} seconds; nothing was done.")]
    TooManyCalls {
        why: Cow<'static, str>,
        seconds: u32,
    },

    /// Well formed, but not for this state of the resource: SCIM's own reasons.
    #[error(transparent)]
    Scim(#[from] ScimError),
}

/// Ids in one message; more would not be read, and an error has to stay small.
const MOST_LISTED: usize = 100;

/// What has to be done about ids that are those of groups: no user of that id will ever come.
fn nested(ids: &[String]) -> String {
    let groups: Vec<String> = ids
        .iter()
        .filter(|id| id.starts_with(GroupId::PREFIX))
        .cloned()
        .collect();
    if groups.is_empty() {
        return String::new();
    }
    format!(
        " Groups are not nested here: take {} out of the group in your identity provider, and assign the users \
         directly.",
        listed(&groups)
    )
}

fn listed(ids: &[String]) -> String {
    let shown = ids.iter().take(MOST_LISTED);
    let mut list: Vec<String> = shown.map(|id| format!("\"{}\"", cut(id))).collect();
    if ids.len() > MOST_LISTED {
        list.push(format!("and {} more", ids.len() - MOST_LISTED));
    }
    list.join(", ")
}

impl Refusal {
    pub fn not_found(kind: &'static str, id: &str) -> Self {
        Self::NotFound {
            kind: kind.into(),
            id: id.to_owned(),
        }
    }

    pub fn group_name_taken(holder: &Group) -> Self {
        Self::GroupNameTaken {
            display_name: holder.display_name.clone(),
            id: holder.id.clone(),
        }
    }

    pub fn unmet(precondition: Unmet, current: EntityTag) -> Self {
        match precondition {
            Unmet::IfMatch => Self::VersionMismatch { current },
            Unmet::IfMatchWithoutTag => Self::NotAnEntityTag { current },
            Unmet::IfNoneMatch => Self::VersionExcluded { current },
        }
    }
}
