//! What can go wrong between Rollcall and its database. None of it is the caller's fault: it is logged
//! once, with the request's id, and opaque outside.

use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum StoreError {
    /// The call failed. It may still have been committed: D1 does that when a connection breaks late.
    #[error("D1 call failed: {0}")]
    Call(String),
    #[error("D1 gave back a row that can't be read: {0}")]
    Row(String),
    /// More is waiting than is held in memory.
    #[error("the company's object holds all the commands that it can")]
    Overloaded,
    #[error("binding {0} is missing from wrangler.toml")]
    Binding(String),
    #[error("gave up after {0} lost races for the same rows")]
    Contention(u32),
}
