//! Whether a name is a secret's.
//!
//! One normaliser: trimmed, folded, split into words (by case, and by whatever is no letter and no digit), joined
//! again. Names are not case-sensitive (RFC 7643 section 2.1), so that the case may split a word, but never hide one.

use crate::scim::fold;
use std::borrow::Cow;

/// A name that ends so is a secret's, also where the words have grown together (`userpassword`): nothing else does.
const ENDINGS: [&str; 12] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "credential",
    "apikey",
    "privatekey",
    "secretkey",
    "accesskey",
    "signingkey",
];

/// What the last word, or the last two, have to be: other words end so, too (`spin`, `compassCode`).
const WORDS: [&str; 11] = [
    "passcode",
    "pin",
    "otp",
    "totp",
    "otpcode",
    "jwt",
    "bearer",
    "encryptionkey",
    "sharedkey",
    "masterkey",
    "recoverycode",
];

/// What may be made of a secret and is worth as much to whoever guesses.
const MADE_OF_ONE: [&str; 3] = ["hash", "salt", "digest"];

/// Whether a name, or a part of what a path names, is a secret's: `userPassword`, `api_token2` and `passwordHash` are,
/// `passwordNeverExpires`, `secretary` (both of Active Directory) and `pinCode` (India's postal code) are not.
///
/// What a filter in brackets compares with is no name.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = outside_brackets(name);
    let mut segments = name
        .rsplit(':')
        .filter(|segment| !segment.trim().is_empty());
    let last = segments.next().unwrap_or_default();
    // The URI of a schema or a claim: its host has dots of its own.
    let last = last.rsplit(['/', '#']).next().unwrap_or_default();
    last.split('.').any(speaks_of_a_secret)
}

/// Whether a text that is one name speaks of a secret, whatever it is written with.
pub(super) fn speaks_of_a_secret(name: &str) -> bool {
    let mut words = words(name);
    while let Some(last) = words.last_mut() {
        last.truncate(bare(last).len());
        if !last.is_empty() {
            break;
        }
        words.pop();
    }
    let joined = words.concat();
    let last_two = words.len().saturating_sub(2);
    let ends: [&str; 3] = [
        words.last().map_or("", String::as_str),
        &words.get(last_two..).unwrap_or_default().concat(),
        &joined,
    ];
    ends_as_a_secret(&joined)
        || WORDS.iter().any(|secret| ends.contains(secret))
        || is_made_of_one(&words, &joined)
}

fn ends_as_a_secret(joined: &str) -> bool {
    ENDINGS.iter().any(|secret| joined.ends_with(secret))
}

fn is_made_of_one(words: &[String], joined: &str) -> bool {
    let is_what_is_made = |word: &&String| MADE_OF_ONE.contains(&bare(word));
    let mut behind = words
        .iter()
        .skip_while(|word| !ends_as_a_secret(bare(word)));
    behind.next().is_some() && behind.any(|word| is_what_is_made(&word))
        || MADE_OF_ONE
            .iter()
            .filter_map(|made| joined.strip_suffix(made))
            .any(|rest| ends_as_a_secret(bare(rest)))
}

/// Without a number and a plural at the end.
fn bare(word: &str) -> &str {
    word.trim_end_matches(|end: char| end.is_ascii_digit() || end == 's')
}

fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = None;
    let mut characters = fold::seen(name).peekable();
    while let Some(character) = characters.next() {
        let goes_on_small = characters.peek().is_some_and(|next| next.is_lowercase());
        // `apiToken`, `oauth2Token`, and the end of capitals in `APIKey`.
        let begins = character.is_uppercase()
            && before.is_some_and(|before: char| !before.is_uppercase() || goes_on_small);
        if begins || !character.is_alphanumeric() {
            words.push(std::mem::take(&mut word));
        }
        if character.is_alphanumeric() {
            word.push(character);
        }
        before = Some(character);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    for word in &mut words {
        *word = fold::text(word);
    }
    words
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
    use proptest::prelude::*;

    const SECRETS: [&str; 62] = [
        "password",
        "Password",
        "PASSWORD",
        "pAsSwOrD",
        "password ",
        " password",
        "\tpassword\n",
        "pass word",
        "pass_word",
        "Pass-Word",
        "pass\u{200b}word",
        "pass\u{1}word",
        "\u{ff50}\u{ff41}\u{ff53}\u{ff53}\u{ff57}\u{ff4f}\u{ff52}\u{ff44}",
        "pa\u{17f}\u{17f}word",
        "to\u{212a}en",
        "urn:x:y:apiToken",
        "urn:x:y:password:",
        "name.userPasswd",
        "password.",
        "emails[type eq \"work\"].clientSecret",
        "secretary_secret",
        "userpassword",
        "unixPwd",
        "unixpwd",
        "password2",
        "password_2",
        "urn:x:tokens",
        "password.value",
        "urn:x:y:passwords[type eq \"work:a.b\"].value",
        "clientSecret[value",
        "http://schemas.example.com/claims/password",
        "http://schemas.example.com/claims#password",
        "passwordHash",
        "password_hash",
        "passwordhash",
        "PasswordSha256Hash",
        "passwords-salt",
        "secretDigest",
        "clientSecretHash2",
        "hashedPassword",
        "apiKey",
        "api_key",
        "API key",
        "APIKey",
        "APIKEYS",
        "privateKey",
        "ssh-private-key",
        "secretKey",
        "accessKey",
        "credential",
        "userCredentials",
        "passcode",
        "pass code",
        "passphrase",
        "pin",
        "userPin",
        "PIN",
        "pin_2",
        "otp",
        "login OTP",
        "idJwt",
        "bearer",
    ];

    const OTHERS: [&str; 26] = [
        "title",
        "",
        " ",
        "urn:x:secrets:title",
        "secretary",
        "Secretary",
        "secretaries",
        "passwordNeverExpires",
        "PasswordLastSet",
        "password_expired",
        "pinCode",
        "pin_code",
        "spin",
        "shipping",
        "compassCode",
        "urn:x:y:Secretaries",
        "roles[value eq \"token\"].display",
        "roles[value eq \"a:token\"]",
        "http://tokens.example.com/hr",
        "keyAccount",
        "publicKey",
        "key",
        "secretaryHash",
        "hash",
        "saltLake",
        "bearerName",
    ];

    #[test]
    fn the_words_of_a_name_tell() {
        for name in SECRETS {
            assert!(is_secret(name), "{name:?}");
        }
        for name in OTHERS {
            assert!(!is_secret(name), "{name:?}");
        }
    }

    proptest! {
        /// Names are not case-sensitive, and blanks at the ends are nobody's.
        #[test]
        fn no_case_and_no_blank_hides_a_password(
            capitals in proptest::collection::vec(any::<bool>(), 8),
            before in "[ \t_-]{0,3}",
            behind in "[ \t_-]{0,3}",
        ) {
            let spelled: String = "password"
                .chars()
                .zip(capitals)
                .map(|(letter, is_capital)| if is_capital { letter.to_ascii_uppercase() } else { letter })
                .collect();
            let name = format!("{before}{spelled}{behind}");
            prop_assert!(is_secret(&name), "{:?}", name);
        }
    }
}
