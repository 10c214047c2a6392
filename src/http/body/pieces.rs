//! The bytes of a body as they come, no more of them at once than is asked for.

use crate::http::failure::Failure;
use wasm_bindgen::JsCast as _;
use worker::js_sys::{ArrayBuffer, Uint8Array};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamReadResult};

/// The most that is asked for at once: a buffer for each body that is read, in JavaScript.
pub(super) const PIECE: usize = 16 * 1024;

pub(super) struct Pieces {
    reader: ReadableStreamByobReader,
    /// Handed over with each read, and handed back with what was read.
    room: Option<ArrayBuffer>,
    /// A read that nobody waited for to its end: what it brings is what comes next.
    pending: Option<JsFuture>,
}

impl Pieces {
    pub(super) fn of(stream: &ReadableStream) -> Result<Self, Failure> {
        Ok(Self {
            reader: ReadableStreamByobReader::new(stream).map_err(worker::Error::from)?,
            room: None,
            pending: None,
        })
    }

    /// What comes next, at most so many bytes; nothing at the end. `broken` is what a stream that fails is.
    pub(super) async fn next(
        &mut self,
        most: usize,
        broken: impl Fn() -> Failure,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let read = match self.pending.take() {
            Some(read) => read,
            None => self.read(most),
        };
        let read = self.pending.insert(read).await;
        self.pending = None;
        let read: ReadableStreamReadResult = read.map_err(|_| broken())?.unchecked_into();
        if read.get_done().unwrap_or_default() {
            return Ok(None);
        }
        let piece: Uint8Array = read.get_value().unchecked_into();
        self.room = Some(piece.buffer());
        Ok(Some(piece.to_vec()))
    }

    fn read(&mut self, most: usize) -> JsFuture {
        let room = self
            .room
            .take()
            .unwrap_or_else(|| ArrayBuffer::new(bytes(PIECE)));
        let most = bytes(most.clamp(1, PIECE));
        let view = Uint8Array::new_with_byte_offset_and_length(&room, 0, most);
        self.reader.read_with_array_buffer_view(&view).into()
    }
}

/// As JavaScript counts.
fn bytes(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
