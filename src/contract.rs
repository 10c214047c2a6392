//! What Rollcall promises to whoever calls it: which routes there are, who may call them, what they take and answer,
//! and how they refuse.
//!
//! It compiles on the host, so that documents, tests and clients can be made from what the Worker itself goes by.
//! How a route is answered stands in the room `http`, which is the only one that uses this.

pub mod body;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod generated;
pub mod path;
pub mod refusals;
pub mod responses;
pub mod routes;
