//! What the tests of statements run on.

pub(super) mod sqlite;
