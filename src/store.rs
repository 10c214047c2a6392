//! All SQL, one file for each family of tables, and the compiler from SCIM filters to SQL.
//!
//! What is pure (the statements, the decoding of rows) is compiled and tested on the host; what talks to
//! D1 (`commit`, `d1`, `database`, `shard`, `transaction`) exists on wasm32 alone.

pub mod access;
pub mod caller;
pub mod companies;
pub mod connections;
pub mod cost;
pub mod error;
pub mod filter;
pub mod groups;
pub mod journal;
pub mod kept_order;
pub mod list;
pub mod retention;
mod row;
pub mod slice;
pub mod statement;
pub mod teammates;
pub mod templates;
#[cfg(test)]
mod tests;
pub mod tokens;
pub mod twins;

#[cfg(target_arch = "wasm32")]
pub mod commit;
#[cfg(target_arch = "wasm32")]
mod d1;
#[cfg(target_arch = "wasm32")]
pub mod database;
#[cfg(target_arch = "wasm32")]
pub mod shard;
#[cfg(target_arch = "wasm32")]
pub mod transaction;
