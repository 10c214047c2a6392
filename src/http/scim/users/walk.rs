//! A walk over the teammates by cursors (RFC 9865): from page to page by key, never by counting.
//!
//! In the order of ids, which never change, the next page follows the id that this one ended with. Any other
//! order may change under the walk's feet; the one that it began in is kept until the walk is over.

use super::list::{Asked, to_integer};
use crate::directory::access::Purpose;
use crate::directory::id::OrderId;
use crate::http::Answer;
use crate::http::ambient;
use crate::http::call::Call;
use crate::scim::cursor::{Position, UNKNOWN_CURSOR, Walk};
use crate::scim::error::ScimError;
use crate::scim::list::Neighbours;
use crate::store::caller::IdentityProvider;
use crate::store::teammates;
use crate::store::teammates::kept_order::{self, Stretch};
use crate::store::teammates::list::{self as lists, Window};

const ENDPOINT: &str = "/Users";

/// The page at the cursor, or the first one.
pub(super) async fn page(
    call: &Call,
    asked: &Asked<'_>,
    cursor: Option<&str>,
    count: usize,
) -> Answer {
    let caller = call.identity_provider()?;
    let mut tied_to = vec![caller.token.company_id.as_str(), ENDPOINT];
    tied_to.extend(asked.request.tied_to_cursor());
    let walk = Walk {
        key: call.cursor_key()?,
        tied_to,
        count,
        now: call.now.0 / 1_000,
    };
    let position = match cursor.map(|text| walk.open(text)).transpose() {
        Ok(position) => position,
        Err(error) => return call.refuse(Purpose::Users, error).await,
    };
    let page = Page {
        call,
        asked,
        caller: &caller,
        walk: &walk,
    };
    match (position, asked.order.is_by_id()) {
        (Some(Position::InOrder { kept, place }), false) => {
            let count = page.places();
            page.of_kept_order(&kept, Stretch::From { place, count })
                .await
        }
        (Some(Position::InOrderBefore { kept, place }), false) => {
            let count = page.places();
            page.of_kept_order(&kept, Stretch::Before { place, count })
                .await
        }
        (None, false) => page.first_of_order().await,
        (None, true) => page.by_id(Step::First).await,
        (Some(Position::After(id)), true) => page.by_id(Step::After(id)).await,
        (Some(Position::Before(id)), true) => page.by_id(Step::Before(id)).await,
        // Sealed by another version of this server.
        (Some(_), _) => {
            call.refuse(Purpose::Users, ScimError::invalid_cursor(UNKNOWN_CURSOR))
                .await
        }
    }
}

struct Page<'a> {
    call: &'a Call,
    asked: &'a Asked<'a>,
    caller: &'a IdentityProvider,
    walk: &'a Walk<'a>,
}

enum Step {
    First,
    After(String),
    Before(String),
}

impl Page<'_> {
    /// One more than asked for is read: it tells whether there is a further page.
    fn limit(&self) -> i64 {
        to_integer(self.walk.count.saturating_add(1))
    }

    fn places(&self) -> u32 {
        u32::try_from(self.walk.count).unwrap_or(u32::MAX)
    }

    async fn by_id(&self, step: Step) -> Answer {
        let limit = self.limit();
        let window = match &step {
            Step::First => Window::First { limit },
            Step::After(id) => Window::After { id, limit },
            Step::Before(id) => Window::Before { id, limit },
        };
        let rows = lists::page(
            &self.caller.token,
            &self.asked.listing(),
            window,
            self.asked.columns(),
        );
        let counts = self.asked.count(self.caller);
        let (access, counted, rows) = self
            .call
            .authorized_page(self.caller, Purpose::Users, counts, Vec::new(), rows)
            .await?;
        let total = lists::total(&self.asked.condition, &access.company, counted.first())?;
        let mut found = teammates::many(&rows)?;
        let more = found.len() > self.walk.count || lists::is_full(&rows);
        if matches!(step, Step::Before(_)) {
            found.drain(..found.len().saturating_sub(self.walk.count));
        } else {
            found.truncate(self.walk.count);
        }
        let before = found
            .first()
            .map(|first| Position::Before(first.teammate.id.to_string()));
        let after = found
            .last()
            .map(|last| Position::After(last.teammate.id.to_string()));
        let (has_before, has_after) = match step {
            Step::First => (false, more),
            Step::After(_) => (true, more),
            Step::Before(_) => (more, true),
        };
        let neighbours =
            self.neighbours(before.filter(|_| has_before), after.filter(|_| has_after));
        Ok(self
            .asked
            .page_of_walk(self.call, &found, total, neighbours))
    }

    /// Keeps the order, if there is more of it than one page.
    async fn first_of_order(&self) -> Answer {
        let order = OrderId::new(self.call.now, ambient::id_randomness()?);
        let token = &self.caller.token;
        let listing = self.asked.listing();
        let keeping = if self.walk.count == 0 {
            Vec::new()
        } else {
            kept_order::keep(token, &listing, &order, self.walk.count)
        };
        let window = Window::First {
            limit: self.limit(),
        };
        let rows = lists::page(token, &listing, window, self.asked.columns());
        let counts = self.asked.count(self.caller);
        let (access, counted, rows) = self
            .call
            .authorized_page(self.caller, Purpose::Users, counts, keeping, rows)
            .await?;
        let total = lists::total(&self.asked.condition, &access.company, counted.first())?;
        let mut found = teammates::many(&rows)?;
        let more = found.len() > self.walk.count || lists::is_full(&rows);
        found.truncate(self.walk.count);
        let next = Position::InOrder {
            kept: order.to_string(),
            place: u32::try_from(found.len()).unwrap_or(u32::MAX),
        };
        let next = Some(next).filter(|_| more && !found.is_empty());
        Ok(self
            .asked
            .page_of_walk(self.call, &found, total, self.neighbours(None, next)))
    }

    async fn of_kept_order(&self, kept: &str, stretch: Stretch) -> Answer {
        let token = &self.caller.token;
        let order = OrderId::named(kept);
        let rows = kept_order::page(token, &order, stretch, self.asked.columns());
        let length = vec![kept_order::length(token, &order)];
        let (_, length, rows) = self
            .call
            .authorized_page(self.caller, Purpose::Users, length, Vec::new(), rows)
            .await?;
        let total = length
            .first()
            .map(lists::counted)
            .transpose()?
            .filter(|length| *length > 0)
            .ok_or_else(|| {
                ScimError::expired_cursor(
                    "The order of this walk is kept no longer, since newer walks have begun. Leave the cursor empty to begin anew.",
                )
            })?;
        let found = kept_order::placed(&rows)?;
        let mut places = stretch.places();
        if lists::is_full(&rows) {
            // Whom the page had no room for comes in the one beyond.
            match stretch {
                Stretch::From { .. } => {
                    places.end = found
                        .last()
                        .map_or(places.end, |(last, _)| last.saturating_add(1));
                }
                Stretch::Before { .. } => {
                    places.start = found.first().map_or(places.start, |(first, _)| *first);
                }
            }
        }
        let kept = || kept.to_owned();
        let before = (places.start > 0).then(|| Position::InOrderBefore {
            kept: kept(),
            place: places.start,
        });
        let after = (u64::from(places.end) < total).then(|| Position::InOrder {
            kept: kept(),
            place: places.end,
        });
        let found: Vec<_> = found.into_iter().map(|(_, listed)| listed).collect();
        Ok(self
            .asked
            .page_of_walk(self.call, &found, total, self.neighbours(before, after)))
    }

    fn neighbours(&self, previous: Option<Position>, next: Option<Position>) -> Neighbours {
        Neighbours {
            previous: previous.map(|position| self.walk.cursor(position)),
            next: next.map(|position| self.walk.cursor(position)),
        }
    }
}
