//! Content codings of a body (RFC 9110 section 8.4): gzip and deflate are undone by the platform's
//! `DecompressionStream`, others are refused with what is taken.
//!
//! Invariant: a coded body obeys the limit of the body that is read, as it comes and as it becomes; and what it
//! becomes is never held far beyond that limit. A kilobyte of zeros becomes a megabyte, an isolate has 128.

use crate::http::call::Call;
use crate::http::failure::Failure;
use futures_util::StreamExt as _;
use futures_util::future::try_join;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::ByteStream;
use worker::js_sys::{ArrayBuffer, Promise, Uint8Array};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{
    ReadableStream, ReadableStreamByobReader, ReadableStreamReadResult, WritableStream,
    WritableStreamDefaultWriter,
};

/// What 415 tells a client that it may send (RFC 7694 section 3).
pub(in crate::http) const ACCEPTED: &str = "gzip, deflate";

/// How much the platform is given at once. It inflates at once whatever it is given, and makes at most 1,032 bytes
/// of one: that is how far deflate (RFC 1951) can go.
const PIECE: usize = 1024;

/// The most that is taken at once of what was inflated: more than a piece can become, so that nothing piles up.
const ROOM: usize = 2 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Deflate,
}

#[wasm_bindgen]
extern "C" {
    /// In web-sys it counts as unstable, which asks for a flag of the compiler.
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

impl Call {
    /// The coding that the body came in, if any. Names are case-insensitive, `x-gzip` is gzip and `identity` none
    /// (RFC 9110 section 8.4.1).
    pub(super) fn coding(&self) -> Result<Option<Coding>, Failure> {
        let header = self.header("content-encoding").unwrap_or_default();
        let mut coding = None;
        for name in header.split(',').map(str::trim) {
            let named = match name.to_ascii_lowercase().as_str() {
                "" | "identity" => continue,
                "gzip" | "x-gzip" => Some(Coding::Gzip),
                "deflate" => Some(Coding::Deflate),
                _ => None,
            };
            // One over another is no saving, and nobody sends it.
            if named.is_none() || coding.is_some() {
                return Err(Failure::UnsupportedContentCoding(
                    header.chars().take(100).collect(),
                ));
            }
            coding = named;
        }
        Ok(coding)
    }
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
        }
    }

    /// The body as it was before it was coded.
    pub(super) async fn undone(
        self,
        mut sent: ByteStream,
        limit: usize,
    ) -> Result<Vec<u8>, Failure> {
        // No bytes are no stream of either format, but no body either.
        let first = sent.next().await.transpose();
        let Some(first) = first.map_err(|_| Failure::BodyBrokenOff)? else {
            return Ok(Vec::new());
        };
        let stream = DecompressionStream::new(self.name()).map_err(worker::Error::from)?;
        let writer = WritableStreamDefaultWriter::new(&stream.writable());
        let reader = ReadableStreamByobReader::new(&stream.readable());
        // The two take turns: what became of a piece is taken before the next is given.
        let ((), inflated) = try_join(
            self.give(&writer.map_err(worker::Error::from)?, first, sent, limit),
            self.take(&reader.map_err(worker::Error::from)?, limit),
        )
        .await?;
        Ok(inflated)
    }

    async fn give(
        self,
        writer: &WritableStreamDefaultWriter,
        first: Vec<u8>,
        mut rest: ByteStream,
        limit: usize,
    ) -> Result<(), Failure> {
        let mut given = 0;
        let mut next = Some(first);
        while let Some(bytes) = next {
            given += bytes.len();
            if given > limit {
                return Err(Failure::BodyTooLarge { limit });
            }
            for piece in bytes.chunks(PIECE) {
                let written = writer.write_with_chunk(&Uint8Array::from(piece));
                self.unbroken(written).await?;
            }
            let sent = rest.next().await.transpose();
            next = sent.map_err(|_| Failure::BodyBrokenOff)?;
        }
        // Says whether the stream is whole, its checksum included.
        self.unbroken(writer.close()).await.map(|_| ())
    }

    async fn take(
        self,
        reader: &ReadableStreamByobReader,
        limit: usize,
    ) -> Result<Vec<u8>, Failure> {
        let mut inflated = Vec::new();
        // Handed over with each read, and handed back with what was read.
        let mut room = ArrayBuffer::new(u32::try_from(ROOM.min(limit + 1)).unwrap_or(u32::MAX));
        loop {
            let read = reader.read_with_array_buffer_view(&Uint8Array::new(&room));
            let read: ReadableStreamReadResult = self.unbroken(read).await?.unchecked_into();
            if read.get_done().unwrap_or_default() {
                return Ok(inflated);
            }
            let bytes: Uint8Array = read.get_value().unchecked_into();
            inflated.extend(bytes.to_vec());
            if inflated.len() > limit {
                return Err(Failure::BodyTooLarge { limit });
            }
            room = bytes.buffer();
        }
    }

    /// The stream fails for no other reason than what it is given.
    async fn unbroken(self, step: Promise) -> Result<JsValue, Failure> {
        JsFuture::from(step)
            .await
            .map_err(|_| Failure::BrokenContentCoding(self.name()))
    }
}
