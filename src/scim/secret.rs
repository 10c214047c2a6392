//! Names that speak of a secret. What stands under one is neither stored nor logged: identity providers send
//! passwords that nobody asked for (Okta docs, SCIM 2.0 reference), and an admin can map one to any name.
//!
//! Invariant: what the log masks is not kept, and what is kept is not masked, because both ask here.

/// Whether the last segment of a name or path ends in the word for a secret: `userPassword` and `api_token2`
/// hold one, `passwordNeverExpires` and `secretary` (both of Active Directory) don't.
pub(super) fn is_secret(name: &str) -> bool {
    const WORDS: [&str; 6] = ["password", "passwd", "pwd", "passphrase", "secret", "token"];
    let last = name.rsplit([':', '.']).next().unwrap_or_default();
    let last = last.to_ascii_lowercase();
    let last = last.trim_end_matches(|end: char| end.is_ascii_digit() || end == 's');
    WORDS.iter().any(|word| last.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn the_last_segment_tells() {
        for name in [
            "password",
            "Password",
            "urn:x:y:apiToken",
            "name.userPasswd",
            "emails[type eq \"work\"].clientSecret",
            "secretary_secret",
            "unixPwd",
            "password2",
            "urn:x:tokens",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "title",
            "",
            "urn:x:secrets:title",
            "secretary",
            "passwordNeverExpires",
            "urn:x:y:Secretaries",
            "roles[value eq \"token\"].display",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
