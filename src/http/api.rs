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
use super::routes::{answer, answer_to};
use crate::contract::path::Segments;
use crate::contract::routes::{self, ApiOperation};

/// `Operation => answer handler`: [`answer`] where there is no body, [`answer_to`] where there is one.
macro_rules! handled {
    ($asked:expr, $call:expr, $path:expr; $($operation:ident => $answer:ident $($handler:ident)::+,)*) => {
        match $asked {
            $(ApiOperation::$operation => $answer(routes::$operation, $($handler)::+, $call, $path),)*
        }
    };
}

/// The handler of each operation. None of them can be reached but from here, hence with the operator's key alone.
pub(super) async fn handle(
    call: OperatorCall<'_>,
    operation: ApiOperation,
    path: Segments,
) -> Answer {
    handled!(operation, call.0, path;
        ListCompanies => answer companies::list,
        CreateCompany => answer_to companies::create,
        GetCompany => answer companies::get,
        EditCompany => answer_to companies::edit,
        EraseCompany => answer companies::erase,

        ListConnections => answer connections::list,
        CreateConnection => answer_to connections::create,
        GetConnection => answer connections::get,
        EditConnection => answer_to connections::edit,
        DeleteConnection => answer connections::delete,

        ListTokens => answer tokens::list,
        CreateToken => answer_to tokens::create,
        GetToken => answer tokens::get,
        RevokeToken => answer tokens::revoke,

        ListTemplates => answer templates::list,
        CreateTemplate => answer_to templates::create,
        GetTemplate => answer templates::get,
        EditTemplate => answer_to templates::edit,
        DeleteTemplate => answer templates::delete,

        ListTeammates => answer teammates::list,
        CreateTeammate => answer_to teammates::create,
        GetTeammate => answer teammates::get,
        EditTeammate => answer_to teammates::edit,
        DeleteTeammate => answer teammates::delete,
        BlockTeammate => answer teammates::block,
        UnblockTeammate => answer teammates::unblock,

        ListTwins => answer twins::list,

        ListTeammateGroups => answer groups::list,
        CreateTeammateGroup => answer_to groups::create,
        GetTeammateGroup => answer groups::get,
        EditTeammateGroup => answer_to groups::edit,
        DeleteTeammateGroup => answer groups::delete,
        RestoreTeammateGroup => answer groups::restore,
        UndoAdoption => answer groups::undo_adoption,
        ListMembers => answer groups::members::list,
        ChangeMembers => answer_to groups::members::edit,
        ReplaceMembers => answer_to groups::members::replace,
        DropUnconfirmedMembers => answer_to groups::members::drop_unconfirmed,
    )
    .await
}
