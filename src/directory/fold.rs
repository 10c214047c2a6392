//! How names are compared: by Unicode case folding, never by the database's collation.

use serde_json::Value;

/// The folded form under which userNames, e-mail addresses and domains are stored and looked up.
/// SQLite's `lower()` and `NOCASE` know ASCII alone: `É` and `é` would be two people.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    caseless::default_case_fold_str(text)
}

/// The value with every text in it folded. Keys stay: they are names, and told apart as they are spelled.
pub fn fold_texts(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(fold(text)),
        Value::Array(list) => list.iter().map(fold_texts).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), fold_texts(value)))
            .collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_texts};
    use serde_json::json;

    #[test]
    fn texts_are_folded_and_keys_are_not() {
        assert_eq!(
            fold_texts(&json!({"Name": ["ÉÖ", {"A": "STRASSE ß"}, 1, true, null]})),
            json!({"Name": ["éö", {"A": "strasse ss"}, 1, true, null]})
        );
    }

    #[test]
    fn folds_beyond_ascii() {
        assert_eq!(fold("ÉLODIE@Example.COM"), "élodie@example.com");
        assert_eq!(fold("STRASSE"), fold("straße"));
        assert_ne!(fold("a"), fold("b"));
    }
}
