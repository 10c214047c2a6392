//! The management API, a file for each resource: for the operator's backend, under its key.

mod companies;
mod connections;
mod groups;
mod page;
mod teammates;
mod templates;
mod tokens;
mod twins;

use super::Answer;
use super::authentication::OperatorCall;
use super::routes::run;
use crate::contract::path::Segments;
use crate::contract::routes::ApiOperation;

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

        Asked::ListTwins => run(twins::list, call, path),

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
