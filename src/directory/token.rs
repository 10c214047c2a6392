//! Tokens: the text an identity provider holds, and what the store keeps of it.
//!
//! The text is `rc_<company>_<secret>`: a prefix that secret scanners recognise, the company's id
//! without its own prefix (so that no look-up is needed to know whose rows to read), and 256 random
//! bits in base64url. Only the SHA-256 of the whole text is stored.

mod fields;
mod presented;

pub use fields::Creation;

use super::event::Told;
use super::event::part::fields_of;
use super::id::{CompanyId, ConnectionId, TokenId};
use super::time::Timestamp;
use crate::scim::Object;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const PREFIX: &str = "rc_";
const SECRET_BYTES: usize = 32;

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// SCIM Users and discovery.
    AutoProvisioning,
    /// SCIM Groups as well.
    Provisioning,
}

impl Scope {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AutoProvisioning => "auto_provisioning",
            Self::Provisioning => "provisioning",
        }
    }
}

/// A token's text, for the one time that it is shown.
pub fn token_text(company: &CompanyId, secret: [u8; SECRET_BYTES]) -> String {
    let company = company.as_str().trim_start_matches(CompanyId::PREFIX);
    format!("{PREFIX}{company}_{}", URL_SAFE_NO_PAD.encode(secret))
}

/// The SHA-256 of a token's text, base64url.
pub fn token_hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// What a presented token says of itself: whose it claims to be, and the key it is stored under.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PresentedToken {
    pub company_id: CompanyId,
    pub hash: String,
}

impl PresentedToken {
    /// `None` where the text can't be one of our tokens, whatever the store holds.
    pub fn parse(text: &str) -> Option<Self> {
        let (company, secret) = text.strip_prefix(PREFIX)?.split_once('_')?;
        let well_formed = !company.is_empty()
            && company.len() <= 64
            && company.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && URL_SAFE_NO_PAD
                .decode(secret)
                .is_ok_and(|bytes| bytes.len() == SECRET_BYTES);
        well_formed.then(|| Self {
            company_id: CompanyId::named(format!("{}{company}", CompanyId::PREFIX)),
            hash: token_hash(text),
        })
    }
}

/// A token that an identity provider calls with, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Token {
    pub id: TokenId,
    /// For people, who have to know it again when they revoke it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// The one connection whose endpoint takes it; `null` where each of the company's does.
    pub connection_id: Option<ConnectionId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself; `null` is never.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked, or its connection deleted; `null` where it was not.
    pub revoked_at: Option<Timestamp>,
    /// When an identity provider called with it last, exact to a minute; `null` where none has yet.
    pub last_used_at: Option<Timestamp>,
}

impl Token {
    pub fn is_valid_at(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expiry| now < expiry)
    }
}

impl Told for Token {
    fn fields(&self) -> Object {
        fields_of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_company() {
        let company = CompanyId::new(Timestamp(1_763_717_400_000), [7; 10]);
        let text = token_text(&company, [0xfb; 32]);
        assert_eq!(
            text,
            "rc_01kajvzhe00w3ge1r70w3ge1r7_-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s"
        );
        let presented = PresentedToken::parse(&text).expect("our own token");
        assert_eq!(presented.company_id, company);
        assert_eq!(presented.hash, token_hash(&text));
    }

    #[test]
    fn other_texts_are_not_tokens() {
        for text in [
            "",
            "rc_",
            "rc__",
            "rc_a_b",
            "non-token",
            "rc_01kajxkwj0!_AAAA",
            "Bearer rc_x_y",
        ] {
            assert_eq!(PresentedToken::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_token_ends_at_its_expiry_and_at_its_revocation() {
        let mut token = Token {
            id: TokenId::named("tok_1"),
            name: "Okta".into(),
            scopes: vec![Scope::AutoProvisioning],
            connection_id: None,
            created_at: Timestamp(0),
            expires_at: Some(Timestamp(10)),
            revoked_at: None,
            last_used_at: None,
        };
        assert!(token.is_valid_at(Timestamp(9)));
        assert!(!token.is_valid_at(Timestamp(10)));
        token.revoked_at = Some(Timestamp(5));
        assert!(!token.is_valid_at(Timestamp(9)));
    }
}
