//! What a table says of itself, so that filters and lists can be compiled for it: where it keeps what is
//! compared, and which index finds it.

use super::Bindings;
use super::value::{SqlElements, SqlValue, SqlValues};
use crate::directory::company::Company;
use crate::scim::filter::ResolvedFilter;
use crate::scim::filter::operand::Place;
use crate::scim::schema::{Attribute, ResourceType};

/// A count that a company has.
pub(in crate::store) type Count = fn(&Company) -> u64;

/// A table whose rows are the resources of one type.
#[derive(Debug)]
pub struct Table {
    pub resource_type: &'static ResourceType,
    pub(in crate::store) name: &'static str,
    /// What a row is called in statements.
    pub(in crate::store) row: &'static str,
    /// What SCIM shows. Spelled as in the partial indexes, so that SQLite can use them.
    pub(in crate::store) listed: &'static str,
    /// The index that has the ids of what is listed, and nothing else.
    pub(in crate::store) listed_index: &'static str,
    pub(in crate::store) indexes: &'static [Index],
    /// From the one that finds the fewest rows.
    pub(in crate::store) keys: &'static [KeyAttribute],
    /// Where rows may be so large that a page of them has to be bounded by bytes.
    pub(in crate::store) large: Option<Large>,
    pub(in crate::store) values: fn(Place) -> SqlValues,
    /// The values of what no schema declares, by the extension's URN and the name in it.
    pub(in crate::store) open: fn(&'static str, &str, &mut Bindings) -> SqlValues,
    pub(in crate::store) elements: fn(Place) -> SqlElements,
    /// A sub-attribute of an element of that list.
    pub(in crate::store) part: fn(Place, &'static Attribute) -> SqlValue,
    /// Which element of a list is the primary one, or else the first; nothing where that is the first in any case.
    pub(in crate::store) primary: fn(Place) -> Option<String>,
    /// Which of the counts that come with every request says how many meet a filter, or no filter.
    pub(in crate::store) known_total: fn(Option<&ResolvedFilter>) -> Option<Count>,
    /// The column of companies that counts what is listed, where it has to be asked for.
    pub(in crate::store) counter: Option<&'static str>,
    pub(in crate::store) limits: Limits,
}

/// An index of one column.
#[derive(Debug)]
pub(in crate::store) struct Index {
    pub name: &'static str,
    pub column: &'static str,
    /// Whether it holds nothing but what is listed.
    pub is_partial: bool,
    /// Whether it holds all that is listed, so that a list can be walked in its order.
    pub is_complete: bool,
}

/// An attribute that few rows have the same value of.
#[derive(Debug)]
pub(in crate::store) struct KeyAttribute {
    /// Its name without a URN.
    pub attribute: &'static str,
    pub is_unique: bool,
    pub place: KeyPlace,
    /// What else a look-up by it finds.
    pub stand_in: Option<&'static StandIn>,
}

/// A column with an index, by whose value a row is found as if that were its key, where no other has that key.
#[derive(Debug)]
pub(in crate::store) struct StandIn {
    pub index: &'static str,
    pub column: &'static str,
    /// Whether any row can be found by such a value.
    pub is_one: fn(&str) -> bool,
}

#[derive(Debug)]
pub(in crate::store) enum KeyPlace {
    /// The id.
    Row,
    /// A column with an index.
    Column {
        index: &'static str,
        column: &'static str,
    },
    /// Another table, `o`, which names the rows by their ids and gives nothing but what has the value.
    Beside {
        from: &'static str,
        id: &'static str,
        column: &'static str,
        condition: Option<&'static str>,
        /// Whether it is worth asking for all values that begin alike.
        finds_prefixes: bool,
    },
}

/// Rows of more bytes than a page has room for.
#[derive(Debug)]
pub(in crate::store) struct Large {
    /// The index of the rows that are large, by a condition that begins with `bytes`.
    pub index: &'static str,
    /// The column that makes them so.
    pub column: &'static str,
    /// From how many bytes.
    pub than: usize,
}

/// What one filter may ask of every row, and what an admin is told to do about it.
#[derive(Debug)]
pub(in crate::store) struct Limits {
    /// Comparisons with elements of lists where no look-up narrows whose: each is made on every element of
    /// every row, and D1, which does one thing at a time for all companies, ends a query after 30 seconds.
    pub walked_comparisons: usize,
    pub resource: &'static str,
    pub narrowed_by: &'static str,
}

impl Table {
    /// What people call a row.
    pub fn resource(&self) -> &'static str {
        self.limits.resource
    }

    pub(in crate::store) fn id(&self) -> String {
        format!("{}.id", self.row)
    }

    /// What is listed, where SQLite must use no partial index: `NOT INDEXED` says nothing of a table WITHOUT
    /// ROWID.
    pub(in crate::store) fn listed_by_row(&self) -> String {
        format!("+{}", self.listed)
    }

    /// What is listed, where rows are reached by an index: a partial one is found by its own condition.
    pub(super) fn listed_in(&self, index: &str) -> String {
        if self.is_partial(index) {
            self.listed.to_owned()
        } else {
            self.listed_by_row()
        }
    }

    pub(in crate::store) fn index_of(&self, column: &str) -> Option<&'static Index> {
        self.indexes.iter().find(|index| index.column == column)
    }

    pub(super) fn is_partial(&self, name: &str) -> bool {
        name == self.listed_index
            || self
                .indexes
                .iter()
                .any(|index| index.name == name && index.is_partial)
    }

    /// The key that an attribute is, with its place among them.
    pub(super) fn key_of(&self, attribute: &str) -> Option<(usize, &'static KeyAttribute)> {
        self.keys
            .iter()
            .enumerate()
            .find(|(_, key)| key.attribute == attribute)
    }
}

/// One table is one static.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
