//! `POST /.search`: teammates and then groups, as one list (RFC 7644 section 3.4.2.1).
//!
//! What is asked of an attribute that one type has not is asked of no value. Each type is in the order that was asked
//! for, or that of ids. A page that holds both takes two round trips, since where the groups begin is known by the
//! number of teammates; nobody's everyday call.

use super::{Besides, ListPart, ListQuery, Paged, PartRows, Read, ResourcePage, has_room, walk};
use crate::app::groups::page::Groups;
use crate::app::teammates::page::Teammates;
use crate::app::{Context, Error, IdentityProvider};
use crate::directory::access::Purpose;
use crate::scim::cursor::{CursorPosition, UNKNOWN_CURSOR};
use crate::scim::error::ScimError;
use crate::scim::list::{Neighbours, PagePlace, Paging};
use crate::scim::schema::{GROUP, USER};
use crate::scim::search::SearchRequest;
use crate::store::list::{ShownRows, Window, counted};

/// In front of the ids of all groups.
const BEFORE_GROUPS: &str = "grp_";

/// A request for teammates and groups that makes sense.
pub(crate) struct Everything<'a> {
    pub(crate) teammates: ListQuery<'a, Teammates>,
    pub(crate) groups: ListQuery<'a, Groups>,
}

/// A page of both. Place and total are those of the whole list.
pub(crate) struct Mixed {
    pub(crate) teammates: Teammates,
    /// So many of them come first.
    pub(crate) teammates_shown: usize,
    pub(crate) groups: Paged<Groups>,
}

impl<'a> Everything<'a> {
    pub(crate) fn of(request: &'a SearchRequest) -> Result<Self, ScimError> {
        Ok(Self {
            teammates: ListQuery::among(request, &[&GROUP])?,
            groups: ListQuery::among(request, &[&USER])?,
        })
    }

    pub(crate) async fn find(
        &self,
        context: &Context,
        caller: &IdentityProvider,
    ) -> Result<Mixed, Error> {
        let search = Search {
            context,
            caller,
            asked: self,
        };
        match self.teammates.paging {
            Paging::Index { start_index, count } => search.by_index(start_index, count).await,
            Paging::Cursor { cursor, count } => search.by_cursor(cursor, count).await,
        }
    }
}

struct Search<'a> {
    context: &'a Context,
    caller: &'a IdentityProvider,
    asked: &'a Everything<'a>,
}

/// What was read of the teammates, and how many there are of both.
struct First {
    teammates: Teammates,
    total_teammates: u64,
    total_groups: u64,
}

impl Search<'_> {
    async fn by_index(self, start_index: usize, count: usize) -> Result<Mixed, Error> {
        let offset = start_index.saturating_sub(1);
        let first = self
            .first(Window::Offset {
                offset,
                limit: count,
            })
            .await?;
        let in_page = first.total_teammates.saturating_sub(offset as u64);
        has_room(&first.teammates, in_page.min(count as u64))?;
        let left = count.saturating_sub(first.teammates.length());
        let total_teammates = usize::try_from(first.total_teammates).unwrap_or(usize::MAX);
        let window = Window::Offset {
            offset: offset.saturating_sub(total_teammates),
            limit: left,
        };
        let groups = self.groups(&first, window, ShownRows::First(left)).await?;
        Ok(first.with(groups, count, PagePlace::Index(start_index)))
    }

    /// From page to page behind an id; the prefix of an id tells its type.
    async fn by_cursor(self, cursor: Option<&str>, count: usize) -> Result<Mixed, Error> {
        let request = self.asked.teammates.request;
        let walk = walk(self.context, self.caller, "/", request, count)?;
        let after = match cursor.map(|text| walk.open(text)).transpose() {
            Ok(None) => String::new(),
            Ok(Some(CursorPosition::After(id))) => id,
            Ok(Some(_)) => return self.refuse(ScimError::invalid_cursor(UNKNOWN_CURSOR)).await,
            Err(error) => return self.refuse(error).await,
        };
        if request.sort_by.is_some() {
            return self.refuse(ScimError::invalid_value(
                "sortBy can't be joined with cursor where the list holds users and groups. Leave one of them out, or ask /Users and /Groups.",
            )).await;
        }
        let is_in_groups = after.starts_with(BEFORE_GROUPS);
        // One more than asked for is read: it tells whether there is a further page.
        let limit = count.saturating_add(1);
        let first = self
            .first(match after.as_str() {
                _ if is_in_groups => Window::First { limit: 0 },
                "" => Window::First { limit },
                id => Window::After { id, limit },
            })
            .await?;
        let read = first.teammates.length();
        let last_teammate = read
            .min(count)
            .checked_sub(1)
            .and_then(|last| first.teammates.id(last));
        let has_more_teammates = read > count || first.teammates.is_full();
        let left = if has_more_teammates {
            0
        } else {
            count.saturating_sub(read)
        };
        let limit = if has_more_teammates {
            0
        } else {
            left.saturating_add(1)
        };
        let window = if is_in_groups {
            Window::After { id: &after, limit }
        } else {
            Window::First { limit }
        };
        let groups = self.groups(&first, window, ShownRows::First(left)).await?;
        let has_more_groups = groups.length() > left;
        let last_group = left
            .min(groups.length())
            .checked_sub(1)
            .and_then(|last| groups.id(last));
        let last = match (has_more_teammates, has_more_groups) {
            (true, _) => last_teammate,
            (false, true) => last_group.or_else(|| Some(BEFORE_GROUPS.to_owned())),
            (false, false) => None,
        };
        let next = last
            .filter(|_| count > 0)
            .map(|id| walk.cursor(CursorPosition::After(id)));
        let neighbours = Neighbours {
            previous: None,
            next,
        };
        Ok(first.with(groups, count, PagePlace::Walk(neighbours)))
    }

    async fn first(&self, window: Window<'_>) -> Result<First, Error> {
        let part = ListPart {
            rows: PartRows::In(window),
            shown: ShownRows::First(usize::MAX),
        };
        // For who may read groups: of nobody else is any counted, and who may read users alone sees a company without.
        let count = self.asked.groups.count(self.context, self.caller);
        let besides = Besides {
            reads: count.into_iter().collect(),
            ..Besides::default()
        };
        let read = self
            .asked
            .teammates
            .read(self.context, self.caller, &part, besides);
        let Read {
            page,
            total,
            besides,
        } = read.await?;
        let groups = besides
            .first()
            .map(counted)
            .transpose()?
            .unwrap_or_default();
        Ok(First {
            teammates: page,
            total_teammates: total,
            total_groups: groups,
        })
    }

    async fn groups(
        &self,
        first: &First,
        window: Window<'_>,
        shown: ShownRows,
    ) -> Result<Groups, Error> {
        let is_empty = matches!(
            window,
            Window::First { limit: 0 }
                | Window::After { limit: 0, .. }
                | Window::Offset { limit: 0, .. }
        );
        if is_empty || first.total_groups == 0 {
            return Ok(Groups::nothing());
        }
        let part = ListPart {
            rows: PartRows::In(window),
            shown,
        };
        let company = &self.caller.token.company_id;
        let admission = self.caller.admission(Purpose::ReadGroups, self.context.now);
        let read = Groups::statement(&self.asked.groups, &admission, &part);
        let rows = self.context.database(company)?.run(read).await?;
        Ok(Groups::read(&self.asked.groups, &part, rows)?)
    }

    async fn refuse<T>(&self, error: ScimError) -> Result<T, Error> {
        self.context
            .refuse(self.caller, Purpose::Users, error)
            .await
    }
}

impl First {
    /// With the groups that follow, of `count` resources in all.
    fn with(self, groups: Groups, count: usize, place: PagePlace) -> Mixed {
        let teammates_shown = self.teammates.length().min(count);
        let left = count.saturating_sub(teammates_shown);
        Mixed {
            teammates_shown,
            groups: Paged {
                shown: ShownRows::First(left).range(groups.length()),
                total: self.total_teammates.saturating_add(self.total_groups),
                place,
                page: groups,
            },
            teammates: self.teammates,
        }
    }
}
