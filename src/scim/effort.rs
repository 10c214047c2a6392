//! The work that one HTTP request may ask for in all, be it one operation or a bulk request of many.
//!
//! What an operation may ask for is bounded by itself (`draft::budget`): some tenths of a second. A bulk request is two
//! hundred such, and the platform ends what computes for longer than `cpu_ms` of wrangler.toml says, half done. So the
//! operations share one budget: work is counted before it is done, what is over the budget is refused with `tooMany`, and
//! the others are done.

use super::error::ScimError;
use std::cell::Cell;
use std::rc::Rc;

/// Bytes compared: about a second. Twice what one operation may, which a lost race may have decided twice.
const MOST: usize = 512 * 1024 * 1024;

/// What all operations of a request have asked for so far. Its clones count together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effort(Rc<Cell<usize>>);

impl Effort {
    pub fn spent(&self) -> usize {
        self.0.get()
    }

    /// Counts work that is about to be done, or refuses it.
    pub(super) fn charge(&self, work: usize) -> Result<(), ScimError> {
        let spent = self.0.get().saturating_add(work);
        if spent > MOST {
            return Err(ScimError::too_many(
                "The operations of this request compare too much together, so that this one was not done. Send it in a \
                 request of its own, or fewer at once, with shorter filters.",
            ));
        }
        self.0.set(spent);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_count_together_and_what_is_refused_is_not_counted() {
        let effort = Effort::default();
        let other = effort.clone();
        assert_eq!(effort.charge(MOST - 10), Ok(()));
        let refused = other.charge(11).expect_err("more than there is");
        assert_eq!(
            (refused.status, refused.scim_type),
            (400, Some(crate::scim::error::ScimType::TooMany))
        );
        assert_eq!(other.charge(10), Ok(()));
        assert!(effort.charge(1).is_err());
        assert_eq!(Effort::default().charge(MOST), Ok(()));
    }
}
