//! Reading bodies: bounded, of a media type that is JSON, and in a content coding that is taken.

mod encoding;
mod flight;
mod pieces;
mod reading;

pub(super) use encoding::ACCEPTED as ACCEPTED_CODINGS;
pub(super) use flight::Share;

use super::call::{Call, CallBody};
use super::failure::Failure;
use crate::contract::body::{
    MOST_BYTES as LIMIT, MOST_BYTES_WITH_MEMBERS as GROUP_LIMIT, RequestBody,
};
use crate::directory::access::Purpose;
use crate::directory::refusal::Refusal;
use crate::scim::Object;
use crate::scim::body::{no_body, parse_bulk, parse_in_parts, parse_object, usable_whole};
use crate::scim::bulk::MAX_PAYLOAD_BYTES;
use crate::scim::group::{Intake, MessageKind, Read};
use crate::typed::{self, Mistake, Told};
use reading::{READ_AHEAD, Reading};
use serde_json::Value;

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
    pub(super) async fn api_body<T: RequestBody>(&self) -> Result<T, Failure> {
        let reading = Reading::of_operator(self, T::MOST_BYTES)?;
        // SCIM's bounds hold here, too: depth, values, NUL, one object.
        let sent = if T::MOST_BYTES > LIMIT {
            members_in(reading, MessageKind::Plain)
                .await?
                .map(|read| read.body)
        } else {
            let bytes = reading.whole().await?;
            match bytes.as_slice() {
                [] => None,
                bytes => Some(parse_object(bytes)?),
            }
        };
        match (sent, T::of_no_bytes()) {
            (Some(object), _) => typed::body(Value::Object(object)).map_err(unusable),
            (None, Some(understood)) => Ok(understood),
            (None, None) => Err(no_body().into()),
        }
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
