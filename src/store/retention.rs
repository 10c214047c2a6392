//! What becomes of a company's past: what is older than the company wants goes, what was not counted is counted, and the
//! company is told when its quota is nearly used up. Done by cron, some rows of some companies at a time.
//!
//! Invariants. Behind `oldest_seq` no event is kept, and from it on all are: both change in one transaction. `kept_bytes`
//! is what a recount of what was ever counted gives (migration 0018).

use super::error::StoreError;
use super::statement::{Outcome, Statement, flag, to_json};
use crate::directory::event::part::Part;
use crate::directory::event::{Event, Step};
use crate::directory::id::{CompanyId, EventId, Randomness, RequestId};
use crate::directory::time::Timestamp;
use serde::Deserialize;
use serde_json::json;

/// Companies that are tended in one transaction, and rows of each: D1 runs one at a time, for all companies.
const COMPANIES_AT_ONCE: i64 = 20;
const ROWS_AT_ONCE: i64 = 500;

/// Rows that are counted at once, which takes no writing.
const COUNTED_AT_ONCE: i64 = 2_000;

/// For how long a company is left alone that had nothing more to do; cron runs every five minutes.
const LEFT_ALONE_FOR: i64 = 4 * 60 * 1_000;

/// For how long the line of a request may be on its way: what is counted is not looked at again.
const SETTLED_AFTER: i64 = 10 * 60 * 1_000;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A company whose turn it is.
#[derive(Debug, Deserialize)]
pub struct Due {
    id: CompanyId,
    retention_days: i64,
    kept_bytes: u64,
    quota_bytes: u64,
    #[serde(deserialize_with = "flag::deserialize")]
    quota_is_told: bool,
}

/// Those that were left alone for the longest time.
pub fn due(now: Timestamp) -> Statement {
    Statement::new(format!(
        "SELECT json_array(id, retention_days, kept_bytes, quota_bytes, quota_is_told) AS row \
         FROM companies INDEXED BY companies_to_tend WHERE tended_at < ?1 ORDER BY tended_at LIMIT {COMPANIES_AT_ONCE}"
    ))
    .bind(now.0.saturating_sub(LEFT_ALONE_FOR))
}

pub fn many(outcome: &Outcome) -> Result<Vec<Due>, StoreError> {
    outcome.decode()
}

/// The next step of a company.
pub fn tend(due: &Due, now: Timestamp, randomness: [Randomness; 2]) -> Vec<Statement> {
    let company = || due.id.as_str();
    let before = Timestamp(now.0.saturating_sub(due.retention_days.saturating_mul(DAY)));
    // Ids of requests begin with their moment.
    let first_after = |moment| RequestId::new(moment, Randomness::default()).to_string();
    let kept_from = first_after(before);
    let settled = first_after(Timestamp(now.0.saturating_sub(SETTLED_AFTER)));
    let mut statements = vec![Statement::new(count_lines()).bind(company()).bind(settled)];
    statements.push(Statement::new(move_oldest()).bind(company()).bind(before.0));
    for sql in [
        TAKE_OFF_EVENTS,
        "DELETE FROM events WHERE company_id = ?1 AND seq < (SELECT oldest_seq FROM companies WHERE id = ?1)",
        "DELETE FROM event_values WHERE company_id = ?1 \
         AND last_seq < (SELECT oldest_seq FROM companies WHERE id = ?1)",
    ] {
        statements.push(Statement::new(sql).bind(company()));
    }
    for sql in [take_off_lines(), delete_lines()] {
        statements.push(Statement::new(sql).bind(company()).bind(kept_from.as_str()));
    }
    if !due.quota_is_told && is_nearly_used(due.kept_bytes, due.quota_bytes) {
        statements.extend(tell(due, now, randomness));
    }
    statements.push(
        Statement::new(
            "UPDATE companies SET tended_at = ?4, \
             quota_is_told = iif(kept_bytes * 5 < quota_bytes * 4, 0, quota_is_told) WHERE id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM events e WHERE e.company_id = ?1 AND e.seq = companies.oldest_seq \
             AND e.occurred_at < ?2) \
             AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.company_id = ?1 AND r.id < ?3)",
        )
        .bind(company())
        .bind(before.0)
        .bind(kept_from.as_str())
        .bind(now.0),
    );
    statements
}

/// Four fifths.
fn is_nearly_used(kept_bytes: u64, quota_bytes: u64) -> bool {
    kept_bytes.saturating_mul(5) >= quota_bytes.saturating_mul(4)
}

/// Lines of what changed nothing: those of changes are counted with them.
fn count_lines() -> String {
    format!(
        "UPDATE companies SET (kept_bytes, counted_through) = \
         (SELECT companies.kept_bytes + coalesce(sum(iif(r.event_seq IS NULL, r.bytes, 0)), 0), max(r.id) \
         FROM (SELECT q.id, q.event_seq, q.bytes FROM requests q WHERE q.company_id = ?1 \
         AND q.id > companies.counted_through AND q.id < ?2 ORDER BY q.id LIMIT {COUNTED_AT_ONCE}) r) \
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM requests q WHERE q.company_id = ?1 \
         AND q.id > companies.counted_through AND q.id < ?2)"
    )
}

/// As far as the next events are all too old.
fn move_oldest() -> String {
    format!(
        "UPDATE companies SET oldest_seq = coalesce(\
         (SELECT min(n.seq) FROM (SELECT e.seq, e.occurred_at FROM events e WHERE e.company_id = ?1 \
         AND e.seq >= companies.oldest_seq ORDER BY e.seq LIMIT {ROWS_AT_ONCE}) n WHERE n.occurred_at >= ?2), \
         min(oldest_seq + {ROWS_AT_ONCE}, last_seq + 1)) \
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM events e WHERE e.company_id = ?1 AND e.seq = companies.oldest_seq \
         AND e.occurred_at < ?2)"
    )
}

const TAKE_OFF_EVENTS: &str = "UPDATE companies SET kept_bytes = max(0, kept_bytes \
     - (SELECT coalesce(sum(e.bytes), 0) FROM events e WHERE e.company_id = ?1 AND e.seq < companies.oldest_seq \
     AND e.seq > companies.uncounted_seq) \
     - (SELECT coalesce(sum(v.bytes), 0) FROM event_values v WHERE v.company_id = ?1 \
     AND v.last_seq < companies.oldest_seq)) \
     WHERE id = ?1 AND EXISTS \
     (SELECT 1 FROM events e WHERE e.company_id = ?1 AND e.seq < companies.oldest_seq)";

/// The next lines that are too old.
fn old_lines() -> String {
    format!(
        "SELECT q.id FROM requests q WHERE q.company_id = ?1 AND q.id < ?2 ORDER BY q.id LIMIT {ROWS_AT_ONCE}"
    )
}

fn take_off_lines() -> String {
    let old = old_lines();
    format!(
        "UPDATE companies SET kept_bytes = max(0, kept_bytes - (SELECT coalesce(sum(r.bytes), 0) FROM requests r \
         WHERE r.company_id = ?1 AND r.id IN ({old}) \
         AND iif(r.event_seq IS NULL, r.id <= companies.counted_through, r.event_seq > companies.uncounted_seq))) \
         WHERE id = ?1 AND EXISTS ({old})"
    )
}

fn delete_lines() -> String {
    let old = old_lines();
    format!("DELETE FROM requests WHERE company_id = ?1 AND id IN ({old})")
}

/// The one event that no request made: it has no log line.
fn tell(due: &Due, now: Timestamp, randomness: [Randomness; 2]) -> [Statement; 2] {
    let part = |more: serde_json::Value| {
        let mut fields = json!({ "id": due.id });
        if let (Some(fields), Some(more)) = (fields.as_object_mut(), more.as_object()) {
            fields.extend(more.clone());
        }
        Part::of(fields.as_object().cloned().unwrap_or_default())
    };
    let event = Event::CompanyQuotaNearlyUsed(Step {
        before: part(json!({})),
        after: part(json!({ "kept_bytes": due.kept_bytes, "quota_bytes": due.quota_bytes })),
    });
    let [of_event, of_request] = randomness;
    [
        Statement::new(
            "UPDATE companies SET quota_is_told = 1, last_seq = last_seq + 1, \
             kept_bytes = kept_bytes + 200 + octet_length(?2) WHERE id = ?1 AND quota_is_told = 0",
        )
        .bind(due.id.as_str())
        .bind(to_json(&event)),
        Statement::new(
            "INSERT INTO events (company_id, seq, id, type, occurred_at, request_id, data) \
             SELECT id, last_seq, ?2, ?3, ?4, ?5, ?6 FROM companies WHERE id = ?1 AND changes() = 1",
        )
        .bind(due.id.as_str())
        .bind(EventId::new(now, of_event).as_str())
        .bind(event.event_type().as_str())
        .bind(now.0)
        .bind(RequestId::new(now, of_request).as_str())
        .bind(to_json(&event)),
    ]
}

#[cfg(test)]
mod tests;
