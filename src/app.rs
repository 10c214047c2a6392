//! The use cases, for whoever asks: identity providers over SCIM and the operator's backend over the management API.
//!
//! Invariant: nothing here knows how it was asked or how the answer looks. HTTP's types, headers and statuses of
//! refusals stand in `http`; what a use case needs of its request is in the [`Context`], and what can go wrong in
//! [`Error`]. The platform is named where it must be: bindings and work behind the answer (`context`).

mod authorization;
mod committed;
pub(crate) mod companies;
pub(crate) mod connections;
mod context;
mod edit;
mod error;
pub(crate) mod groups;
mod journaled;
pub(crate) mod list;
mod page_bounds;
mod secrets;
pub(crate) mod teammates;
pub(crate) mod templates;
pub(crate) mod tokens;
mod turn;
pub(crate) mod twins;

pub(crate) use crate::company::Weight;
pub(crate) use crate::store::caller::IdentityProvider;
use committed::Committed;
pub(crate) use context::{Asker, Context, SharedResources};
pub(crate) use error::Error;
pub(crate) use page_bounds::PageBounds;
