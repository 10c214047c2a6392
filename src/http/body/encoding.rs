//! Content codings of a body (RFC 9110 section 8.4): gzip and deflate are undone by the platform's
//! `DecompressionStream`, others are refused with what is taken.
//!
//! Invariant: a coded body obeys the limits of the body that is read, as it comes and as it becomes; and what it
//! becomes is never held far beyond what is asked for. A kilobyte of zeros becomes a megabyte, an isolate has 128.

use super::pieces::{PIECE, Pieces};
use super::reading::READ_AHEAD;
use crate::http::call::Call;
use crate::http::failure::Failure;
use futures_util::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::pin::{Pin, pin};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::js_sys::Uint8Array;
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{ReadableStream, WritableStream, WritableStreamDefaultWriter};

/// What 415 tells a client that it may send (RFC 7694 section 3).
pub(in crate::http) const ACCEPTED: &str = "gzip, deflate";

/// How much the platform is given at once. It inflates at once whatever it is given, and makes at most 1,032 bytes
/// of one: that is how far deflate (RFC 1951) can go.
const GIVEN: usize = 1024;

/// How much is decompressed while the caller is not known: what it becomes is as much as is read of such a body.
const GIVEN_OF_STRANGERS: usize = 64;

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

    fn broken(self) -> Failure {
        Failure::BrokenContentCoding(self.name())
    }
}

/// What comes of waiting for a body.
pub(super) enum Step {
    Piece(Vec<u8>),
    End,
    /// As much has come as is read of somebody who is not known.
    NeedsProof,
}

/// A coded body, as it was before it was coded.
pub(super) struct Inflating {
    giver: Rc<Giver>,
    /// It goes on only while what became of the piece before has been taken.
    giving: Option<Giving>,
    inflated: Pieces,
}

type Giving = Pin<Box<dyn Future<Output = Result<Given, Failure>>>>;

/// What gives the coded bytes to the platform.
struct Giver {
    coding: Coding,
    writer: WritableStreamDefaultWriter,
    /// What is still to come, while nothing is given of it.
    sent: RefCell<Option<Pieces>>,
    given: Cell<usize>,
    is_of_a_stranger: Cell<bool>,
    limit: usize,
}

enum Given {
    All,
    /// There may be more, which is not read yet.
    Enough,
}

impl Inflating {
    pub(super) fn of(coding: Coding, sent: &ReadableStream, limit: usize) -> Result<Self, Failure> {
        let stream = DecompressionStream::new(coding.name()).map_err(worker::Error::from)?;
        let writer = WritableStreamDefaultWriter::new(&stream.writable());
        let giver = Rc::new(Giver {
            coding,
            writer: writer.map_err(worker::Error::from)?,
            sent: RefCell::new(Some(Pieces::of(sent)?)),
            given: Cell::new(0),
            is_of_a_stranger: Cell::new(true),
            limit,
        });
        Ok(Self {
            giving: Some(Box::pin(Rc::clone(&giver).give())),
            giver,
            inflated: Pieces::of(&stream.readable())?,
        })
    }

    pub(super) fn caller_is_known(&mut self) {
        if self.giver.is_of_a_stranger.replace(false) && self.giving.is_none() {
            self.giving = Some(Box::pin(Rc::clone(&self.giver).give()));
        }
    }

    pub(super) async fn next(&mut self, most: usize) -> Result<Step, Failure> {
        let coding = self.giver.coding;
        let mut taking = pin!(self.inflated.next(most, || coding.broken()));
        while let Some(giving) = &mut self.giving {
            match select(taking.as_mut(), giving).await {
                Either::Left((Ok(Some(piece)), _)) => return Ok(Step::Piece(piece)),
                // It says whether the stream was whole.
                Either::Left((Ok(None), giving)) => {
                    giving.await?;
                    self.giving = None;
                    return Ok(Step::End);
                }
                Either::Left((Err(failure), _)) => return Err(failure),
                Either::Right((given, _)) => {
                    self.giving = None;
                    match given? {
                        Given::All if self.giver.given.get() == 0 => return Ok(Step::End),
                        Given::All => {}
                        Given::Enough => return Ok(Step::NeedsProof),
                    }
                }
            }
        }
        Ok(taking.await?.map_or(Step::End, Step::Piece))
    }
}

impl Giver {
    async fn give(self: Rc<Self>) -> Result<Given, Failure> {
        let Some(mut sent) = self.sent.take() else {
            return Ok(Given::All);
        };
        loop {
            let is_of_a_stranger = self.is_of_a_stranger.get();
            let given = self.given.get();
            if is_of_a_stranger && given >= READ_AHEAD {
                self.sent.replace(Some(sent));
                return Ok(Given::Enough);
            }
            let most = if is_of_a_stranger {
                READ_AHEAD - given
            } else {
                PIECE
            };
            let next = sent.next(most, || Failure::BodyBrokenOff).await?;
            let Some(bytes) = next else {
                break;
            };
            self.given.set(given + bytes.len());
            if self.given.get() > self.limit {
                return Err(Failure::BodyTooLarge { limit: self.limit });
            }
            let at_once = if is_of_a_stranger {
                GIVEN_OF_STRANGERS
            } else {
                GIVEN
            };
            for piece in bytes.chunks(at_once) {
                let written = self.writer.write_with_chunk(&Uint8Array::from(piece));
                self.unbroken(JsFuture::from(written)).await?;
            }
        }
        // No bytes are no stream of either format, but no body either.
        if self.given.get() > 0 {
            // Says whether the stream is whole, its checksum included.
            self.unbroken(JsFuture::from(self.writer.close())).await?;
        }
        Ok(Given::All)
    }

    /// The stream fails for no other reason than what it is given.
    async fn unbroken(&self, step: JsFuture) -> Result<(), Failure> {
        step.await.map(|_| ()).map_err(|_| self.coding.broken())
    }
}
