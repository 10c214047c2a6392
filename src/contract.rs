//! What Rollcall promises to whoever calls it: which routes there are and who may call them.
//!
//! It compiles on the host, so that documents, tests and clients can be made from what the Worker itself goes by.
//! How a route is answered stands in the room `http`, which is the only one that uses this.

#[cfg(test)]
mod generated;
pub mod path;
pub mod refusals;
pub mod routes;
