//! Why a call is not answered as asked: each kind of refusal, described once.
//!
//! Invariant: whatever is said of a kind (its name, status, SCIM keyword, title and cure) stands in the one table
//! below, from which answers, `docs/ERRORS.md` and the page `/errors` are made. A kind that is not in it does not
//! exist, and none is left to a wildcard.

use crate::directory::refusal::Refusal;
use crate::scim::error::ScimType;

/// What is the same of every refusal of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Description {
    /// For programs: the last part of a problem's `type` (RFC 9457 section 3.1.1). It never changes.
    pub name: &'static str,
    pub status: u16,
    /// The keyword that identity providers know (RFC 7644 table 9), where there is one.
    pub scim_type: Option<ScimType>,
    /// A few words for people, the same for each occurrence.
    pub title: &'static str,
    /// When it comes, and what to do.
    pub cure: &'static str,
}

macro_rules! kinds {
    ($($kind:ident { $name:literal, $status:literal, $scim_type:expr, $title:literal, $cure:literal })*) => {
        /// A kind of refusal, as programs tell them apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($kind,)* }

        impl Kind {
            /// In the order of the table.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            pub const fn describe(self) -> Description {
                match self {
                    $(Self::$kind => Description {
                        name: $name,
                        status: $status,
                        scim_type: $scim_type,
                        title: $title,
                        cure: $cure,
                    },)*
                }
            }
        }
    };
}

const INVALID_VALUE: Option<ScimType> = Some(ScimType::InvalidValue);
const UNIQUENESS: Option<ScimType> = Some(ScimType::Uniqueness);

kinds! {
    // Who calls.
    NotAuthenticated {
        "not-authenticated", 401, None, "The token is not valid",
        "The bearer token is missing, wrong, expired or revoked, or it is used at another connection's URL; which \
         of these is not told. Check the token that is configured in the identity provider, or make a new one."
    }
    NotTheOperator {
        "not-the-operator", 401, None, "The operator key is not valid",
        "The management API takes the operator key alone, as `Authorization: Bearer <operator key>`. A company's own \
         SCIM token is none."
    }
    MissingScope {
        "missing-scope", 403, None, "The token lacks a scope",
        "Users need the scope `auto_provisioning`, groups need `provisioning`. Make a token that has it: the scopes \
         of one that exists can't be changed."
    }
    NotEntitled {
        "not-entitled", 403, None, "The plan does not include this",
        "The company's plan lacks an entitlement: `scim`, `templates` or `group_sync`. Upgrade the plan, or grant \
         the entitlement to the company."
    }
    ConnectionPaused {
        "connection-paused", 403, None, "The connection is paused",
        "Nothing is provisioned until a company admin resumes the connection."
    }
    GroupSyncDisabled {
        "group-sync-disabled", 403, None, "Teammate group sync is off",
        "Turn on \"Teammate group sync\" (`group_sync_enabled`) for the company. Users are provisioned without it."
    }

    // What was asked for.
    NoSuchRoute {
        "no-such-route", 404, None, "There is nothing at this URL",
        "SCIM is under `/v2` and `/scim/{connection_id}/v2`, the management API under `/api/v1`."
    }
    MethodNotAllowed {
        "method-not-allowed", 405, None, "This URL does not take that method",
        "The header `Allow` names those that it takes."
    }
    NotFound {
        "not-found", 404, None, "Nothing here has that id",
        "Nothing with this id exists in this company. Somebody may have deleted it: look it up anew."
    }
    NotImplemented {
        "not-implemented", 501, None, "This is not offered",
        "`/Me` has nobody to show: the token belongs to an identity provider. Look the teammate up."
    }
    UnsupportedMediaType {
        "unsupported-media-type", 415, Some(ScimType::InvalidSyntax), "The body's media type is not taken",
        "Send `application/scim+json` or `application/json`."
    }
    UnsupportedContentCoding {
        "unsupported-content-coding", 415, Some(ScimType::InvalidSyntax), "The body's compression is not taken",
        "Send the body as it is, or compressed by gzip or deflate, as `Accept-Encoding` of the answer says."
    }
    BrokenContentCoding {
        "broken-content-coding", 400, Some(ScimType::InvalidSyntax), "The compressed body can't be read",
        "The body is not what its `Content-Encoding` says, or it breaks off. Send it whole, or uncompressed."
    }
    BodyBrokenOff {
        "body-broken-off", 400, Some(ScimType::InvalidSyntax), "The body broke off",
        "The connection ended before the body did. Send it again, whole. Nothing was changed."
    }
    BodyTooLarge {
        "body-too-large", 413, None, "The body is too large",
        "Send fewer operations or members in one call. Nothing was changed."
    }
    BodyTooSlow {
        "body-too-slow", 408, None, "The body came too slowly",
        "Each 64 KiB of a body have to be here within 10 seconds. Send it again."
    }
    TooManyBodies {
        "too-many-bodies", 503, None, "There is no room for another large body",
        "The company sends more large requests at once than are read at once. Send it again after as many seconds as \
         `Retry-After` says, and fewer of them at a time."
    }
    InvalidInput {
        "invalid-input", 400, INVALID_VALUE, "The request can't be used",
        "The detail names the field or attribute and what it takes. Nothing was changed."
    }

    // What the state of things does not allow: teammates.
    UserNameTaken {
        "user-name-taken", 409, UNIQUENESS, "The userName is taken",
        "A teammate with that userName exists; over SCIM, `Location` says which. Link to that one, or choose another \
         userName."
    }
    AwaitedInTheApp {
        "awaited-in-the-app", 409, UNIQUENESS, "The app has a teammate with that e-mail address",
        "A company admin added it in the app under a userName that is no e-mail address; `Location` says which. Link to \
         that one: the first update gives it the userName that the identity provider sends."
    }
    UserNameHeldByRemoved {
        "user-name-held-by-removed", 409, UNIQUENESS, "The userName belongs to a removed teammate",
        "Create a user with that userName to bring the removed teammate back, or choose another userName."
    }
    Tombstone {
        "tombstone", 409, UNIQUENESS, "The teammate was deleted in the app",
        "A company admin deleted it. To have it provisioned again, add it in the app once more; otherwise unassign \
         the user in the identity provider."
    }
    Deleted {
        "deleted", 409, None, "The teammate was deleted",
        "Create it again to bring it back."
    }
    NoSeatLeft {
        "no-seat-left", 403, None, "No seat is left",
        "Block a teammate or raise `seats`, then retry."
    }
    LastAdmin {
        "last-admin", 403, None, "The last active admin stays",
        "Make another teammate an admin first, or allow it with `idp_may_block_last_admin`."
    }
    BlockedByApp {
        "blocked-by-app", 403, None, "The app blocked the teammate",
        "Unblock the teammate in the app, or let identity providers undo such blocks with `idp_may_unblock`."
    }
    UnknownTemplate {
        "unknown-template", 400, INVALID_VALUE, "There is no such template",
        "Copy the id from the template's page in the app and correct the mapping, or have unknown templates ignored \
         with `unknown_template`."
    }
    UserNameIsNotPrimaryEmail {
        "user-name-is-not-primary-email", 400, INVALID_VALUE, "userName is not the primary e-mail",
        "The company requires both to be the same (`user_name_must_be_primary_email`). Map both to the same value in \
         the identity provider."
    }
    DomainNotAllowed {
        "domain-not-allowed", 400, INVALID_VALUE, "The userName's domain is not allowed",
        "Correct the mapping of the user name, or have the domain added to `allowed_domains`."
    }
    TooLarge {
        "too-large", 400, INVALID_VALUE, "The attributes are too large",
        "One attribute may have 64 KiB, all of a teammate 256 KiB. Unmap attributes that the app does not need."
    }
    NoRoomLeft {
        "no-room-left", 507, None, "The company's quota is used up",
        "Raise the company's `quota_bytes`, or have events and log kept for fewer days (`retention_days`). Blocks, \
         removals and the operator's calls are never refused for it."
    }

    // Groups.
    GroupNameTaken {
        "group-name-taken", 409, UNIQUENESS, "The group's name is taken",
        "Link to the group that has the name, or rename one of the two."
    }
    GroupIsIdpManaged {
        "group-is-idp-managed", 409, None, "The group belongs to the identity provider",
        "Rename it, change its members or delete it in the identity provider."
    }
    UnknownMembers {
        "unknown-members", 400, INVALID_VALUE, "Some members are no teammates",
        "Provision the users first, or take them out of the group in the identity provider. Nothing was changed."
    }
    GroupNotAdopted {
        "group-not-adopted", 409, None, "There is no adoption to undo",
        "An identity provider has not taken this group over."
    }
    GroupDeleted {
        "group-deleted", 409, None, "The group was deleted",
        "Restore it, and retry."
    }
    GroupRestoreExpired {
        "group-restore-expired", 409, None, "The group can't be restored any more",
        "A group can be restored for 30 days. Create it anew."
    }

    // Versions.
    VersionMismatch {
        "version-mismatch", 412, None, "The resource has changed",
        "Read it again, make the change to what it is now, and send the new version in `If-Match`."
    }
    NotAnEntityTag {
        "not-an-entity-tag", 412, None, "If-Match is not an entity tag",
        "Send the version as it was given, with its quotes."
    }
    VersionExcluded {
        "version-excluded", 412, None, "If-None-Match excludes the resource's version",
        "Send writes without `If-None-Match`."
    }

    // How much at once.
    TooManyCalls {
        "too-many-calls", 429, None, "Too many calls at once",
        "Calls come faster than one token, or one company, may make them, or searches of a whole large company do. Wait as \
         many seconds as `Retry-After` says; identity providers do so by themselves. Narrow a search by an indexed \
         attribute, and it does not count."
    }

    // Our own failures.
    Unavailable {
        "unavailable", 503, None, "The service is not available at the moment",
        "Try again after as many seconds as `Retry-After` says. Identity providers do so by themselves."
    }
    NotSetUp {
        "not-set-up", 503, None, "The deployment is not set up",
        "A secret is missing or too short; the detail names it. Whoever runs the deployment sets it with \
         `npm run wrangler -- secret put`: `OPERATOR_KEY` and `ROOT_SECRET` need 32 characters at least."
    }
    InternalError {
        "internal-error", 500, None, "Something went wrong on our side",
        "Try again; if it goes on, name the request's id to support."
    }
}

impl Kind {
    pub fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotAuthenticated => Self::NotAuthenticated,
            Refusal::NotTheOperator => Self::NotTheOperator,
            Refusal::MissingScope(_) => Self::MissingScope,
            Refusal::NotEntitled(_) => Self::NotEntitled,
            Refusal::ConnectionPaused => Self::ConnectionPaused,
            Refusal::GroupSyncDisabled => Self::GroupSyncDisabled,
            Refusal::NotFound { .. } => Self::NotFound,
            Refusal::UserNameTaken { .. } => Self::UserNameTaken,
            Refusal::AwaitedInTheApp { .. } => Self::AwaitedInTheApp,
            Refusal::UserNameHeldByRemoved { .. } => Self::UserNameHeldByRemoved,
            Refusal::Tombstone { .. } => Self::Tombstone,
            Refusal::NoSeatLeft { .. } => Self::NoSeatLeft,
            Refusal::LastAdmin { .. } => Self::LastAdmin,
            Refusal::BlockedByApp { .. } => Self::BlockedByApp,
            Refusal::UnknownTemplate { .. } => Self::UnknownTemplate,
            Refusal::UserNameIsNotPrimaryEmail { .. } => Self::UserNameIsNotPrimaryEmail,
            Refusal::DomainNotAllowed { .. } => Self::DomainNotAllowed,
            Refusal::TooLarge { .. } | Refusal::AttributeTooLarge { .. } => Self::TooLarge,
            Refusal::NoRoomLeft { .. } => Self::NoRoomLeft,
            Refusal::Deleted { .. } => Self::Deleted,
            Refusal::GroupNameTaken { .. } => Self::GroupNameTaken,
            Refusal::GroupIsIdpManaged { .. } => Self::GroupIsIdpManaged,
            Refusal::UnknownMembers { .. } => Self::UnknownMembers,
            Refusal::GroupNotAdopted { .. } => Self::GroupNotAdopted,
            Refusal::GroupDeleted { .. } => Self::GroupDeleted,
            Refusal::GroupRestoreExpired { .. } => Self::GroupRestoreExpired,
            Refusal::VersionMismatch { .. } => Self::VersionMismatch,
            Refusal::NotAnEntityTag { .. } => Self::NotAnEntityTag,
            Refusal::VersionExcluded { .. } => Self::VersionExcluded,
            Refusal::TooManyCalls { .. } => Self::TooManyCalls,
            Refusal::InvalidInput(_) | Refusal::Scim(_) => Self::InvalidInput,
        }
    }
}

/// Of one refusal. Where SCIM's own rules refuse, they say status and keyword.
pub fn describe(refusal: &Refusal) -> Description {
    let description = Kind::of(refusal).describe();
    match refusal {
        Refusal::Scim(error) => Description {
            status: error.status,
            scim_type: error.scim_type,
            ..description
        },
        _ => description,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_fit_for_a_url_and_stand_once() {
        let mut seen = BTreeSet::new();
        for kind in Kind::ALL {
            let Description { name, .. } = kind.describe();
            assert!(seen.insert(name), "{name} stands twice");
            let is_fit = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            assert!(name.bytes().all(is_fit), "{name}");
        }
    }

    #[test]
    fn everything_is_said_in_sentences() {
        for kind in Kind::ALL {
            let described = kind.describe();
            assert!(described.cure.ends_with('.'), "{}", described.name);
            assert!(!described.title.ends_with('.'), "{}", described.name);
            assert!((400..600).contains(&described.status), "{}", described.name);
        }
    }
}
