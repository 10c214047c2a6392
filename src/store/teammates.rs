//! Teammates: how they are looked up, listed and written.

mod attributes;
pub mod folding;
pub mod recent;
pub mod stored;
mod table;
pub mod write;

use super::error::StoreError;
use super::filter::{Bindings, Table};
use super::list::{Entry, first_of};
use super::statement::{Outcome, Statement, beside, flag, moment};
use crate::directory::id::{CompanyId, TeammateId, TemplateId};
use crate::directory::teammate::{BlockedBy, Listed, Origin, Role, State, Teammate};
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::fold::NameKey;
use crate::scim::user::GroupOfUser;
use serde::Deserialize;

/// The columns of [`TeammateRow`], in its order, from a table or alias `t`.
const COLUMNS: &str = "t.id, t.user_name, t.external_id, t.state, t.role, t.template_id, \
    t.origin, json(t.attributes), t.sessions_invalid_before, t.version, t.created_at, t.updated_at, \
    t.state_changed_at, t.active_is_unassigned, t.is_linked, t.blocked_by, t.renamed_from";

/// The most groups that are shown of a teammate, the oldest first. More than Windows lets anybody be in (1,015
/// in a token) are no use to a reader of users, and a page of 200 has to fit into an isolate of 128 MB.
const MOST_GROUPS: u32 = 500;

/// The names of a teammate's groups, in bytes: where they come to more, the groups are shown without.
const MOST_BYTES_OF_NAMES: u32 = 40_000;

/// What is read of a teammate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Its own.
    Own,
    /// The groups that it is in as well: one entry of an index where it is in none.
    WithGroups,
}

impl Columns {
    /// A row of them, from a table or alias `t`.
    pub fn row(self) -> String {
        match self {
            Self::Own => format!("json_array({COLUMNS})"),
            Self::WithGroups => {
                format!(
                    "json_array({COLUMNS}, {})",
                    groups_of("t.company_id", "t.id")
                )
            }
        }
    }
}

/// The active groups of a teammate, as a JSON array. Both parameters are SQL.
fn groups_of(company: &str, teammate: &str) -> String {
    format!(
        "(SELECT iif(sum(octet_length(name)) <= {MOST_BYTES_OF_NAMES}, \
         json_group_array(json_array(id, name)), json_group_array(json_array(id))) FROM \
         (SELECT g.id AS id, g.display_name AS name \
         FROM memberships m INDEXED BY memberships_of_teammate CROSS JOIN groups g \
         ON g.company_id = m.company_id AND g.id = m.group_id AND g.state = 'active' \
         WHERE m.company_id = {company} AND m.teammate_id = {teammate} AND m.standing <> 'gone' \
         ORDER BY m.group_id LIMIT {MOST_GROUPS}))"
    )
}

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
    #[serde(deserialize_with = "flag::deserialize")]
    is_linked: bool,
    blocked_by: Option<BlockedBy>,
    renamed_from: Option<String>,
    /// Where they were read.
    #[serde(default)]
    groups: Vec<GroupOfUser>,
}

impl From<TeammateRow> for Listed {
    fn from(row: TeammateRow) -> Self {
        let teammate = Teammate {
            id: row.id,
            user_name: row.user_name,
            external_id: row.external_id,
            state: row.state,
            active_is_unassigned: row.active_is_unassigned,
            // An earlier version of the Worker may have unblocked it without taking this away.
            blocked_by: row.blocked_by.filter(|_| row.state != State::Active),
            renamed_from: row.renamed_from,
            role: row.role,
            template_id: row.template_id,
            origin: row.origin,
            is_linked: row.is_linked || row.origin == Origin::Scim,
            attributes: row.attributes.into(),
            sessions_invalid_before: row.sessions_invalid_before,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            state_changed_at: row.state_changed_at,
        };
        Self {
            teammate,
            groups: row.groups,
        }
    }
}

impl Entry for Listed {
    type Row = TeammateRow;
    const TABLE: &'static Table = &table::TEAMMATES;

    fn id(&self) -> &str {
        self.teammate.id.as_str()
    }
}

pub fn one(outcome: &Outcome) -> Result<Option<Listed>, StoreError> {
    Ok(outcome.decode_first::<TeammateRow>()?.map(Listed::from))
}

pub fn many(outcome: &Outcome) -> Result<Vec<Listed>, StoreError> {
    Ok(outcome
        .decode::<TeammateRow>()?
        .into_iter()
        .map(Listed::from)
        .collect())
}

/// One teammate, whatever its state: the rules decide what a removed or deleted one means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeammateKey {
    Id(TeammateId),
    UserName(NameKey),
    /// Whom an identity provider means by a userName: who has it, or else who is found by that address.
    Meant(NameKey),
}

pub fn get(company: &CompanyId, key: &TeammateKey, columns: Columns) -> Statement {
    let mut ways = match key {
        TeammateKey::Id(id) => vec![("", "id", id.as_str())],
        TeammateKey::UserName(name) | TeammateKey::Meant(name) => name
            .forms()
            .map(|form| ("INDEXED BY teammates_user_name ", "user_name_folded", form))
            .collect(),
    };
    if let TeammateKey::Meant(name) = key
        && is_address(name.folded())
    {
        // Without its name SQLite would rather go through the company.
        let index = "INDEXED BY teammates_found_by_email ";
        ways.push((index, "found_by_email", name.folded()));
    }
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let selects: Vec<String> = ways
        .into_iter()
        .map(|(index, column, value)| {
            format!(
                "SELECT {} AS row FROM teammates t {index}WHERE t.company_id = {company} AND t.{column} = {}",
                columns.row(),
                bindings.name(value)
            )
        })
        .collect();
    bindings.into_statement(first_of(&selects))
}

/// Nobody who has no `@` in it is found by an address.
fn is_address(folded: &str) -> bool {
    folded.contains('@')
}

/// Which teammates the app asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatesShown {
    /// All but tombstones.
    Living,
    Only(State),
}

/// A page for the app, in the order of creation.
pub fn app_page(
    company: &CompanyId,
    shown: StatesShown,
    after: Option<&str>,
    limit: i64,
) -> Statement {
    let states = match shown {
        StatesShown::Living => "t.state <> 'deleted'".to_owned(),
        // The partial index that covers the state is named by its own condition.
        StatesShown::Only(state) if state.is_listed_in_scim() => {
            let listed = table::TEAMMATES.listed;
            format!("{listed} AND t.state = '{}'", state.as_str())
        }
        StatesShown::Only(state) => format!(
            "t.state IN ('removed', 'deleted') AND t.state = '{}'",
            state.as_str()
        ),
    };
    Statement::new(format!(
        "SELECT json_array({COLUMNS}) AS row FROM teammates t \
         WHERE t.company_id = ?1 AND t.id > ?2 AND {states} ORDER BY t.id LIMIT ?3"
    ))
    .bind(company.as_str())
    .bind(after.unwrap_or_default())
    .bind(limit)
}

/// Those whose folded userName begins with `prefix`, in the order of userNames: rows of [`searched`].
pub fn search_page(
    company: &CompanyId,
    shown: StatesShown,
    prefix: &str,
    after: Option<&str>,
    limit: i64,
) -> Statement {
    let states = match shown {
        StatesShown::Living => "t.state <> 'deleted'".to_owned(),
        StatesShown::Only(state) => format!("t.state = '{}'", state.as_str()),
    };
    // A range instead of LIKE: D1 refuses patterns of more than 50 bytes, and LIKE folds ASCII alone.
    Statement::new(format!(
        "SELECT {} FROM teammates t WHERE t.company_id = ?1 \
         AND t.user_name_folded >= ?2 AND t.user_name_folded < ?2 || char(1114111) \
         AND t.user_name_folded > ?3 AND {states} ORDER BY t.user_name_folded LIMIT ?4",
        beside(&Columns::Own.row(), "t.user_name_folded")
    ))
    .bind(company.as_str())
    .bind(prefix)
    .bind(after.unwrap_or_default())
    .bind(limit)
}

/// Each with its place in the order. It may have another form than the userName has now: of a row that is not folded
/// anew yet, and of a twin.
pub fn searched(outcome: &Outcome) -> Result<Vec<(String, Listed)>, StoreError> {
    let rows = outcome.decode_beside::<TeammateRow>()?.into_iter();
    Ok(rows.map(|(place, row)| (place, row.into())).collect())
}

#[cfg(test)]
mod tests;
