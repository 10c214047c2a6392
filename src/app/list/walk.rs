//! A walk over a list by cursors (RFC 9865): from page to page by key, never by counting.
//!
//! In the order of ids, which never change, the next page follows the id that this one ended with. Any other
//! order may change under the walk's feet; the one that it began in is kept until the walk is over.

use super::{Besides, ListPart, ListQuery, Paged, PartRows, Read, ResourcePage};
use crate::ambient;
use crate::app::{Context, Error, IdentityProvider};
use crate::directory::id::OrderId;
use crate::scim::cursor::{CursorPosition, UNKNOWN_CURSOR, Walk};
use crate::scim::error::ScimError;
use crate::scim::list::{Neighbours, PagePlace};
use crate::store::access::Admission;
use crate::store::kept_order::{self, Stretch};
use crate::store::list::{self, Entry as _, ShownRows, Window};

/// The page at the cursor, or the first one.
pub(super) async fn page<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    cursor: Option<&str>,
    count: usize,
) -> Result<Paged<P>, Error> {
    let endpoint = P::Item::TABLE.resource_type.endpoint;
    let walk = super::walk(context, caller, endpoint, asked.request, count)?;
    let position = match cursor.map(|text| walk.open(text)).transpose() {
        Ok(position) => position,
        Err(error) => return context.refuse(caller, P::PURPOSE, error).await,
    };
    let is_by_id = asked.order.is_by_id();
    let walk_step = WalkStep {
        context,
        asked,
        caller,
        walk: &walk,
    };
    match (position, is_by_id) {
        (Some(CursorPosition::InOrder { kept, place }), false) => {
            let count = walk_step.places();
            walk_step
                .of_kept_order(&kept, Stretch::From { place, count })
                .await
        }
        (Some(CursorPosition::InOrderBefore { kept, place }), false) => {
            let count = walk_step.places();
            walk_step
                .of_kept_order(&kept, Stretch::Before { place, count })
                .await
        }
        (None, false) => walk_step.first_of_order().await,
        (None, true) => walk_step.by_id(PageStep::First).await,
        (Some(CursorPosition::After(id)), true) => walk_step.by_id(PageStep::After(id)).await,
        (Some(CursorPosition::Before(id)), true) => walk_step.by_id(PageStep::Before(id)).await,
        // Sealed by another version of this server.
        (Some(_), _) => {
            let error = ScimError::invalid_cursor(UNKNOWN_CURSOR);
            context.refuse(caller, P::PURPOSE, error).await
        }
    }
}

struct WalkStep<'a, P: ResourcePage> {
    context: &'a Context,
    asked: &'a ListQuery<'a, P>,
    caller: &'a IdentityProvider,
    walk: &'a Walk<'a>,
}

enum PageStep {
    First,
    After(String),
    Before(String),
}

impl<P: ResourcePage> WalkStep<'_, P> {
    fn admission(&self) -> Admission<'_> {
        self.caller.admission(P::PURPOSE, self.context.now)
    }

    /// One more than asked for is read: it tells whether there is a further page.
    fn limit(&self) -> usize {
        self.walk.count.saturating_add(1)
    }

    fn places(&self) -> u32 {
        u32::try_from(self.walk.count).unwrap_or(u32::MAX)
    }

    async fn by_id(self, step: PageStep) -> Result<Paged<P>, Error> {
        let limit = self.limit();
        let count = self.walk.count;
        let (window, shown) = match &step {
            PageStep::First => (Window::First { limit }, ShownRows::First(count)),
            PageStep::After(id) => (Window::After { id, limit }, ShownRows::First(count)),
            PageStep::Before(id) => (Window::Before { id, limit }, ShownRows::Last(count)),
        };
        let part = ListPart {
            rows: PartRows::In(window),
            shown,
        };
        let Read { page, total, .. } = self
            .asked
            .read(self.context, self.caller, &part, Besides::default())
            .await?;
        let more = page.length() > count || page.is_full();
        let in_page = shown.range(page.length());
        let ends = (!in_page.is_empty()).then(|| (in_page.start, in_page.end.saturating_sub(1)));
        let before = ends.and_then(|(first, _)| page.id(first).map(CursorPosition::Before));
        let after = ends.and_then(|(_, last)| page.id(last).map(CursorPosition::After));
        let (has_before, has_after) = match step {
            PageStep::First => (false, more),
            PageStep::After(_) => (true, more),
            PageStep::Before(_) => (more, true),
        };
        let neighbours =
            self.neighbours(before.filter(|_| has_before), after.filter(|_| has_after));
        Ok(paged(page, shown, total, neighbours))
    }

    /// Keeps the order, if there is more of it than one page.
    async fn first_of_order(self) -> Result<Paged<P>, Error> {
        let order = OrderId::new(self.context.now, ambient::id_randomness()?);
        let count = self.walk.count;
        let keeping = if count == 0 {
            Vec::new()
        } else {
            kept_order::keep(&self.admission(), &self.asked.listing(), &order, count)
        };
        let shown = ShownRows::First(count);
        let part = ListPart {
            rows: PartRows::In(Window::First {
                limit: self.limit(),
            }),
            shown,
        };
        let besides = Besides {
            keeping,
            ..Besides::default()
        };
        let Read { page, total, .. } = self
            .asked
            .read(self.context, self.caller, &part, besides)
            .await?;
        let more = page.length() > count || page.is_full();
        let in_page = shown.range(page.length()).len();
        let next = CursorPosition::InOrder {
            kept: order.to_string(),
            place: u32::try_from(in_page).unwrap_or(u32::MAX),
        };
        let next = Some(next).filter(|_| more && in_page > 0);
        let neighbours = self.neighbours(None, next);
        Ok(paged(page, shown, total, neighbours))
    }

    async fn of_kept_order(self, kept: &str, stretch: Stretch) -> Result<Paged<P>, Error> {
        let company = &self.caller.token.company_id;
        let order = OrderId::named(kept);
        let shown = ShownRows::First(usize::MAX);
        let part = ListPart {
            rows: PartRows::Kept(&order, stretch),
            shown,
        };
        let rows = P::statement(self.asked, &self.admission(), &part);
        let length = vec![kept_order::length(company, &order)];
        let (_, length, rows) = self
            .context
            .authorized_page(self.caller, P::PURPOSE, length, Vec::new(), rows)
            .await?;
        let total = length
            .first()
            .map(list::counted)
            .transpose()?
            .filter(|length| *length > 0)
            .ok_or_else(|| {
                ScimError::expired_cursor(
                    "The order of this walk is kept no longer, since newer walks have begun. Leave the cursor empty to begin anew.",
                )
            })?;
        let page = P::read(self.asked, &part, rows)?;
        let mut places = stretch.places();
        if let (true, Some((first, last))) = (page.is_full(), page.ends()) {
            // Whom the page had no room for comes in the one beyond.
            match stretch {
                Stretch::From { .. } => places.end = last.saturating_add(1),
                Stretch::Before { .. } => places.start = first,
            }
        }
        let kept = || kept.to_owned();
        let before = (places.start > 0).then(|| CursorPosition::InOrderBefore {
            kept: kept(),
            place: places.start,
        });
        let after = (u64::from(places.end) < total).then(|| CursorPosition::InOrder {
            kept: kept(),
            place: places.end,
        });
        let neighbours = self.neighbours(before, after);
        Ok(paged(page, shown, total, neighbours))
    }

    fn neighbours(
        &self,
        previous: Option<CursorPosition>,
        next: Option<CursorPosition>,
    ) -> Neighbours {
        Neighbours {
            previous: previous.map(|position| self.walk.cursor(position)),
            next: next.map(|position| self.walk.cursor(position)),
        }
    }
}

fn paged<P: ResourcePage>(
    page: P,
    shown: ShownRows,
    total: u64,
    neighbours: Neighbours,
) -> Paged<P> {
    Paged {
        shown: shown.range(page.length()),
        total,
        place: PagePlace::Walk(neighbours),
        page,
    }
}
