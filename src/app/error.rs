//! What can keep a use case from being done.
//!
//! Two families. The caller's is a [`Refusal`]; all else is ours, and opaque outside.

use crate::directory::deployment::NotSetUp;
use crate::directory::refusal::Refusal;
use crate::scim::error::ScimError;
use crate::store::error::StoreError;
use thiserror::Error;

#[derive(Debug, Error)]
pub(crate) enum Error {
    /// Boxed: it is the largest by far, and everybody hands errors on.
    #[error(transparent)]
    Refused(Box<Refusal>),

    #[error(transparent)]
    Store(#[from] StoreError),

    #[error(transparent)]
    NotSetUp(#[from] NotSetUp),

    #[error("the platform failed: {0}")]
    Platform(String),
}

impl Error {
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Store(_) | Self::NotSetUp(_) | Self::Platform(_) => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<ScimError> for Error {
    fn from(error: ScimError) -> Self {
        Refusal::Scim(error).into()
    }
}

impl From<worker::Error> for Error {
    fn from(error: worker::Error) -> Self {
        Self::Platform(error.to_string())
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::Platform(error.to_string())
    }
}
