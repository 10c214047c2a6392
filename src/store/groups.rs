//! Teammate groups and their members: how they are read, and what the one writer of a company runs.
//!
//! Invariant: a group's row is read and written by its key, and no statement here reads a membership row
//! unless members are what it is about.

pub mod administration;
pub mod folding;
pub mod members;
pub mod selected;
mod table;
pub mod whole;
pub mod write;
pub mod writer;

use super::error::StoreError;
use super::filter::{Bindings, Table};
use super::list::{Entry, first_of};
use super::statement::{Outcome, Statement, flag, moment};
use crate::directory::group::{Adopted, Group, GroupState};
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::fold::NameKey;
use serde::Deserialize;

/// The columns of [`GroupRow`], in its order, from a table or alias `g`.
pub const COLUMNS: &str = "json_array(g.id, g.display_name, g.external_id, g.description, g.is_linked, g.state, \
    g.member_count, g.unconfirmed_members, g.version, g.definition, \
    json_extract(g.before_adoption, '$.display_name', '$.external_id', '$.description', '$.attributes'), \
    g.created_at, g.updated_at, g.state_changed_at, json(g.attributes))";

#[derive(Debug, Deserialize)]
pub struct GroupRow {
    id: GroupId,
    display_name: String,
    external_id: Option<String>,
    description: Option<String>,
    #[serde(with = "flag")]
    is_linked: bool,
    state: GroupState,
    member_count: u64,
    unconfirmed_members: u64,
    version: i64,
    definition: i64,
    before_adoption: Option<Adopted>,
    #[serde(with = "moment")]
    created_at: Timestamp,
    #[serde(with = "moment")]
    updated_at: Timestamp,
    #[serde(with = "moment")]
    state_changed_at: Timestamp,
    attributes: Option<Object>,
}

impl From<GroupRow> for Group {
    fn from(row: GroupRow) -> Self {
        Self {
            id: row.id,
            display_name: row.display_name,
            external_id: row.external_id,
            description: row.description,
            attributes: row.attributes.unwrap_or_default(),
            is_linked: row.is_linked,
            state: row.state,
            member_count: row.member_count,
            unconfirmed_members: row.unconfirmed_members,
            version: row.version,
            definition: row.definition,
            before_adoption: row.before_adoption,
            created_at: row.created_at,
            updated_at: row.updated_at,
            state_changed_at: row.state_changed_at,
        }
    }
}

impl Entry for Group {
    type Row = GroupRow;
    const TABLE: &'static Table = &table::GROUPS;

    fn id(&self) -> &str {
        self.id.as_str()
    }
}

pub fn one(outcome: &Outcome) -> Result<Option<Group>, StoreError> {
    Ok(outcome.decode_first::<GroupRow>()?.map(Group::from))
}

pub fn many(outcome: &Outcome) -> Result<Vec<Group>, StoreError> {
    Ok(outcome
        .decode::<GroupRow>()?
        .into_iter()
        .map(Group::from)
        .collect())
}

/// A group whatever its state, the active one that holds a name, or that one which its identity provider deleted last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupKey {
    Id(GroupId),
    /// As [`crate::directory::group::name_key`] gives it.
    Name(NameKey),
    DeletedName(NameKey),
}

pub fn get(company: &CompanyId, key: &GroupKey) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let conditions: Vec<String> = match key {
        GroupKey::Id(id) => vec![format!("g.id = {}", bindings.name(id.as_str()))],
        GroupKey::Name(name) => name
            .forms()
            .map(|form| {
                let form = bindings.name(form);
                format!("g.display_name_folded = {form} AND g.state = 'active'")
            })
            .collect(),
        GroupKey::DeletedName(name) => vec![format!(
            "g.display_name_folded IN ({}) AND g.state = 'deleted' AND g.is_linked = 1 \
             ORDER BY g.state_changed_at DESC LIMIT 1",
            bindings.list(name.forms())
        )],
    };
    let selects: Vec<String> = conditions
        .iter()
        .map(|condition| {
            format!("SELECT {COLUMNS} AS row FROM groups g WHERE g.company_id = {company} AND {condition}")
        })
        .collect();
    bindings.into_statement(first_of(&selects))
}

#[cfg(test)]
mod tests;
