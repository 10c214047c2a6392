//! The one place that says what a failure looks like outside.
//!
//! Two families. The caller's: a status, a reason that programs can tell apart and a detail for people.
//! Ours: logged once with the request's id, and opaque outside.

use super::body::ACCEPTED_CODINGS;
use super::call::{Call, Space};
use super::reply::Reply;
use crate::app::Error;
use crate::contract::refusals::{self, Description, Kind};
use crate::contract::responses::Problem;
use crate::directory::company::plan::Entitlement;
use crate::directory::refusal::Refusal;
use crate::scim::error::ScimError;
use serde_json::json;
use thiserror::Error;
use worker::console_error;

#[derive(Debug, Error)]
pub(super) enum Failure {
    #[error(transparent)]
    App(Error),

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

    /// The client, or the network in between, went away: nothing of ours failed, and nobody has to look into it.
    #[error("The body broke off before its end. Send it again, whole. Nothing was changed.")]
    BodyBrokenOff,

    #[error(
        "The body is larger than {limit} bytes, the most that is taken here. Nothing was changed."
    )]
    BodyTooLarge { limit: usize },

    #[error("{0}")]
    NotImplemented(&'static str),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

impl Failure {
    pub(super) fn log(&self, call: &Call) {
        if self.is_ours() {
            console_error!(
                "{}",
                json!({
                    "request_id": call.context.request_id,
                    "method": call.method,
                    "path": call.address.path,
                    "error": self.to_string(),
                })
            );
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::App(error) => error.refusal(),
            _ => None,
        }
    }

    fn is_ours(&self) -> bool {
        matches!(self, Self::App(error) if error.refusal().is_none())
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

    fn describe(&self) -> Description {
        let kind = match self {
            Self::App(error) => return describe(error),
            Self::NoSuchRoute => Kind::NoSuchRoute,
            Self::MethodNotAllowed { .. } => Kind::MethodNotAllowed,
            Self::UnsupportedMediaType(_) => Kind::UnsupportedMediaType,
            Self::UnsupportedContentCoding(_) => Kind::UnsupportedContentCoding,
            Self::BrokenContentCoding(_) => Kind::BrokenContentCoding,
            Self::BodyBrokenOff => Kind::BodyBrokenOff,
            Self::BodyTooLarge { .. } => Kind::BodyTooLarge,
            Self::NotImplemented(_) => Kind::NotImplemented,
        };
        kind.describe()
    }

    fn detail(&self, call: &Call) -> String {
        if let Some(Refusal::Scim(error)) = self.refusal() {
            return error.detail.clone();
        }
        if let Self::App(Error::NotSetUp(problem)) = self {
            return problem.to_string();
        }
        if self.is_ours() {
            return format!(
                "Something went wrong on our side. Try again; if it goes on, name the request {} to \
                 support.",
                call.context.request_id
            );
        }
        self.to_string()
    }

    pub(super) fn to_scim(&self, call: &Call) -> ScimError {
        let Description {
            status, scim_type, ..
        } = self.describe();
        ScimError {
            status,
            scim_type,
            detail: self.detail(call),
        }
    }

    pub(super) fn into_reply(self, call: &Call) -> Reply {
        let Description {
            name,
            status,
            title,
            ..
        } = self.describe();
        let mut reply = if matches!(call.space, Space::Scim { .. }) {
            Reply::json(status, &self.to_scim(call).to_json())
        } else {
            let problem = Problem {
                kind: format!("{}/errors#{name}", call.origin()),
                title,
                status,
                detail: self.detail(call),
                request_id: &call.context.request_id,
            };
            Reply::json(status, &problem).with_media_type("application/problem+json")
        };
        match &self {
            Self::App(Error::Refused(refusal)) => reply = with_headers_of(refusal, reply, call),
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

fn describe(error: &Error) -> Description {
    let kind = match error {
        Error::Refused(refusal) => return refusals::describe(refusal),
        // The database may be back in a moment, and identity providers repeat what failed so.
        Error::Unavailable(_) => Kind::Unavailable,
        Error::NotSetUp(_) => Kind::NotSetUp,
        Error::Store(_) | Error::Platform(_) => Kind::InternalError,
    };
    kind.describe()
}

fn with_headers_of(refusal: &Refusal, reply: Reply, call: &Call) -> Reply {
    let is_scim = matches!(call.space, Space::Scim { .. });
    match refusal {
        Refusal::NotAuthenticated | Refusal::NotTheOperator => {
            reply.with_header("www-authenticate", "Bearer")
        }
        Refusal::UserNameTaken { id, .. } | Refusal::AwaitedInTheApp { id, .. } if is_scim => {
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
