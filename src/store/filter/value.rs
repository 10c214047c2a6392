//! Where the values of an attribute are found, as SQL.
//!
//! Only what our own schema tables and migrations name is written into it; what a client named is bound.

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) enum SqlValue {
    /// A column, or what is computed from columns: never JSON, and folded already where it has to be.
    Column(&'static str),
    Flag(&'static Flag),
    Json {
        /// The JSON type, or NULL where there is no value.
        kind: String,
        exact: String,
        folded: String,
    },
}

/// What is true or false of every listed row by the state that it is in, so that each is a condition of its own.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::store) struct Flag {
    /// What more rows are.
    pub yes: &'static str,
    pub no: &'static str,
    /// What finds the rows of either.
    pub index: &'static str,
}

impl Flag {
    pub(super) fn holds(&self, value: bool) -> &'static str {
        if value { self.yes } else { self.no }
    }

    /// The condition as a value.
    pub(super) fn value(&self) -> String {
        format!("({})", self.yes)
    }
}

impl SqlValue {
    /// The element `e` of a list of JSON itself. Those that have no parts are not caseExact, or hold text as it
    /// is.
    pub(in crate::store) fn element() -> Self {
        Self::Json {
            kind: "e.type".to_owned(),
            exact: "e.value".to_owned(),
            folded: "lower(e.value)".to_owned(),
        }
    }
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
