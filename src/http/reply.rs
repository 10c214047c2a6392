//! An answer before it is a platform response.

use crate::contract::body::{NoBody, ResponseBody};
use crate::scim::etag::EntityTag;
use futures_util::stream::{LocalBoxStream, Stream, StreamExt as _};
use serde::Serialize;
use std::marker::PhantomData;
use worker::Result;
use worker::js_sys::Uint8Array;
use worker::web_sys::{Headers, Response, ResponseInit};

/// `public/_headers` has the last two for the pages, which never pass here.
const ON_EVERY_ANSWER: [(&str, &str); 3] = [
    // What it says of people is for the caller alone.
    ("cache-control", "no-store"),
    // No browser is to take for a page what somebody had stored here.
    ("x-content-type-options", "nosniff"),
    // Two years: who has come by HTTPS once sends no token in the clear later. The host's own subdomains are its owner's
    // matter, and over HTTP it is ignored (RFC 6797 section 8.1).
    ("strict-transport-security", "max-age=63072000"),
];

pub(super) struct Reply {
    status: u16,
    body: Option<ReplyBody>,
    shows_body: bool,
    headers: Vec<(&'static str, String)>,
    /// Where it is not the media type of the space.
    media_type: Option<&'static str>,
}

/// A reply whose body is of the type by which the contract names it; its status is the contract's.
pub(super) struct ReplyWith<B> {
    reply: Reply,
    body: PhantomData<fn() -> B>,
}

impl<B> ReplyWith<B> {
    pub(super) fn body(body: &impl ResponseBody<Named = B>) -> Self {
        Reply::ok(body).into()
    }

    pub(super) fn with_header(self, name: &'static str, value: impl Into<String>) -> Self {
        self.reply.with_header(name, value).into()
    }

    pub(super) fn with_status(self, status: u16) -> Reply {
        Reply {
            status,
            ..self.reply
        }
    }
}

impl ReplyWith<NoBody> {
    pub(super) fn nothing() -> Self {
        Reply::empty().into()
    }
}

impl<B> From<Reply> for ReplyWith<B> {
    fn from(reply: Reply) -> Self {
        Self {
            reply,
            body: PhantomData,
        }
    }
}

enum ReplyBody {
    Whole(Vec<u8>),
    /// Made while it is sent: each piece when the runtime asks for it.
    Streamed(LocalBoxStream<'static, Result<Vec<u8>>>),
}

impl Reply {
    /// What is answered was read or built here, so that it always has a JSON form.
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Self::text(status, serde_json::to_vec(body).unwrap_or_default())
    }

    /// JSON that has been written already.
    pub(super) fn text(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            body: Some(ReplyBody::Whole(body)),
            ..Self::empty()
        }
    }

    /// JSON too long to be held at once.
    pub(super) fn streamed(
        status: u16,
        body: impl Stream<Item = Result<Vec<u8>>> + 'static,
    ) -> Self {
        Self {
            status,
            body: Some(ReplyBody::Streamed(body.boxed_local())),
            ..Self::empty()
        }
    }

    pub(super) fn ok(body: &impl Serialize) -> Self {
        Self::json(200, body)
    }

    /// 204: there is nothing to say.
    pub(super) fn empty() -> Self {
        Self {
            status: 204,
            body: None,
            shows_body: true,
            headers: Vec::new(),
            media_type: None,
        }
    }

    /// 304: the client has this version already (RFC 9110 section 15.4.5).
    pub(super) fn not_modified(tag: EntityTag) -> Self {
        Self {
            status: 304,
            ..Self::empty()
        }
        .with_etag(tag)
    }

    pub(super) fn with_etag(self, tag: EntityTag) -> Self {
        self.with_header("etag", tag.to_string())
    }

    pub(super) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn status(&self) -> u16 {
        self.status
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let known = self.headers.iter().find(|(known, _)| *known == name);
        known.map(|(_, value)| value.as_str())
    }

    /// The answer to a HEAD: all but the body, which is known to have a media type.
    pub(super) fn without_body(mut self) -> Self {
        self.shows_body = false;
        self
    }

    pub(super) fn with_media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    pub(super) fn into_response(self, media_type: &str) -> Result<Response> {
        let headers = Headers::new()?;
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        for (name, value) in ON_EVERY_ANSWER {
            headers.set(name, value)?;
        }
        let has_body = self.body.is_some();
        if has_body {
            headers.set("content-type", self.media_type.unwrap_or(media_type))?;
        }
        let init = ResponseInit::new();
        init.set_status(self.status);
        init.set_headers(&headers);
        Ok(match self.body.filter(|_| self.shows_body) {
            Some(ReplyBody::Whole(body)) => {
                let body = Uint8Array::from(body.as_slice());
                Response::new_with_opt_buffer_source_and_init(Some(&body), &init)?
            }
            Some(ReplyBody::Streamed(body)) => worker::Response::from_stream(body)?
                .with_status(self.status)
                .with_headers(worker::Headers(headers))
                .into(),
            None => Response::new_with_opt_str_and_init(None, &init)?,
        })
    }
}
