//! What a deployment is given: its address, its secrets, and the keys that are derived from them.
//!
//! Invariant: what anybody can see of a key's work, such as a cursor, tells nothing of another key, nor of the operator
//! key. Each key is derived from `ROOT_SECRET` by HKDF (RFC 5869) for one [`KeyLabel`], and the operator key guards
//! `/api/v1` and nothing else.

use hkdf::Hkdf;
use sha2::Sha256;
use thiserror::Error;

/// Characters of a secret. Whoever sees something that was made with one may guess as fast as their machines can:
/// 32 characters of base64 are 192 bits.
pub const LEAST_SECRET: usize = 32;

/// A secret by its name at Cloudflare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentSecret {
    /// Guards `/api/v1`.
    OperatorKey,
    /// Where keys come from.
    Root,
    /// A second one, while they are exchanged: nothing is sealed with it, and what was is opened.
    OtherRoot,
}

impl DeploymentSecret {
    pub const fn name(self) -> &'static str {
        match self {
            Self::OperatorKey => "OPERATOR_KEY",
            Self::Root => "ROOT_SECRET",
            Self::OtherRoot => "ROOT_SECRET_OTHER",
        }
    }

    /// The secret's text, if it will do. One that is empty was not set: so a form is left that is copied and not filled in.
    pub fn checked(self, text: Option<String>) -> Result<String, NotSetUp> {
        let text = text.filter(|text| !text.is_empty());
        let text = text.ok_or(NotSetUp::Secret {
            secret: self,
            problem: SecretProblem::Missing,
        })?;
        if text.chars().count() < LEAST_SECRET {
            return Err(NotSetUp::Secret {
                secret: self,
                problem: SecretProblem::Short,
            });
        }
        Ok(text)
    }
}

/// What keeps a deployment from working, and what its operator does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotSetUp {
    #[error(
        "This deployment of Rollcall is not set up: the secret {name} {problem}. Whoever runs it sets it with \"npm run \
         wrangler -- secret put {name}\", to the output of \"openssl rand -base64 32\" for example.",
        name = secret.name()
    )]
    Secret {
        secret: DeploymentSecret,
        problem: SecretProblem,
    },

    #[error(
        "This deployment of Rollcall is not set up: the variable PUBLIC_URL is no URL that answers could continue. Whoever \
         runs it sets it in wrangler.toml to https:// and the host by which identity providers come, perhaps with a \
         path, or leaves it out."
    )]
    PublicUrl,
}

/// What comes before `/v2` in the URLs that answers show: the text of `PUBLIC_URL`, without slashes at its end. Nothing
/// where that is not set: then the host is the one by which a call came in, which any caller may forge.
pub fn public_url(text: Option<&str>) -> Result<Option<&str>, NotSetUp> {
    let Some(url) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let url = url.trim_end_matches('/');
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let is_of_a_url = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:[]%".contains(&byte);
    match rest {
        Some(rest)
            if !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(is_of_a_url) =>
        {
            Ok(Some(url))
        }
        _ => Err(NotSetUp::PublicUrl),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretProblem {
    #[error("is missing")]
    Missing,
    #[error("has fewer than {LEAST_SECRET} characters, and could be guessed")]
    Short,
}

/// What a key is for. Never changes: what was sealed under one is opened under no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLabel {
    Cursors,
}

impl KeyLabel {
    const fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Cursors => b"rollcall v1 scim cursors",
        }
    }
}

pub type DerivedKey = [u8; 32];

/// The root secrets: one, or two while they are exchanged.
pub struct RootSecrets {
    first: String,
    other: Option<String>,
}

/// The keys of one label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DerivedKeys {
    /// Seals, and opens.
    pub first: DerivedKey,
    /// Opens what another instance, or this one before, has sealed.
    pub other: Option<DerivedKey>,
}

impl RootSecrets {
    pub fn new(first: Option<String>, other: Option<String>) -> Result<Self, NotSetUp> {
        let other = other.filter(|text| !text.is_empty());
        Ok(Self {
            first: DeploymentSecret::Root.checked(first)?,
            other: other
                .map(|other| DeploymentSecret::OtherRoot.checked(Some(other)))
                .transpose()?,
        })
    }

    pub fn keys(&self, label: KeyLabel) -> DerivedKeys {
        DerivedKeys {
            first: derived(&self.first, label),
            other: self.other.as_deref().map(|other| derived(other, label)),
        }
    }
}

fn derived(secret: &str, label: KeyLabel) -> DerivedKey {
    let mut key = DerivedKey::default();
    // A key of this length always can be expanded: RFC 5869 allows 255 times as much.
    let _ = Hkdf::<Sha256>::new(None, secret.as_bytes()).expand(label.as_bytes(), &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    const ONE: &str = "0123456789abcdef0123456789abcdef";
    const TWO: &str = "fedcba9876543210fedcba9876543210";

    fn roots(first: &str, other: Option<&str>) -> RootSecrets {
        RootSecrets::new(Some(first.to_owned()), other.map(str::to_owned)).expect("long enough")
    }

    #[test]
    fn a_secret_is_there_and_long_enough() {
        for (text, problem) in [
            (None, Some("is missing")),
            (Some(""), Some("is missing")),
            (
                Some("x"),
                Some("has fewer than 32 characters, and could be guessed"),
            ),
            (
                Some(&ONE[1..]),
                Some("has fewer than 32 characters, and could be guessed"),
            ),
            (Some(ONE), None),
        ] {
            for secret in [DeploymentSecret::OperatorKey, DeploymentSecret::Root] {
                let name = secret.name();
                let refused = secret.checked(text.map(str::to_owned)).err();
                assert_eq!(
                    refused.map(|refused| refused.to_string()),
                    problem.map(|problem| format!(
                        "This deployment of Rollcall is not set up: the secret {name} {problem}. Whoever runs it sets \
                         it with \"npm run wrangler -- secret put {name}\", to the output of \"openssl rand -base64 \
                         32\" for example."
                    ))
                );
            }
        }
    }

    #[test]
    fn a_second_root_may_be_missing_but_not_short() {
        assert_eq!(roots(ONE, None).keys(KeyLabel::Cursors).other, None);
        assert_eq!(roots(ONE, Some("")).keys(KeyLabel::Cursors).other, None);
        assert!(RootSecrets::new(Some(ONE.to_owned()), Some("short".to_owned())).is_err());
    }

    #[test]
    fn while_roots_are_exchanged_both_sides_open_what_either_seals() {
        let [before, meanwhile, after] = [
            roots(ONE, Some(TWO)).keys(KeyLabel::Cursors),
            roots(TWO, Some(ONE)).keys(KeyLabel::Cursors),
            roots(TWO, None).keys(KeyLabel::Cursors),
        ];
        assert_ne!(before.first, meanwhile.first);
        assert_eq!(before.other, Some(meanwhile.first));
        assert_eq!(meanwhile.other, Some(before.first));
        assert_eq!(after.first, meanwhile.first);
    }

    #[test]
    fn a_public_url_is_taken_as_far_as_its_path() {
        for (text, expected) in [
            (None, Ok(None)),
            (Some(""), Ok(None)),
            (Some(" "), Ok(None)),
            (
                Some("https://scim.example.com"),
                Ok(Some("https://scim.example.com")),
            ),
            (
                Some("https://scim.example.com//"),
                Ok(Some("https://scim.example.com")),
            ),
            (
                Some("http://[::1]:8787/a/b/"),
                Ok(Some("http://[::1]:8787/a/b")),
            ),
            (Some("scim.example.com"), Err(NotSetUp::PublicUrl)),
            (Some("https://"), Err(NotSetUp::PublicUrl)),
            (Some("https:///v2"), Err(NotSetUp::PublicUrl)),
            (Some("ftp://x"), Err(NotSetUp::PublicUrl)),
            (Some("https://x?y"), Err(NotSetUp::PublicUrl)),
            (Some("https://x#y"), Err(NotSetUp::PublicUrl)),
            (Some("https://u@x"), Err(NotSetUp::PublicUrl)),
            (Some("https://x\r\ny"), Err(NotSetUp::PublicUrl)),
        ] {
            assert_eq!(public_url(text), expected, "{text:?}");
        }
    }

    /// RFC 5869, with an HMAC of zeros for want of a salt; worked out apart from this crate.
    #[test]
    fn the_key_of_a_label_never_changes() {
        let key = roots(ONE, None).keys(KeyLabel::Cursors).first;
        assert_eq!(
            STANDARD.encode(key),
            "GIl4p/hZ7xFdgi4xwJxDQtVMt2ttrh/Q2w2ipjEtyk8="
        );
    }
}
