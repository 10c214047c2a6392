//! A statement: SQL and its bound parameters, as a plain value.
//!
//! Every `SELECT` gives one column, a JSON array built by SQLite: one string for each row crosses from
//! JavaScript into Wasm instead of one call for each value, and rows decode with serde alone.

use super::error::StoreError;
use super::row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Binding {
    Text(String),
    /// D1 binds every number as a float: exact up to 2^53, and an INTEGER column stores it as an integer.
    Integer(i64),
    Real(f64),
    Null,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub sql: Cow<'static, str>,
    pub bindings: Vec<Binding>,
}

impl Statement {
    pub fn new(sql: impl Into<Cow<'static, str>>) -> Self {
        Self {
            sql: sql.into(),
            bindings: Vec::new(),
        }
    }

    /// The SQL as it is prepared: before each parameter stands a plus sign, which does nothing.
    ///
    /// SQLite plans by the value of a bare parameter that a column is compared with, or that is a LIMIT; such a
    /// statement is planned anew whenever it is bound. workerd keeps prepared statements by their text, and
    /// preparing one is most of what a small statement costs.
    pub fn prepared_sql(&self) -> String {
        // Our SQL has no question mark but in parameters.
        self.sql.replace('?', "+?")
    }

    /// A `SELECT` without `FROM` that reads only if the statement before it in the batch changed nothing. What it
    /// would read is not looked at before.
    #[must_use]
    pub fn if_nothing_changed(mut self) -> Self {
        self.sql = format!("{} WHERE changes() = 0", self.sql).into();
        self
    }

    /// Binds the next parameter: the first call binds `?1`.
    #[must_use]
    pub fn bind(mut self, binding: impl Into<Binding>) -> Self {
        self.bindings.push(binding.into());
        self
    }
}

/// Parts one JSON text from the next (RFC 7464). In JSON it only ever stands escaped.
const RECORD_SEPARATOR: char = '\u{1e}';

/// Several reads, each of which finds one row or none, as one statement: what they find comes back as one
/// row, to be taken apart by [`taken_apart`]. A statement has a price of its own in D1, whatever it does.
///
/// The texts stand side by side. Within an array of SQLite's every quote in them would be escaped, and once more
/// on the way from D1.
pub fn together(reads: &[Statement]) -> Statement {
    let mut bindings = Vec::new();
    let texts = side_by_side(reads, &mut bindings);
    Statement {
        sql: format!("SELECT {texts} AS row").into(),
        bindings,
    }
}

/// Several such reads as an expression, in a statement that has these bindings so far. What several bind is bound once:
/// D1 takes 100 parameters, and one filter may be asked of two tables.
pub(super) fn side_by_side(reads: &[Statement], bindings: &mut Vec<Binding>) -> String {
    let mut texts = Vec::new();
    for read in reads {
        let places: Vec<usize> = read
            .bindings
            .iter()
            .map(|binding| {
                let known = bindings.iter().position(|known| known == binding);
                known.unwrap_or_else(|| {
                    bindings.push(binding.clone());
                    bindings.len() - 1
                })
            })
            .collect();
        texts.push(format!(
            "coalesce(({}), '')",
            renumbered(&read.sql, &places)
        ));
    }
    texts.join(" || char(30) || ")
}

/// `SELECT`s a JSON text, and another text behind it: rows for [`Outcome::decode_beside`]. Both are SQL.
pub(super) fn beside(json: &str, text: &str) -> String {
    format!("{json} || char(30) || {text} AS row")
}

/// The outcomes of reads that were put [`together`], in their order.
pub fn taken_apart(outcome: &Outcome) -> Vec<Outcome> {
    let texts = outcome
        .rows
        .iter()
        .flat_map(|row| row.split(RECORD_SEPARATOR));
    texts
        .map(|text| Outcome {
            rows: (!text.is_empty())
                .then(|| text.to_owned())
                .into_iter()
                .collect(),
            changes: 0,
        })
        .collect()
}

/// The SQL with every numbered parameter at its new place. Our SQL has no question mark but in parameters.
fn renumbered(sql: &str, places: &[usize]) -> String {
    let mut parts = sql.split('?');
    let mut renumbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len()
            - part
                .trim_start_matches(|digit: char| digit.is_ascii_digit())
                .len();
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().unwrap_or_default();
        let place = places.get(number.saturating_sub(1)).copied();
        renumbered.extend(["?", &(place.unwrap_or_default() + 1).to_string(), rest]);
    }
    renumbered
}

impl From<&str> for Binding {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Binding {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Binding {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// A number of rows, or a place among them: one too large for SQLite is as good as the largest.
impl From<usize> for Binding {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Binding {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl<T: Into<Self>> From<Option<T>> for Binding {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What one statement of a batch gave back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The JSON text of each row.
    pub rows: Vec<String>,
    /// Rows that the statement inserted, updated or deleted.
    pub changes: u64,
}

impl Outcome {
    pub fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        self.rows.iter().map(|row| decode(row)).collect()
    }

    /// Each row with the text that stands [`beside`] it: what is read of a row alone, or with that, is decoded by one and
    /// the same code.
    pub(super) fn decode_beside<T: DeserializeOwned>(
        &self,
    ) -> Result<Vec<(String, T)>, StoreError> {
        self.rows
            .iter()
            .map(|row| {
                let (json, text) = row.split_once(RECORD_SEPARATOR).unwrap_or((row, ""));
                Ok((text.to_owned(), decode(json)?))
            })
            .collect()
    }

    pub fn decode_first<T: DeserializeOwned>(&self) -> Result<Option<T>, StoreError> {
        self.rows.first().map(|row| decode(row)).transpose()
    }
}

pub(super) fn decode<T: DeserializeOwned>(row: &str) -> Result<T, StoreError> {
    row::read(row).map_err(|error| StoreError::Row(error.to_string()))
}

/// JSON for a column that keeps structured data. What is stored was parsed or built by us, so that it
/// always has a JSON form.
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// D1 keeps and takes at most 2,000,000 bytes in a value: a list that is longer is bound in parts.
pub(super) const MAX_LIST_BYTES: usize = 1_900_000;

/// A list in JSON that D1 takes.
#[derive(Default)]
pub(super) struct JsonList(String);

impl JsonList {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has_room_for(&self, element: &str) -> bool {
        self.0.len() + element.len() < MAX_LIST_BYTES
    }

    pub(super) fn push(&mut self, element: &str) {
        self.0.push(if self.0.is_empty() { '[' } else { ',' });
        self.0.push_str(element);
    }

    pub(super) fn into_json(self) -> String {
        self.0 + "]"
    }
}

/// SQLite has no booleans: a flag comes back as 0 or 1.
pub mod flag {
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        i64::deserialize(deserializer).map(|number| number != 0)
    }
}

/// Moments are integers in the database and RFC 3339 text on the wire.
pub mod moment {
    use crate::directory::time::Timestamp;
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(Timestamp)
    }

    pub mod optional {
        use crate::directory::time::Timestamp;
        use serde::{Deserialize, Deserializer};

        pub fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Timestamp>, D::Error> {
            Option::<i64>::deserialize(deserializer).map(|moment| moment.map(Timestamp))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_put_together_and_taken_apart() {
        let read = |sql: &'static str| Statement::new(sql);
        let both = together(&[
            read("SELECT a AS row FROM t WHERE x = ?1 AND y = ?2")
                .bind("x")
                .bind(2_i64),
            read("SELECT b AS row FROM u WHERE z = ?1 AND x = ?2 LIMIT ?3")
                .bind("z")
                .bind("x")
                .bind(1_i64),
        ]);
        assert_eq!(
            both.sql,
            "SELECT coalesce((SELECT a AS row FROM t WHERE x = ?1 AND y = ?2), '') || char(30) || \
             coalesce((SELECT b AS row FROM u WHERE z = ?3 AND x = ?1 LIMIT ?4), '') AS row"
        );
        assert_eq!(
            both.bindings,
            vec!["x".into(), 2_i64.into(), "z".into(), 1_i64.into()]
        );
        let outcome = Outcome {
            rows: vec!["[1,\"a\"]\u{1e}".to_owned()],
            changes: 0,
        };
        let apart = taken_apart(&outcome);
        assert_eq!(apart.len(), 2);
        assert_eq!(
            apart[0].decode::<(i64, String)>(),
            Ok(vec![(1, "a".to_owned())])
        );
        assert_eq!(apart[1].rows.len(), 0);
    }
}
