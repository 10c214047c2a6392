//! One request with what handlers need of it: where it came in, when, under which id, and its database.

use super::ambient;
use super::failure::Failure;
use crate::directory::access::Access;
use crate::directory::connection::Provider;
use crate::directory::id::{CompanyId, ConnectionId, EventId, RequestId};
use crate::directory::time::Timestamp;
use crate::scim::Object;
use crate::scim::bulk::Task;
use crate::scim::dialect::{self, Dialect, Quirk, Signs};
use crate::scim::etag::Preconditions;
use crate::scim::query::Query;
use crate::store::access::recent;
use crate::store::caller::IdentityProvider;
use crate::store::database::{Cost, Database};
use crate::store::journal::RequestLine;
use crate::store::{connections, shard, tokens};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use worker::web_sys::Request;
use worker::{Context, Env, Result, console_error};

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

/// What came in over HTTP, and what all operations of a bulk request share.
pub(super) struct Incoming {
    pub(super) request: Request,
    pub(super) env: Env,
    context: Context,
    database: OnceCell<Database>,
    elsewhere: Cell<Elsewhere>,
}

/// What the company's object did for a request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Elsewhere {
    cost: Cost,
    /// How many commands were before this request's.
    pub(super) queued_behind: usize,
}

pub(super) enum Body {
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
    pub(super) incoming: Rc<Incoming>,
    pub(super) now: Timestamp,
    pub(super) request_id: RequestId,
    pub(super) method: String,
    pub(super) address: Address,
    pub(super) preconditions: Preconditions,
    pub(super) body: Body,
    pub(super) space: Space,
    /// The segments of the path behind the space's own, empty ones left out: a trailing slash changes
    /// nothing.
    pub(super) segments: Vec<String>,
}

impl Call {
    pub(super) fn new(request: Request, env: Env, context: Context) -> Result<Self> {
        let now = ambient::now();
        let address = Address::of(&request.url());
        let randomness = ambient::id_randomness().map_err(|failure| failure.to_string())?;
        let (space, segments) = place(&address);
        let header = |name| header(&request, name);
        Ok(Self {
            now,
            request_id: RequestId::new(now, randomness),
            method: request.method(),
            address,
            preconditions: Preconditions::parse(
                header("if-match").as_deref(),
                header("if-none-match").as_deref(),
            ),
            body: Body::Sent,
            space,
            segments,
            incoming: Rc::new(Incoming {
                request,
                env,
                context,
                database: OnceCell::new(),
                elsewhere: Cell::default(),
            }),
        })
    }

    /// An operation of a bulk request as a call of its own: with its own id, so that its log line tells
    /// whether it was committed, and its own path, body and condition. All else is this call's.
    pub(super) fn operation(&self, task: Task) -> std::result::Result<Self, Failure> {
        let now = ambient::now();
        let origin = self.origin();
        let base_path = self.base().strip_prefix(&origin).unwrap_or_default();
        let address = Address {
            path: format!("{base_path}{}", task.path()),
            query: String::new(),
            origin,
        };
        let (space, segments) = place(&address);
        Ok(Self {
            incoming: Rc::clone(&self.incoming),
            now,
            request_id: RequestId::new(now, ambient::id_randomness()?),
            method: task.method.as_str().to_owned(),
            address,
            preconditions: Preconditions::parse(task.version.as_deref(), None),
            body: Body::Given {
                body: RefCell::new(task.data),
                sent: task.sent,
            },
            space,
            segments,
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<String> {
        header(&self.incoming.request, name)
    }

    pub(super) fn query(&self) -> Query {
        Query::parse(&self.address.query)
    }

    /// The database of this company's shard; the same one for the whole request, so that its cost adds up.
    pub(super) fn database(&self, company: &CompanyId) -> std::result::Result<&Database, Failure> {
        self.opened(|| shard::of_company(&self.incoming.env, company))
    }

    pub(super) fn companies_database(&self) -> std::result::Result<&Database, Failure> {
        self.opened(|| shard::of_companies(&self.incoming.env))
    }

    fn opened(
        &self,
        open: impl FnOnce() -> std::result::Result<Database, crate::store::error::StoreError>,
    ) -> std::result::Result<&Database, Failure> {
        let database = &self.incoming.database;
        if database.get().is_none() {
            let _ = database.set(open()?);
        }
        database
            .get()
            .ok_or_else(|| Failure::Platform("no database was opened".to_owned()))
    }

    pub(super) fn cost(&self) -> Cost {
        let database = self.incoming.database.get();
        let mut cost = database.map(Database::cost).unwrap_or_default();
        cost += self.elsewhere().cost;
        cost
    }

    pub(super) fn elsewhere(&self) -> Elsewhere {
        self.incoming.elsewhere.get()
    }

    /// Adds what the company's object has done for this request.
    pub(super) fn was_done_elsewhere(&self, cost: Cost, queued_behind: usize) {
        let mut elsewhere = self.elsewhere();
        elsewhere.cost += cost;
        elsewhere.queued_behind += queued_behind;
        self.incoming.elsewhere.set(elsewhere);
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

    /// What the journal keeps of this request.
    pub(super) fn line(&self) -> std::result::Result<RequestLine, Failure> {
        Ok(RequestLine {
            request_id: self.request_id.clone(),
            event_id: EventId::new(self.now, ambient::id_randomness()?),
            occurred_at: self.now,
            method: self.method.clone(),
            path: self.address.path.chars().take(500).collect(),
            user_agent: self
                .header("user-agent")
                .map(|agent| agent.chars().take(200).collect()),
        })
    }

    /// Who speaks, as far as the request and its quirks tell.
    pub(super) fn dialect(&self, access: &Access, quirks: &[Quirk]) -> Dialect {
        let provider = access
            .connection
            .as_ref()
            .map(|connection| connection.provider);
        dialect::recognise(&Signs {
            user_agent: self.header("user-agent").as_deref(),
            query: &self.address.query,
            provider: provider.map(Provider::as_str),
            quirks,
        })
    }

    /// Remembers who may call, and keeps when token and connection were last heard of: after the answer,
    /// and from one isolate at most once a minute for each token. Only for an access that was found good.
    pub(super) fn saw(&self, caller: &IdentityProvider, access: &Access) {
        const MINUTE: i64 = 60_000;
        let remembered = caller
            .remembered
            .as_ref()
            .map(|access| access.company.rules_version);
        if remembered != Some(access.company.rules_version) {
            recent::remember(&caller.token, caller.endpoint.as_ref(), access);
        }
        let is_recent = access
            .token
            .last_used_at
            .is_some_and(|moment| self.now.0.saturating_sub(moment.0) < MINUTE);
        let knows_connection = access
            .connection
            .as_ref()
            .is_none_or(|connection| connection.first_seen_at.is_some());
        if is_recent && knows_connection {
            return;
        }
        let mut seen = access.clone();
        seen.token.last_used_at = Some(self.now);
        if let Some(connection) = &mut seen.connection {
            connection.first_seen_at.get_or_insert(self.now);
        }
        recent::remember(&caller.token, caller.endpoint.as_ref(), &seen);
        let company = &access.company.id;
        let mut statements = vec![tokens::used(company, &access.token.id, self.now)];
        if let Some(connection) = &access.connection {
            statements.push(connections::saw(company, &connection.id, self.now));
        }
        let Ok(database) = shard::of_company(&self.incoming.env, company) else {
            return;
        };
        let request_id = self.request_id.clone();
        self.incoming.context.wait_until(async move {
            if let Err(error) = database.batch(&statements).await {
                console_error!("{request_id} could not keep when the token was used: {error}");
            }
        });
    }
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

/// A request's URL in its parts. The runtime has parsed and normalised it; what is left is to cut it,
/// which spares the bundle a URL parser with its Unicode tables.
pub(super) struct Address {
    /// Scheme and authority, such as `https://scim.example.com`.
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
