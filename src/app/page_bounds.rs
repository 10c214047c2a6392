//! Which rows of a list are asked for.

/// `limit` rows behind the one whose key is `after`, or from the first one where none is named.
#[derive(Clone, Copy)]
pub(crate) struct PageBounds<'a> {
    pub(crate) after: Option<&'a str>,
    pub(crate) limit: i64,
}
