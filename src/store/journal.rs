//! The journal: the event and the log line that go with every change, in the same batch.
//!
//! Invariant: a change, its event and its log line are there together or not at all. The change is guarded
//! by its own `WHERE`; the one statement that journals it does something only if that changed a row.

use super::statement::{Binding, JsonList, Statement, to_json};
use crate::directory::access::Actor;
use crate::directory::event::EventType;
use crate::directory::event::kept::{Kept, Values};
use crate::directory::id::{CompanyId, ConnectionId, EventId, RequestId};
use crate::directory::time::Timestamp;
use crate::scim::normalise::notes::Notes;
use serde::{Deserialize, Serialize};

/// The request that makes a change, as the log keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestLine {
    pub request_id: RequestId,
    /// The id that the event gets, should there be one.
    pub event_id: EventId,
    pub occurred_at: Timestamp,
    pub method: String,
    pub path: String,
    #[serde(default)]
    pub user_agent: Option<String>,
}

/// What was noted of a request, in the form in which the log keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    sentences: Vec<String>,
    /// Nothing where it is no identity provider's.
    spoken: Option<Spoken>,
}

/// How an identity provider spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Spoken {
    dialect: String,
    /// These are JSON.
    quirks: String,
    sent: Option<String>,
    understood: Option<String>,
}

impl From<&Notes> for Noted {
    fn from(notes: &Notes) -> Self {
        Self {
            sentences: notes.sentences(),
            spoken: notes.dialect().map(|dialect| Spoken {
                dialect: dialect.as_str().to_owned(),
                quirks: to_json(&notes.seen()),
                sent: notes.sent().map(str::to_owned),
                understood: notes.understood().map(str::to_owned),
            }),
        }
    }
}

/// What the log says of how the request ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ending {
    pub status: u16,
    pub resource_id: String,
    pub noted: Noted,
    /// What an identity provider's change stored and the event does not say, as JSON.
    pub stored: Option<String>,
}

/// Records the change that the statement before this one made, if it made one.
///
/// `changes()` tells: in one batch nobody else writes in between, and what triggers change is not counted
/// by it. What is inserted into the view `journal` becomes an event and a log line, by its trigger, which counts
/// what is kept of the company as well: `row_growth` is by how many bytes the change has made its row larger.
pub fn record(
    company: &CompanyId,
    (event_type, kept): (EventType, &Kept),
    row_growth: i64,
    actor: &Actor,
    line: &RequestLine,
    ending: &Ending,
) -> Statement {
    let statement = Statement::new(format!(
        "INSERT INTO journal ({COLUMNS}, event_id, type, data, row_growth) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20 \
         WHERE changes() = 1"
    ));
    bind(statement, company, actor, line, ending)
        .bind(line.event_id.as_str())
        .bind(event_type.as_str())
        .bind(kept.data.as_str())
        .bind(row_growth)
}

/// Keeps what an event names instead of saying it, if this request has an event: behind its journal, in the same batch.
pub(super) fn keep(company: &CompanyId, line: &RequestLine, values: &Values) -> Vec<Statement> {
    let mut lists = vec![JsonList::default()];
    for (hash, json) in values {
        let pair = format!("[{},{json}]", to_json(hash));
        if !lists.last().is_some_and(|list| list.has_room_for(&pair)) {
            lists.push(JsonList::default());
        }
        if let Some(list) = lists.last_mut() {
            list.push(&pair);
        }
    }
    let keep = |list: JsonList| {
        Statement::new(
            "INSERT INTO event_values (company_id, hash, value, last_seq) \
             SELECT ?1, j.value ->> 0, j.value -> 1, r.event_seq FROM json_each(?3) j \
             CROSS JOIN requests r ON r.company_id = ?1 AND r.id = ?2 WHERE r.event_seq IS NOT NULL \
             ON CONFLICT DO UPDATE SET last_seq = max(last_seq, excluded.last_seq)",
        )
        .bind(company.as_str())
        .bind(line.request_id.as_str())
        .bind(list.into_json())
    };
    let lists = lists.into_iter().filter(|list| !list.is_empty());
    lists.map(keep).collect()
}

/// The log line of a request that was accepted and changed nothing, while the company's rules are of the version that
/// it was decided under.
pub fn record_nothing(
    company: &CompanyId,
    rules_version: i64,
    actor: &Actor,
    line: &RequestLine,
    ending: &Ending,
) -> Statement {
    let statement = Statement::new(
        "INSERT INTO requests (company_id, id, occurred_at, connection_id, token_id, method, path, \
         user_agent, status, resource_id, notes, dialect, quirks, sent, understood, stored) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16 \
         WHERE EXISTS (SELECT 1 FROM companies WHERE id = ?1 AND rules_version = ?17)",
    );
    bind(statement, company, actor, line, ending).bind(rules_version)
}

fn bind(
    statement: Statement,
    company: &CompanyId,
    actor: &Actor,
    line: &RequestLine,
    ending: &Ending,
) -> Statement {
    values(company, actor, line, ending)
        .into_iter()
        .fold(statement, Statement::bind)
}

/// What a log line is made of, in the order of [`values`].
pub(super) const COLUMNS: &str = "company_id, request_id, occurred_at, connection_id, token_id, method, path, \
    user_agent, status, resource_id, notes, dialect, quirks, sent, understood, stored";

/// The place of the notes among them.
pub(super) const NOTES: usize = 10;

pub(super) fn values(
    company: &CompanyId,
    actor: &Actor,
    line: &RequestLine,
    ending: &Ending,
) -> [Binding; 16] {
    let (token_id, connection_id) = ids_of(actor);
    let spoken = ending.noted.spoken.as_ref();
    [
        company.as_str().into(),
        line.request_id.as_str().into(),
        line.occurred_at.0.into(),
        connection_id,
        token_id,
        line.method.as_str().into(),
        line.path.as_str().into(),
        line.user_agent.as_deref().into(),
        i64::from(ending.status).into(),
        ending.resource_id.as_str().into(),
        to_json(&ending.noted.sentences).into(),
        spoken.map(|spoken| spoken.dialect.as_str()).into(),
        spoken.map(|spoken| spoken.quirks.as_str()).into(),
        spoken.and_then(|spoken| spoken.sent.as_deref()).into(),
        spoken
            .and_then(|spoken| spoken.understood.as_deref())
            .into(),
        spoken.and(ending.stored.as_deref()).into(),
    ]
}

fn ids_of(actor: &Actor) -> (Binding, Binding) {
    match actor {
        Actor::IdentityProvider {
            token_id,
            connection_id,
        } => (
            token_id.as_str().into(),
            connection_id.as_ref().map(ConnectionId::as_str).into(),
        ),
        Actor::Operator => (Binding::Null, Binding::Null),
    }
}

/// By which connection a change came.
pub(super) fn connection_of(actor: &Actor) -> Binding {
    ids_of(actor).1
}

/// Whether the batch of this request was committed: asked after a call that failed ambiguously.
pub fn is_committed(company: &CompanyId, request: &RequestId) -> Statement {
    Statement::new("SELECT json_array(1) AS row FROM requests WHERE company_id = ?1 AND id = ?2")
        .bind(company.as_str())
        .bind(request.as_str())
}
