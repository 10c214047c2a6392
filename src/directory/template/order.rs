//! The order of names as people sort them: by letters first, then by accents, then by case.
//!
//! Three keys instead of the Unicode Collation Algorithm: its tables would be the largest thing in the Worker, and
//! tell more only of scripts whose letters aren't in the order of their code points.

use crate::scim::fold::{normal, text};
use unicode_normalization::char::is_combining_mark;

/// Names sort as their keys do.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CollationKey {
    letters: Vec<(Class, char)>,
    /// Those of each letter; a letter without comes first.
    accents: Vec<Vec<char>>,
    /// Small letters come first.
    capitals: Vec<bool>,
}

/// Dictionaries put blanks and signs before digits, and these before letters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Blank,
    Sign,
    Digit,
    Letter,
}

impl Class {
    fn of(character: char) -> Self {
        if character.is_whitespace() {
            Self::Blank
        } else if character.is_alphabetic() {
            Self::Letter
        } else if character.is_numeric() {
            Self::Digit
        } else {
            Self::Sign
        }
    }
}

impl CollationKey {
    pub(super) fn of(name: &str) -> Self {
        let mut letters = Vec::new();
        let mut accents: Vec<Vec<char>> = Vec::new();
        let folded = text(name.trim());
        for character in normal::decomposed(folded.chars()).flat_map(without_stroke) {
            match accents.last_mut() {
                Some(of_last) if is_combining_mark(character) => of_last.push(character),
                _ => {
                    letters.push((Class::of(character), character));
                    accents.push(Vec::new());
                }
            }
        }
        Self {
            letters,
            accents,
            capitals: normal::composed(name.trim().chars())
                .chars()
                .map(char::is_uppercase)
                .collect(),
        }
    }
}

/// Letters that Unicode does not take apart, though people sort them as a letter with an accent.
fn without_stroke(character: char) -> impl Iterator<Item = char> {
    const STROKE: char = '\u{335}';
    let parts: &[char] = match character {
        'ø' => &['o', STROKE],
        'đ' => &['d', STROKE],
        'ł' => &['l', STROKE],
        'ħ' => &['h', STROKE],
        'ı' => &['i', STROKE],
        'æ' => &['a', STROKE, 'e'],
        'œ' => &['o', STROKE, 'e'],
        _ => &[],
    };
    let whole = parts.is_empty().then_some(character);
    whole.into_iter().chain(parts.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_sorted_as_people_do() {
        let sorted = [
            "",
            "(Support)",
            "1st line",
            "2nd line",
            "A team",
            "a-team",
            "Administration",
            "Ärzte",
            "Aushilfe",
            "eclair",
            "Eclair",
            "éclair",
            "Éclair",
            "Eclairs",
            "HR",
            "Łódź",
            "Lohn",
            "Øresund",
            "OS",
            "recruiting",
            "Recruiting",
            "Sales",
            "Straße",
            "Strassen",
            "zebra",
            "Отдел",
        ];
        for pair in sorted.windows(2) {
            let (first, second) = (CollationKey::of(pair[0]), CollationKey::of(pair[1]));
            assert!(first < second, "{pair:?}");
        }
    }

    #[test]
    fn composed_and_decomposed_are_one_name() {
        assert_eq!(
            CollationKey::of("E\u{301}clair"),
            CollationKey::of("\u{c9}clair")
        );
        assert_eq!(CollationKey::of("\u{a0}HR "), CollationKey::of("HR"));
    }

    proptest! {
        #[test]
        fn letters_come_before_accents_and_these_before_case(
            first in "[aáAÁbB]{0,4}",
            second in "[aáAÁbB]{0,4}",
        ) {
            let plain = |name: &str| name.to_lowercase().replace('á', "a");
            let accented = str::to_lowercase;
            let order = CollationKey::of(&first).cmp(&CollationKey::of(&second));
            let expected = plain(&first)
                .cmp(&plain(&second))
                .then(accented(&first).cmp(&accented(&second)));
            if expected.is_ne() {
                prop_assert_eq!(order, expected);
            } else {
                prop_assert_eq!(order.is_eq(), first == second);
            }
        }
    }
}
