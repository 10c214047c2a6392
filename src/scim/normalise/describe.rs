//! Other people's values in our messages: named by their JSON type and cut short.

use crate::scim::secret;
use serde_json::Value;

/// Characters of a foreign value in a message.
const MAX_SHOWN: usize = 80;

/// The text without the secrets in it, cut at [`MAX_SHOWN`] characters and without control characters.
pub(crate) fn cut(text: &str) -> String {
    let text = secret::shown(text);
    let mut shown: String = text
        .chars()
        .take(MAX_SHOWN)
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The JSON type, as a noun.
pub(crate) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The JSON type and, where it is short, the value.
pub(crate) fn kind_and_value(value: &Value) -> String {
    match value {
        Value::Bool(_) | Value::Number(_) => format!("{} ({value})", kind(value)),
        Value::String(text) => format!("the string \"{}\"", cut(text)),
        Value::Array(list) => format!("a list of {} values", list.len()),
        Value::Null | Value::Object(_) => kind(value).to_owned(),
    }
}
