//! Teammates in a page: what is compared or counted of them is parsed, their attributes are passed on as text.
//!
//! A row is not one JSON value but two: an array, and behind it the attributes as they are stored.

use super::{Columns, groups_of};
use crate::directory::teammate::State;
use crate::directory::time::Timestamp;
use crate::scim::user::GroupOfUser;
use crate::store::error::StoreError;
use crate::store::row::AsRow;
use crate::store::statement::{flag, moment};
use serde::Deserialize;
use std::borrow::Cow;

/// The columns of [`StoredTeammate`], in its order.
const COLUMNS: &str = "t.id, t.user_name, t.external_id, t.state, t.active_is_unassigned, t.version, \
    t.created_at, t.updated_at";

pub fn row(columns: Columns) -> String {
    match columns {
        Columns::Own => format!("json_array({COLUMNS}) || t.attributes"),
        Columns::WithGroups => {
            let groups = groups_of("t.company_id", "t.id");
            format!("json_array({COLUMNS}, {groups}) || t.attributes")
        }
    }
}

/// Borrows from the text of its row.
#[derive(Debug, Deserialize)]
pub struct StoredTeammate<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub user_name: Cow<'a, str>,
    pub external_id: Option<String>,
    state: State,
    #[serde(deserialize_with = "flag::deserialize")]
    active_is_unassigned: bool,
    pub version: i64,
    #[serde(with = "moment")]
    pub created_at: Timestamp,
    #[serde(with = "moment")]
    pub updated_at: Timestamp,
    /// Where they were read.
    #[serde(default)]
    pub groups: Vec<GroupOfUser>,
    /// JSON.
    #[serde(skip)]
    pub attributes: &'a str,
}

impl<'a> StoredTeammate<'a> {
    pub fn read(row: &'a str) -> Result<Self, StoreError> {
        let mut values = serde_json::Deserializer::from_str(row).into_iter::<AsRow<Self>>();
        let first = values.next().transpose();
        let first = first.map_err(|error| StoreError::Row(error.to_string()))?;
        let AsRow(mut teammate) =
            first.ok_or_else(|| StoreError::Row("an empty row".to_owned()))?;
        teammate.attributes = row.get(values.byte_offset()..).unwrap_or_default();
        Ok(teammate)
    }

    pub fn shown_active(&self) -> Option<bool> {
        self.state.shown_as_active(self.active_is_unassigned)
    }
}
