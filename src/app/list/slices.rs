//! Lists that are more work than one statement may be: read in slices, in the company's turn. They take as many round
//! trips as slices.
//!
//! Invariant: every slice is read for a caller who may call at that moment, and nothing goes on for one who is gone: the
//! runtime drops the request with its client.

use super::{ListPart, ListQuery, PartRows, Read, ResourcePage};
use crate::app::turn::HeavyTurn;
use crate::app::{Context, Error, IdentityProvider, Weight};
use crate::directory::access::Access;
use crate::directory::id::OrderId;
use crate::scim::error::ScimError;
use crate::store::filter::{AT_ONCE, Left, MOST};
use crate::store::kept_order;
use crate::store::list::{Course, Entry as _, Listing, ShownRows, Window};
use crate::store::slice::{self, Found, MOST_SORTED};

/// Parts of an order that are kept in one batch.
const PARTS_AT_ONCE: usize = 10;

/// A part of a list by another course than that of its own statements, which have read nothing.
pub(super) async fn instead<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    access: &Access,
    asked: &ListQuery<'_, P>,
    course: Course,
    (window, shown): (Window<'_>, ShownRows),
) -> Result<(P, u64), Error> {
    if let Course::Refused { rows } = course {
        return Err(refused::<P>(&asked.listing(caller), rows).into());
    }
    let found = walked(context, caller, access, asked, window).await?;
    let total = found.total() as u64;
    let page = of_ids(context, caller, asked, &found.into_page(), shown).await?;
    Ok((page, total))
}

/// All that the list holds, in the company's turn.
pub(super) async fn walked<'w, P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    access: &Access,
    asked: &ListQuery<'_, P>,
    window: Window<'w>,
) -> Result<Found<'w>, Error> {
    let turn = context.heavy_turn(&access.company, Weight::Search).await?;
    let found = walked_in_turn(context, caller, asked, window, &turn).await;
    turn.end().await;
    found
}

async fn walked_in_turn<'w, P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    window: Window<'w>,
    turn: &HeavyTurn<'_>,
) -> Result<Found<'w>, Error> {
    let listing = asked.listing(caller);
    let rows = slice::rows(&listing);
    let mut found = Found::new(&listing, window);
    let mut after = String::new();
    loop {
        let read = slice::read(&caller.token.company_id, &listing, &after, rows);
        let (_, mut outcomes) = context
            .authorized_read(caller, P::PURPOSE, vec![read])
            .await?;
        let outcome = outcomes.pop().unwrap_or_default();
        let mut slice = slice::of(&listing, &outcome, rows)?;
        let next = slice.next.take();
        found.add(slice).map_err(|_| too_many_to_sort())?;
        match next {
            Some(next) => after = next,
            None => return Ok(found),
        }
        turn.goes_on().await?;
    }
}

pub(super) async fn of_ids<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    ids: &[String],
    shown: ShownRows,
) -> Result<P, Error> {
    let part = ListPart {
        rows: PartRows::Ids(ids),
        shown,
    };
    let admission = caller.admission(P::PURPOSE, context.now);
    let rows = P::statement(asked, &admission, &part);
    let (_, _, rows) = context
        .authorized_page(caller, P::PURPOSE, Vec::new(), Vec::new(), rows)
        .await?;
    Ok(P::read(asked, &part, rows)?)
}

/// Keeps an order for a walk by cursors.
pub(super) async fn keep<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    order: &OrderId,
    ids: &[String],
) -> Result<(), Error> {
    let parts = kept_order::parts(&caller.admission(P::PURPOSE, context.now), order, ids);
    let database = context.database(&caller.token.company_id)?;
    for parts in parts.chunks(PARTS_AT_ONCE) {
        database.batch(parts).await?;
    }
    Ok(())
}

/// Whether a page by index begins so deep in a list, which its index has in order, that it is not reached at once.
pub(super) fn is_deep(listing: &Listing, window: Window<'_>) -> bool {
    matches!(window, Window::Offset { offset, .. } if offset as u64 > AT_ONCE)
        && listing.work().left == Left::Few
}

/// Such a page.
pub(super) async fn deep<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    window: Window<'_>,
    shown: ShownRows,
) -> Result<Read<P>, Error> {
    let (access, _) = context
        .authorized_read(caller, P::PURPOSE, Vec::new())
        .await?;
    let (offset, limit) = match window {
        Window::Offset { offset, limit } if asked.order.is_by_id() => (offset, limit),
        _ => {
            let place = (window, shown);
            let (page, total) =
                instead(context, caller, &access, asked, Course::InSlices, place).await?;
            return Ok(Read {
                access,
                page,
                total,
                besides: Vec::new(),
            });
        }
    };
    let turn = context.heavy_turn(&access.company, Weight::Skip).await?;
    let after = before_place(context, caller, asked, offset as u64, &turn).await;
    turn.end().await;
    let after = after?;
    let window = match &after {
        Some(id) => Window::After { id, limit },
        None => Window::First { limit: 0 },
    };
    asked
        .read(context, caller, (window, shown), Vec::new())
        .await
}

/// The id in front of a place, by going over those before it, some thousands at a time. Nothing where the list ends
/// before.
async fn before_place<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    offset: u64,
    turn: &HeavyTurn<'_>,
) -> Result<Option<String>, Error> {
    let listing = asked.listing(caller);
    let mut left = offset;
    let mut after = String::new();
    while left > 0 {
        let skip = slice::skip(
            &caller.admission(P::PURPOSE, context.now),
            &listing,
            &after,
            left,
        );
        let (_, mut outcomes) = context
            .authorized_read(caller, P::PURPOSE, vec![skip])
            .await?;
        let (count, last) = slice::skipped(&outcomes.pop().unwrap_or_default())?;
        let Some(last) = last.filter(|_| count == left.min(AT_ONCE)) else {
            return Ok(None);
        };
        after = last;
        left -= count;
        turn.goes_on().await?;
    }
    Ok(Some(after))
}

pub(super) fn refused<P: ResourcePage>(listing: &Listing, rows: u64) -> ScimError {
    ScimError::too_many(format!(
        "The search makes {} comparisons with each of {rows} rows; {MOST} in all are the most. Narrow it by {}, joined with \
         \"and\", leave out sortBy, or ask for fewer things at once.",
        listing.work().comparisons,
        P::Item::TABLE.narrowed_by(),
    ))
}

fn too_many_to_sort() -> ScimError {
    ScimError::too_many(format!(
        "The list holds more than {MOST_SORTED} resources, the most that are sorted by an attribute without an index. Sort \
         by id, or narrow it with a filter."
    ))
}
