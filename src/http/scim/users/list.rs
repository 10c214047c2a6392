//! Teammates in pages: `GET /Users`, and `POST /Users/.search`, which asks the same in a body.

use super::show::{Shown, columns};
use super::walk;
use crate::directory::access::Purpose;
use crate::directory::teammate::Listed;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::list::{ListResponse, Neighbours, Paging};
use crate::scim::projection::Projection;
use crate::scim::schema::USER;
use crate::scim::search::SearchRequest;
use crate::scim::sort::Sort;
use crate::store::caller::IdentityProvider;
use crate::store::filter::{Condition, Order, compile};
use crate::store::statement::Statement;
use crate::store::teammates::list::{self as lists, Listing, Window};
use crate::store::teammates::{self, Columns, recent};

pub(in crate::http) async fn list(call: &Call, _: Vec<String>) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(in crate::http::scim) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    let asked = match Asked::of(request) {
        Ok(asked) => asked,
        Err(error) => return call.refuse(Purpose::Users, error).await,
    };
    match asked.paging {
        Paging::Index { start_index, count } => {
            let (teammates, total) = by_index(call, &asked, start_index, count).await?;
            Ok(asked.page(call, &teammates, |resources| {
                ListResponse::from_index(resources, total, start_index)
            }))
        }
        Paging::Cursor { cursor, count } => walk::page(call, &asked, cursor, count).await,
    }
}

/// A list request that makes sense.
pub(super) struct Asked<'a> {
    pub(super) request: &'a SearchRequest,
    pub(super) condition: Condition,
    pub(super) order: Order,
    paging: Paging<'a>,
    projection: Projection,
}

impl<'a> Asked<'a> {
    fn of(request: &'a SearchRequest) -> Result<Self, ScimError> {
        let condition = match &request.filter {
            Some(text) => compile(&Filter::parse(text)?)?,
            None => Condition::default(),
        };
        let (by, order) = (request.sort_by.as_deref(), request.sort_order.as_deref());
        Ok(Self {
            request,
            condition,
            order: Order::by(Sort::from_parameters(by, order, &USER)?),
            paging: request.paging()?,
            projection: request.projection()?,
        })
    }

    pub(super) fn listing(&self) -> Listing<'_> {
        Listing {
            condition: &self.condition,
            order: &self.order,
        }
    }

    pub(super) fn columns(&self) -> Columns {
        columns(&self.projection)
    }

    /// Counts what the list holds, where the company's own counts don't tell.
    pub(super) fn count(&self, caller: &IdentityProvider) -> Vec<Statement> {
        if self.condition.is_counted() {
            return Vec::new();
        }
        vec![lists::count(&caller.token, &self.condition)]
    }

    fn page<'b>(
        &self,
        call: &'b Call,
        teammates: &'b [Listed],
        response: impl FnOnce(
            Vec<super::show::Projected<'_>>,
        ) -> ListResponse<super::show::Projected<'_>>,
    ) -> Reply {
        let shown: Vec<Shown> = teammates
            .iter()
            .map(|listed| Shown::new(call, listed))
            .collect();
        let resources = shown
            .iter()
            .map(|shown| shown.resource(&self.projection))
            .collect();
        Reply::ok(&response(resources))
    }

    pub(super) fn page_of_walk(
        &self,
        call: &Call,
        teammates: &[Listed],
        total: u64,
        neighbours: Neighbours,
    ) -> Reply {
        self.page(call, teammates, |resources| {
            ListResponse::from_cursor(resources, total, neighbours)
        })
    }
}

/// The page's teammates, and how many there are in all.
async fn by_index(
    call: &Call,
    asked: &Asked<'_>,
    start_index: usize,
    count: usize,
) -> Result<(Vec<Listed>, u64), Failure> {
    let caller = call.identity_provider()?;
    let offset = start_index.saturating_sub(1);
    if asked.condition.is_unique() {
        let read = lists::find(&caller.token.company_id, &asked.condition, asked.columns());
        let (_, outcomes) = call
            .authorized_read(&caller, Purpose::Users, vec![read])
            .await?;
        let mut found = outcomes
            .first()
            .map(teammates::many)
            .transpose()?
            .unwrap_or_default();
        let total = found.len() as u64;
        for listed in &found {
            recent::remember(&caller.token.company_id, listed.teammate.clone());
        }
        if offset > 0 || count == 0 {
            found.clear();
        }
        return Ok((found, total));
    }
    let window = Window::Offset {
        offset: to_integer(offset),
        limit: to_integer(count),
    };
    let rows = lists::page(&caller.token, &asked.listing(), window, asked.columns());
    let (access, counted, rows) = call
        .authorized_page(
            &caller,
            Purpose::Users,
            asked.count(&caller),
            Vec::new(),
            rows,
        )
        .await?;
    let total = lists::total(&asked.condition, &access.company, counted.first())?;
    let in_page = total.saturating_sub(offset as u64).min(count as u64);
    if (rows.rows.len() as u64) < in_page {
        // A client that pages by index takes the next one at startIndex + count (Okta does), and would
        // never see what a shorter page leaves out.
        return Err(ScimError::too_many(format!(
            "The page would hold more than {} MiB. Ask for fewer users at a time with count, or page with cursor.",
            lists::MAX_PAGE_BYTES / (1024 * 1024)
        ))
        .into());
    }
    Ok((teammates::many(&rows)?, total))
}

pub(super) fn to_integer(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
