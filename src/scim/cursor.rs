//! Cursors (RFC 9865): where a walk over a list goes on, sealed so that only this server can say so.
//!
//! A cursor names the resource that the page before ended with, not how many came before it: whatever
//! is created, changed or removed meanwhile, a resource that existed throughout is met exactly once.
//!
//! Invariant: a cursor that was opened is one that was sealed with the same key for the same [`Walk`], is
//! not older than [`CURSOR_TIMEOUT`], and was not changed on the way.

use super::error::ScimError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Seconds for which a cursor can be used: the same figure that discovery advertises.
pub const CURSOR_TIMEOUT: i64 = 3_600;

/// What is said of a cursor that can't be used. It does not tell why: a client has nothing to learn there.
pub const UNKNOWN_CURSOR: &str = "The cursor was not given out for this query, or was changed. Send nextCursor or previousCursor exactly as received, with the same query, or leave the cursor empty to begin anew.";

/// Half of a SHA-256: 128 bits can't be guessed, and URLs stay short.
const SEAL_BYTES: usize = 16;

/// Changes whenever the bytes below get another meaning.
const FORM: u8 = 1;

/// Where the next page begins, or the page before ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorPosition {
    /// The page begins with the resource behind this id.
    After(String),
    /// The page ends with the resource in front of this id.
    Before(String),
    /// The page begins with this place, from 0, in the order that was kept under this id.
    InOrder { kept: String, place: u32 },
    /// The page ends in front of this place.
    InOrderBefore { kept: String, place: u32 },
}

/// A walk over one list: what each of its cursors is tied to.
pub struct Walk<'a> {
    pub key: CursorKey,
    /// The company, the endpoint and the parts of the query: a cursor is good for the same ones alone.
    pub tied_to: Vec<&'a str>,
    /// Resources in a page; the client has to ask for as many each time (RFC 9865 section 2.1).
    pub count: usize,
    /// Seconds since the Unix epoch.
    pub now: i64,
}

impl Walk<'_> {
    /// The text for the client: characters that a URL leaves alone (RFC 3986 section 2.3).
    pub fn cursor(&self, position: CursorPosition) -> String {
        let cursor = Cursor {
            position,
            count: u16::try_from(self.count).unwrap_or(u16::MAX),
            issued_at: self.now,
        };
        cursor.to_text(&self.key, &self.tied_to)
    }

    /// Opens what a client sent back.
    pub fn open(&self, text: &str) -> Result<CursorPosition, ScimError> {
        let cursor = Cursor::from_text(text, &self.key, &self.tied_to, self.now)?;
        if usize::from(cursor.count) != self.count {
            return Err(ScimError::invalid_count(format!(
                "count was {} when the walk began, and is {} now. Ask for as many as at first, or begin anew.",
                cursor.count, self.count
            )));
        }
        Ok(cursor.position)
    }
}

/// A position, and what else has to be as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cursor {
    position: CursorPosition,
    count: u16,
    issued_at: i64,
}

/// The key of the seals of one server, and a second one while keys are exchanged.
pub struct CursorKey {
    first: Hmac<Sha256>,
    /// Opens, and seals nothing.
    other: Option<Hmac<Sha256>>,
}

impl CursorKey {
    pub fn new(first: &[u8], other: Option<&[u8]>) -> Option<Self> {
        let mac = |key| Hmac::new_from_slice(key).ok();
        Some(Self {
            first: mac(first)?,
            other: other.and_then(mac),
        })
    }

    fn seal(&self, payload: &[u8], walk: &[&str]) -> Hmac<Sha256> {
        sealed(&self.first, payload, walk)
    }

    fn opens(&self, payload: &[u8], walk: &[&str], seal: &[u8]) -> bool {
        let mut keys = [Some(&self.first), self.other.as_ref()]
            .into_iter()
            .flatten();
        keys.any(|key| {
            sealed(key, payload, walk)
                .verify_truncated_left(seal)
                .is_ok()
        })
    }
}

/// Each part is preceded by its length, so that no two walks are sealed alike.
fn sealed(key: &Hmac<Sha256>, payload: &[u8], walk: &[&str]) -> Hmac<Sha256> {
    let mut mac = key.clone();
    mac.update(payload);
    for part in walk {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

impl Cursor {
    fn to_text(&self, key: &CursorKey, walk: &[&str]) -> String {
        let mut bytes = vec![FORM];
        bytes.extend(self.issued_at.to_be_bytes());
        bytes.extend(self.count.to_be_bytes());
        let (kind, place, id) = match &self.position {
            CursorPosition::After(id) => (b'a', 0, id),
            CursorPosition::Before(id) => (b'b', 0, id),
            CursorPosition::InOrder { kept, place } => (b'o', *place, kept),
            CursorPosition::InOrderBefore { kept, place } => (b'p', *place, kept),
        };
        bytes.push(kind);
        bytes.extend(place.to_be_bytes());
        bytes.extend(id.as_bytes());
        let seal = key.seal(&bytes, walk).finalize().into_bytes();
        bytes.extend(seal.iter().take(SEAL_BYTES));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn from_text(text: &str, key: &CursorKey, walk: &[&str], now: i64) -> Result<Self, ScimError> {
        let cursor = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| Self::unsealed(&bytes, key, walk))
            .ok_or_else(|| ScimError::invalid_cursor(UNKNOWN_CURSOR))?;
        if now.saturating_sub(cursor.issued_at) > CURSOR_TIMEOUT {
            return Err(ScimError::expired_cursor(format!(
                "The cursor is older than {CURSOR_TIMEOUT} seconds. Leave the cursor empty to begin anew."
            )));
        }
        Ok(cursor)
    }

    fn unsealed(bytes: &[u8], key: &CursorKey, walk: &[&str]) -> Option<Self> {
        let (payload, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL_BYTES)?)?;
        key.opens(payload, walk, seal).then_some(())?;
        let (form, rest) = payload.split_first_chunk::<1>()?;
        let (issued_at, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let (kind, rest) = rest.split_first_chunk::<1>()?;
        let (place, id) = rest.split_first_chunk()?;
        let id = String::from_utf8(id.to_vec()).ok()?;
        let place = u32::from_be_bytes(*place);
        let position = match (*form, *kind) {
            ([FORM], [b'a']) => CursorPosition::After(id),
            ([FORM], [b'b']) => CursorPosition::Before(id),
            ([FORM], [b'o']) => CursorPosition::InOrder { kept: id, place },
            ([FORM], [b'p']) => CursorPosition::InOrderBefore { kept: id, place },
            _ => return None,
        };
        Some(Self {
            position,
            count: u16::from_be_bytes(*count),
            issued_at: i64::from_be_bytes(*issued_at),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::error::ScimType;

    const WALK: [&str; 3] = ["cmp_1", "/Users", "userName sw \"j\""];

    fn key() -> CursorKey {
        CursorKey::new(&[1; 32], None).expect("a key of any length")
    }

    fn cursor(position: CursorPosition) -> Cursor {
        Cursor {
            position,
            count: 100,
            issued_at: 1_763_717_400,
        }
    }

    fn kind(result: Result<Cursor, ScimError>) -> Option<ScimType> {
        result.err().and_then(|error| error.scim_type)
    }

    #[test]
    fn what_is_sealed_can_be_opened_for_the_same_walk() {
        for position in [
            CursorPosition::After("tea_1".into()),
            CursorPosition::Before("tea_2".into()),
            CursorPosition::InOrder {
                kept: "ord_3".into(),
                place: 70_000,
            },
            CursorPosition::InOrderBefore {
                kept: "ord_3".into(),
                place: 70_000,
            },
        ] {
            let cursor = cursor(position);
            let text = cursor.to_text(&key(), &WALK);
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            );
            let opened = Cursor::from_text(&text, &key(), &WALK, cursor.issued_at + 1);
            assert_eq!(opened, Ok(cursor));
        }
    }

    #[test]
    fn no_other_walk_key_or_byte_will_do() {
        let cursor = cursor(CursorPosition::After("tea_1".into()));
        let text = cursor.to_text(&key(), &WALK);
        let open = |text: &str, key: &CursorKey, walk: &[&str]| {
            kind(Cursor::from_text(text, key, walk, cursor.issued_at))
        };
        let refused = Some(ScimType::InvalidCursor);
        assert_eq!(
            open(&text, &key(), &["cmp_2", "/Users", "userName sw \"j\""]),
            refused
        );
        assert_eq!(open(&text, &key(), &["cmp_1", "/Users", ""]), refused);
        assert_eq!(
            open(&text, &key(), &["cmp_1/", "Users", "userName sw \"j\""]),
            refused
        );
        let other = CursorKey::new(&[2; 32], None).expect("a key of any length");
        assert_eq!(open(&text, &other, &WALK), refused);
        for (place, _) in text.char_indices() {
            let mut bytes = URL_SAFE_NO_PAD.decode(&text).expect("base64url");
            let Some(byte) = bytes.get_mut(place) else {
                continue;
            };
            *byte ^= 1;
            assert_eq!(open(&URL_SAFE_NO_PAD.encode(bytes), &key(), &WALK), refused);
        }
        for text in [
            "",
            "x",
            "1",
            "ä",
            "AAAA",
            &text[1..],
            &text[..text.len() - 2],
        ] {
            assert_eq!(open(text, &key(), &WALK), refused, "{text}");
        }
    }

    #[test]
    fn while_keys_are_exchanged_what_either_sealed_is_opened() {
        let before = CursorKey::new(&[1; 32], Some(&[2; 32])).expect("a key of any length");
        let after = CursorKey::new(&[2; 32], Some(&[1; 32])).expect("a key of any length");
        let cursor = cursor(CursorPosition::After("tea_1".into()));
        for (sealing, opening) in [(&before, &after), (&after, &before), (&key(), &after)] {
            let text = cursor.to_text(sealing, &WALK);
            let opened = Cursor::from_text(&text, opening, &WALK, cursor.issued_at);
            assert_eq!(opened.as_ref(), Ok(&cursor));
        }
        let text = cursor.to_text(&after, &WALK);
        assert!(Cursor::from_text(&text, &key(), &WALK, cursor.issued_at).is_err());
    }

    #[test]
    fn a_walk_goes_on_with_as_many_as_it_began_with() {
        let walk = |count| Walk {
            key: key(),
            tied_to: WALK.to_vec(),
            count,
            now: 1_763_717_400,
        };
        let cursor = walk(5).cursor(CursorPosition::After("tea_1".into()));
        assert_eq!(
            walk(5).open(&cursor),
            Ok(CursorPosition::After("tea_1".into()))
        );
        let refused = walk(6).open(&cursor).err();
        assert_eq!(
            refused.and_then(|error| error.scim_type),
            Some(ScimType::InvalidCount)
        );
    }

    #[test]
    fn an_old_cursor_has_expired() {
        let cursor = cursor(CursorPosition::After("tea_1".into()));
        let text = cursor.to_text(&key(), &WALK);
        let at = |now| kind(Cursor::from_text(&text, &key(), &WALK, now));
        assert_eq!(at(cursor.issued_at + CURSOR_TIMEOUT), None);
        assert_eq!(
            at(cursor.issued_at + CURSOR_TIMEOUT + 1),
            Some(ScimType::ExpiredCursor)
        );
    }
}
