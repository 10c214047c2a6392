//! Teammates: how they are looked up, listed and written.

mod table;
pub mod write;

use super::error::StoreError;
use super::filter::Table;
use super::list::Listed;
use super::statement::{Outcome, Statement, flag, moment};
use crate::directory::id::{CompanyId, TeammateId, TemplateId};
use crate::directory::teammate::{Origin, Role, State, Teammate};
use crate::directory::time::Timestamp;
use crate::scim::Object;
use serde::Deserialize;

/// The columns of [`TeammateRow`], in its order, from a table or alias `t`.
const COLUMNS: &str = "json_array(t.id, t.user_name, t.external_id, t.state, t.role, t.template_id, \
    t.origin, json(t.attributes), t.sessions_invalid_before, t.version, t.created_at, t.updated_at, \
    t.state_changed_at, t.active_is_unassigned)";

#[derive(Debug, Deserialize)]
pub struct TeammateRow {
    id: TeammateId,
    user_name: String,
    external_id: Option<String>,
    state: State,
    role: Role,
    template_id: Option<TemplateId>,
    origin: Origin,
    attributes: Object,
    #[serde(with = "moment::optional")]
    sessions_invalid_before: Option<Timestamp>,
    version: i64,
    #[serde(with = "moment")]
    created_at: Timestamp,
    #[serde(with = "moment")]
    updated_at: Timestamp,
    #[serde(with = "moment")]
    state_changed_at: Timestamp,
    #[serde(deserialize_with = "flag::deserialize")]
    active_is_unassigned: bool,
}

impl From<TeammateRow> for Teammate {
    fn from(row: TeammateRow) -> Self {
        Self {
            id: row.id,
            user_name: row.user_name,
            external_id: row.external_id,
            state: row.state,
            active_is_unassigned: row.active_is_unassigned,
            role: row.role,
            template_id: row.template_id,
            origin: row.origin,
            attributes: row.attributes,
            sessions_invalid_before: row.sessions_invalid_before,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            state_changed_at: row.state_changed_at,
        }
    }
}

impl Listed for Teammate {
    type Row = TeammateRow;
    const TABLE: &'static Table = &table::TEAMMATES;

    fn id(&self) -> &str {
        self.id.as_str()
    }
}

pub fn one(outcome: &Outcome) -> Result<Option<Teammate>, StoreError> {
    Ok(outcome.decode_first::<TeammateRow>()?.map(Teammate::from))
}

pub fn many(outcome: &Outcome) -> Result<Vec<Teammate>, StoreError> {
    Ok(outcome
        .decode::<TeammateRow>()?
        .into_iter()
        .map(Teammate::from)
        .collect())
}

/// One teammate, whatever its state: the rules decide what a removed or deleted one means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Id(TeammateId),
    /// Case-folded.
    UserName(String),
}

pub fn get(company: &CompanyId, key: &Key) -> Statement {
    let (column, value) = match key {
        Key::Id(id) => ("id", id.as_str()),
        Key::UserName(folded) => ("user_name_folded", folded.as_str()),
    };
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM teammates t WHERE t.company_id = ?1 AND t.{column} = ?2"
    ))
    .bind(company.as_str())
    .bind(value)
}

/// Which teammates the app asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All but tombstones.
    Living,
    Only(State),
}

/// A page for the app, in the order of creation.
pub fn app_page(company: &CompanyId, shown: Shown, after: Option<&str>, limit: i64) -> Statement {
    let states = match shown {
        Shown::Living => "t.state <> 'deleted'".to_owned(),
        // The partial index that covers the state is named by its own condition.
        Shown::Only(state) if state.is_listed_in_scim() => {
            let listed = table::TEAMMATES.listed;
            format!("{listed} AND t.state = '{}'", state.as_str())
        }
        Shown::Only(state) => format!(
            "t.state IN ('removed', 'deleted') AND t.state = '{}'",
            state.as_str()
        ),
    };
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM teammates t \
         WHERE t.company_id = ?1 AND t.id > ?2 AND {states} ORDER BY t.id LIMIT ?3"
    ))
    .bind(company.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

/// Those whose folded userName begins with `prefix`, in the order of userNames.
pub fn search_page(
    company: &CompanyId,
    shown: Shown,
    prefix: &str,
    after: Option<&str>,
    limit: i64,
) -> Statement {
    let states = match shown {
        Shown::Living => "t.state <> 'deleted'".to_owned(),
        Shown::Only(state) => format!("t.state = '{}'", state.as_str()),
    };
    // A range instead of LIKE: D1 refuses patterns of more than 50 bytes, and LIKE folds ASCII alone.
    Statement::new(format!(
        "SELECT {COLUMNS} AS row FROM teammates t WHERE t.company_id = ?1 \
         AND t.user_name_folded >= ?2 AND t.user_name_folded < ?2 || char(1114111) \
         AND t.user_name_folded > ?3 AND {states} ORDER BY t.user_name_folded LIMIT ?4"
    ))
    .bind(company.as_str())
    .bind(prefix)
    .bind(after.unwrap_or_default())
    .bind(limit)
}

#[cfg(test)]
mod listed;
