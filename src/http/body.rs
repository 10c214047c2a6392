//! Reading bodies: bounded, of a media type that is JSON, and in a content coding that is taken.

mod encoding;

pub(super) use encoding::ACCEPTED as ACCEPTED_CODINGS;

use super::call::{Call, CallBody};
use super::failure::Failure;
use crate::contract::body::{
    MOST_BYTES as LIMIT, MOST_BYTES_WITH_MEMBERS as GROUP_LIMIT, RequestBody,
};
use crate::directory::refusal::Refusal;
use crate::scim::Object;
use crate::scim::body::{parse_in_parts, parse_object, usable_whole};
use crate::scim::bulk::MAX_PAYLOAD_BYTES;
use crate::typed::{self, Mistake, Told};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use worker::ByteStream;
use worker::js_sys::Uint8Array;
use worker::wasm_bindgen_futures::JsFuture;

/// A body of more bytes is read in pieces: whole, it would be held twice, in JavaScript and here, and an isolate has
/// 128 MB.
const LARGE: usize = 1024 * 1024;

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

fn in_shape<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    // SCIM's bounds hold here, too: depth, NUL, one object.
    let object = parse_object(bytes)?;
    typed::body(Value::Object(object)).map_err(unusable)
}

impl Call {
    /// The body of a SCIM write that is done whole or not at all.
    pub(super) async fn scim_body(&self) -> Result<Object, Failure> {
        match &self.body {
            CallBody::Sent => Ok(parse_object(&self.json_bytes(LIMIT).await?)?),
            CallBody::Given { body, .. } => whole(body.take()),
        }
    }

    /// The body of a write that is done in part where it blocks a teammate.
    pub(super) async fn rewriting_body(&self) -> Result<Object, Failure> {
        match &self.body {
            CallBody::Sent => Ok(parse_in_parts(&self.json_bytes(LIMIT).await?)?),
            CallBody::Given { body, .. } => as_a_body_of_its_own(body.take()),
        }
    }

    /// The body of a write to a group.
    pub(super) async fn group_body(&self) -> Result<Object, Failure> {
        match &self.body {
            CallBody::Sent => Ok(parse_object(&self.json_bytes(GROUP_LIMIT).await?)?),
            CallBody::Given { body, .. } => whole(body.take()),
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
    pub(super) async fn bulk_body(&self) -> Result<Object, Failure> {
        Ok(parse_in_parts(&self.json_bytes(MAX_PAYLOAD_BYTES).await?)?)
    }

    /// The body of a management call, in the shape of `T`; the error names the field that is wrong.
    pub(super) async fn api_body<T: RequestBody>(&self) -> Result<T, Failure> {
        let bytes = self.json_bytes(T::MOST_BYTES).await?;
        if bytes.is_empty()
            && let Some(understood) = T::of_no_bytes()
        {
            return Ok(understood);
        }
        in_shape(&bytes)
    }

    async fn json_bytes(&self, limit: usize) -> Result<Vec<u8>, Failure> {
        self.require_json()?;
        let coding = self.coding()?;
        let declared = self
            .header("content-length")
            .and_then(|length| length.trim().parse::<usize>().ok());
        match declared {
            Some(length) if length > limit => Err(Failure::BodyTooLarge { limit }),
            _ if let Some(coding) = coding => match self.stream() {
                Some(sent) => coding.undone(sent, limit).await,
                None => Ok(Vec::new()),
            },
            Some(length) if length > LARGE => self.streamed(limit, length).await,
            Some(_) => self.whole().await,
            None => self.streamed(limit, 0).await,
        }
    }

    async fn whole(&self) -> Result<Vec<u8>, Failure> {
        let body = self.request.array_buffer();
        let body = JsFuture::from(body.map_err(worker::Error::from)?).await;
        let body = body.map_err(|_| Failure::BodyBrokenOff)?;
        Ok(Uint8Array::new(&body).to_vec())
    }

    /// A body of unannounced length is read only as far as the limit.
    async fn streamed(&self, limit: usize, announced: usize) -> Result<Vec<u8>, Failure> {
        let Some(mut stream) = self.stream() else {
            return Ok(Vec::new());
        };
        let mut bytes = Vec::with_capacity(announced);
        while let Some(chunk) = stream.next().await {
            bytes.extend(chunk.map_err(|_| Failure::BodyBrokenOff)?);
            if bytes.len() > limit {
                return Err(Failure::BodyTooLarge { limit });
            }
        }
        Ok(bytes)
    }

    /// The body as it comes; none where there is no body.
    fn stream(&self) -> Option<ByteStream> {
        // A second handle on the same request; its own `clone` would read the body twice.
        let request = Clone::clone(&self.request);
        worker::Request::from(request).stream().ok()
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
