//! The SCIM endpoints, a file for each resource.

pub(super) mod discovery;
pub(super) mod groups;
pub(super) mod users;
