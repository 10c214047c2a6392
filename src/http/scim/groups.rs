//! `/Groups`: teammate groups as identity providers see them.

mod list;
mod show;
mod text;
mod write;

pub(in crate::http) use list::list;
pub(in crate::http::scim) use list::{behind, found};
pub(in crate::http) use show::get;
pub(in crate::http) use write::{create, patch, remove, replace};
