//! A company's Durable Object, the only writer of its groups, and the stub by which the Worker reaches it.
//!
//! A group write is a [`Command`]: understood and admitted in the Worker, sent by the [`stub`], decided and
//! written by the object's [writer](writer::Writer), answered after the commit. What waits while D1 works is
//! written together in the next call ([`round`]): one call at a time, however many commands.
//!
//! # Why a write is done exactly once
//!
//! - **Wholly or not at all.** The statements of a command are in one D1 batch, and a batch is one transaction
//!   that rolls back whole (D1's page on `batch()`). The first statement of a command is its guard; the others do
//!   something only if it did ([`crate::store::groups::write`]).
//! - **Not twice.** A D1 call that fails can still have committed (SIGKILL of workerd in a batch: one run in six),
//!   and so can a call of the object. So the guard asks for the log line that bears the id of the operation,
//!   which the transaction itself writes; and the stub sends the command again under the same id. Whoever finds
//!   the line answers with what is there, and writes nothing.
//! - **Not lost.** An answer goes out only after D1 has said that the batch is committed, or a read has found the
//!   line. A client that goes away cancels nothing: an object finishes what it has begun, and the work is handed
//!   to the runtime with `waitUntil`, which keeps it running.
//!
//! # Why writes are in one order
//!
//! Linearizable: each write takes effect at one moment between its request and its answer, and everybody sees
//! the same order of these moments.
//!
//! - The moment is the commit. One D1 database runs one transaction after the other (it is one Durable Object on
//!   one thread: D1's FAQ), so that commits have an order, and the sequence numbers of the events are that order,
//!   because they are taken in the same transactions. Reads go to the primary: D1 without a session always does.
//! - An object **interleaves** requests while it awaits D1 (input gates hold for storage alone: Cloudflare's
//!   "Rules of Durable Objects"), so it is no lock by itself: hence the queue, and one call in flight.
//! - An object is **not alone for sure** either: in a partition or a deployment two instances can overlap, and one
//!   that never touches its own storage may not notice (known issues, "Global uniqueness"). Hence the epoch: an
//!   instance raises it in D1 when it becomes the writer, each guard compares it, and an older instance writes
//!   nothing any more ([`crate::store::groups::writer`]). A call that failed may come to D1 late: the instance
//!   raises the epoch before it does anything else, which shuts that call out.
//! - What an instance remembers may be out of date for that reason, and because teammates are written without it.
//!   A decision taken on memory is a guess: the guard of the write holds everything that the decision rests on,
//!   and nobody is refused, and nothing left undone, on memory alone.
//! - A refusal, or a write that finds nothing to do, takes effect at the read that it was decided on: one
//!   transaction, after the request had come.
//!
//! A lost race, a lost answer and a lost instance cost a further round. The client never sees them.
//!
//! # Why commands don't harm each other
//!
//! Where a batch of many fails, each of its commands is sent alone, and only what fails then has failed
//! ([`round`]). A command whose guard does not hold does nothing, whoever else is in the batch. A company has an
//! object of its own, with a queue of its own: companies don't wait for each other.

mod command;
mod envelope;

// What talks to the platform.
#[cfg(target_arch = "wasm32")]
mod attempt;
#[cfg(target_arch = "wasm32")]
mod authority;
#[cfg(target_arch = "wasm32")]
mod look;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(target_arch = "wasm32")]
mod object;
#[cfg(target_arch = "wasm32")]
mod round;
#[cfg(target_arch = "wasm32")]
mod step;
#[cfg(target_arch = "wasm32")]
mod stub;
#[cfg(target_arch = "wasm32")]
mod waiting;
#[cfg(target_arch = "wasm32")]
mod writer;

#[cfg(target_arch = "wasm32")]
pub(crate) use command::{Command, Principal, Undone};
#[cfg(target_arch = "wasm32")]
pub use object::CompanyObject;
#[cfg(target_arch = "wasm32")]
pub(crate) use stub::send;
