//! How texts are compared: in a folded form, never by the database's collation, which knows ASCII alone (`É` and
//! `é` would be two people).
//!
//! Values of attributes go by Unicode case folding ([`text`]). The names by which people and groups are found, and
//! e-mail addresses, go by more ([`name`]): RFC 7644 section 5 has userNames compared as PRECIS asks (RFC 8265
//! section 3.3: width mapping, case, normalisation form C), because two spellings that nobody can tell apart are
//! one person. So blanks at the ends and characters that can't be seen make no difference either. No more than
//! that: NFKC would make `①` and `1`, `²` and `2` the same, which can be told apart.
//!
//! Invariants: folding is idempotent; what is canonically equivalent (NFC, NFD) has one folded form; a folded name
//! has no blank at an end. What is shown is always what was sent.

pub(crate) mod normal;
mod width;

use width::of_usual_width;

/// A text by its letters' case alone.
pub fn text(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // By this one function alone: its generic ones would bring its table a second time.
    caseless::default_case_fold_str(text)
}

/// A userName, an e-mail address, the name of a group.
pub fn name(name: &str) -> String {
    let mut folded = part_of_name(name);
    folded.truncate(folded.trim_end().len());
    let blanks = folded.len() - folded.trim_start().len();
    folded.drain(..blanks);
    folded
}

/// A piece of a name: it may well begin or end with a blank.
pub fn part_of_name(part: &str) -> String {
    if part.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return part.to_ascii_lowercase();
    }
    // Case folding takes marks apart from their letters in some, and is meant to be done on form D (Unicode D145).
    let decomposed: String = normal::decomposed(seen(part)).collect();
    normal::composed(text(&decomposed).chars())
}

/// What can be seen of a text, in the usual width.
pub(super) fn seen(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(of_usual_width)
        .filter(|character| !is_unseen(*character))
}

/// A name in the forms under which it may be stored. Two are equal where the names are.
#[derive(Debug, Clone)]
pub struct NameKey {
    folded: String,
    former: Option<String>,
}

impl NameKey {
    pub fn of(text: &str) -> Self {
        let folded = name(text);
        let former = former(text, &folded);
        Self { folded, former }
    }

    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Rows that were written before names were folded as they are now have it, until they are folded anew.
    pub fn former(&self) -> Option<&str> {
        self.former.as_deref()
    }

    /// From the one that is to be found first: whoever still has the former form was meant by this very spelling.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.former.as_deref().into_iter().chain([self.folded()])
    }
}

impl PartialEq for NameKey {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for NameKey {}

/// The form under which a name, or a piece of one, was stored before version 0015 of the schema, where that is
/// another one. It finds nothing that the present form doesn't mean.
pub(super) fn former(text: &str, folded: &str) -> Option<String> {
    let former = self::text(text);
    (former != folded && part_of_name(&former).trim() == folded.trim()).then_some(former)
}

/// What is not drawn: the code points that Unicode calls `Default_Ignorable` (`DerivedCoreProperties.txt`; among them
/// zero width space and joiners, the byte order mark, soft hyphen, marks of direction, variation selectors, tags),
/// the marks of interlinear annotation, and controls that are no blanks.
fn is_unseen(character: char) -> bool {
    (character.is_control() && !character.is_whitespace())
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests;
