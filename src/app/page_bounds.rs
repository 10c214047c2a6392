//! Which rows of a list are asked for.

/// So many behind one that is known by its key; from the first on where none is named.
#[derive(Clone, Copy)]
pub(crate) struct PageBounds<'a> {
    pub(crate) after: Option<&'a str>,
    pub(crate) limit: i64,
}
