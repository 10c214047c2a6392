//! Groups in pages, as identity providers list them. Where members are asked for, they come with the groups, however
//! many.

use super::steps::Steps;
use crate::app::list::{Items, ListPart, ListQuery, PartRows, ResourcePage};
use crate::app::{Context, IdentityProvider};
use crate::directory::access::Purpose;
use crate::directory::group::Group;
use crate::directory::id::GroupId;
use crate::scim::group::GroupProjection;
use crate::store::access::Admission;
use crate::store::error::StoreError;
use crate::store::groups::{COLUMNS, whole};
use crate::store::list::Entry;
use crate::store::statement::{Outcome, Statement};
use std::ops::Range;

pub(crate) enum Groups {
    Bare(Items<Group>),
    Whole(WholeGroups),
}

/// The ids of all that were read, and the steps of those that are shown.
pub(crate) struct WholeGroups {
    ids: Vec<GroupId>,
    steps: Outcome,
}

impl WholeGroups {
    /// Of those that were read, the ones that are shown.
    pub(crate) fn steps(
        mut self,
        context: &Context,
        caller: &IdentityProvider,
        shown: &Range<usize>,
    ) -> Steps {
        self.ids.truncate(shown.end);
        Steps::new(context, caller, self.ids, shown.start, self.steps)
    }
}

impl Groups {
    pub(in crate::app) fn nothing() -> Self {
        Self::Whole(WholeGroups {
            ids: Vec::new(),
            steps: Outcome::default(),
        })
    }
}

impl ResourcePage for Groups {
    type Item = Group;
    type Projection = GroupProjection;
    const PURPOSE: Purpose = Purpose::ReadGroups;

    fn statement(asked: &ListQuery<Self>, admission: &Admission, part: &ListPart) -> Statement {
        if !asked.projection.shows_members() {
            return asked.rows(admission, part, COLUMNS);
        }
        match part.rows {
            PartRows::One => whole::find(admission, asked.listing().condition, part.shown),
            PartRows::In(window) => whole::page(admission, &asked.listing(), window, part.shown),
            PartRows::Kept(order, stretch) => whole::page_of_kept_order(admission, order, stretch),
        }
    }

    fn finds_one_row(asked: &ListQuery<Self>) -> bool {
        !asked.projection.shows_members()
    }

    fn read(
        asked: &ListQuery<Self>,
        part: &ListPart,
        mut steps: Outcome,
    ) -> Result<Self, StoreError> {
        if !asked.projection.shows_members() {
            return Items::of(part, &steps).map(Self::Bare);
        }
        if steps.rows.is_empty() {
            return Ok(Self::nothing());
        }
        let ids = whole::ids(&steps.rows.remove(0))?;
        Ok(Self::Whole(WholeGroups { ids, steps }))
    }

    fn length(&self) -> usize {
        match self {
            Self::Bare(groups) => groups.all.len(),
            Self::Whole(groups) => groups.ids.len(),
        }
    }

    fn id(&self, place: usize) -> Option<String> {
        let id = match self {
            Self::Bare(groups) => groups.all.get(place).map(Entry::id),
            Self::Whole(groups) => groups.ids.get(place).map(GroupId::as_str),
        };
        id.map(str::to_owned)
    }

    /// A page of groups without members has room for all, and members are read on and on.
    fn is_full(&self) -> bool {
        false
    }

    fn ends(&self) -> Option<(u32, u32)> {
        None
    }
}
