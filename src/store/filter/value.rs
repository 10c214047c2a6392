//! Where the values of an attribute are found, as SQL.
//!
//! Only what our own schema tables and migrations name is written into it; what a client named is bound.

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum SqlValue {
    /// A column, or what is computed from columns: never JSON, and folded already where it has to be.
    Column(&'static str),
    /// `active`, as the state has it, even where an identity provider left it unassigned.
    Active,
    Json {
        /// The JSON type, or NULL where there is no value.
        kind: String,
        exact: String,
        folded: String,
    },
}

/// All the values of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum SqlValues {
    One(SqlValue),
    /// One of each element.
    Many(SqlElements, SqlValue),
}

/// The elements of a list, as rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct SqlElements {
    /// What stands behind `FROM`.
    pub from: String,
    /// Which of its rows are meant, if not all.
    pub condition: Option<String>,
}

impl SqlElements {
    /// Whether there is an element of which this holds.
    pub(super) fn exists(&self, holds: &str) -> String {
        let from = &self.from;
        match &self.condition {
            Some(condition) => {
                format!("EXISTS (SELECT 1 FROM {from} WHERE {condition} AND {holds})")
            }
            None => format!("EXISTS (SELECT 1 FROM {from} WHERE {holds})"),
        }
    }
}
