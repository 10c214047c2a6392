//! Normalisation forms D and C (Unicode Standard Annex 15), from the canonical tables of `unicode-normalization` alone.
//!
//! Its iterators choose the form as they run, and so bring the compatibility tables along: 60 KB more to upload, which
//! nothing here asks for.

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

/// A character, and its canonical combining class: 0 for one that begins anew.
type Classed = (u8, char);

/// Form D.
pub(crate) fn decomposed(characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let decomposed = classed(characters);
    decomposed.into_iter().map(|(_, character)| character)
}

fn classed(characters: impl Iterator<Item = char>) -> Vec<Classed> {
    let mut decomposed = Vec::new();
    for character in characters {
        decompose_canonical(character, |part| {
            decomposed.push((canonical_combining_class(part), part));
        });
    }
    // Marks on one letter stand in the order of their classes, those of one class as they were.
    for place in 1..decomposed.len() {
        settle(&mut decomposed, place);
    }
    decomposed
}

/// Moves a mark forward to its place among those before it. There are a few on a letter, and a name is bounded.
fn settle(decomposed: &mut [Classed], mut place: usize) {
    while let Some([before, mark]) = decomposed.get_mut(place.saturating_sub(1)..=place)
        && mark.0 != 0
        && before.0 > mark.0
    {
        std::mem::swap(before, mark);
        place -= 1;
    }
}

/// Form C.
pub(crate) fn composed(characters: impl Iterator<Item = char>) -> String {
    let mut composed: Vec<char> = Vec::new();
    // Where the last letter stands, and the class of the last mark on it that did not become a part of it.
    let mut letter = None;
    let mut between = None;
    for (class, character) in classed(characters) {
        let is_next = between.is_none_or(|between| between < class);
        let onto = letter
            .filter(|_| is_next)
            .and_then(|place: usize| composed.get_mut(place));
        if let Some(base) = onto
            && let Some(both) = compose(*base, character)
        {
            *base = both;
            continue;
        }
        if class == 0 {
            letter = Some(composed.len());
            between = None;
        } else {
            between = Some(class);
        }
        composed.push(character);
    }
    composed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{composed, decomposed};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    #[test]
    fn each_character_has_its_forms() {
        for character in ('\0'..'\u{32000}').map(|character| character.to_string()) {
            let form_c: String = character.nfc().collect();
            assert_eq!(composed(character.chars()), form_c);
            let form_d: String = character.nfd().collect();
            assert_eq!(decomposed(character.chars()).collect::<String>(), form_d);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

        #[test]
        fn so_has_each_text(text in "[ae\u{ea}\u{1ea1}s\u{1e9b}\u{300}-\u{345}\u{591}-\u{5a0}\u{1100}-\u{1110}\u{1161}-\u{1170}\u{11a8}-\u{11b0}\u{ac00}-\u{ad00}\u{928}\u{93c}\u{fb1d}]{0,12}") {
            prop_assert_eq!(composed(text.chars()), text.nfc().collect::<String>());
            prop_assert_eq!(decomposed(text.chars()).collect::<String>(), text.nfd().collect::<String>());
        }
    }
}
