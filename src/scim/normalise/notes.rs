//! What was ignored or interpreted in a request, in sentences for the provisioning log.
//!
//! Invariant: no note holds a secret, and their number is bounded however large the request is.

/// Notes kept of one request; more say nothing new.
const MAX_NOTES: usize = 50;

/// What was understood, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood<T> {
    pub value: T,
    pub notes: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Notes {
    sentences: Vec<String>,
    left_out: usize,
}

impl Notes {
    /// Adds a sentence, once.
    pub(crate) fn push(&mut self, sentence: String) {
        if self.sentences.contains(&sentence) {
            return;
        }
        if self.sentences.len() < MAX_NOTES {
            self.sentences.push(sentence);
        } else {
            self.left_out += 1;
        }
    }

    pub(crate) fn into_sentences(mut self) -> Vec<String> {
        if self.left_out > 0 {
            self.sentences.push(format!("{} more", self.left_out));
        }
        self.sentences
    }
}
