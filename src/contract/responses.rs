//! Bodies of answers that are not of the domain alone: what HTTP adds to it, and what it says by itself.

use crate::directory::connection::AppConnection;
use crate::directory::id::RequestId;
use crate::directory::token::Token;
use serde::Serialize;

/// A page of a list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ListOf{T}"))]
pub struct List<T> {
    /// At most as many as `limit` asks for.
    pub results: Vec<T>,
    /// What the next page is asked for by, as `cursor`; `null` where there is none.
    pub next: Option<String>,
}

/// Whether the service is there: it is, wherever this is the answer.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Status {
    pub status: Well,
}

/// It can only be well.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Well {
    Ok,
}

/// A connection with the URL that it is used by.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Connection"))]
pub struct ConnectionWithEndpoint<'a> {
    #[serde(flatten)]
    pub connection: AppConnection<'a>,
    /// What an identity provider is configured with: the host is the one that was asked.
    pub endpoint: String,
}

/// The one answer that shows a token's text.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TokenWithText {
    #[serde(flatten)]
    pub token: Token,
    /// What the identity provider is configured with. It is shown this once and kept nowhere.
    #[serde(rename = "token")]
    pub text: String,
}

/// Why a call is not answered as asked: problem details (RFC 9457), of the media type `application/problem+json`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Problem<'a> {
    /// Of what kind the refusal is, for programs: a URL that opens what is said of the kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// A few words for people, the same of all of a kind.
    pub title: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What went wrong this time and what to do, for people.
    pub detail: String,
    /// What the log knows the call by.
    pub request_id: &'a RequestId,
}
