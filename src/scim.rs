//! The SCIM 2.0 protocol (RFC 7643, RFC 7644) and the dialects that identity providers speak.
//!
//! Invariant: this room is pure. It knows no company, no database, no clock and no platform; bytes
//! and plain values come in, plain values or a [`error::ScimError`] come out, and no input panics
//! or recurses deeper than a named bound.
//!
//! The way of a write: [`body`] checks the bytes, [`normalise`] understands them as canonical
//! operations, whatever dialect they are in ([`dialect`] tells which there are), a draft of the
//! resource takes the operations in, and only a draft that satisfies the invariants becomes a
//! [`user::User`].

pub mod body;
pub mod bulk;
pub mod cursor;
pub mod dialect;
pub mod discovery;
pub mod error;
pub mod etag;
pub mod filter;
pub mod fold;
pub mod group;
pub mod list;
pub mod meta;
pub mod normalise;
pub mod patch;
pub mod path;
pub mod projection;
pub mod query;
pub mod rewrite;
pub mod schema;
pub mod search;
pub mod sort;
pub mod user;

mod draft;
mod integer;
mod member;
mod place;
pub mod secret;

/// A JSON object whose members keep the order in which they were sent.
pub type Object = serde_json::Map<String, serde_json::Value>;
