//! Texts in which secrets may stand: JSON in a string, the filter of a path, a header.

use super::name::{is_secret, speaks_of_a_secret};
use super::{HiddenMembers, NOT_KEPT};
use serde_json::Value;
use std::borrow::Cow;

/// JSON in a string in a string and so on: Entra writes one level (`AppRoleAssignmentsComplex`), nobody more than two.
const MOST_LEVELS: usize = 4;

/// A word of letters and digits in a header that is longer names no product and no version, but may well be a token.
const LONGEST_WORD: usize = 32;

/// What is left of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum KeptText {
    /// All: it names no secret.
    AsSent,
    /// The JSON that it is, without its secrets.
    Without(String),
    /// It is no JSON, but has a secret's name in quotes and a colon behind: where the secret ends, nobody can tell.
    Nothing,
}

/// Tells what is left of a text. For each secret `instead` is told its name, and says what is to stand there.
pub(crate) fn kept(text: &str, instead: &mut dyn FnMut(&str) -> Option<Value>) -> KeptText {
    at_level(text, 1, instead)
}

fn at_level(text: &str, level: usize, instead: &mut dyn FnMut(&str) -> Option<Value>) -> KeptText {
    if !text.contains(':') {
        return KeptText::AsSent;
    }
    let inside =
        text.trim_start_matches(|blank: char| blank.is_whitespace() || blank == '\u{feff}');
    let parsed = (level <= MOST_LEVELS && inside.starts_with(['{', '[', '"']))
        .then(|| serde_json::from_str::<Value>(inside).ok())
        .flatten();
    let mut found = false;
    let mut instead = |name: &str| {
        found = true;
        instead(name)
    };
    match parsed.map(|value| without(&value, level, &mut instead)) {
        Some(value) if found => KeptText::Without(value.to_string()),
        // Of two members of one name, only one was seen.
        Some(value) if names_a_secret(text) => KeptText::Without(value.to_string()),
        None if names_a_secret(text) => KeptText::Nothing,
        _ => KeptText::AsSent,
    }
}

fn without(value: &Value, level: usize, instead: &mut dyn FnMut(&str) -> Option<Value>) -> Value {
    match value {
        Value::Array(list) => list
            .iter()
            .map(|value| without(value, level, instead))
            .collect(),
        Value::Object(members) => {
            let hidden = HiddenMembers::of(members);
            let kept = members.iter().filter_map(|(key, value)| {
                let value = if hidden.hides(key, value) {
                    instead(key)?
                } else {
                    without(value, level, instead)
                };
                Some((key.clone(), value))
            });
            Value::Object(kept.collect())
        }
        Value::String(text) => match at_level(text, level + 1, instead) {
            KeptText::AsSent => value.clone(),
            KeptText::Without(text) => text.into(),
            KeptText::Nothing => instead("text").unwrap_or_default(),
        },
        other => other.clone(),
    }
}

/// Whether a secret's name stands in quotes with a colon behind it, however often the quotes are escaped.
fn names_a_secret(text: &str) -> bool {
    const QUOTES: [char; 2] = ['"', '\''];
    text.match_indices(':').any(|(colon, _)| {
        let before = text.get(..colon).unwrap_or_default().trim_end();
        before.strip_suffix(QUOTES).is_some_and(|quoted| {
            let quoted = quoted.trim_end_matches('\\');
            quoted.rsplit(QUOTES).next().is_some_and(speaks_of_a_secret)
        })
    })
}

/// A foreign text as a message or the log may show it: a path without what its filter compares a secret with.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if names_a_secret(text) {
        return NOT_KEPT.into();
    }
    let Some((before, inside)) = text.split_once('[') else {
        return text.into();
    };
    let (inside, behind) = inside.rsplit_once(']').unwrap_or((inside, ""));
    if is_secret(before) || is_secret(behind) || compares_a_secret(inside) {
        return format!("{before}[{NOT_KEPT}]{behind}").into();
    }
    text.into()
}

/// Whether a word outside of quotes is a secret's name.
fn compares_a_secret(filter: &str) -> bool {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let bare: String = filter
        .chars()
        .map(|character| {
            let was_quoted = is_quoted;
            if character == '"' && !is_escaped {
                is_quoted = !is_quoted;
            }
            is_escaped = was_quoted && character == '\\' && !is_escaped;
            if was_quoted || is_quoted {
                ' '
            } else {
                character
            }
        })
        .collect();
    bare.split(|character: char| character.is_whitespace() || "()[]".contains(character))
        .any(is_secret)
}

/// A header's text as far as the first word that names a secret, or that is too long to be a product's: what stands
/// there, and behind it, is not kept.
pub fn up_to_a_secret(text: &str) -> Cow<'_, str> {
    if names_a_secret(text) {
        return NOT_KEPT.into();
    }
    let is_of_a_word =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    let mut place = 0;
    for word in text.split_inclusive(|character| !is_of_a_word(character)) {
        let name = word.trim_end_matches(|character| !is_of_a_word(character));
        let end = place + name.len();
        let is_mixed = |text: &str| {
            text.contains(char::is_alphabetic) && text.contains(|one: char| one.is_ascii_digit())
        };
        if name.chars().nth(LONGEST_WORD).is_some() && is_mixed(name) {
            return format!("{}{NOT_KEPT}", text.get(..place).unwrap_or_default()).into();
        }
        let so_far = text.get(..end).unwrap_or_default();
        if end < text.len() && !name.is_empty() && speaks_of_a_secret(so_far) {
            return format!("{so_far} {NOT_KEPT}").into();
        }
        place += word.len();
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::{KeptText, kept, shown, up_to_a_secret};
    use proptest::prelude::*;
    use serde_json::json;

    fn of(text: &str) -> KeptText {
        kept(text, &mut |_| None)
    }

    #[test]
    fn json_in_a_string_loses_its_secrets_and_nothing_else() {
        for text in [
            "",
            "Ada",
            "{",
            "a: b",
            r#"{"id":"1","displayName":"R"}"#,
            r#" {"b": 1.50, "a": [ ]}"#,
            "the \"secretary\": Ida",
            "password: none",
        ] {
            assert_eq!(of(text), KeptText::AsSent, "{text}");
        }
        for (text, left) in [
            (r#"{"id":"1","password ":"M"}"#, r#"{"id":"1"}"#),
            (r#"  [{"a":{"apiKey":"M","b":2}}]"#, r#"[{"a":{"b":2}}]"#),
            (r#"{"pass\u0077ord":"M"}"#, "{}"),
            (r#"{"a":{"token":"M"},"a":1}"#, r#"{"a":1}"#),
            (
                r#"{"path":"password","value":"M"}"#,
                r#"{"path":"password"}"#,
            ),
        ] {
            assert_eq!(of(text), KeptText::Without(left.to_owned()), "{text}");
        }
        for text in [
            r#"{"password":"M""#,
            "{'password': 'M'}",
            r#"roles={"token" : "M"}"#,
            r#"{"a":"b"} {"pin":1}"#,
        ] {
            assert_eq!(of(text), KeptText::Nothing, "{text}");
        }
    }

    #[test]
    fn no_level_of_strings_hides_a_secret() {
        let mut text = json!({"id": 1, "secretKey": "M"}).to_string();
        for _ in 0..7 {
            match of(&text) {
                KeptText::AsSent => panic!("{text}"),
                KeptText::Without(left) => {
                    assert!(!left.contains('M') && left.contains("id"), "{left}");
                }
                KeptText::Nothing => {}
            }
            text = json!({"id": 1, "inner": text}).to_string();
        }
    }

    #[test]
    fn a_path_is_shown_without_what_is_compared_with_a_secret() {
        for (path, expected) in [
            ("title", "title"),
            (
                "emails[type eq \"work\"].value",
                "emails[type eq \"work\"].value",
            ),
            ("roles[value eq \"token\"]", "roles[value eq \"token\"]"),
            (
                "roles[value eq \"a \\\" password\"]",
                "roles[value eq \"a \\\" password\"]",
            ),
            ("roles[password eq \"M\"].value", "roles[(not kept)].value"),
            (
                "roles[a eq 1 and not (x.apiKey eq \"M\")]",
                "roles[(not kept)]",
            ),
            ("roles[pin eq \"M", "roles[(not kept)]"),
            (
                "urn:x:passwords[value eq \"M\"]",
                "urn:x:passwords[(not kept)]",
            ),
            ("a[value eq \"M\"].token", "a[(not kept)].token"),
            ("emails[value eq \"{\\\"pin\\\":1}\"]", "(not kept)"),
        ] {
            assert_eq!(shown(path), expected);
        }
    }

    #[test]
    fn a_header_is_kept_up_to_a_secret() {
        for (header, expected) in [
            ("Okta SCIM Client 1.0.0", "Okta SCIM Client 1.0.0"),
            ("okta-token-agent/1.2 (x; y)", "okta-token-agent/1.2 (x; y)"),
            ("Sync/1.0 token", "Sync/1.0 token"),
            ("Sync/1.0 token=M", "Sync/1.0 token (not kept)"),
            ("Sync (api key: M; y)", "Sync (api key (not kept)"),
            ("Bearer M", "Bearer (not kept)"),
            ("x {\"pin\": 1}", "(not kept)"),
            (
                "Sync/1.0 rc_0123456789abcdefghijklmnopqrstuv z",
                "Sync/1.0 (not kept)",
            ),
        ] {
            assert_eq!(up_to_a_secret(header), expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_asked(text in "\\PC{0,40}[\"\\[\\]{}:\\\\a-z ]{0,40}") {
            let _ = (of(&text), shown(&text), up_to_a_secret(&text));
        }
    }
}
