//! What is one name, and what are two.

use super::{NameKey, name, part_of_name, text};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

/// Spellings of one person.
const RITA: &str = "josé@example.com";
const SPELLINGS: [&str; 13] = [
    "José@Example.com",
    "JOSÉ@EXAMPLE.COM",
    "Jose\u{301}@example.com",
    " josé@example.com",
    "josé@example.com\u{a0}\t",
    "\u{3000}josé@example.com",
    "\u{feff}josé@example.com",
    "jo\u{200b}sé@example.com",
    "josé\u{ad}@example.com\u{200e}",
    " \u{200d} josé@example.com",
    "ｊｏｓé＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "jos\u{fe0f}e\u{34f}\u{301}@example.com",
    "josé@example\u{7}.com\u{e0041}",
];

#[test]
fn spellings_that_nobody_can_tell_apart_are_one_name() {
    for spelling in SPELLINGS {
        assert_eq!(name(spelling), RITA, "{spelling:?}");
    }
    assert_eq!(name("STRASSE"), name("straße"));
    // Halfwidth katakana has its voicing as a character of its own.
    assert_eq!(name("ｶﾞ"), name("ガ"));
    assert_eq!(name("￥₩￦"), "¥₩₩");
}

#[test]
fn what_can_be_told_apart_is_not_one_name() {
    for (one, other) in [
        ("jose@example.com", RITA),
        ("jos é@example.com", RITA),
        ("support  squad", "support squad"),
        ("x①", "x1"),
        ("x²", "x2"),
        // A Cyrillic letter.
        ("аnn", "ann"),
    ] {
        assert_ne!(name(one), name(other), "{one:?} {other:?}");
    }
}

#[test]
fn a_name_of_nothing_that_can_be_seen_is_empty() {
    for unseen in [
        "",
        " ",
        "\u{200b}",
        "\u{3164} \u{ffa0}",
        "\u{feff}\r\n\u{1}",
    ] {
        assert_eq!(name(unseen), "", "{unseen:?}");
    }
}

#[test]
fn a_piece_of_a_name_keeps_its_blanks() {
    assert_eq!(part_of_name("Support "), "support ");
    assert_eq!(part_of_name("\u{3000}É"), " é");
}

#[test]
fn the_former_form_is_there_where_it_differs() {
    let former = |text| NameKey::of(text).former().map(str::to_owned);
    for same in ["rita@example.com", "RITA", "José", "straße"] {
        assert_eq!(former(same), None, "{same}");
    }
    assert_eq!(former(" Rita"), Some(" rita".to_owned()));
    assert_eq!(former("Jose\u{301}"), Some("jose\u{301}".to_owned()));
    let key = NameKey::of("Ｒita");
    assert_eq!(key.forms().collect::<Vec<_>>(), ["ｒita", "rita"]);
    // What the former folding made of this means another name now.
    assert_eq!(former("α\u{345}\u{301}"), None);
}

#[test]
fn each_character_has_one_form_however_it_is_written() {
    // Beyond, there are ideographs and tags.
    for character in ('\0'..'\u{32000}').chain('\u{e0000}'..'\u{e1000}') {
        let as_text = format!("a{character}b");
        let folded = name(&as_text);
        assert_eq!(name(&folded), folded, "{character:?}");
        assert_eq!(name(&as_text.nfd().to_string()), folded, "{character:?}");
        assert_eq!(name(&as_text.nfc().to_string()), folded, "{character:?}");
        assert_eq!(name(&text(&as_text)), folded, "{character:?}");
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let peculiar = proptest::sample::select(
        " \t\u{301}\u{345}\u{327}\u{200b}\u{feff}éÉßﬁİıΣςᾴ＠Ｒｶﾞガ한\u{1100}\u{1161}\u{3000}\u{e0041}".chars().collect::<Vec<_>>(),
    );
    let character =
        prop_oneof![3 => peculiar, 2 => proptest::char::range(' ', '~'), 1 => any::<char>()];
    proptest::collection::vec(character, 0..12).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn folding_is_idempotent_and_knows_no_spelling(sent in any_text(), other in any_text()) {
        let folded = name(&sent);
        prop_assert_eq!(&name(&folded), &folded);
        prop_assert_eq!(&name(&sent.nfd().to_string()), &folded);
        prop_assert_eq!(&name(&sent.nfc().to_string()), &folded);
        prop_assert_eq!(&name(&format!("\u{2003}{sent} \u{200b}\n")), &folded);
        prop_assert_eq!(folded.trim(), folded.as_str());
        let piece = part_of_name(&sent);
        prop_assert_eq!(piece.trim(), folded.as_str());
        let key = NameKey::of(&sent);
        for form in key.forms() {
            prop_assert_eq!(&name(form), &folded);
        }
        // A piece of a folded name is folded itself.
        let whole = part_of_name(&format!("{folded}{other}"));
        for (place, _) in whole.char_indices() {
            prop_assert_eq!(part_of_name(&whole[place..]), &whole[place..]);
            prop_assert_eq!(part_of_name(&whole[..place]), &whole[..place]);
        }
    }

    #[test]
    fn plain_names_are_folded_as_they_were(sent in "[!-~]{0,20}") {
        prop_assert_eq!(name(&sent), text(&sent));
        let key = NameKey::of(&sent);
        prop_assert_eq!(key.former(), None);
    }
}
