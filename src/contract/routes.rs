//! Every route, readable from top to bottom.
//!
//! Invariant: who may call is a property of the table that a route stands in, and the router sees to it before any
//! handler runs. A route that is not in a table does not exist; an operation without a handler does not compile. What
//! a route of ours takes and gives are the types that its line names; the bodies of SCIM's are described by its schemas
//! ([`crate::scim::schema`]).

use super::body::NoBody;
#[cfg(test)]
use super::documented::Documented;
use super::path::{Segments, matched, parameters};
use super::responses::{ConnectionWithEndpoint, List, Status, TokenWithText};
use crate::directory::company::{self, Company};
use crate::directory::connection;
use crate::directory::group::member::AppMember as Member;
use crate::directory::group::{AppGroup, fields as group};
use crate::directory::teammate::{self, AppTeammate};
use crate::directory::template::{self, Template};
use crate::directory::token::{self, Token};
use crate::directory::twins::Twins;

type Connection = ConnectionWithEndpoint<'static>;
type Teammate = AppTeammate<'static>;
type Group = AppGroup<'static>;

/// One URL with the methods that do the same there.
#[derive(Debug)]
pub struct Route<Operation: 'static> {
    pub methods: &'static [&'static str],
    /// Behind the table's own beginning. `{name}` stands for one segment.
    pub path: &'static str,
    pub operation: Operation,
}

/// What is brought and what is answered where all goes well. Each operation of the management API is a type that says
/// so; the router gives its handler the one and takes the other from it, so that none can do otherwise.
pub trait Exchange {
    /// How many variable segments the path has.
    const PARAMETERS: usize;
    const STATUS: u16;
    /// A [`super::body::RequestBody`], or [`NoBody`].
    type Request;
    /// A [`super::body::ResponseBody`], or [`NoBody`].
    type Response;
}

macro_rules! request {
    () => {
        NoBody
    };
    ($body:ty) => {
        $body
    };
}

macro_rules! routes {
    (
        $(#[$of_operations:meta])* $operations:ident,
        $(#[$of_table:meta])* $table:ident ($documents:ident) {
            $(
                $method:ident $path:literal
                => $operation:ident $(($request:ty))? -> $status:literal $response:ty;
            )*
        }
    ) => {
        routes! {
            $(#[$of_operations])* $operations,
            $(#[$of_table])* $table { $($method $path => $operation;)* }
        }

        $(
            #[derive(Debug, Clone, Copy)]
            pub struct $operation;

            impl Exchange for $operation {
                const PARAMETERS: usize = parameters($path);
                const STATUS: u16 = $status;
                type Request = request!($($request)?);
                type Response = $response;
            }
        )*

        /// What each route of the table exchanges, in the table's order.
        #[cfg(test)]
        pub(super) fn $documents() -> Vec<Documented> {
            vec![$(Documented::of::<$operation>(stringify!($operation))),*]
        }
    };
    (
        $(#[$of_operations:meta])* $operations:ident,
        $(#[$of_table:meta])* $table:ident {
            $($($method:ident)|+ $path:literal => $operation:ident;)*
        }
    ) => {
        $(#[$of_operations])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $operations { $($operation,)* }

        $(#[$of_table])*
        pub const $table: &[Route<$operations>] = &[$(Route {
            methods: &[$(stringify!($method)),+],
            path: $path,
            operation: $operations::$operation,
        }),*];
    };
}

routes! {
    /// What anybody may ask.
    OpenOperation,
    /// Under `/`, for everybody: nothing here reads a secret or a company. The pages there are static assets.
    OPEN (open_documents) {
        GET    "health"    => Health -> 200 Status;
        GET    "ready"                                               => Ready -> 200 Status;
    }
}

routes! {
    /// What an identity provider may ask for.
    ScimOperation,
    /// Under `/v2` and under `/scim/{connection_id}/v2`, for identity providers: what the token may do is part of the
    /// read or write itself, in the same D1 call. Discovery alone is for everybody (RFC 7644 section 4).
    SCIM {
        GET    "ServiceProviderConfig"                => ServiceProviderConfig;
        GET    "ResourceTypes"                        => ResourceTypes;
        GET    "ResourceTypes/{name}"                 => ResourceType;
        GET    "Schemas"                              => Schemas;
        GET    "Schemas/{urn}"                        => Schema;

        POST   ".search"                              => SearchEverything;

        GET    "Users"                                => ListUsers;
        POST   "Users"                                => CreateUser;
        POST   "Users/.search"                        => SearchUsers;
        GET    "Users/{id}"                           => GetUser;
        PUT    "Users/{id}"                           => ReplaceUser;
        PATCH  "Users/{id}"                           => PatchUser;
        DELETE "Users/{id}"                           => RemoveUser;

        GET    "Groups"                               => ListGroups;
        POST   "Groups"                               => CreateGroup;
        POST   "Groups/.search"                       => SearchGroups;
        GET    "Groups/{id}"                          => GetGroup;
        PUT    "Groups/{id}"                          => ReplaceGroup;
        PATCH  "Groups/{id}"                          => PatchGroup;
        DELETE "Groups/{id}"                          => RemoveGroup;

        POST   "Bulk"                                 => Bulk;

        GET | POST | PUT | PATCH | DELETE "Me"        => Me;
    }
}

routes! {
    /// What the operator may ask for.
    ApiOperation,
    /// Under `/api/v1`, for whoever has the operator key.
    API (api_documents) {
        GET    "companies"                                           => ListCompanies -> 200 List<Company>;
        POST   "companies"                                           => CreateCompany(company::Fields) -> 201 Company;
        GET    "companies/{company_id}"                              => GetCompany -> 200 Company;
        PATCH  "companies/{company_id}"                              => EditCompany(company::Fields) -> 200 Company;
        DELETE "companies/{company_id}"                              => EraseCompany -> 204 NoBody;

        GET    "companies/{company_id}/connections"                  => ListConnections -> 200 List<Connection>;
        POST   "companies/{company_id}/connections"                  => CreateConnection(connection::Creation) -> 201 Connection;
        GET    "companies/{company_id}/connections/{id}"             => GetConnection -> 200 Connection;
        PATCH  "companies/{company_id}/connections/{id}"             => EditConnection(connection::Edit) -> 200 Connection;
        DELETE "companies/{company_id}/connections/{id}"             => DeleteConnection -> 204 NoBody;

        GET    "companies/{company_id}/tokens"                       => ListTokens -> 200 List<Token>;
        POST   "companies/{company_id}/tokens"                       => CreateToken(token::Creation) -> 201 TokenWithText;
        GET    "companies/{company_id}/tokens/{id}"                  => GetToken -> 200 Token;
        DELETE "companies/{company_id}/tokens/{id}"                  => RevokeToken -> 204 NoBody;

        GET    "companies/{company_id}/templates"                    => ListTemplates -> 200 List<Template>;
        POST   "companies/{company_id}/templates"                    => CreateTemplate(template::Fields) -> 201 Template;
        GET    "companies/{company_id}/templates/{id}"               => GetTemplate -> 200 Template;
        PATCH  "companies/{company_id}/templates/{id}"               => EditTemplate(template::Fields) -> 200 Template;
        DELETE "companies/{company_id}/templates/{id}"               => DeleteTemplate -> 204 NoBody;

        GET    "companies/{company_id}/teammates"                    => ListTeammates -> 200 List<Teammate>;
        POST   "companies/{company_id}/teammates"                    => CreateTeammate(teammate::Creation) -> 201 Teammate;
        GET    "companies/{company_id}/teammates/{id}"               => GetTeammate -> 200 Teammate;
        PATCH  "companies/{company_id}/teammates/{id}"               => EditTeammate(teammate::Edit) -> 200 Teammate;
        DELETE "companies/{company_id}/teammates/{id}"               => DeleteTeammate -> 204 NoBody;
        POST   "companies/{company_id}/teammates/{id}/block"         => BlockTeammate -> 200 Teammate;
        POST   "companies/{company_id}/teammates/{id}/unblock"       => UnblockTeammate -> 200 Teammate;

        GET    "companies/{company_id}/twins"                        => ListTwins -> 200 List<Twins>;

        GET    "companies/{company_id}/groups"                       => ListTeammateGroups -> 200 List<Group>;
        POST   "companies/{company_id}/groups"                       => CreateTeammateGroup(group::Creation) -> 201 Group;
        GET    "companies/{company_id}/groups/{id}"                  => GetTeammateGroup -> 200 Group;
        PATCH  "companies/{company_id}/groups/{id}"                  => EditTeammateGroup(group::Edit) -> 200 Group;
        DELETE "companies/{company_id}/groups/{id}"                  => DeleteTeammateGroup -> 204 NoBody;
        POST   "companies/{company_id}/groups/{id}/restore"          => RestoreTeammateGroup -> 200 Group;
        POST   "companies/{company_id}/groups/{id}/undo_adoption"    => UndoAdoption -> 200 Group;
        GET    "companies/{company_id}/groups/{id}/members"          => ListMembers -> 200 List<Member>;
        PATCH  "companies/{company_id}/groups/{id}/members"          => ChangeMembers(group::MembersDelta) -> 200 Group;
        PUT    "companies/{company_id}/groups/{id}/members"          => ReplaceMembers(group::AllMembers) -> 200 Group;
        POST   "companies/{company_id}/groups/{id}/members/drop_unconfirmed" => DropUnconfirmedMembers(group::Unconfirmed) -> 200 Group;
    }
}

/// What a table has for a method at a path.
#[derive(Debug, PartialEq)]
pub enum RouteMatch<Operation> {
    /// With the segments that stand for the `{}` of the path, in their order.
    Operation(Operation, Segments),
    /// The path is there and takes these methods alone.
    OtherMethods(Vec<&'static str>),
    Nothing,
}

/// Looks a call up. HEAD is GET without the body (RFC 9110 section 9.3.2).
pub fn find<Operation: Copy>(
    table: &[Route<Operation>],
    method: &str,
    segments: &[String],
) -> RouteMatch<Operation> {
    let asked = if method == "HEAD" { "GET" } else { method };
    let mut others = Vec::new();
    for route in table {
        let Some(parameters) = matched(route.path, segments) else {
            continue;
        };
        if route.methods.contains(&asked) {
            return RouteMatch::Operation(route.operation, parameters);
        }
        for method in route.methods {
            others.push(*method);
            if *method == "GET" {
                others.push("HEAD");
            }
        }
    }
    if others.is_empty() {
        RouteMatch::Nothing
    } else {
        RouteMatch::OtherMethods(others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn segments(path: &str) -> Vec<String> {
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        segments.map(str::to_owned).collect()
    }

    fn each_once<Operation>(table: &[Route<Operation>]) {
        let mut seen = BTreeSet::new();
        for route in table {
            for method in route.methods {
                assert!(
                    seen.insert((route.path, *method)),
                    "{method} {} twice",
                    route.path
                );
            }
        }
    }

    #[test]
    fn no_route_stands_twice() {
        each_once(OPEN);
        each_once(SCIM);
        each_once(API);
    }

    #[test]
    fn every_route_is_found_where_it_stands() {
        for route in API {
            for method in route.methods {
                let path = segments(&route.path.replace('{', "x").replace('}', ""));
                assert!(
                    matches!(find(API, method, &path), RouteMatch::Operation(found, _) if found == route.operation),
                    "{method} {}",
                    route.path
                );
            }
        }
    }

    #[test]
    fn head_is_get_and_other_methods_are_named() {
        let users = segments("Users");
        let found = RouteMatch::Operation(ScimOperation::ListUsers, Segments::default());
        assert_eq!(find(SCIM, "HEAD", &users), found);
        assert_eq!(
            find(SCIM, "PUT", &users),
            RouteMatch::OtherMethods(vec!["GET", "HEAD", "POST"])
        );
        assert_eq!(find(SCIM, "GET", &segments("Nope")), RouteMatch::Nothing);
    }

    #[test]
    fn what_begins_with_a_dot_is_nobodys_id() {
        let search = segments("Users/.search");
        let found = RouteMatch::Operation(ScimOperation::SearchUsers, Segments::default());
        assert_eq!(find(SCIM, "POST", &search), found);
        assert_eq!(
            find(SCIM, "GET", &search),
            RouteMatch::OtherMethods(vec!["POST"])
        );
    }
}
