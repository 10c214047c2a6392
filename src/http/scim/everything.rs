//! `POST /.search`: teammates and then groups, as one list (RFC 7644 section 3.4.2.1).
//!
//! What is asked of an attribute that one type has not is asked of no value. Each type is in the order that was asked
//! for, or that of ids. A page that holds both takes two round trips, since where the groups begin is known by the
//! number of teammates; nobody's everyday call.

use super::groups::Groups;
use super::list::{
    Figures, ListPart, ListQuery, PartRows, ResourcePage, Resources, has_room, slices, to_integer,
};
use super::users::{self, Users};
use crate::directory::access::{Access, Purpose};
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::scim::cursor::{CursorPosition, UNKNOWN_CURSOR, Walk};
use crate::scim::error::ScimError;
use crate::scim::list::{Neighbours, PagePlace, Paging};
use crate::scim::schema::{GROUP, USER};
use crate::scim::search::SearchRequest;
use crate::store::caller::IdentityProvider;
use crate::store::filter::Left;
use crate::store::list::{Course, ShownRows, Window};

/// In front of the ids of all groups.
const BEFORE_GROUPS: &str = "grp_";

pub(super) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    let list = match Everything::of(call, request) {
        Ok(list) => list,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    match list.users.paging {
        Paging::Index { start_index, count } => list.by_index(start_index, count).await,
        Paging::Cursor { cursor, count } => list.by_cursor(cursor, count).await,
    }
}

struct Everything<'a> {
    call: &'a Call,
    caller: IdentityProvider,
    users: ListQuery<'a, Users>,
    groups: ListQuery<'a, Groups>,
}

/// What was read of the teammates, and how many there are of both.
struct First {
    users: Users,
    total_users: u64,
    total_groups: u64,
    groups_course: Course,
    access: Access,
}

impl<'a> Everything<'a> {
    fn of(call: &'a Call, request: &'a SearchRequest) -> Result<Self, Failure> {
        Ok(Self {
            call,
            users: ListQuery::of(request, &[&GROUP])?,
            groups: ListQuery::of(request, &[&USER])?,
            caller: call.identity_provider()?,
        })
    }

    async fn by_index(self, start_index: usize, count: usize) -> Answer {
        let offset = start_index.saturating_sub(1);
        let window = Window::Offset {
            offset: to_integer(offset),
            limit: to_integer(count),
        };
        let first = self.first(window).await?;
        let in_page = first.total_users.saturating_sub(offset as u64);
        has_room(&first.users, in_page.min(count as u64))?;
        let users = users::first(self.call, &first.users, &self.users, count)?;
        let window = Window::Offset {
            offset: to_integer(
                offset.saturating_sub(usize::try_from(first.total_users).unwrap_or(usize::MAX)),
            ),
            limit: to_integer(count.saturating_sub(users.count)),
        };
        let shown = ShownRows::First(count.saturating_sub(users.count));
        let groups = self.groups(&first, window, shown).await?;
        let place = PagePlace::Index(start_index);
        self.reply(users, groups, shown, first.total(), place).await
    }

    /// From page to page behind an id; the prefix of an id tells its type.
    async fn by_cursor(self, cursor: Option<&str>, count: usize) -> Answer {
        let mut tied_to = vec![self.caller.token.company_id.as_str(), "/"];
        tied_to.extend(self.users.request.tied_to_cursor());
        let walk = Walk {
            key: self.call.cursor_key()?,
            tied_to,
            count,
            now: self.call.context.now.0 / 1_000,
        };
        let after = match cursor.map(|text| walk.open(text)).transpose() {
            Ok(None) => String::new(),
            Ok(Some(CursorPosition::After(id))) => id,
            Ok(Some(_)) => return self.refuse(ScimError::invalid_cursor(UNKNOWN_CURSOR)).await,
            Err(error) => return self.refuse(error).await,
        };
        if self.users.request.sort_by.is_some() {
            return self.refuse(ScimError::invalid_value(
                "sortBy can't be joined with cursor where the list holds users and groups. Leave one of them out, or ask /Users and /Groups.",
            )).await;
        }
        let is_in_groups = after.starts_with(BEFORE_GROUPS);
        // One more than asked for is read: it tells whether there is a further page.
        let limit = to_integer(count.saturating_add(1));
        let first = self
            .first(match after.as_str() {
                _ if is_in_groups => Window::First { limit: 0 },
                "" => Window::First { limit },
                id => Window::After { id, limit },
            })
            .await?;
        let users = users::first(self.call, &first.users, &self.users, count)?;
        let last_user = users
            .count
            .checked_sub(1)
            .and_then(|last| first.users.id(last));
        let has_more_users = first.users.length() > count || first.users.is_full();
        let left = if has_more_users {
            0
        } else {
            count.saturating_sub(users.count)
        };
        let shown = ShownRows::First(left);
        let limit = if has_more_users {
            0
        } else {
            to_integer(left.saturating_add(1))
        };
        let window = if is_in_groups {
            Window::After { id: &after, limit }
        } else {
            Window::First { limit }
        };
        let groups = self.groups(&first, window, shown).await?;
        let has_more_groups = groups.length() > left;
        let last_group = left
            .min(groups.length())
            .checked_sub(1)
            .and_then(|last| groups.id(last));
        let last = match (has_more_users, has_more_groups) {
            (true, _) => last_user,
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
        let place = PagePlace::Walk(neighbours);
        drop(walk);
        self.reply(users, groups, shown, first.total(), place).await
    }

    async fn first(&self, window: Window<'_>) -> Result<First, Failure> {
        let shown = ShownRows::First(usize::MAX);
        // What lies deep in the list is read apart.
        let is_deep = self.is_deep(window);
        let part = ListPart {
            rows: PartRows::In(if is_deep {
                Window::First { limit: 0 }
            } else {
                window
            }),
            shown,
        };
        let rows = Users::statement(&self.users, &self.caller, &part);
        let mut counts = self.groups.count(&self.caller);
        counts.extend(self.users.count(&self.caller));
        let (access, found, rows) = self
            .call
            .context
            .authorized_page(&self.caller, Purpose::Users, counts, Vec::new(), rows)
            .await?;
        let (call, caller) = (self.call, &self.caller);
        let company = &access.company;
        let (users, total_users) = match self.users.course(caller, company, found.get(1))? {
            _ if is_deep => slices::deep(call, caller, &self.users, window, shown).await?,
            Course::AtOnce { total } => (Users::read(&self.users, &part, rows)?, total),
            course => {
                let place = (window, shown);
                slices::instead(call, caller, &access, &self.users, course, place).await?
            }
        };
        let groups_course = self.groups.course(caller, company, found.first())?;
        let total_groups = match groups_course {
            _ if !self.may_read_groups(&access) => 0,
            Course::AtOnce { total } => total,
            course => {
                let nothing = (Window::First { limit: 0 }, ShownRows::First(0));
                slices::instead(call, caller, &access, &self.groups, course, nothing)
                    .await?
                    .1
            }
        };
        Ok(First {
            users,
            total_users,
            total_groups,
            groups_course,
            access,
        })
    }

    fn is_deep(&self, window: Window<'_>) -> bool {
        let is_few = self.users.listing(&self.caller).work().left == Left::Few;
        matches!(window, Window::Offset { offset, .. } if is_few && slices::is_deep(offset))
    }

    /// Who may read users alone sees a company without groups.
    fn may_read_groups(&self, access: &Access) -> bool {
        let purpose = Purpose::ReadGroups;
        access
            .authorize(self.call.endpoint(), purpose, self.call.context.now)
            .is_ok()
    }

    async fn groups(
        &self,
        first: &First,
        window: Window<'_>,
        shown: ShownRows,
    ) -> Result<Groups, Failure> {
        let is_empty = matches!(
            window,
            Window::First { limit: 0 }
                | Window::After { limit: 0, .. }
                | Window::Offset { limit: 0, .. }
        );
        if is_empty || first.total_groups == 0 {
            return Ok(Groups::nothing());
        }
        if !matches!(first.groups_course, Course::AtOnce { .. }) {
            let (course, place) = (first.groups_course, (window, shown));
            let (call, caller, access) = (self.call, &self.caller, &first.access);
            let groups = slices::instead(call, caller, access, &self.groups, course, place);
            return Ok(groups.await?.0);
        }
        let part = ListPart {
            rows: PartRows::In(window),
            shown,
        };
        let company = &self.caller.token.company_id;
        let read = Groups::statement(&self.groups, &self.caller, &part);
        let rows = self.call.context.database(company)?.run(read).await?;
        Ok(Groups::read(&self.groups, &part, rows)?)
    }

    async fn reply(
        self,
        before: Resources,
        groups: Groups,
        shown: ShownRows,
        total: u64,
        place: PagePlace,
    ) -> Answer {
        let list = Figures {
            before,
            shown: shown.range(groups.length()),
            total,
            place,
        };
        groups
            .reply(self.call, &self.caller, self.groups, list)
            .await
    }

    async fn refuse(&self, error: ScimError) -> Answer {
        self.call.refuse(Purpose::Users, error).await
    }
}

impl First {
    fn total(&self) -> u64 {
        self.total_users.saturating_add(self.total_groups)
    }
}
