//! What a use case has around it: the moment, the request's id, who asks and how, the databases and what they cost.

use super::Error;
use crate::ambient;
use crate::directory::access::{Access, Actor};
use crate::directory::connection::Provider;
use crate::directory::id::{CompanyId, EventId, RequestId};
use crate::directory::time::Timestamp;
use crate::scim::dialect::{self, Dialect, Quirk, Signs};
use crate::scim::secret::up_to_a_secret;
use crate::store::cost::Cost;
use crate::store::database::Database;
use crate::store::error::StoreError;
use crate::store::journal::RequestLine;
use crate::store::shard;
use std::cell::{Cell, OnceCell};
use std::pin::Pin;
use std::rc::Rc;
use worker::Env;

/// Work that goes on when nobody waits for it any more.
type Background = Pin<Box<dyn Future<Output = ()>>>;

/// Of one request, or of one operation of a bulk request.
pub(crate) struct Context {
    pub(crate) now: Timestamp,
    pub(crate) request_id: RequestId,
    /// Where HTTP, or whoever else enters here, knows it. Of an identity provider only the store does.
    actor: OnceCell<Actor>,
    asker: Asker,
    resources: Rc<SharedResources>,
}

/// How a use case was asked for: what the log keeps of it, and what tells an identity provider's dialect.
pub(crate) struct Asker {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) user_agent: Option<String>,
}

/// What all operations of a bulk request share.
pub(crate) struct SharedResources {
    env: Env,
    wait_until: Box<dyn Fn(Background)>,
    database: OnceCell<Database>,
    elsewhere: Cell<Elsewhere>,
    /// Whether whoever asks has been found to be somebody who may.
    is_let_in: Cell<bool>,
}

/// What the company's object did for a request.
#[derive(Debug, Clone, Copy, Default)]
struct Elsewhere {
    cost: Cost,
    queued_behind: usize,
}

impl SharedResources {
    /// `wait_until` keeps the isolate for work behind the answer; each kind of event has its own.
    pub(crate) fn new(env: Env, wait_until: impl Fn(Background) + 'static) -> Rc<Self> {
        Rc::new(Self {
            env,
            wait_until: Box::new(wait_until),
            database: OnceCell::new(),
            elsewhere: Cell::default(),
            is_let_in: Cell::default(),
        })
    }
}

impl Context {
    pub(crate) fn new(
        asker: Asker,
        resources: Rc<SharedResources>,
    ) -> Result<Self, getrandom::Error> {
        let now = ambient::now();
        Ok(Self {
            now,
            request_id: RequestId::new(now, ambient::id_randomness()?),
            actor: OnceCell::new(),
            asker,
            resources,
        })
    }

    /// For an operation of a bulk request: with its own id, so that its log line tells whether it was committed. What
    /// it costs is added to this one's.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Result<Self, getrandom::Error> {
        let asker = Asker {
            method: method.to_owned(),
            path: path.to_owned(),
            query: String::new(),
            user_agent: self.asker.user_agent.clone(),
        };
        Self::new(asker, Rc::clone(&self.resources))
    }

    /// Says on whose behalf all is done from now on: its right to call has been checked.
    pub(crate) fn is_vouched_for(&self, actor: Actor) {
        let _ = self.actor.set(actor);
        self.is_let_in();
    }

    pub(super) fn is_let_in(&self) {
        self.resources.is_let_in.set(true);
    }

    /// Who is vouched for; events and log name it.
    pub(super) fn actor(&self) -> Result<&Actor, Error> {
        self.actor
            .get()
            .ok_or_else(|| Error::Platform("nobody was vouched for".to_owned()))
    }

    pub(crate) fn env(&self) -> &Env {
        &self.resources.env
    }

    /// Has something done behind the answer, for which nobody waits.
    pub(crate) fn afterwards(&self, work: impl Future<Output = ()> + 'static) {
        (self.resources.wait_until)(Box::pin(work));
    }

    /// The database of this company's shard; the same one for the whole request, so that its cost adds up.
    pub(crate) fn database(&self, company: &CompanyId) -> Result<&Database, Error> {
        self.opened(|| shard::of_company(self.env(), company))
    }

    pub(crate) fn companies_database(&self) -> Result<&Database, Error> {
        self.opened(|| shard::of_companies(self.env()))
    }

    fn opened(
        &self,
        open: impl FnOnce() -> Result<Database, StoreError>,
    ) -> Result<&Database, Error> {
        let database = &self.resources.database;
        if database.get().is_none() {
            let _ = database.set(open()?);
        }
        database
            .get()
            .ok_or_else(|| Error::Platform("no database was opened".to_owned()))
    }

    /// What is told of the cost: nothing to somebody who is refused, for the figures say what there is.
    pub(crate) fn cost_to_tell(&self) -> Option<Cost> {
        self.resources.is_let_in.get().then(|| self.cost())
    }

    fn cost(&self) -> Cost {
        let database = self.resources.database.get();
        let mut cost = database.map(Database::cost).unwrap_or_default();
        cost += self.resources.elsewhere.get().cost;
        cost
    }

    /// How many commands were before this request's in the queue of the company's object.
    pub(crate) fn queued_behind(&self) -> usize {
        self.resources.elsewhere.get().queued_behind
    }

    /// Adds what the company's object has done for this request.
    pub(crate) fn was_done_elsewhere(&self, cost: Cost, queued_behind: usize) {
        let mut elsewhere = self.resources.elsewhere.get();
        elsewhere.cost += cost;
        elsewhere.queued_behind += queued_behind;
        self.resources.elsewhere.set(elsewhere);
    }

    /// What the journal keeps of this request.
    pub(crate) fn line(&self) -> Result<RequestLine, Error> {
        let user_agent = self.asker.user_agent.as_deref();
        Ok(RequestLine {
            request_id: self.request_id.clone(),
            event_id: EventId::new(self.now, ambient::id_randomness()?),
            occurred_at: self.now,
            method: self.asker.method.clone(),
            path: self.asker.path.chars().take(500).collect(),
            // Whatever a client is made to send there: a token in the wrong field is enough.
            user_agent: user_agent.map(|agent| up_to_a_secret(agent).chars().take(200).collect()),
        })
    }

    /// Who speaks, as far as the request and its quirks tell.
    pub(crate) fn dialect(&self, access: &Access, quirks: &[Quirk]) -> Dialect {
        let provider = access
            .connection
            .as_ref()
            .map(|connection| connection.provider);
        dialect::recognise(&Signs {
            user_agent: self.asker.user_agent.as_deref(),
            query: &self.asker.query,
            provider: provider.map(Provider::as_str),
            quirks,
        })
    }
}
