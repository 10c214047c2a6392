//! PRECIS, width mapping (RFC 8264 section 5.2.1): the forms that East Asian typesetting has for a character's width,
//! each of which stands for the character itself.
//!
//! Written out, because the tables that say it (Unicode's compatibility decompositions) say much more, and would be some
//! tens of KB more to upload. A test holds it against them.

/// From U+FF5F on: brackets, punctuation and katakana of half the width; the last two are the marks of voicing.
const HALFWIDTH: &str = "⦅⦆。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ\
    ヤユヨラリルレロワン\u{3099}\u{309a}";

/// From U+FFE0 on: signs of the full width, and after a gap of half of it.
const SIGNS: &str = "¢£¬¯¦¥₩\u{ffe7}│←↑→↓■○";

pub(super) fn of_usual_width(character: char) -> char {
    let code = u32::from(character);
    let moved_to = |from: char, to: char| char::from_u32(code - u32::from(from) + u32::from(to));
    let listed = |from: char, list: &str| {
        let place = usize::try_from(code - u32::from(from)).ok()?;
        list.chars().nth(place)
    };
    let usual = match character {
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => moved_to('\u{ff01}', '!'),
        '\u{ff5f}'..='\u{ff9f}' => listed('\u{ff5f}', HALFWIDTH),
        // Hangul letters.
        '\u{ffa1}'..='\u{ffbe}' => moved_to('\u{ffa1}', '\u{3131}'),
        '\u{ffc2}'..='\u{ffc7}' => moved_to('\u{ffc2}', '\u{314f}'),
        '\u{ffca}'..='\u{ffcf}' => moved_to('\u{ffca}', '\u{3155}'),
        '\u{ffd2}'..='\u{ffd7}' => moved_to('\u{ffd2}', '\u{315b}'),
        '\u{ffda}'..='\u{ffdc}' => moved_to('\u{ffda}', '\u{3161}'),
        '\u{ffe0}'..='\u{ffee}' => listed('\u{ffe0}', SIGNS),
        _ => None,
    };
    usual.unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::of_usual_width;
    use unicode_normalization::UnicodeNormalization as _;

    #[test]
    fn each_form_stands_for_what_unicode_says() {
        for character in ('\u{3000}'..='\u{3000}').chain('\u{ff01}'..='\u{ffee}') {
            // The filler of half the width is not drawn, whatever it stands for.
            if character == '\u{ffa0}' {
                continue;
            }
            let usual = of_usual_width(character).to_string();
            let decomposed = |text: &str| text.nfkd().to_string();
            assert_eq!(decomposed(&usual), decomposed(&character.to_string()));
            let is_form = decomposed(&usual) != character.to_string();
            assert_eq!(is_form, usual != character.to_string(), "{character:?}");
        }
    }

    #[test]
    fn all_others_stand_for_themselves() {
        for character in ('\0'..'\u{3000}')
            .chain('\u{3001}'..'\u{ff01}')
            .chain('\u{ffef}'..='\u{2ffff}')
        {
            assert_eq!(of_usual_width(character), character);
        }
    }
}
