//! Bulk requests (RFC 7644 section 3.7): many writes in one call, each of which succeeds or fails alone.
//!
//! Invariants: a request that can't be understood as a whole is refused before anything is performed.
//! Each operation is handed out at most once, with every `bulkId` reference in it already resolved, and
//! has at most one result. Operations are performed in the order of the request, but that a create
//! which others refer to comes before them; so changes of one resource keep their order, and the
//! outcome is the one that the client asked for (RFC 7644 section 3.7).

mod job;
mod operation;
mod order;
mod references;
mod request;
mod response;

pub use job::Job;
pub use operation::Task;
pub use request::BulkRequest;
pub use response::Performed;

/// Operations in one request. D1 takes 1,000 queries in one invocation of a Worker (its limits page), and an
/// operation asks up to four: the look, then what it rests on, the write and the journal in one batch. What is
/// left is for races that are lost and repeated.
pub const MAX_OPERATIONS: usize = 200;

/// The most that is taken of a request's body, in bytes.
pub const MAX_PAYLOAD_BYTES: usize = 1024 * 1024;

const _: () = assert!(MAX_OPERATIONS * 4 < 1_000);

#[cfg(test)]
mod tests;
