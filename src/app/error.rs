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

    /// The database did not do it, or is not known to have done it, and may in a moment.
    #[error(transparent)]
    Unavailable(StoreError),

    /// What the database holds can't be understood, or it is not there.
    #[error(transparent)]
    Store(StoreError),

    #[error(transparent)]
    NotSetUp(#[from] NotSetUp),

    #[error("the platform failed: {0}")]
    Platform(String),
}

impl Error {
    /// `what` is kept in a form that nobody understands.
    pub(crate) fn unreadable(what: String) -> Self {
        Self::Store(StoreError::Row(what))
    }

    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Unavailable(_) | Self::Store(_) | Self::NotSetUp(_) | Self::Platform(_) => None,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Call(_) | StoreError::Contention(_) | StoreError::Overloaded => {
                Self::Unavailable(error)
            }
            StoreError::Row(_) | StoreError::Binding(_) => Self::Store(error),
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
