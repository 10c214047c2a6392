//! The Durable Object of a company, the only writer of its groups, and the stub by which the Worker reaches it.

mod attempt;
mod command;
mod look;
mod memory;
mod object;
mod round;
mod standing;
mod step;
mod stub;
mod waiting;
mod writer;

pub(crate) use command::{Caller, Command, Undone};
pub use object::CompanyObject;
pub(crate) use stub::send;
