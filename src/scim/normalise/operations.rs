//! The operations of one request, and those of its parts that can't be used.

use super::operation::Operation;
use crate::scim::error::ScimError;
use crate::scim::place::ResourcePlace;

/// What a request comes to, part by part. A part is an operation with a path, or a key of an object.
///
/// A part that can't be used doesn't end the reading: the client is told of the first mistake in its own order,
/// behind what goes wrong when the operations before it are applied, and of none where there is no such resource;
/// and what blocks a teammate is done without that part.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Operations {
    pub(crate) understood: Vec<Operation>,
    /// In the order in which they stand in the request.
    pub(crate) unusable: Vec<Unusable>,
    /// There were too many unusable parts to read on: what the request comes to as a whole is not known.
    pub(crate) is_cut: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unusable {
    /// How many of the understood operations stand before it.
    pub(crate) behind: usize,
    /// Its path or key, as it was sent.
    pub(crate) at: String,
    /// It was no operation at all, whatever it was meant to do.
    pub(crate) is_malformed: bool,
    /// What it names, where it names something that is kept.
    pub(crate) place: Option<ResourcePlace>,
    pub(crate) reason: ScimError,
}

impl Operations {
    /// The parts in the order in which they were sent.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = Result<&Operation, &Unusable>> {
        let mut unusable = self.unusable.iter().peekable();
        let mut understood = self.understood.iter().enumerate().peekable();
        std::iter::from_fn(move || {
            let place = understood.peek().map(|(place, _)| *place);
            let is_next = |part: &&Unusable| place.is_none_or(|place| part.behind <= place);
            match unusable.next_if(is_next) {
                Some(part) => Some(Err(part)),
                None => understood.next().map(|(_, operation)| Ok(operation)),
            }
        })
    }

    /// For who takes a request whole or not at all: the operations before the first part that can't be used, and
    /// why that one can't.
    pub(crate) fn up_to_the_first_refusal(mut self) -> (Vec<Operation>, Option<ScimError>) {
        if self.unusable.is_empty() {
            return (self.understood, None);
        }
        let first = self.unusable.swap_remove(0);
        self.understood.truncate(first.behind);
        (self.understood, Some(first.reason))
    }
}
