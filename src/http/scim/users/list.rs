//! `GET /Users`: teammates in pages.

use super::show::{Shown, projection};
use crate::directory::access::Purpose;
use crate::directory::teammate::Teammate;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::filter::Filter;
use crate::scim::list::{ListQuery, ListResponse};
use crate::scim::projection::Projection;
use crate::scim::schema::USER;
use crate::scim::sort::Sort;
use crate::store::filter::{Condition, Order, compile};
use crate::store::teammates;
use crate::store::teammates::list::{self as lists, Listing, Window};

pub(in crate::http) async fn list(call: &Call, _: Vec<String>) -> Answer {
    let (page, condition, order, projection) = match list_question(call) {
        Ok(question) => question,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let (found, total) = listed(call, &page, &condition, &order).await?;
    let shown: Vec<Shown> = found
        .iter()
        .map(|teammate| Shown::new(call, teammate))
        .collect();
    let resources = shown
        .iter()
        .map(|shown| shown.resource(&projection))
        .collect();
    Ok(Reply::ok(&ListResponse::new(
        resources,
        total,
        page.start_index,
    )))
}

/// The page's teammates, and how many there are in all.
async fn listed(
    call: &Call,
    page: &ListQuery,
    condition: &Condition,
    order: &Order,
) -> Result<(Vec<Teammate>, u64), Failure> {
    let caller = call.identity_provider()?;
    let company = &caller.token.company_id;
    let offset = page.start_index.saturating_sub(1);
    if condition.is_unique() {
        let read = vec![lists::find(company, condition)];
        let (_, outcomes) = call.authorized_read(&caller, Purpose::Users, read).await?;
        let mut found = outcomes
            .first()
            .map(teammates::many)
            .transpose()?
            .unwrap_or_default();
        let total = found.len() as u64;
        if offset > 0 || page.count == 0 {
            found.clear();
        }
        return Ok((found, total));
    }
    let rows = lists::page(
        &caller.token,
        &Listing { condition, order },
        Window::Offset {
            offset: to_integer(offset),
            limit: to_integer(page.count),
        },
    );
    let count = if condition.is_counted() {
        None
    } else {
        Some(lists::count(&caller.token, condition))
    };
    let reads = count.into_iter().collect();
    let (access, outcomes, rows) = call
        .authorized_page(&caller, Purpose::Users, reads, rows)
        .await?;
    let total = match (condition.known_total(&access.company), outcomes.first()) {
        (Some(total), _) => total,
        (None, Some(count)) => lists::counted(count)?,
        (None, None) => 0,
    };
    Ok((teammates::many(&rows)?, total))
}

fn list_question(call: &Call) -> Result<(ListQuery, Condition, Order, Projection), Failure> {
    let query = call.query();
    let page = ListQuery::from_parameters(query.get("startIndex"), query.get("count"))?;
    let condition = match query.get("filter") {
        Some(text) => compile(&Filter::parse(text)?)?,
        None => Condition::default(),
    };
    let sort = Sort::from_parameters(query.get("sortBy"), query.get("sortOrder"), &USER)?;
    Ok((page, condition, Order::by(sort), projection(call)?))
}

fn to_integer(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
