//! Reading bodies: bounded, of a media type that is JSON, and in a content coding that is taken.

mod encoding;
mod flight;
mod pieces;
mod reading;

pub(super) use encoding::ACCEPTED as ACCEPTED_CODINGS;
pub(super) use flight::Share;

use super::call::{Call, CallBody};
use super::failure::Failure;
use crate::directory::access::Purpose;
use crate::directory::refusal::Refusal;
use crate::scim::Object;
use crate::scim::body::{parse_bulk, parse_in_parts, parse_object, usable_whole};
use crate::scim::bulk::MAX_PAYLOAD_BYTES;
use crate::scim::group::{Intake, MessageKind, Read};
use crate::typed::{self, Mistake, Told};
use reading::{READ_AHEAD, Reading};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The most that is taken of one body, in bytes. An event keeps a teammate before and after a change,
/// and D1 holds at most 2 MB in a row.
const LIMIT: usize = 512 * 1024;

/// The same of a group, in bytes: 100,000 members as identity providers write them, with their names and URLs.
/// Only ids are kept of them, from the moment that they come.
const GROUP_LIMIT: usize = 24 * 1024 * 1024;

/// serde speaks of Rust's types; the reader of this sent JSON.
fn plain_words(message: &str) -> String {
    message
        .replace("u32", "a whole number")
        .replace("a sequence", "a list")
        .replace("sequence", "a list")
        .replace("a map", "an object")
        .replace(": map", ": an object")
        .replace('`', "\"")
}

/// What one operation of a bulk request may bring is what a call may.
fn as_a_body_of_its_own(data: Object) -> Result<Object, Failure> {
    let size = serde_json::to_string(&data).map_or(0, |json| json.len());
    if size > LIMIT {
        return Err(Failure::BodyTooLarge { limit: LIMIT });
    }
    Ok(data)
}

/// Like [`as_a_body_of_its_own`], for a resource of which no part may be left out.
fn whole(data: Object) -> Result<Object, Failure> {
    let data = as_a_body_of_its_own(data)?;
    usable_whole(&data)?;
    Ok(data)
}

fn unusable(mistake: Mistake) -> Failure {
    let Told { place, reason } = mistake.told();
    let what = match place.as_str() {
        "" => "The body can't be used".to_owned(),
        field => format!("\"{field}\" can't be used"),
    };
    Refusal::InvalidInput(format!("{what}: {}.", plain_words(&reason))).into()
}

fn in_shape<T: DeserializeOwned>(object: Object) -> Result<T, Failure> {
    typed::body(Value::Object(object)).map_err(unusable)
}

/// The body of a write that names members. A short one is read like any other; of a longer one no more is held than is
/// needed.
async fn members_in(mut reading: Reading<'_>, kind: MessageKind) -> Result<Option<Read>, Failure> {
    let (bytes, is_whole) = reading.as_far_as(READ_AHEAD).await?;
    if is_whole {
        if bytes.is_empty() && kind == MessageKind::Plain {
            return Ok(None);
        }
        reading.holds_what_is_made_of(&bytes).await?;
        return Ok(Some(parse_object(&bytes)?.into()));
    }
    let mut intake = Intake::new(kind);
    intake.take(&bytes)?;
    drop(bytes);
    while let Some(piece) = reading.next().await? {
        intake.take(&piece)?;
        reading.holds(intake.held()).await?;
    }
    Ok(Some(intake.read()?))
}

impl Call {
    /// The body of a SCIM write that is done whole or not at all, for one who may do what it is for.
    pub(super) async fn scim_body(&self, purpose: Purpose) -> Result<Object, Failure> {
        match &self.body {
            CallBody::Sent => Ok(parse_object(&self.json_bytes(purpose, LIMIT).await?)?),
            CallBody::Given { body, .. } => whole(body.take()),
        }
    }

    /// The body of a write that is done in part where it blocks a teammate.
    pub(super) async fn rewriting_body(&self, purpose: Purpose) -> Result<Object, Failure> {
        match &self.body {
            CallBody::Sent => Ok(parse_in_parts(&self.json_bytes(purpose, LIMIT).await?)?),
            CallBody::Given { body, .. } => as_a_body_of_its_own(body.take()),
        }
    }

    /// The body of a write to a group.
    pub(super) async fn group_body(&self, kind: MessageKind) -> Result<Read, Failure> {
        match &self.body {
            CallBody::Sent => {
                let purpose = Purpose::WriteGroups;
                let reading = Reading::of_identity_provider(self, purpose, GROUP_LIMIT).await?;
                let read = members_in(reading, kind).await?;
                Ok(read.unwrap_or_default())
            }
            CallBody::Given { body, .. } => Ok(whole(body.take())?.into()),
        }
    }

    /// What came as the body, as the log keeps it, where that is not the body that is read: `data` of an
    /// operation of a bulk request.
    pub(super) fn sent_otherwise(&self) -> Option<&str> {
        match &self.body {
            CallBody::Sent => None,
            CallBody::Given { sent, .. } => sent.as_deref(),
        }
    }

    /// The body of a bulk request, which has a limit of its own.
    pub(super) async fn bulk_body(&self, purpose: Purpose) -> Result<Object, Failure> {
        Ok(parse_bulk(
            &self.json_bytes(purpose, MAX_PAYLOAD_BYTES).await?,
        )?)
    }

    /// The body of a management call, in the shape of `T`; the error names the field that is wrong.
    pub(super) async fn api_body<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        // The same bounds as for SCIM: depth, values, NUL, one object.
        let bytes = Reading::of_operator(self, LIMIT)?.whole().await?;
        in_shape(parse_object(&bytes)?)
    }

    /// The body of a management call that names members, which may be long.
    pub(super) async fn api_group_body<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        match self.api_members().await? {
            Some(object) => in_shape(object),
            None => in_shape(parse_object(&[])?),
        }
    }

    /// The body of a management call that names members, or the default where nothing was sent.
    pub(super) async fn api_group_body_if_any<T: DeserializeOwned + Default>(
        &self,
    ) -> Result<T, Failure> {
        match self.api_members().await? {
            Some(object) => in_shape(object),
            None => Ok(T::default()),
        }
    }

    async fn api_members(&self) -> Result<Option<Object>, Failure> {
        let reading = Reading::of_operator(self, GROUP_LIMIT)?;
        let read = members_in(reading, MessageKind::Plain).await?;
        Ok(read.map(|read| read.body))
    }

    async fn json_bytes(&self, purpose: Purpose, limit: usize) -> Result<Vec<u8>, Failure> {
        Reading::of_identity_provider(self, purpose, limit)
            .await?
            .whole()
            .await
    }

    fn require_json(&self) -> Result<(), Failure> {
        let Some(content_type) = self.header("content-type") else {
            return Ok(());
        };
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        let is_json = ["application/scim+json", "application/json"]
            .iter()
            .any(|known| media_type.eq_ignore_ascii_case(known));
        if is_json || media_type.is_empty() {
            Ok(())
        } else {
            Err(Failure::UnsupportedMediaType(
                media_type.chars().take(100).collect(),
            ))
        }
    }
}
