//! The token in an `Authorization` header (RFC 9110 section 11.6.2), in each form in which consoles send it.
//!
//! Invariant: how a token is wrapped never says whether it is good; what is none of ours is no token in any form.

use super::PresentedToken;
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Some clients leave the padding of Basic out.
const BASIC: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl PresentedToken {
    /// Reads `Bearer <token>` (RFC 6750 section 2.1), and what a form with one field for all of the header leads to:
    /// the token alone, or `Bearer Bearer <token>` (Okta's "HTTP Header" mode); and `Basic` with the token as
    /// password and any user name (RFC 7617), which Okta and others offer. Schemes are case-insensitive.
    pub fn in_authorization(header: &str) -> Option<Self> {
        let header = header.trim();
        let Some((scheme, credentials)) = header.split_once(char::is_whitespace) else {
            return Self::parse(header);
        };
        let credentials = credentials.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return Self::parse(without_bearer(credentials));
        }
        if scheme.eq_ignore_ascii_case("basic") {
            let pair = BASIC.decode(credentials).ok()?;
            // A user name has no colon; in what encoding it is does not matter (RFC 7617 section 2).
            let colon = pair.iter().position(|byte| *byte == b':')?;
            let password = std::str::from_utf8(pair.get(colon + 1..)?).ok()?;
            return Self::parse(password.trim());
        }
        None
    }
}

/// The credentials without a scheme that was typed in front of them.
fn without_bearer(credentials: &str) -> &str {
    match credentials.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
        _ => credentials,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::id::CompanyId;
    use crate::directory::time::Timestamp;
    use crate::directory::token::token_text;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    fn text() -> String {
        let company = CompanyId::new(Timestamp(1_763_717_400_000), [7; 10]);
        token_text(&company, [0xfb; 32])
    }

    fn basic(pair: &str) -> String {
        STANDARD.encode(pair)
    }

    #[test]
    fn every_form_is_the_token() {
        let token = text();
        for header in [
            format!("Bearer {token}"),
            format!("bEARER  \t {token} "),
            token.clone(),
            format!(" {token}\t"),
            format!("Bearer Bearer {token}"),
            format!("bearer  BEARER   {token}"),
            format!("Basic {}", basic(&format!("okta:{token}"))),
            format!("BASIC  {}", basic(&format!(":{token}"))),
            format!("basic {}", basic(&format!("rollcall:  {token} "))),
            format!(
                "Basic {}",
                basic(&format!("o:{token}")).trim_end_matches('=')
            ),
        ] {
            assert_eq!(
                PresentedToken::in_authorization(&header),
                PresentedToken::parse(&token),
                "{header}"
            );
        }
    }

    #[test]
    fn a_user_name_in_latin_1_does_not_hide_the_password() {
        let mut pair = vec![0xdc, b':'];
        pair.extend(text().bytes());
        let header = format!("Basic {}", STANDARD.encode(pair));
        assert!(PresentedToken::in_authorization(&header).is_some());
    }

    #[test]
    fn nothing_else_is() {
        let token = text();
        for header in [
            String::new(),
            "Bearer".to_owned(),
            "Basic".to_owned(),
            "Bearer Bearer".to_owned(),
            format!("Token {token}"),
            format!("Bearer {token} {token}"),
            format!("Bearer Bearer Bearer {token}"),
            format!("Bearer Basic {}", basic(&format!("okta:{token}"))),
            format!("Bearer:{token}"),
            format!("Basic {token}"),
            format!("Basic {}", basic(&token)),
            format!("Basic {}", basic(&format!("{token}:"))),
            format!("Basic {}", basic(&format!("a:b:{token}"))),
            format!("Basic {}", basic(&format!("a:Bearer {token}"))),
            format!("Basic {} x", basic(&format!("okta:{token}"))),
        ] {
            assert_eq!(PresentedToken::in_authorization(&header), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_header_is_read(header in "(?i:bearer|basic)?[ \t]{0,2}\\PC{0,40}") {
            let _ = PresentedToken::in_authorization(&header);
        }

        #[test]
        fn any_user_name_will_do(name in "[^:]{0,20}") {
            let token = text();
            let header = format!("Basic {}", basic(&format!("{name}:{token}")));
            prop_assert_eq!(
                PresentedToken::in_authorization(&header),
                PresentedToken::parse(&token)
            );
        }
    }
}
