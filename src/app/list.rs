//! Lists as identity providers ask for them, in pages: `GET /Users` and `GET /Groups`, and `POST .search`, which asks the
//! same in a body.
//!
//! What a list is narrowed to, how it is ordered and where a page ends are the same for every type of resource;
//! a [`ResourcePage`] is what differs.

mod everything;
mod walk;

pub(crate) use everything::Everything;

use super::{Context, Error, IdentityProvider};
use crate::directory::access::Purpose;
use crate::directory::id::OrderId;
use crate::scim::cursor::Walk;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::list::{PagePlace, Paging};
use crate::scim::projection::Projection;
use crate::scim::schema::ResourceType;
use crate::scim::search::SearchRequest;
use crate::scim::sort::Sort;
use crate::store::access::Admission;
use crate::store::error::StoreError;
use crate::store::filter::{Condition, Order, compile_among};
use crate::store::kept_order::{self, Stretch};
use crate::store::list::{self, Entry, Listing, ShownRows, Window};
use crate::store::statement::{Outcome, Statement};
use std::ops::Range;

/// A page of one type of resource.
pub(crate) trait ResourcePage: Sized {
    type Item: Entry;
    type Projection: From<Projection>;
    const PURPOSE: Purpose;

    /// What reads the part.
    fn statement(asked: &ListQuery<Self>, admission: &Admission, part: &ListPart) -> Statement;
    /// Whether that statement finds one row or none where the condition is unique.
    fn finds_one_row(asked: &ListQuery<Self>) -> bool;
    fn read(asked: &ListQuery<Self>, part: &ListPart, outcome: Outcome)
    -> Result<Self, StoreError>;
    /// How many resources were read, those that are not shown included.
    fn length(&self) -> usize;
    fn id(&self, place: usize) -> Option<String>;
    /// The one that was looked for has been found.
    fn looked_up(&self, _: &IdentityProvider) {}
    /// Whether there was no room for some of the part.
    fn is_full(&self) -> bool;
    /// Of a kept order: the first and the last place that was read.
    fn ends(&self) -> Option<(u32, u32)>;
}

/// What a list request finds.
pub(crate) struct Paged<P> {
    pub(crate) page: P,
    /// Which of those that were read are shown.
    pub(crate) shown: Range<usize>,
    pub(crate) total: u64,
    pub(crate) place: PagePlace,
}

/// Which part of a list is read.
pub(crate) struct ListPart<'a> {
    pub(super) rows: PartRows<'a>,
    pub(super) shown: ShownRows,
}

pub(crate) enum PartRows<'a> {
    /// The one that can meet the condition.
    One,
    In(Window<'a>),
    Kept(&'a OrderId, Stretch),
}

/// A list request that makes sense.
pub(crate) struct ListQuery<'a, P: ResourcePage> {
    request: &'a SearchRequest,
    condition: Condition,
    order: Order,
    paging: Paging<'a>,
    pub(crate) projection: P::Projection,
}

impl<'a, P: ResourcePage> ListQuery<'a, P> {
    pub(crate) fn of(request: &'a SearchRequest) -> Result<Self, ScimError> {
        Self::among(request, &[])
    }

    /// `others` are the types that the list holds besides.
    fn among(
        request: &'a SearchRequest,
        others: &[&'static ResourceType],
    ) -> Result<Self, ScimError> {
        let table = P::Item::TABLE;
        let condition = match &request.filter {
            Some(text) => compile_among(&Filter::parse(text)?, table, others)?,
            None => Condition::all(table),
        };
        let (by, order) = (request.sort_by.as_deref(), request.sort_order.as_deref());
        Ok(Self {
            request,
            condition,
            order: Order::by(Sort::among(by, order, table.resource_type, others)?),
            paging: request.paging()?,
            projection: request.projection()?.into(),
        })
    }

    pub(super) fn listing(&self) -> Listing<'_> {
        Listing {
            condition: &self.condition,
            order: &self.order,
        }
    }

    /// The statement for a part whose rows hold all that is asked for.
    pub(super) fn rows(&self, admission: &Admission, part: &ListPart, columns: &str) -> Statement {
        let company = &admission.caller().token.company_id;
        match part.rows {
            PartRows::One => list::find(company, &self.condition, columns),
            PartRows::In(window) => list::page(admission, &self.listing(), window, columns),
            PartRows::Kept(order, stretch) => {
                kept_order::page(P::Item::TABLE, admission, order, stretch, columns)
            }
        }
    }

    /// Counts what the list holds, where the company's own counts don't tell.
    fn count(&self, context: &Context, caller: &IdentityProvider) -> Option<Statement> {
        let is_counted = self.condition.is_counted();
        let admission = caller.admission(P::PURPOSE, context.now);
        (!is_counted).then(|| list::count(&admission, &self.condition))
    }

    /// A part of the list and, in the same call, how many the whole of it holds.
    async fn read(
        &self,
        context: &Context,
        caller: &IdentityProvider,
        part: &ListPart<'_>,
        besides: Besides,
    ) -> Result<Read<P>, Error> {
        let Besides { reads, keeping } = besides;
        let others = reads.len();
        let rows = P::statement(self, &caller.admission(P::PURPOSE, context.now), part);
        let count = self.count(context, caller);
        let reads = reads.into_iter().chain(count).collect();
        let (access, found, rows) = context
            .authorized_page(caller, P::PURPOSE, reads, keeping, rows)
            .await?;
        Ok(Read {
            page: P::read(self, part, rows)?,
            total: list::total(&self.condition, &access.company, found.get(others))?,
            besides: found,
        })
    }
}

/// What is done in the same call as a part is read.
#[derive(Default)]
struct Besides {
    reads: Vec<Statement>,
    keeping: Vec<Statement>,
}

struct Read<P> {
    page: P,
    total: u64,
    /// What the reads besides have found, in their order.
    besides: Vec<Outcome>,
}

/// The page that is asked for.
pub(crate) async fn find<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
) -> Result<Paged<P>, Error> {
    match asked.paging {
        Paging::Index { start_index, count } => {
            by_index(context, caller, asked, start_index, count).await
        }
        Paging::Cursor { cursor, count } => walk::page(context, caller, asked, cursor, count).await,
    }
}

async fn by_index<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    start_index: usize,
    count: usize,
) -> Result<Paged<P>, Error> {
    let offset = start_index.saturating_sub(1);
    let place = PagePlace::Index(start_index);
    if asked.condition.is_unique() {
        let part = ListPart {
            rows: PartRows::One,
            shown: ShownRows::First(if offset > 0 { 0 } else { count }),
        };
        let page = one(context, caller, asked, &part).await?;
        page.looked_up(caller);
        return Ok(Paged {
            shown: part.shown.range(page.length()),
            total: page.length() as u64,
            place,
            page,
        });
    }
    let part = ListPart {
        rows: PartRows::In(Window::Offset {
            offset,
            limit: count,
        }),
        shown: ShownRows::First(count),
    };
    let Read { page, total, .. } = asked
        .read(context, caller, &part, Besides::default())
        .await?;
    let in_page = total.saturating_sub(offset as u64).min(count as u64);
    has_room(&page, in_page)?;
    Ok(Paged {
        shown: part.shown.range(page.length()),
        total,
        place,
        page,
    })
}

/// A client that pages by index takes the next one at startIndex + count (Okta does), and would never see what a
/// shorter page leaves out.
fn has_room<P: ResourcePage>(page: &P, in_page: u64) -> Result<(), ScimError> {
    if !page.is_full() || (page.length() as u64) >= in_page {
        return Ok(());
    }
    Err(ScimError::too_many(format!(
        "The page would hold more than {} MiB. Ask for fewer {}s at a time with count, or page with cursor.",
        list::MAX_PAGE_BYTES / (1024 * 1024),
        P::Item::TABLE.resource()
    )))
}

async fn one<P: ResourcePage>(
    context: &Context,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    part: &ListPart<'_>,
) -> Result<P, Error> {
    let rows = P::statement(asked, &caller.admission(P::PURPOSE, context.now), part);
    let found = if P::finds_one_row(asked) {
        let (_, mut outcomes) = context
            .authorized_read(caller, P::PURPOSE, vec![rows])
            .await?;
        outcomes.pop().unwrap_or_default()
    } else {
        let (_, _, rows) = context
            .authorized_page(caller, P::PURPOSE, Vec::new(), Vec::new(), rows)
            .await?;
        rows
    };
    Ok(P::read(asked, part, found)?)
}

/// A walk by cursors, which are tied to all that makes the list the one that it is.
fn walk<'a>(
    context: &Context,
    caller: &'a IdentityProvider,
    endpoint: &'a str,
    request: &'a SearchRequest,
    count: usize,
) -> Result<Walk<'a>, Error> {
    let mut tied_to = vec![caller.token.company_id.as_str(), endpoint];
    tied_to.extend(request.tied_to_cursor());
    Ok(Walk {
        key: context.cursor_key()?,
        tied_to,
        count,
        now: context.now.0 / 1_000,
    })
}

/// A page whose rows hold all that is asked for.
pub(crate) struct Items<T> {
    pub(crate) all: Vec<T>,
    pub(super) is_full: bool,
    pub(super) ends: Option<(u32, u32)>,
}

impl<T: Entry> Items<T> {
    pub(super) fn of(part: &ListPart, outcome: &Outcome) -> Result<Self, StoreError> {
        let is_full = list::is_full(outcome);
        let PartRows::Kept(..) = part.rows else {
            return Ok(Self {
                all: list::many(outcome)?,
                is_full,
                ends: None,
            });
        };
        let placed = kept_order::placed::<T>(outcome)?;
        let place = |one: Option<&(u32, T)>| one.map(|(place, _)| *place);
        Ok(Self {
            is_full,
            ends: place(placed.first()).zip(place(placed.last())),
            all: placed.into_iter().map(|(_, item)| item).collect(),
        })
    }

    pub(crate) fn shown(&self, range: &Range<usize>) -> &[T] {
        self.all.get(range.clone()).unwrap_or_default()
    }
}
