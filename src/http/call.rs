//! One HTTP request: its address, space, conditions and body, and the context of what it asks for.

use super::failure::Failure;
use crate::app::{self, Asker, SharedResources};
use crate::directory::deployment::{NotSetUp, public_url};
use crate::directory::id::ConnectionId;
use crate::scim::Object;
use crate::scim::bulk::Task;
use crate::scim::etag::Preconditions;
use crate::scim::query::Query;
use std::cell::RefCell;
use worker::web_sys::Request;
use worker::{Context, Env};

/// Which part of the URL space a request belongs to: it decides the form of answers and errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Space {
    /// `base` has no trailing slash: `meta.location` continues it.
    Scim {
        base: String,
        endpoint: Option<ConnectionId>,
    },
    Api,
    /// Anything else.
    Open,
}

pub(super) enum CallBody {
    /// Still to be read from the request.
    Sent,
    /// Of one operation of a bulk request.
    Given {
        body: RefCell<Object>,
        /// Its `data` as it came, as the log keeps it.
        sent: Option<String>,
    },
}

pub(super) struct Call {
    pub(super) context: app::Context,
    /// Shared by all operations of a bulk request: a handle on the one that came in.
    pub(super) request: Request,
    pub(super) method: String,
    pub(super) address: Address,
    pub(super) preconditions: Preconditions,
    pub(super) body: CallBody,
    pub(super) space: Space,
    /// The segments of the path behind the space's own, empty ones left out: a trailing slash changes
    /// nothing.
    pub(super) segments: Vec<String>,
    /// Whether the deployment's own address will do.
    pub(super) is_set_up: Result<(), NotSetUp>,
}

/// The variable that says by which URL this deployment is known.
const PUBLIC_URL: &str = "PUBLIC_URL";

impl Call {
    pub(super) fn new(request: Request, env: Env, context: Context) -> Result<Self, Failure> {
        let mut address = Address::of(&request.url());
        let setting = env.var(PUBLIC_URL).ok().map(|url| url.to_string());
        let is_set_up = public_url(setting.as_deref()).map(|url| {
            if let Some(url) = url {
                url.clone_into(&mut address.origin);
            }
        });
        let resources = SharedResources::new(env, move |work| context.wait_until(work));
        let (space, segments) = place(&address);
        let header = |name| header(&request, name);
        let method = request.method();
        let asker = Asker {
            method: method.clone(),
            path: address.path.clone(),
            query: address.query.clone(),
            user_agent: header("user-agent"),
        };
        Ok(Self {
            context: app::Context::new(asker, resources)?,
            preconditions: Preconditions::parse(
                header("if-match").as_deref(),
                header("if-none-match").as_deref(),
            ),
            method,
            address,
            body: CallBody::Sent,
            space,
            segments,
            request,
            is_set_up,
        })
    }

    /// An operation of a bulk request as a call of its own: with its own context, path, body and condition. All else
    /// is this call's.
    pub(super) fn operation(&self, task: Task) -> Result<Self, Failure> {
        let origin = self.origin();
        let base_path = self.base().strip_prefix(&origin).unwrap_or_default();
        let address = Address {
            path: format!("{base_path}{}", task.path()),
            query: String::new(),
            origin,
        };
        let (space, segments) = place(&address);
        let method = task.method.as_str();
        Ok(Self {
            context: self.context.operation(method, &address.path)?,
            // Only the handle is cloned.
            request: Clone::clone(&self.request),
            method: method.to_owned(),
            address,
            preconditions: Preconditions::parse(task.version.as_deref(), None),
            body: CallBody::Given {
                body: RefCell::new(task.data),
                sent: task.sent,
            },
            space,
            segments,
            is_set_up: self.is_set_up,
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<String> {
        header(&self.request, name)
    }

    pub(super) fn query(&self) -> Query {
        Query::parse(&self.address.query)
    }

    /// The URL that SCIM resources of this request continue.
    pub(super) fn base(&self) -> &str {
        match &self.space {
            Space::Scim { base, .. } => base,
            Space::Api | Space::Open => "",
        }
    }

    pub(super) fn endpoint(&self) -> Option<&ConnectionId> {
        match &self.space {
            Space::Scim { endpoint, .. } => endpoint.as_ref(),
            Space::Api | Space::Open => None,
        }
    }

    pub(super) fn origin(&self) -> String {
        self.address.origin.clone()
    }

    /// `application/json` only where Accept names it and not `application/scim+json`: OneLogin asks for
    /// it, Entra fails on it.
    pub(super) fn scim_media_type(&self) -> &'static str {
        let accept = self
            .header("accept")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let names_json_alone = accept.contains("application/json")
            && !accept.contains("application/scim+json")
            && !accept.contains("*/*");
        if names_json_alone {
            "application/json"
        } else {
            "application/scim+json"
        }
    }
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

/// A request's URL in its parts. The runtime has parsed and normalised it; what is left is to cut it,
/// which spares the bundle a URL parser with its Unicode tables.
pub(super) struct Address {
    /// Scheme and authority, such as `https://scim.example.com`, or what the deployment says in their place.
    origin: String,
    pub(super) path: String,
    query: String,
}

impl Address {
    fn of(url: &str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (location, query) = url.split_once('?').unwrap_or((url, ""));
        let authority = location
            .find("://")
            .map_or(0, |scheme| scheme + "://".len());
        let path = location
            .get(authority..)
            .and_then(|rest| rest.find('/'))
            .map_or(location.len(), |slash| authority + slash);
        let (origin, path) = location.split_at(path);
        Self {
            origin: origin.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
        }
    }
}

/// Tells the space of a request and the segments within it.
fn place(address: &Address) -> (Space, Vec<String>) {
    let segments: Vec<&str> = address
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let origin = &address.origin;
    let (space, rest) = match segments.as_slice() {
        ["v2", rest @ ..] => (
            Space::Scim {
                base: format!("{origin}/v2"),
                endpoint: None,
            },
            rest,
        ),
        ["scim", connection, "v2", rest @ ..] => (
            Space::Scim {
                base: format!("{origin}/scim/{connection}/v2"),
                endpoint: Some(ConnectionId::named(*connection)),
            },
            rest,
        ),
        ["api", "v1", rest @ ..] => (Space::Api, rest),
        _ => (Space::Open, segments.as_slice()),
    };
    (
        space,
        rest.iter().map(|segment| (*segment).to_owned()).collect(),
    )
}
