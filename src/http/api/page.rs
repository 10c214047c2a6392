//! Pages of lists of the management API.

use crate::app::PageBounds;
use crate::contract::body::ResponseBody;
use crate::contract::responses::List;
use crate::directory::refusal::Refusal;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::ReplyWith;

const DEFAULT_LIMIT: i64 = 100;
const MOST: i64 = 500;

/// What `limit` and `cursor` ask for.
pub(super) struct Page {
    limit: i64,
    /// What the last page ended with.
    after: Option<String>,
}

impl Page {
    pub(super) fn of(call: &Call) -> Result<Self, Failure> {
        let query = call.query();
        let limit = match query.get("limit") {
            None => DEFAULT_LIMIT,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| {
                    Refusal::InvalidInput(format!("\"limit\" must be a number from 1 to {MOST}."))
                })?,
        };
        Ok(Self {
            limit,
            after: query.get("cursor").map(str::to_owned),
        })
    }

    /// One row more than asked for tells whether there is a next page.
    pub(super) fn rows(&self) -> PageBounds<'_> {
        PageBounds {
            after: self.after.as_deref(),
            limit: self.limit + 1,
        }
    }

    pub(super) fn reply<'a, T, B: ResponseBody>(
        &self,
        found: &'a [T],
        cursor: impl Fn(&T) -> String,
        body: impl Fn(&'a T) -> B,
    ) -> ReplyWith<List<B::Named>> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let page = found.get(..limit).unwrap_or(found);
        ReplyWith::body(&List {
            next: page.last().filter(|_| found.len() > limit).map(cursor),
            results: page.iter().map(body).collect(),
        })
    }
}
