//! The management API, a file for each resource: for the operator's backend, under its key.

mod companies;
mod connections;
mod edit;
mod groups;
mod journaled;
mod page;
mod teammates;
mod templates;
mod tokens;

use super::Answer;
use super::authentication::OperatorCall;
use super::call::Call;
use super::failure::Failure;
use super::routes::run;
use crate::contract::path::Segments;
use crate::contract::routes::ApiOperation;
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::store::error::StoreError;
use crate::store::statement::{Outcome, Statement};
use serde::{Deserialize, Deserializer};

/// The handler of each operation. None of them can be reached but from here, hence with the operator's key alone.
pub(super) async fn handle(
    call: OperatorCall<'_>,
    operation: ApiOperation,
    path: Segments,
) -> Answer {
    use ApiOperation as Asked;
    let call = call.0;
    match operation {
        Asked::ListCompanies => run(companies::list, call, path),
        Asked::CreateCompany => run(companies::create, call, path),
        Asked::GetCompany => run(companies::get, call, path),
        Asked::EditCompany => run(companies::edit, call, path),
        Asked::EraseCompany => run(companies::erase, call, path),

        Asked::ListConnections => run(connections::list, call, path),
        Asked::CreateConnection => run(connections::create, call, path),
        Asked::GetConnection => run(connections::get, call, path),
        Asked::EditConnection => run(connections::edit, call, path),
        Asked::DeleteConnection => run(connections::delete, call, path),

        Asked::ListTokens => run(tokens::list, call, path),
        Asked::CreateToken => run(tokens::create, call, path),
        Asked::GetToken => run(tokens::get, call, path),
        Asked::RevokeToken => run(tokens::revoke, call, path),

        Asked::ListTemplates => run(templates::list, call, path),
        Asked::CreateTemplate => run(templates::create, call, path),
        Asked::GetTemplate => run(templates::get, call, path),
        Asked::EditTemplate => run(templates::edit, call, path),
        Asked::DeleteTemplate => run(templates::delete, call, path),

        Asked::ListTeammates => run(teammates::list, call, path),
        Asked::CreateTeammate => run(teammates::create, call, path),
        Asked::GetTeammate => run(teammates::get, call, path),
        Asked::EditTeammate => run(teammates::edit, call, path),
        Asked::DeleteTeammate => run(teammates::delete, call, path),
        Asked::BlockTeammate => run(teammates::block, call, path),
        Asked::UnblockTeammate => run(teammates::unblock, call, path),

        Asked::ListTeammateGroups => run(groups::list, call, path),
        Asked::CreateTeammateGroup => run(groups::create, call, path),
        Asked::GetTeammateGroup => run(groups::get, call, path),
        Asked::EditTeammateGroup => run(groups::edit, call, path),
        Asked::DeleteTeammateGroup => run(groups::delete, call, path),
        Asked::RestoreTeammateGroup => run(groups::restore, call, path),
        Asked::UndoAdoption => run(groups::undo_adoption, call, path),
        Asked::ListMembers => run(groups::members::list, call, path),
        Asked::ChangeMembers => run(groups::members::edit, call, path),
        Asked::ReplaceMembers => run(groups::members::replace, call, path),
        Asked::DropUnconfirmedMembers => run(groups::members::drop_unconfirmed, call, path),
    }
    .await
}

fn not_found(kind: &'static str, id: &str) -> Refusal {
    Refusal::NotFound {
        kind: kind.into(),
        id: id.to_owned(),
    }
}

/// Something that an edit was read with: it is written only while the rules are still of that version.
struct AtVersion<T> {
    rules_version: i64,
    value: T,
}

/// The one thing of a company that a read by its id finds.
async fn find_one<T>(
    call: &Call,
    company: &CompanyId,
    read: Statement,
    decode: impl FnOnce(&Outcome) -> Result<Vec<T>, StoreError>,
    missing: Refusal,
) -> Result<AtVersion<T>, Failure> {
    let (company, [outcome]) = companies::read_of(call, company, [read]).await?;
    Ok(AtVersion {
        rules_version: company.rules_version,
        value: decode(&outcome)?.into_iter().next().ok_or(missing)?,
    })
}

/// A field of an edit: absent (leave it), `null` (take it away) or a value.
#[derive(Debug, Clone, Default)]
enum Field<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Value(value),
            None => Self::Null,
        })
    }
}

/// A field of an edit that may be absent, but not `null`: nothing would be done, and nobody told.
fn not_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A list of names, each of which is said enough once.
fn each_once<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut each = Vec::new();
    for one in list {
        if !each.contains(&one) {
            each.push(one);
        }
    }
    each
}

/// A name that people read: something is there, and it fits on a line.
fn readable_name(name: &str) -> Result<String, Failure> {
    readable_line("name", name, 200)
}

fn readable_line(field: &str, text: &str, most: usize) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most || text.contains(char::is_control) {
        return Err(Refusal::InvalidInput(format!(
            "\"{field}\" must be a text of 1 to {most} characters on one line."
        ))
        .into());
    }
    Ok(text.to_owned())
}
