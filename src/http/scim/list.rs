//! Resources in pages: `GET /Users` and `GET /Groups`, and `POST .search`, which asks the same in a body.
//!
//! What a list is narrowed to, how it is ordered and where a page ends are the same for every type of resource;
//! a [`ResourcePage`] is what differs.

pub(super) mod slices;
mod walk;

use crate::directory::access::Purpose;
use crate::directory::company::Company;
use crate::directory::id::OrderId;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::list::{PagePlace, Paging};
use crate::scim::projection::Projection;
use crate::scim::schema::ResourceType;
use crate::scim::search::SearchRequest;
use crate::scim::sort::Sort;
use crate::store::caller::IdentityProvider;
use crate::store::error::StoreError;
use crate::store::filter::{Condition, Left, Order, compile_among};
use crate::store::kept_order::{self, Stretch};
use crate::store::list::{self, Course, Entry, Listing, ShownRows, Window};
use crate::store::slice;
use crate::store::statement::{Outcome, Statement};
use std::ops::Range;

/// A page of one type of resource.
pub(super) trait ResourcePage: Sized {
    type Item: Entry;
    type Projection: From<Projection>;
    const PURPOSE: Purpose;

    /// What reads the part.
    fn statement(asked: &ListQuery<Self>, caller: &IdentityProvider, part: &ListPart) -> Statement;
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
    async fn reply(
        self,
        call: &Call,
        caller: &IdentityProvider,
        asked: ListQuery<'_, Self>,
        list: Figures,
    ) -> Answer;
}

/// What a list says of a page.
pub(super) struct Figures {
    /// Resources of another type in front of it.
    pub(super) before: Resources,
    pub(super) shown: Range<usize>,
    pub(super) total: u64,
    pub(super) place: PagePlace,
}

/// Resources as JSON, with commas between them.
#[derive(Default)]
pub(super) struct Resources {
    pub(super) count: usize,
    pub(super) json: Vec<u8>,
}

/// Which part of a list is read.
pub(super) struct ListPart<'a> {
    pub(super) rows: PartRows<'a>,
    pub(super) shown: ShownRows,
}

pub(super) enum PartRows<'a> {
    /// The one that can meet the condition.
    One,
    In(Window<'a>),
    Kept(&'a OrderId, Stretch),
    /// Found by slices, in this order.
    Ids(&'a [String]),
}

/// A list request that makes sense.
pub(super) struct ListQuery<'a, P: ResourcePage> {
    pub(super) request: &'a SearchRequest,
    condition: Condition,
    order: Order,
    pub(super) paging: Paging<'a>,
    pub(super) projection: P::Projection,
}

pub(super) async fn found<P: ResourcePage>(call: &Call, request: &SearchRequest) -> Answer {
    let asked = match ListQuery::<P>::of(request, &[]) {
        Ok(asked) => asked,
        Err(error) => return call.refuse(P::PURPOSE, error).await,
    };
    match asked.paging {
        Paging::Index { start_index, count } => by_index(call, asked, start_index, count).await,
        Paging::Cursor { cursor, count } => walk::page(call, asked, cursor, count).await,
    }
}

impl<'a, P: ResourcePage> ListQuery<'a, P> {
    /// `others` are the types that the list holds besides.
    pub(super) fn of(
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

    /// Guarded where the company may be too large for it, as far as this isolate knows.
    pub(super) fn listing(&self, caller: &IdentityProvider) -> Listing<'_> {
        Listing::new(&self.condition, &self.order).in_company(lately(caller))
    }

    pub(super) fn condition(&self) -> &Condition {
        &self.condition
    }

    fn whole_listing(&self, caller: &IdentityProvider) -> Listing<'_> {
        Listing::new(&self.condition, &self.order).whole(lately(caller))
    }

    /// The statement for a part whose rows hold all that is asked for.
    pub(super) fn rows(
        &self,
        caller: &IdentityProvider,
        part: &ListPart,
        columns: &str,
    ) -> Statement {
        let token = &caller.token;
        match part.rows {
            PartRows::Ids(ids) => slice::rows_of(token, P::Item::TABLE, ids, columns),
            PartRows::One => list::find(token, &self.condition, columns),
            PartRows::In(window) => list::page(token, &self.listing(caller), window, columns),
            PartRows::Kept(order, stretch) => {
                kept_order::page(P::Item::TABLE, token, order, stretch, columns)
            }
        }
    }

    /// What its statements have come to.
    pub(super) fn course(
        &self,
        caller: &IdentityProvider,
        company: &Company,
        counted: Option<&Outcome>,
    ) -> Result<Course, StoreError> {
        list::course(&self.listing(caller), company, counted)
    }

    /// Counts what the list holds, where the company's own counts don't tell.
    pub(super) fn count(&self, caller: &IdentityProvider) -> Vec<Statement> {
        if self.condition.is_counted() {
            return Vec::new();
        }
        vec![list::count(&caller.token, &self.listing(caller))]
    }
}

async fn by_index<P: ResourcePage>(
    call: &Call,
    asked: ListQuery<'_, P>,
    start_index: usize,
    count: usize,
) -> Answer {
    let caller = call.identity_provider()?;
    let offset = start_index.saturating_sub(1);
    if asked.condition.is_unique() {
        let part = ListPart {
            rows: PartRows::One,
            shown: ShownRows::First(if offset > 0 { 0 } else { count }),
        };
        let page = one(call, &caller, &asked, &part).await?;
        page.looked_up(&caller);
        let total = page.length() as u64;
        return reply(call, &caller, asked, page, part.shown, total, start_index).await;
    }
    let shown = ShownRows::First(count);
    let window = Window::Offset {
        offset: to_integer(offset),
        limit: to_integer(count),
    };
    let (page, total) =
        if slices::is_deep(to_integer(offset)) && asked.listing(&caller).work().left == Left::Few {
            slices::deep(call, &caller, &asked, window, shown).await?
        } else {
            section(call, &caller, &asked, window, shown).await?
        };
    let in_page = total.saturating_sub(offset as u64).min(count as u64);
    has_room(&page, in_page)?;
    reply(
        call,
        &caller,
        asked,
        page,
        ShownRows::First(count),
        total,
        start_index,
    )
    .await
}

/// A part of a list, and how many there are in all.
async fn section<P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    window: Window<'_>,
    shown: ShownRows,
) -> Result<(P, u64), Failure> {
    let part = ListPart {
        rows: PartRows::In(window),
        shown,
    };
    let rows = P::statement(asked, caller, &part);
    let counts = asked.count(caller);
    let (access, counted, rows) = call
        .context
        .authorized_page(caller, P::PURPOSE, counts, Vec::new(), rows)
        .await?;
    match asked.course(caller, &access.company, counted.first())? {
        Course::AtOnce { total } => Ok((P::read(asked, &part, rows)?, total)),
        course => slices::instead(call, caller, &access, asked, course, (window, shown)).await,
    }
}

/// A client that pages by index takes the next one at startIndex + count (Okta does), and would never see what a
/// shorter page leaves out.
pub(super) fn has_room<P: ResourcePage>(page: &P, in_page: u64) -> Result<(), ScimError> {
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
    call: &Call,
    caller: &IdentityProvider,
    asked: &ListQuery<'_, P>,
    part: &ListPart<'_>,
) -> Result<P, Failure> {
    let rows = P::statement(asked, caller, part);
    let found = if P::finds_one_row(asked) {
        let (_, mut outcomes) = call
            .context
            .authorized_read(caller, P::PURPOSE, vec![rows])
            .await?;
        outcomes.pop().unwrap_or_default()
    } else {
        let (_, _, rows) = call
            .context
            .authorized_page(caller, P::PURPOSE, Vec::new(), Vec::new(), rows)
            .await?;
        rows
    };
    Ok(P::read(asked, part, found)?)
}

async fn reply<P: ResourcePage>(
    call: &Call,
    caller: &IdentityProvider,
    asked: ListQuery<'_, P>,
    page: P,
    shown: ShownRows,
    total: u64,
    start_index: usize,
) -> Answer {
    let list = Figures {
        before: Resources::default(),
        shown: shown.range(page.length()),
        total,
        place: PagePlace::Index(start_index),
    };
    page.reply(call, caller, asked, list).await
}

/// The company as this isolate has read it last.
fn lately(caller: &IdentityProvider) -> Option<&Company> {
    caller.remembered.as_ref().map(|access| &access.company)
}

pub(super) fn to_integer(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A page whose rows hold all that is asked for.
pub(super) struct Items<T> {
    pub(super) all: Vec<T>,
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

    pub(super) fn shown(&self, range: &Range<usize>) -> &[T] {
        self.all.get(range.clone()).unwrap_or_default()
    }
}
