//! Who an identity provider's call is for, and whether it may: token, company and connection, on keys alone, as a part
//! of each statement that reads or writes for it.

mod admission;
pub mod recent;
#[cfg(test)]
mod tests;

pub use admission::Admission;
pub(in crate::store) use admission::Gate;
