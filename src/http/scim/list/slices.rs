//! Lists that are more work than one statement may be: read in slices, in the company's turn. They take as many round
//! trips as slices.
//!
//! Invariant: every slice is read for a caller who may call at that moment, and nothing goes on for one who is gone: the
//! runtime drops the request with its client.

use super::{ListPart, ListQuery, PartRows, ResourcePage, section};
use crate::app::{HeavyTurn, Weight};
use crate::directory::access::Access;
use crate::directory::id::OrderId;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::scim::error::ScimError;
use crate::store::caller::IdentityProvider;
use crate::store::filter::{AT_ONCE, MOST};
use crate::store::kept_order;
use crate::store::list::{Course, Entry as _, Listing, ShownRows, Window};
use crate::store::slice::{self, Found, MOST_SORTED};

/// Parts of an order that are kept in one batch.
const PARTS_AT_ONCE: usize = 10;

/// A part of a list by another course than that of its own statements, which have read nothing.
pub(in crate::http::scim) async fn instead<P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    access: &Access,
    asked: &ListQuery<'_, P>,
    course: Course,
    (window, shown): (Window<'_>, ShownRows),
) -> Result<(P, u64), Failure> {
    if let Course::Refused { rows } = course {
        return Err(refused::<P>(&asked.listing(caller), rows).into());
    }
    let found = walked(call, caller, access, asked, window).await?;
    let total = found.total() as u64;
    let ids = found.into_page();
    let page = of_ids(call, caller, asked, &ids, shown).await?;
    Ok((page, total))
}

/// A page by index that begins deep in a list whose index has it in order.
pub(in crate::http::scim) async fn deep<P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    window: Window<'_>,
    shown: ShownRows,
) -> Result<(P, u64), Failure> {
    let Window::Offset { offset, limit } = window else {
        return section(call, caller, asked, window, shown).await;
    };
    let context = &call.context;
    let (access, _) = context
        .authorized_read(caller, P::PURPOSE, Vec::new())
        .await?;
    if !asked.order.is_by_id() {
        let place = (window, shown);
        return instead(call, caller, &access, asked, Course::InSlices, place).await;
    }
    let turn = context.heavy_turn(&access.company, Weight::Skip).await?;
    let after = before_place(call, caller, asked, offset.unsigned_abs(), &turn).await;
    turn.end().await;
    let after = after?;
    let window = match &after {
        Some(id) => Window::After { id, limit },
        None => Window::First { limit: 0 },
    };
    section(call, caller, asked, window, shown).await
}

/// All that the list holds, in the company's turn.
pub(super) async fn walked<'w, P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    access: &Access,
    asked: &ListQuery<'_, P>,
    window: Window<'w>,
) -> Result<Found<'w>, Failure> {
    let turn = call
        .context
        .heavy_turn(&access.company, Weight::Search)
        .await?;
    let listing = asked.listing(caller);
    let rows = slice::rows(&listing);
    let mut found = Found::new(&listing, window);
    let mut after = String::new();
    let walked = loop {
        let read = slice::read(&caller.token, &listing, &after, rows);
        let context = &call.context;
        let outcome = match context
            .authorized_read(caller, P::PURPOSE, vec![read])
            .await
        {
            Ok((_, mut outcomes)) => outcomes.pop().unwrap_or_default(),
            Err(error) => break Err(error.into()),
        };
        let mut slice = match slice::of(&listing, &outcome, rows) {
            Ok(slice) => slice,
            Err(error) => break Err(error.into()),
        };
        let next = slice.next.take();
        if found.add(slice).is_err() {
            break Err(too_many_to_sort::<P>().into());
        }
        match next {
            Some(next) => after = next,
            None => break Ok(found),
        }
        if let Err(error) = turn.goes_on().await {
            break Err(error.into());
        }
    };
    turn.end().await;
    walked
}

pub(super) async fn of_ids<P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    ids: &[String],
    shown: ShownRows,
) -> Result<P, Failure> {
    let part = ListPart {
        rows: PartRows::Ids(ids),
        shown,
    };
    let rows = P::statement(asked, caller, &part);
    let (_, _, rows) = call
        .context
        .authorized_page(caller, P::PURPOSE, Vec::new(), Vec::new(), rows)
        .await?;
    Ok(P::read(asked, &part, rows)?)
}

/// Keeps an order for a walk by cursors.
pub(super) async fn keep(
    call: &Call,
    caller: &IdentityProvider,
    order: &OrderId,
    ids: &[String],
) -> Result<(), Failure> {
    let parts = kept_order::parts(&caller.token, order, ids);
    let database = call
        .context
        .database(&caller.token.company_id)
        .map_err(Failure::from)?;
    for parts in parts.chunks(PARTS_AT_ONCE) {
        database.batch(parts).await?;
    }
    Ok(())
}

/// The id in front of a place of a list that its index has in order: by going over those before it, some thousands at a
/// time. Nothing where the list ends before.
async fn before_place<P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    offset: u64,
    turn: &HeavyTurn<'_>,
) -> Result<Option<String>, Failure> {
    let listing = asked.listing(caller);
    let mut left = offset;
    let mut after = String::new();
    while left > 0 {
        let skip = slice::skip(&caller.token, &listing, &after, left);
        let (_, mut outcomes) = call
            .context
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
        "The search makes {} comparisons with each of {rows} rows; {} in all are the most. Narrow it by {}, joined with \
         \"and\", leave out sortBy, or ask for fewer things at once.",
        listing.work().comparisons,
        MOST,
        P::Item::TABLE.narrowed_by(),
    ))
}

fn too_many_to_sort<P: ResourcePage>() -> ScimError {
    ScimError::too_many(format!(
        "The list holds more than {MOST_SORTED} resources, the most that are sorted by an attribute without an index. Sort \
         by id, or narrow it with a filter."
    ))
}

/// How far a page by index may begin in one statement.
pub(in crate::http::scim) fn is_deep(offset: i64) -> bool {
    offset.unsigned_abs() > AT_ONCE
}
