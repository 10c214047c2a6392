//! Every route, readable from top to bottom.
//!
//! Invariant: who may call is a property of the table that a route stands in, and the router sees to it before any
//! handler runs. A route that is not in a table does not exist; an operation without a handler does not compile.

use super::path::{Segments, matched};

/// One URL with the methods that do the same there.
#[derive(Debug)]
pub struct Route<Operation: 'static> {
    pub methods: &'static [&'static str],
    /// Behind the table's own beginning. `{name}` stands for one segment.
    pub path: &'static str,
    pub operation: Operation,
}

macro_rules! routes {
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
    OPEN {
        GET    "health"                               => Health;
        GET    "ready"                                => Ready;
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
    API {
        GET    "companies"                                              => ListCompanies;
        POST   "companies"                                              => CreateCompany;
        GET    "companies/{company_id}"                                 => GetCompany;
        PATCH  "companies/{company_id}"                                 => EditCompany;
        DELETE "companies/{company_id}"                                 => EraseCompany;

        GET    "companies/{company_id}/connections"                     => ListConnections;
        POST   "companies/{company_id}/connections"                     => CreateConnection;
        GET    "companies/{company_id}/connections/{id}"                => GetConnection;
        PATCH  "companies/{company_id}/connections/{id}"                => EditConnection;
        DELETE "companies/{company_id}/connections/{id}"                => DeleteConnection;

        GET    "companies/{company_id}/tokens"                          => ListTokens;
        POST   "companies/{company_id}/tokens"                          => CreateToken;
        GET    "companies/{company_id}/tokens/{id}"                     => GetToken;
        DELETE "companies/{company_id}/tokens/{id}"                     => RevokeToken;

        GET    "companies/{company_id}/templates"                       => ListTemplates;
        POST   "companies/{company_id}/templates"                       => CreateTemplate;
        GET    "companies/{company_id}/templates/{id}"                  => GetTemplate;
        PATCH  "companies/{company_id}/templates/{id}"                  => EditTemplate;
        DELETE "companies/{company_id}/templates/{id}"                  => DeleteTemplate;

        GET    "companies/{company_id}/teammates"                       => ListTeammates;
        POST   "companies/{company_id}/teammates"                       => CreateTeammate;
        GET    "companies/{company_id}/teammates/{id}"                  => GetTeammate;
        PATCH  "companies/{company_id}/teammates/{id}"                  => EditTeammate;
        DELETE "companies/{company_id}/teammates/{id}"                  => DeleteTeammate;
        POST   "companies/{company_id}/teammates/{id}/block"            => BlockTeammate;
        POST   "companies/{company_id}/teammates/{id}/unblock"          => UnblockTeammate;

        GET    "companies/{company_id}/twins"                           => ListTwins;

        GET    "companies/{company_id}/groups"                          => ListTeammateGroups;
        POST   "companies/{company_id}/groups"                          => CreateTeammateGroup;
        GET    "companies/{company_id}/groups/{id}"                     => GetTeammateGroup;
        PATCH  "companies/{company_id}/groups/{id}"                     => EditTeammateGroup;
        DELETE "companies/{company_id}/groups/{id}"                     => DeleteTeammateGroup;
        POST   "companies/{company_id}/groups/{id}/restore"             => RestoreTeammateGroup;
        POST   "companies/{company_id}/groups/{id}/undo_adoption"       => UndoAdoption;
        GET    "companies/{company_id}/groups/{id}/members"             => ListMembers;
        PATCH  "companies/{company_id}/groups/{id}/members"             => ChangeMembers;
        PUT    "companies/{company_id}/groups/{id}/members"             => ReplaceMembers;
        POST   "companies/{company_id}/groups/{id}/members/drop_unconfirmed" => DropUnconfirmedMembers;
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
