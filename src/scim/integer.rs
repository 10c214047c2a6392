//! Whole numbers as clients send them: in text, or as JSON that counts as an integer.
//!
//! Invariant: a number beyond the range of the type is as good as the last one within it.

use serde_json::Value;

/// The integer that a text spells in decimal digits.
pub(super) fn of_text(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let limit = if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    Some(text.parse().unwrap_or(limit))
}

/// The integer that a JSON number or string is. `1.0` and `1e3` are integers too: JSON knows numbers alone
/// (RFC 8259 section 6), and a serialiser of floating-point numbers prints them so.
pub(super) fn of_json(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => of_text(text),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => {
                of_text(&format!("{float:.0}"))
            }
            _ => of_text(&number.to_string()),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::of_json;
    use serde_json::from_str;

    #[test]
    fn json_numbers_without_a_fraction_are_integers() {
        for (json, expected) in [
            ("1", Some(1)),
            ("1.0", Some(1)),
            ("-2.0", Some(-2)),
            ("-0.0", Some(0)),
            ("1e2", Some(100)),
            ("1e30", Some(i64::MAX)),
            ("-1e30", Some(i64::MIN)),
            ("18446744073709551615", Some(i64::MAX)),
            ("\" 7 \"", Some(7)),
            ("\"+7\"", Some(7)),
            ("\"99999999999999999999999999\"", Some(i64::MAX)),
            ("1.5", None),
            ("1e-3", None),
            ("\"1.0\"", None),
            ("\"\"", None),
            ("\"-\"", None),
            ("true", None),
            ("[1]", None),
            ("null", None),
        ] {
            let value = from_str(json).expect("JSON");
            assert_eq!(of_json(&value), expected, "{json}");
        }
    }
}
