//! Teammates in pages, as identity providers list them.

use crate::app::list::{Items, ListPart, ListQuery, PartRows, ResourcePage};
use crate::app::{Error, IdentityProvider};
use crate::directory::access::Purpose;
use crate::directory::teammate::Listed;
use crate::scim::projection::Projection;
use crate::store::access::Admission;
use crate::store::error::StoreError;
use crate::store::list::{self, Entry as _};
use crate::store::statement::{Outcome, Statement};
use crate::store::teammates::stored as rows;
use crate::store::teammates::{Columns, recent};
use std::borrow::Cow;

pub(crate) use crate::store::teammates::stored::StoredTeammate;

pub(crate) enum Teammates {
    Read(Items<Listed>),
    /// A page of many, whose attributes nobody looks at.
    Stored(StoredTeammates),
}

/// Rows that [`stored`] reads.
pub(crate) struct StoredTeammates {
    pub(crate) rows: Vec<String>,
    is_full: bool,
}

/// What has to be read to show what is asked for.
pub(crate) fn columns(projection: &Projection) -> Columns {
    if projection.shows("groups") {
        Columns::WithGroups
    } else {
        Columns::Own
    }
}

/// A row of [`StoredTeammates`].
pub(crate) fn stored(row: &str) -> Result<StoredTeammate<'_>, Error> {
    Ok(StoredTeammate::read(row)?)
}

impl ResourcePage for Teammates {
    type Item = Listed;
    type Projection = Projection;
    const PURPOSE: Purpose = Purpose::Users;

    fn statement(asked: &ListQuery<Self>, admission: &Admission, part: &ListPart) -> Statement {
        let columns = columns(&asked.projection);
        let row = match part.rows {
            PartRows::In(_) => rows::row(columns),
            PartRows::One | PartRows::Kept(..) => columns.row(),
        };
        asked.rows(admission, part, &row)
    }

    fn finds_one_row(_: &ListQuery<Self>) -> bool {
        true
    }

    fn read(_: &ListQuery<Self>, part: &ListPart, outcome: Outcome) -> Result<Self, StoreError> {
        Ok(match part.rows {
            PartRows::In(_) => Self::Stored(StoredTeammates {
                is_full: list::is_full(&outcome),
                rows: outcome.rows,
            }),
            PartRows::One | PartRows::Kept(..) => Self::Read(Items::of(part, &outcome)?),
        })
    }

    fn length(&self) -> usize {
        match self {
            Self::Read(items) => items.all.len(),
            Self::Stored(stored) => stored.rows.len(),
        }
    }

    fn id(&self, place: usize) -> Option<String> {
        match self {
            Self::Read(items) => items.all.get(place).map(|item| item.id().to_owned()),
            Self::Stored(stored) => {
                let stored = StoredTeammate::read(stored.rows.get(place)?).ok()?;
                Some(stored.id.into_owned())
            }
        }
    }

    fn looked_up(&self, caller: &IdentityProvider) {
        if let Self::Read(items) = self {
            for listed in &items.all {
                recent::remember(&caller.token.company_id, Cow::Borrowed(&listed.teammate));
            }
        }
    }

    fn is_full(&self) -> bool {
        match self {
            Self::Read(items) => items.is_full,
            Self::Stored(stored) => stored.is_full,
        }
    }

    fn ends(&self) -> Option<(u32, u32)> {
        match self {
            Self::Read(items) => items.ends,
            Self::Stored(_) => None,
        }
    }
}
