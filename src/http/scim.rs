//! The SCIM endpoints, a file for each resource.

mod bulk;
mod discovery;
mod groups;
mod list;
mod me;
mod search;
mod users;

use super::Answer;
use super::call::Call;
use super::routes::run;
use crate::contract::path::Segments;
use crate::contract::routes::ScimOperation;

/// The handler of each operation.
pub(super) async fn handle(call: &Call, operation: ScimOperation, path: Segments) -> Answer {
    use ScimOperation as Asked;
    match operation {
        Asked::ServiceProviderConfig => run(discovery::service_provider_config, call, path),
        Asked::ResourceTypes => run(discovery::resource_types, call, path),
        Asked::ResourceType => run(discovery::resource_type, call, path),
        Asked::Schemas => run(discovery::schemas, call, path),
        Asked::Schema => run(discovery::schema, call, path),

        Asked::SearchEverything => run(search::everything, call, path),

        Asked::ListUsers => run(users::list, call, path),
        Asked::CreateUser => run(users::create, call, path),
        Asked::SearchUsers => run(search::users, call, path),
        Asked::GetUser => run(users::get, call, path),
        Asked::ReplaceUser => run(users::replace, call, path),
        Asked::PatchUser => run(users::patch, call, path),
        Asked::RemoveUser => run(users::remove, call, path),

        Asked::ListGroups => run(groups::list, call, path),
        Asked::CreateGroup => run(groups::create, call, path),
        Asked::SearchGroups => run(search::groups, call, path),
        Asked::GetGroup => run(groups::get, call, path),
        Asked::ReplaceGroup => run(groups::replace, call, path),
        Asked::PatchGroup => run(groups::patch, call, path),
        Asked::RemoveGroup => run(groups::remove, call, path),

        Asked::Bulk => run(bulk::perform, call, path),
        Asked::Me => run(me::not_implemented, call, path),
    }
    .await
}
