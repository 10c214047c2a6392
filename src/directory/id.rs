//! Ids: a prefix that says what is meant, then 128 bits in lower-case Crockford base 32.
//!
//! The first 48 bits are the moment of creation in milliseconds, the other 80 are random: ids of one
//! kind sort by creation, so that a new row lands at the end of its company's part of the table and a
//! list in the order of ids is a list in the order of creation. None contains the text `bulkId`, which
//! Okta forbids in a SCIM id.

use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Ten bytes from the platform's random source, for one id.
pub type Randomness = [u8; 10];

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BODY_LENGTH: usize = 26;

fn body(now: Timestamp, randomness: Randomness) -> String {
    let random = randomness
        .iter()
        .fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let moment = u128::from(now.0.unsigned_abs() & 0xffff_ffff_ffff);
    let bits = (moment << 80) | random;
    (0..BODY_LENGTH)
        .rev()
        .map(|place| {
            let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            ALPHABET.get(digit).copied().map_or('0', char::from)
        })
        .collect()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        #[allow(dead_code, reason = "each id offers the same")]
        impl $name {
            pub const PREFIX: &'static str = $prefix;
            /// Bytes of one that was made here.
            pub const LENGTH: usize = $prefix.len() + BODY_LENGTH;

            pub fn new(now: Timestamp, randomness: Randomness) -> Self {
                Self(format!("{}{}", $prefix, body(now, randomness)))
            }

            /// Takes what a client named, whether such an id was ever made or not.
            pub fn named(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// `cmp_` with 26 letters and digits.
    CompanyId "cmp_";
    /// `con_` with 26 letters and digits.
    ConnectionId "con_";
    /// `tok_` with 26 letters and digits.
    TokenId "tok_";
    /// `tea_` with 26 letters and digits: also the SCIM `id` of the user.
    TeammateId "tea_";
    // The same prefix as a teammate's: IdP admins know template ids so.
    /// `tea_` with 26 letters and digits.
    TemplateId "tea_";
    /// `grp_` with 26 letters and digits: also the SCIM `id` of the group.
    GroupId "grp_";
    EventId "evt_";
    RequestId "req_";
    /// An order that is kept for a walk by cursors.
    OrderId "ord_";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_prefixed_and_sort_by_creation() {
        let early = TeammateId::new(Timestamp(1_763_717_400_000), [0xff; 10]);
        let late = TeammateId::new(Timestamp(1_763_717_400_001), [0; 10]);
        assert_eq!(early.as_str(), "tea_01kajvzhe0zzzzzzzzzzzzzzzz");
        assert_eq!(late.as_str().len(), "tea_".len() + BODY_LENGTH);
        assert!(early < late);
    }
}
