//! The SCIM endpoints, a file for each resource.

pub(super) mod bulk;
pub(super) mod discovery;
mod everything;
pub(super) mod groups;
mod list;
pub(super) mod me;
pub(super) mod search;
pub(super) mod users;
