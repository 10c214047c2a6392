//! Reading a body: how much, for whom, and for how long.
//!
//! Invariants: of a body whose caller is not known to be good at most [`READ_AHEAD`] bytes are read, and none where the
//! token can't be one. Nothing is reserved for what is only announced. Every byte that is held is in the call's
//! [share](super::flight).
//!
//! A usual body is shorter than that. It is read and understood first, and then one transaction tells whether its caller
//! may call, and does what it asks for: a caller who has to be asked for alone costs a round trip.

use super::encoding::{Inflating, Step};
use super::pieces::Pieces;
use crate::directory::access::Purpose;
use crate::directory::id::CompanyId;
use crate::http::call::{Call, Space};
use crate::http::failure::Failure;
use crate::scim::body::memory_of;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use worker::Delay;
use worker::js_sys::Uint8Array;
use worker::wasm_bindgen_futures::JsFuture;

/// Bytes that are read of a body before it is known whether its caller may call: more than any usual one has. Entra's
/// largest documented requests have three thousand.
pub(super) const READ_AHEAD: usize = 64 * 1024;

/// How long each 64 KiB that are begun may take to come. A slow line has 52 kbit/s; who sends a byte at a time would
/// hold what others need.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes for which that time is.
const STRETCH: usize = 64 * 1024;

pub(super) struct Reading<'a> {
    call: &'a Call,
    /// What it has to be let in for; nothing where the caller is known to be good.
    unproven: Option<Purpose>,
    source: Source,
    limit: usize,
    taken: usize,
    /// Of the stretch that is under way.
    patience: Delay,
    stretch: usize,
}

enum Source {
    Nothing,
    /// So short that it is read in one go.
    Whole,
    Pieces(Pieces),
    Coded(Box<Inflating>),
}

impl<'a> Reading<'a> {
    /// Of a call that comes with the operator's key.
    pub(super) fn of_operator(call: &'a Call, limit: usize) -> Result<Self, Failure> {
        let company = match (&call.space, call.segments.as_slice()) {
            (Space::Api, [companies, id, ..]) if companies == "companies" => id.as_str(),
            _ => "",
        };
        call.share.becomes(&CompanyId::named(company))?;
        Self::begun(call, None, limit)
    }

    /// Of an identity provider's, which is to be let in for `purpose`.
    pub(super) async fn of_identity_provider(
        call: &'a Call,
        purpose: Purpose,
        limit: usize,
    ) -> Result<Self, Failure> {
        let caller = call.identity_provider()?;
        let is_known = caller.remembered.as_ref().is_some_and(|access| {
            access
                .authorize(caller.endpoint.as_ref(), purpose, call.context.now)
                .is_ok()
        });
        let mut reading = Self::begun(call, Some(purpose), limit)?;
        if is_known {
            reading.is_proven(&caller.token.company_id)?;
        } else if !call
            .share
            .stranger_holds(announced(call).unwrap_or(limit).min(READ_AHEAD))
        {
            reading.prove().await?;
        }
        Ok(reading)
    }

    fn begun(call: &'a Call, unproven: Option<Purpose>, limit: usize) -> Result<Self, Failure> {
        call.require_json()?;
        let coding = call.coding()?;
        let announced = announced(call);
        if announced.is_some_and(|length| length > limit) {
            return Err(Failure::BodyTooLarge { limit });
        }
        let source = match (call.request.body(), coding, announced) {
            (None, ..) => Source::Nothing,
            (_, None, Some(length)) if length <= READ_AHEAD => Source::Whole,
            (Some(stream), None, _) => Source::Pieces(Pieces::of(&stream)?),
            (Some(stream), Some(coding), _) => {
                Source::Coded(Box::new(Inflating::of(coding, &stream, limit)?))
            }
        };
        Ok(Self {
            call,
            unproven,
            source,
            limit,
            taken: 0,
            patience: Delay::from(PATIENCE),
            stretch: STRETCH,
        })
    }

    /// The whole body, of which what is made takes no more than [`memory_of`] tells.
    pub(super) async fn whole(mut self) -> Result<Vec<u8>, Failure> {
        let (bytes, _) = self.as_far_as(usize::MAX).await?;
        self.holds_what_is_made_of(&bytes).await?;
        Ok(bytes)
    }

    /// The beginning, of at least so many bytes unless it is the whole; and whether it is.
    pub(super) async fn as_far_as(&mut self, enough: usize) -> Result<(Vec<u8>, bool), Failure> {
        let mut bytes = Vec::new();
        while bytes.len() < enough {
            let Some(piece) = self.next().await? else {
                return Ok((bytes, true));
            };
            bytes.extend(piece);
            self.holds(bytes.len()).await?;
        }
        Ok((bytes, false))
    }

    /// What comes next; nothing at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        loop {
            let most = match self.unproven {
                None => usize::MAX,
                Some(_) if self.taken < READ_AHEAD => READ_AHEAD - self.taken,
                Some(_) if matches!(self.source, Source::Whole | Source::Nothing) => 1,
                Some(_) => {
                    self.prove().await?;
                    usize::MAX
                }
            };
            let coming = self.source.next(self.call, most);
            let step = match select(pin!(coming), &mut self.patience).await {
                Either::Left((step, _)) => step?,
                Either::Right(_) => return Err(Failure::BodyTooSlow),
            };
            match step {
                Step::Piece(piece) => {
                    self.took(piece.len())?;
                    return Ok(Some(piece));
                }
                Step::End => return Ok(None),
                Step::NeedsProof => self.prove().await?,
            }
        }
    }

    fn took(&mut self, bytes: usize) -> Result<(), Failure> {
        self.taken += bytes;
        if self.taken > self.limit {
            return Err(Failure::BodyTooLarge { limit: self.limit });
        }
        if self.taken >= self.stretch {
            self.stretch = self.taken + STRETCH;
            self.patience = Delay::from(PATIENCE);
        }
        Ok(())
    }

    /// What is held of the body has so many bytes now. A stranger who finds no room has to be known.
    pub(super) async fn holds(&mut self, bytes: usize) -> Result<(), Failure> {
        if self.call.share.is_of_a_stranger() {
            if self.call.share.stranger_holds(bytes) {
                return Ok(());
            }
            self.prove().await?;
        }
        self.call.share.holds(bytes)
    }

    pub(super) async fn holds_what_is_made_of(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.holds(memory_of(bytes)).await
    }

    async fn prove(&mut self) -> Result<(), Failure> {
        if let Some(purpose) = self.unproven {
            let caller = self.call.identity_provider()?;
            self.call.authorize(purpose).await?;
            self.is_proven(&caller.token.company_id)?;
            // D1's time is not the client's.
            self.patience = Delay::from(PATIENCE);
        }
        Ok(())
    }

    fn is_proven(&mut self, company: &CompanyId) -> Result<(), Failure> {
        self.unproven = None;
        if let Source::Coded(inflating) = &mut self.source {
            inflating.caller_is_known();
        }
        self.call.share.becomes(company)
    }
}

impl Source {
    async fn next(&mut self, call: &Call, most: usize) -> Result<Step, Failure> {
        let piece = match self {
            Self::Nothing => None,
            Self::Whole => {
                *self = Self::Nothing;
                let body = call.request.array_buffer().map_err(worker::Error::from)?;
                let body = JsFuture::from(body)
                    .await
                    .map_err(|_| Failure::BodyBrokenOff)?;
                Some(Uint8Array::new(&body).to_vec())
            }
            Self::Pieces(pieces) => pieces.next(most, || Failure::BodyBrokenOff).await?,
            Self::Coded(inflating) => return inflating.next(most).await,
        };
        Ok(piece.map_or(Step::End, Step::Piece))
    }
}

fn announced(call: &Call) -> Option<usize> {
    call.header("content-length")?.trim().parse().ok()
}
