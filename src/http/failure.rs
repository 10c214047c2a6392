//! The one place that says what a failure looks like outside.
//!
//! Two families. The caller's: a status, a reason that programs can tell apart and a detail for people.
//! Ours: logged once with the request's id, and opaque outside.

use super::body::ACCEPTED_CODINGS;
use super::call::{Call, Space};
use super::reply::Reply;
use crate::directory::plan::Entitlement;
use crate::directory::refusal::Refusal;
use crate::scim::error::{ScimError, ScimType};
use crate::store::error::StoreError;
use serde_json::json;
use thiserror::Error;
use worker::console_error;

#[derive(Debug, Error)]
pub(super) enum Failure {
    /// Boxed: it is the largest by far, and every handler hands failures on.
    #[error(transparent)]
    Refused(Box<Refusal>),

    #[error(
        "Nothing is here. Check the URL: SCIM is under /v2 and /scim/{{connection_id}}/v2, the management API under /api/v1."
    )]
    NoSuchRoute,

    #[error("This URL does not take that method, but {}.", allowed.join(", "))]
    MethodNotAllowed { allowed: Vec<&'static str> },

    #[error(
        "The body is of the media type \"{0}\". Send application/scim+json or application/json."
    )]
    UnsupportedMediaType(String),

    #[error(
        "The body is in the content coding \"{0}\", which is not taken here. Send it as it is, without \
         Content-Encoding, or in one of these: {ACCEPTED_CODINGS}. Nothing was changed."
    )]
    UnsupportedContentCoding(String),

    #[error(
        "The body is not whole and valid {0}, as its Content-Encoding says it is. Send exactly one {0} stream \
         (deflate means the zlib format, RFC 1950), or the JSON as it is, without Content-Encoding. Nothing was \
         changed."
    )]
    BrokenContentCoding(&'static str),

    #[error(
        "The body is larger than {limit} bytes, the most that is taken here. Nothing was changed."
    )]
    BodyTooLarge { limit: usize },

    #[error("{0}")]
    InvalidInput(String),

    #[error("{0}")]
    NotImplemented(&'static str),

    #[error(transparent)]
    Store(#[from] StoreError),

    #[error("the platform failed: {0}")]
    Platform(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<ScimError> for Failure {
    fn from(error: ScimError) -> Self {
        Refusal::Scim(error).into()
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Platform(error.to_string())
    }
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        Self::Platform(error.to_string())
    }
}

/// The name of a failure for programs: the last part of a problem's `type`.
type Kind = &'static str;

impl Failure {
    pub(super) fn log(&self, call: &Call) {
        if self.is_ours() {
            console_error!(
                "{}",
                json!({
                    "request_id": call.request_id,
                    "method": call.method,
                    "path": call.address.path,
                    "error": self.to_string(),
                })
            );
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    fn is_ours(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Platform(_))
    }

    /// Whether it is about the caller or about us, and not about the one operation that met it: any other
    /// of the same bulk request would have met it too.
    pub(super) fn is_of_any_operation(&self) -> bool {
        let is_of_the_caller = matches!(
            self.refusal(),
            Some(
                Refusal::NotAuthenticated
                    | Refusal::ConnectionPaused
                    | Refusal::NotEntitled(Entitlement::Scim)
            )
        );
        is_of_the_caller || self.is_ours()
    }

    fn status(&self) -> (u16, Kind) {
        match self {
            Self::Refused(refusal) => refusal_status(refusal),
            Self::NoSuchRoute => (404, "no-such-route"),
            Self::MethodNotAllowed { .. } => (405, "method-not-allowed"),
            Self::UnsupportedMediaType(_) => (415, "unsupported-media-type"),
            Self::UnsupportedContentCoding(_) => (415, "unsupported-content-coding"),
            Self::BrokenContentCoding(_) => (400, "broken-content-coding"),
            Self::BodyTooLarge { .. } => (413, "body-too-large"),
            Self::InvalidInput(_) => (400, "invalid-input"),
            Self::NotImplemented(_) => (501, "not-implemented"),
            // The database may be back in a moment, and identity providers repeat what failed so.
            Self::Store(
                StoreError::Call(_) | StoreError::Contention(_) | StoreError::Overloaded,
            ) => (503, "unavailable"),
            Self::Store(_) | Self::Platform(_) => (500, "internal-error"),
        }
    }

    fn scim_type(&self) -> Option<ScimType> {
        match self {
            Self::Refused(refusal) => refusal_scim_type(refusal),
            Self::InvalidInput(_) => Some(ScimType::InvalidValue),
            Self::UnsupportedMediaType(_)
            | Self::UnsupportedContentCoding(_)
            | Self::BrokenContentCoding(_) => Some(ScimType::InvalidSyntax),
            _ => None,
        }
    }

    fn detail(&self, call: &Call) -> String {
        if let Some(Refusal::Scim(error)) = self.refusal() {
            return error.detail.clone();
        }
        match self {
            Self::Store(_) | Self::Platform(_) => format!(
                "Something went wrong on our side. Try again; if it goes on, name the request {} to \
                 support.",
                call.request_id
            ),
            other => other.to_string(),
        }
    }

    pub(super) fn to_scim(&self, call: &Call) -> ScimError {
        ScimError {
            status: self.status().0,
            scim_type: self.scim_type(),
            detail: self.detail(call),
        }
    }

    pub(super) fn into_reply(self, call: &Call) -> Reply {
        let (status, kind) = self.status();
        let mut reply = if matches!(call.space, Space::Scim { .. }) {
            Reply::json(status, &self.to_scim(call).to_json())
        } else {
            let problem = json!({
                "type": format!("urn:rollcall:problem:{kind}"),
                "title": title(status),
                "status": status,
                "detail": self.detail(call),
                "request_id": call.request_id,
            });
            Reply::json(status, &problem).with_media_type("application/problem+json")
        };
        match &self {
            Self::Refused(refusal) => reply = with_headers_of(refusal, reply, call),
            Self::MethodNotAllowed { allowed } => {
                reply = reply.with_header("allow", allowed.join(", "));
            }
            // RFC 9110 section 15.5.16.
            Self::UnsupportedContentCoding(_) => {
                reply = reply.with_header("accept-encoding", ACCEPTED_CODINGS);
            }
            _ if status == 503 => reply = reply.with_header("retry-after", "5"),
            _ => {}
        }
        reply
    }
}

fn refusal_scim_type(refusal: &Refusal) -> Option<ScimType> {
    match refusal {
        Refusal::Scim(error) => error.scim_type,
        Refusal::UserNameTaken { .. }
        | Refusal::UserNameHeldByRemoved { .. }
        | Refusal::Tombstone { .. }
        | Refusal::GroupNameTaken { .. } => Some(ScimType::Uniqueness),
        Refusal::UnknownTemplate { .. }
        | Refusal::UserNameIsNotPrimaryEmail { .. }
        | Refusal::DomainNotAllowed { .. }
        | Refusal::TooLarge { .. }
        | Refusal::UnknownMembers { .. } => Some(ScimType::InvalidValue),
        _ => None,
    }
}

fn with_headers_of(refusal: &Refusal, reply: Reply, call: &Call) -> Reply {
    let is_scim = matches!(call.space, Space::Scim { .. });
    match refusal {
        Refusal::NotAuthenticated | Refusal::NotTheOperator => {
            reply.with_header("www-authenticate", "Bearer")
        }
        Refusal::UserNameTaken { id, .. } if is_scim => {
            reply.with_header("location", format!("{}/Users/{id}", call.base()))
        }
        Refusal::GroupNameTaken { id, .. } if is_scim => {
            reply.with_header("location", format!("{}/Groups/{id}", call.base()))
        }
        Refusal::VersionMismatch { current }
        | Refusal::NotAnEntityTag { current }
        | Refusal::VersionExcluded { current } => reply.with_etag(*current),
        _ => reply,
    }
}

fn refusal_status(refusal: &Refusal) -> (u16, Kind) {
    match refusal {
        Refusal::NotAuthenticated => (401, "not-authenticated"),
        Refusal::NotTheOperator => (401, "not-the-operator"),
        Refusal::MissingScope(_) => (403, "missing-scope"),
        Refusal::NotEntitled(_) => (403, "not-entitled"),
        Refusal::ConnectionPaused => (403, "connection-paused"),
        Refusal::GroupSyncDisabled => (403, "group-sync-disabled"),
        Refusal::NotFound { .. } => (404, "not-found"),
        Refusal::UserNameTaken { .. } => (409, "user-name-taken"),
        Refusal::UserNameHeldByRemoved { .. } => (409, "user-name-held-by-removed"),
        Refusal::Tombstone { .. } => (409, "tombstone"),
        Refusal::NoSeatLeft { .. } => (403, "no-seat-left"),
        Refusal::LastAdmin { .. } => (403, "last-admin"),
        Refusal::BlockedByApp { .. } => (403, "blocked-by-app"),
        Refusal::UnknownTemplate { .. } => (400, "unknown-template"),
        Refusal::UserNameIsNotPrimaryEmail { .. } => (400, "user-name-is-not-primary-email"),
        Refusal::DomainNotAllowed { .. } => (400, "domain-not-allowed"),
        Refusal::TooLarge { .. } => (400, "too-large"),
        Refusal::Deleted { .. } => (409, "deleted"),
        Refusal::GroupNameTaken { .. } => (409, "group-name-taken"),
        Refusal::GroupIsIdpManaged { .. } => (409, "group-is-idp-managed"),
        Refusal::UnknownMembers { .. } => (400, "unknown-members"),
        Refusal::GroupNotAdopted { .. } => (409, "group-not-adopted"),
        Refusal::GroupDeleted { .. } => (409, "group-deleted"),
        Refusal::GroupRestoreExpired { .. } => (409, "group-restore-expired"),
        Refusal::VersionMismatch { .. } => (412, "version-mismatch"),
        Refusal::NotAnEntityTag { .. } => (412, "not-an-entity-tag"),
        Refusal::VersionExcluded { .. } => (412, "version-excluded"),
        Refusal::Scim(error) => (error.status, "invalid-input"),
    }
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
