//! Turns: which of a company's heavy calls may go on. They are given by the company's object, since a company's calls are
//! spread over isolates that know nothing of each other.
//!
//! Invariant: one at a time, and no more than [`IN_A_MINUTE`] searches begin in a minute. A turn whose holder is heard of no more
//! ends by itself: its caller is gone, or its isolate.

use crate::directory::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// A heavy call takes some seconds at most: together half of a minute's time at the database, at worst.
pub(crate) const IN_A_MINUTE: usize = 30;

const MINUTE: i64 = 60_000;

/// How long a turn lasts from when its holder was last heard of.
const LEASE: i64 = 10_000;

/// How often a holder says that it goes on.
pub(crate) const HEARD_OF_EVERY: i64 = 3_000;

// One answer may be lost.
const _: () = assert!(HEARD_OF_EVERY * 2 < LEASE);

/// What is asked of the object.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asked {
    /// To begin, or to go on with what has begun.
    Take,
    /// It is over.
    End,
}

/// The message; `id` is that of the request whose turn it is.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) id: String,
    pub(crate) asked: Asked,
    pub(crate) weight: Weight,
}

/// What a call does in its turn.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weight {
    /// It compares with every row: counted.
    Search,
    /// It goes over an index to a page that lies deep in a list. An import of a large company by `startIndex` (Okta's) makes
    /// hundreds of these, one after the other.
    Skip,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Given {
    Taken,
    /// Somebody else's call goes on.
    Busy,
    /// So many have begun that the next may begin in so many seconds.
    Spent {
        seconds: u32,
    },
}

#[derive(Debug, Default)]
pub(super) struct Turns {
    holder: Option<(String, Timestamp)>,
    begun: VecDeque<Timestamp>,
}

impl Turns {
    pub(super) fn answer(&mut self, turn: &Turn, now: Timestamp) -> Given {
        let is_its_own = |(id, _): &(String, Timestamp)| *id == turn.id;
        let holds = self.holder.as_ref().is_some_and(is_its_own);
        match turn.asked {
            Asked::End => {
                if holds {
                    self.holder = None;
                }
                Given::Taken
            }
            Asked::Take => self.take(turn, holds, now),
        }
    }

    fn take(&mut self, turn: &Turn, holds: bool, now: Timestamp) -> Given {
        let id = &turn.id;
        let until = Timestamp(now.0.saturating_add(LEASE));
        if holds {
            self.holder = Some((id.clone(), until));
            return Given::Taken;
        }
        if self
            .holder
            .as_ref()
            .is_some_and(|(_, until)| until.0 > now.0)
        {
            return Given::Busy;
        }
        self.holder = Some((id.clone(), until));
        if turn.weight == Weight::Skip {
            return Given::Taken;
        }
        let a_minute_ago = now.0.saturating_sub(MINUTE);
        while self
            .begun
            .front()
            .is_some_and(|begun| begun.0 <= a_minute_ago)
        {
            self.begun.pop_front();
        }
        if let (true, Some(oldest)) = (self.begun.len() >= IN_A_MINUTE, self.begun.front()) {
            let left = oldest.0.saturating_sub(a_minute_ago).max(1);
            let seconds = u32::try_from(left.saturating_add(999) / 1_000).unwrap_or(60);
            self.holder = None;
            return Given::Spent { seconds };
        }
        self.begun.push_back(now);
        Given::Taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(turns: &mut Turns, id: &str, asked: Asked, now: i64) -> Given {
        let id = id.to_owned();
        let weight = Weight::Search;
        turns.answer(&Turn { id, asked, weight }, Timestamp(now))
    }

    #[test]
    fn one_goes_on_at_a_time() {
        let mut turns = Turns::default();
        assert_eq!(ask(&mut turns, "a", Asked::Take, 0), Given::Taken);
        assert_eq!(ask(&mut turns, "b", Asked::Take, 1), Given::Busy);
        assert_eq!(ask(&mut turns, "b", Asked::End, 2), Given::Taken);
        assert_eq!(ask(&mut turns, "b", Asked::Take, 3), Given::Busy);
        assert_eq!(ask(&mut turns, "a", Asked::End, 4), Given::Taken);
        assert_eq!(ask(&mut turns, "b", Asked::Take, 5), Given::Taken);
    }

    #[test]
    fn a_turn_ends_when_its_holder_is_heard_of_no_more() {
        let mut turns = Turns::default();
        assert_eq!(ask(&mut turns, "a", Asked::Take, 0), Given::Taken);
        assert_eq!(ask(&mut turns, "a", Asked::Take, 9_000), Given::Taken);
        assert_eq!(ask(&mut turns, "b", Asked::Take, 18_999), Given::Busy);
        assert_eq!(ask(&mut turns, "b", Asked::Take, 19_000), Given::Taken);
        // Its holder comes back, and is one of those that wait.
        assert_eq!(ask(&mut turns, "a", Asked::Take, 19_001), Given::Busy);
    }

    #[test]
    fn so_many_begin_in_a_minute() {
        let mut turns = Turns::default();
        for number in 0..30 {
            let id = number.to_string();
            let now = number * 1_000;
            assert_eq!(ask(&mut turns, &id, Asked::Take, now), Given::Taken);
            assert_eq!(ask(&mut turns, &id, Asked::Take, now), Given::Taken);
            assert_eq!(ask(&mut turns, &id, Asked::End, now), Given::Taken);
        }
        let spent = |seconds| Given::Spent { seconds };
        assert_eq!(ask(&mut turns, "a", Asked::Take, 30_000), spent(30));
        assert_eq!(ask(&mut turns, "a", Asked::Take, 59_999), spent(1));
        assert_eq!(ask(&mut turns, "a", Asked::Take, 60_000), Given::Taken);
        assert_eq!(ask(&mut turns, "a", Asked::End, 60_000), Given::Taken);
        assert_eq!(ask(&mut turns, "b", Asked::Take, 60_000), spent(1));
        // Who pages goes on, and waits like others.
        let page = |id: &str| Turn {
            id: id.to_owned(),
            asked: Asked::Take,
            weight: Weight::Skip,
        };
        assert_eq!(turns.answer(&page("c"), Timestamp(60_000)), Given::Taken);
        assert_eq!(turns.answer(&page("d"), Timestamp(60_000)), Given::Busy);
    }
}
