//! What may stand in the body of a call to the management API, and in the body of its answer.
//!
//! Invariant: what is no body by this file can't be named by a route, be taken by a handler or be answered with.

use super::responses::{ConnectionWithEndpoint, List, Status, TokenWithText};
use crate::directory::company::{self, Company};
use crate::directory::connection;
use crate::directory::group::member::AppMember;
use crate::directory::group::{self, AppGroup};
use crate::directory::teammate::{self, AppTeammate};
use crate::directory::template::{self, Template};
use crate::directory::token::{self, Token};
use crate::directory::twins::Twins;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// None: of a call that needs none, and of an answer that has nothing to say (204).
#[derive(Debug)]
pub struct NoBody;

/// The most that is taken of one body, in bytes. An event keeps a teammate before and after a change,
/// and D1 holds at most 2 MB in a row.
pub const MOST_BYTES: usize = 512 * 1024;

/// Of a body that names members, in bytes: 100,000 members as identity providers write them, with their names
/// and URLs. Only ids are kept of them.
pub const MOST_BYTES_WITH_MEMBERS: usize = 24 * 1024 * 1024;

/// What a call brings.
pub trait RequestBody: DeserializeOwned {
    /// The most bytes that are taken.
    const MOST_BYTES: usize = MOST_BYTES;

    /// What is understood where nothing is sent; nothing where something has to be.
    fn of_no_bytes() -> Option<Self> {
        None
    }
}

impl RequestBody for company::Fields {}
impl RequestBody for connection::Creation {}
impl RequestBody for connection::Edit {}
impl RequestBody for token::Creation {}
impl RequestBody for template::Fields {}
impl RequestBody for teammate::Creation {}
impl RequestBody for teammate::Edit {}
impl RequestBody for group::fields::Edit {}

impl RequestBody for group::fields::Creation {
    const MOST_BYTES: usize = MOST_BYTES_WITH_MEMBERS;
}

impl RequestBody for group::fields::MembersDelta {
    const MOST_BYTES: usize = MOST_BYTES_WITH_MEMBERS;
}

impl RequestBody for group::fields::AllMembers {
    const MOST_BYTES: usize = MOST_BYTES_WITH_MEMBERS;
}

impl RequestBody for group::fields::Unconfirmed {
    const MOST_BYTES: usize = MOST_BYTES_WITH_MEMBERS;

    fn of_no_bytes() -> Option<Self> {
        Some(Self::default())
    }
}

/// What an answer says.
pub trait ResponseBody: Serialize {
    /// The type by which a route names it: itself, or, of what only borrows, the form that borrows nothing.
    type Named;
}

impl<T: ResponseBody> ResponseBody for &T {
    type Named = T::Named;
}

impl<T: ResponseBody> ResponseBody for List<T> {
    type Named = List<T::Named>;
}

macro_rules! responses {
    ($($body:ty => $named:ty;)*) => {$(
        impl ResponseBody for $body {
            type Named = $named;
        }
    )*};
}

responses! {
    Status => Self;
    Company => Self;
    ConnectionWithEndpoint<'_> => ConnectionWithEndpoint<'static>;
    Token => Self;
    TokenWithText => Self;
    Template => Self;
    AppTeammate<'_> => AppTeammate<'static>;
    Twins => Self;
    AppGroup<'_> => AppGroup<'static>;
    AppMember => Self;
}
