//! Every route, readable from top to bottom.

use super::Answer;
use super::api::{self, companies, connections, teammates, templates, tokens, twins};
use super::call::{Call, Space};
use super::failure::Failure;
use super::scim::{bulk, discovery, groups, me, search, users};
use std::future::Future;
use std::pin::Pin;

type Handling<'a> = Pin<Box<dyn Future<Output = Answer> + 'a>>;

pub(super) struct Route {
    method: &'static str,
    /// `*` stands for one segment, which is handed to the handler. None that begins with a dot: no id does,
    /// and `.search` (RFC 7644 section 3.4.3) is no resource.
    pattern: &'static str,
    handle: for<'a> fn(&'a Call, Vec<String>) -> Handling<'a>,
}

macro_rules! routes {
    ($($method:ident $pattern:literal => $handler:path;)*) => {
        &[$(Route {
            method: stringify!($method),
            pattern: $pattern,
            handle: |call, parameters| Box::pin($handler(call, parameters)),
        }),*]
    };
}

/// Under `/v2` and under `/scim/{connection_id}/v2`.
const SCIM: &[Route] = routes! {
    GET    "ServiceProviderConfig" => discovery::service_provider_config;
    GET    "ResourceTypes"         => discovery::resource_types;
    GET    "ResourceTypes/*"       => discovery::resource_type;
    GET    "Schemas"               => discovery::schemas;
    GET    "Schemas/*"             => discovery::schema;

    POST   ".search"               => search::everything;

    GET    "Users"                 => users::list;
    POST   "Users"                 => users::create;
    POST   "Users/.search"         => search::users;
    GET    "Users/*"               => users::get;
    PUT    "Users/*"               => users::replace;
    PATCH  "Users/*"               => users::patch;
    DELETE "Users/*"               => users::remove;

    GET    "Groups"                => groups::list;
    POST   "Groups"                => groups::create;
    POST   "Groups/.search"        => search::groups;
    GET    "Groups/*"              => groups::get;
    PUT    "Groups/*"              => groups::replace;
    PATCH  "Groups/*"              => groups::patch;
    DELETE "Groups/*"              => groups::remove;

    POST   "Bulk"                  => bulk::perform;

    GET    "Me"                    => me::not_implemented;
    POST   "Me"                    => me::not_implemented;
    PUT    "Me"                    => me::not_implemented;
    PATCH  "Me"                    => me::not_implemented;
    DELETE "Me"                    => me::not_implemented;
};

/// Under `/api/v1`, for the operator.
const API: &[Route] = routes! {
    GET    "companies"                            => companies::list;
    POST   "companies"                            => companies::create;
    GET    "companies/*"                          => companies::get;
    PATCH  "companies/*"                          => companies::edit;
    DELETE "companies/*"                          => companies::erase;

    GET    "companies/*/connections"              => connections::list;
    POST   "companies/*/connections"              => connections::create;
    GET    "companies/*/connections/*"            => connections::get;
    PATCH  "companies/*/connections/*"            => connections::edit;
    DELETE "companies/*/connections/*"            => connections::delete;

    GET    "companies/*/tokens"                   => tokens::list;
    POST   "companies/*/tokens"                   => tokens::create;
    GET    "companies/*/tokens/*"                 => tokens::get;
    DELETE "companies/*/tokens/*"                 => tokens::revoke;

    GET    "companies/*/templates"                => templates::list;
    POST   "companies/*/templates"                => templates::create;
    GET    "companies/*/templates/*"              => templates::get;
    PATCH  "companies/*/templates/*"              => templates::edit;
    DELETE "companies/*/templates/*"              => templates::delete;

    GET    "companies/*/teammates"                => teammates::list;
    POST   "companies/*/teammates"                => teammates::create;
    GET    "companies/*/teammates/*"              => teammates::get;
    PATCH  "companies/*/teammates/*"              => teammates::edit;
    DELETE "companies/*/teammates/*"              => teammates::delete;
    POST   "companies/*/teammates/*/block"        => teammates::block;
    POST   "companies/*/teammates/*/unblock"      => teammates::unblock;

    GET    "companies/*/twins"                    => twins::list;

    GET    "companies/*/groups"                   => api::groups::list;
    POST   "companies/*/groups"                   => api::groups::create;
    GET    "companies/*/groups/*"                 => api::groups::get;
    PATCH  "companies/*/groups/*"                 => api::groups::edit;
    DELETE "companies/*/groups/*"                 => api::groups::delete;
    POST   "companies/*/groups/*/restore"         => api::groups::restore;
    POST   "companies/*/groups/*/undo_adoption"   => api::groups::undo_adoption;
    GET    "companies/*/groups/*/members"         => api::groups::members::list;
    PATCH  "companies/*/groups/*/members"         => api::groups::members::edit;
    PUT    "companies/*/groups/*/members"         => api::groups::members::replace;
    POST   "companies/*/groups/*/members/drop_unconfirmed" => api::groups::members::drop_unconfirmed;
};

/// Answers a call, be it one that came in or an operation of a bulk request.
pub(super) async fn handle(call: &Call) -> Answer {
    let (route, parameters) = find(call)?;
    (route.handle)(call, parameters).await
}

/// The route of a call and the segments that stand for its `*`.
fn find(call: &Call) -> Result<(&'static Route, Vec<String>), Failure> {
    let routes = match call.space {
        Space::Scim { .. } => SCIM,
        Space::Api => API,
        Space::Nowhere => &[],
    };
    let mut allowed = Vec::new();
    for route in routes {
        if let Some(parameters) = parameters(route.pattern, &call.segments) {
            // HEAD is GET without the body (RFC 9110, section 9.3.2).
            if route.method == call.method || (route.method == "GET" && call.method == "HEAD") {
                return Ok((route, parameters));
            }
            allowed.push(route.method);
            if route.method == "GET" {
                allowed.push("HEAD");
            }
        }
    }
    if allowed.is_empty() {
        Err(Failure::NoSuchRoute)
    } else {
        Err(Failure::MethodNotAllowed { allowed })
    }
}

fn parameters(pattern: &str, segments: &[String]) -> Option<Vec<String>> {
    let expected: Vec<&str> = pattern.split('/').collect();
    if expected.len() != segments.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (expected, segment) in expected.into_iter().zip(segments) {
        if expected == "*" {
            let segment = crate::scim::query::decode_segment(segment);
            if segment.starts_with('.') {
                return None;
            }
            parameters.push(segment);
        } else if expected != segment {
            return None;
        }
    }
    Some(parameters)
}
