//! Names that speak of a secret. What stands under one is neither stored nor logged: identity providers send
//! passwords that nobody asked for (Okta docs, SCIM 2.0 reference), and an admin can map one to any name.
//!
//! Invariant: what the log masks is not kept, and what is kept is not masked, because both ask here.

use std::borrow::Cow;

/// Whether a name, or a part of what a path names, ends in the word for a secret: `userPassword` and
/// `api_token2` hold one, `passwordNeverExpires` and `secretary` (both of Active Directory) don't.
///
/// What a filter in brackets compares with is no name.
pub(super) fn is_secret(name: &str) -> bool {
    let name = outside_brackets(name);
    let last = name.rsplit(':').next().unwrap_or_default();
    if last.contains('/') {
        // The URI of a schema, whose host has dots of its own.
        return last.rsplit('.').next().is_some_and(speaks_of_a_secret);
    }
    last.split('.').any(speaks_of_a_secret)
}

fn speaks_of_a_secret(word: &str) -> bool {
    const WORDS: [&str; 6] = ["password", "passwd", "pwd", "passphrase", "secret", "token"];
    let word = word.to_ascii_lowercase();
    let word = word.trim_end_matches(|end: char| end.is_ascii_digit() || end == 's');
    WORDS.iter().any(|secret| word.ends_with(secret))
}

/// The text without its first bracket, the last and what is between them.
fn outside_brackets(name: &str) -> Cow<'_, str> {
    match (name.find('['), name.rfind(']')) {
        (Some(start), Some(end)) if start < end => {
            let before = name.get(..start).unwrap_or_default();
            let behind = name.get(end + 1..).unwrap_or_default();
            Cow::Owned(format!("{before}{behind}"))
        }
        (Some(start), None) => Cow::Borrowed(name.get(..start).unwrap_or_default()),
        _ => Cow::Borrowed(name),
    }
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn the_words_of_a_name_tell() {
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
            "password.value",
            "urn:x:y:passwords[type eq \"work:a.b\"].value",
            "clientSecret[value",
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
            "roles[value eq \"a:token\"]",
            "http://tokens.example.com/hr",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
