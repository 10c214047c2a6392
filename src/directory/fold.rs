//! How names are compared: by Unicode case folding, never by the database's collation.

/// The folded form under which userNames, e-mail addresses and domains are stored and looked up.
/// SQLite's `lower()` and `NOCASE` know ASCII alone: `É` and `é` would be two people.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    caseless::default_case_fold_str(text)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_beyond_ascii() {
        assert_eq!(fold("ÉLODIE@Example.COM"), "élodie@example.com");
        assert_eq!(fold("STRASSE"), fold("straße"));
        assert_ne!(fold("a"), fold("b"));
    }
}
