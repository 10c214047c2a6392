//! The domain: companies, tokens, templates, teammates, events and the rules that bind them.
//!
//! Everything here is a pure function over plain types. Time, randomness and what the store knows come
//! in as parameters; what should change goes out as a value, and nothing is done here.

pub mod access;
pub mod company;
pub mod connection;
pub mod deployment;
pub mod edit;
pub mod event;
#[cfg(test)]
mod fixtures;
pub mod group;
pub mod id;
pub mod refusal;
pub mod teammate;
pub mod template;
pub mod time;
pub mod token;
pub mod twins;
