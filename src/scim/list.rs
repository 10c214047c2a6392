//! Paging, by index (RFC 7644 section 3.4.2.4) or by cursors (RFC 9865), and the ListResponse message.
//!
//! Invariant: whatever the client asks for, `start_index` is at least 1 and `count` at most
//! [`MAX_RESULTS`], the same figure that discovery advertises.

use super::error::ScimError;
use super::integer;
use super::normalise::describe::cut;
use serde::Serialize;

/// The schema URN of a list answer.
pub const LIST_RESPONSE_URN: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/// Resources in one page at most; a larger `count` is cut to it.
pub const MAX_RESULTS: usize = 200;

/// The page size of a client that names none. Okta itself asks for 100 (Okta SCIM reference).
pub const DEFAULT_COUNT: usize = 100;

/// Which page of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging<'a> {
    /// RFC 7644 section 3.4.2.4. This is the default, since there are clients that know no other way.
    Index {
        /// 1-based.
        start_index: usize,
        /// May be 0: the client wants the total alone.
        count: usize,
    },
    /// RFC 9865.
    Cursor {
        /// Nothing for the first page.
        cursor: Option<&'a str>,
        /// May be 0, as above.
        count: usize,
    },
}

impl<'a> Paging<'a> {
    /// Reads the parameters `startIndex`, `count` and `cursor`, decoded. One that is there but empty
    /// asks for the first page of a walk by cursors; beside a cursor, `startIndex` says nothing.
    pub fn from_parameters(
        start_index: Option<&str>,
        count: Option<&str>,
        cursor: Option<&'a str>,
    ) -> Result<Self, ScimError> {
        let count_of =
            |count: Option<i64>| count.map_or(DEFAULT_COUNT, |count| clamp(count, 0, MAX_RESULTS));
        if let Some(cursor) = cursor {
            let count = parameter("count", count)
                .map_err(|error| ScimError::invalid_count(error.detail))?;
            return Ok(Self::Cursor {
                cursor: Some(cursor).filter(|cursor| !cursor.is_empty()),
                count: count_of(count),
            });
        }
        Ok(Self::Index {
            start_index: parameter("startIndex", start_index)?
                .map_or(1, |index| clamp(index, 1, i32::MAX as usize)),
            count: count_of(parameter("count", count)?),
        })
    }
}

/// An integer, where one too large for the type is as good as the largest.
fn parameter(name: &str, text: Option<&str>) -> Result<Option<i64>, ScimError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    integer::of_text(text).map(Some).ok_or_else(|| {
        ScimError::invalid_value(format!(
            "{name} has to be an integer, but is \"{}\".",
            cut(text)
        ))
    })
}

/// RFC 7644 section 3.4.2.4: a value below the least one is read as the least one.
fn clamp(number: i64, least: usize, most: usize) -> usize {
    if number < 0 {
        return least;
    }
    usize::try_from(number).map_or(most, |number| number.clamp(least, most))
}

/// The ListResponse message. The figures are integers: Okta refuses strings.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListResponse<T> {
    schemas: [&'static str; 1],
    total_results: u64,
    /// Nothing in a page that was asked for by a cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_index: Option<usize>,
    items_per_page: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    #[serde(rename = "Resources")]
    resources: Vec<T>,
}

/// The ways out of a page of a walk; nothing where it has no such neighbour (RFC 9865 section 2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// Where a page stands in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagePlace {
    /// From this one on, 1-based.
    Index(usize),
    Walk(Neighbours),
}

impl ListResponse<()> {
    /// The JSON in front of the first of `count` resources and behind the last, where there may be too much of
    /// them to hold at once: commas separate them.
    pub fn around(count: usize, total: u64, place: PagePlace) -> (String, &'static str) {
        let list = Self {
            items_per_page: count,
            ..Self::of(Vec::new(), total, place)
        };
        let mut head = serde_json::to_string(&list).unwrap_or_default();
        let tail = "]}";
        head.truncate(head.len().saturating_sub(tail.len()));
        (head, tail)
    }
}

impl<T> ListResponse<T> {
    pub fn of(resources: Vec<T>, total: u64, place: PagePlace) -> Self {
        match place {
            PagePlace::Index(start_index) => Self::from_index(resources, total, start_index),
            PagePlace::Walk(neighbours) => Self::from_cursor(resources, total, neighbours),
        }
    }

    pub fn from_index(resources: Vec<T>, total: u64, start_index: usize) -> Self {
        Self::new(resources, total, Some(start_index), Neighbours::default())
    }

    pub fn from_cursor(resources: Vec<T>, total: u64, neighbours: Neighbours) -> Self {
        Self::new(resources, total, None, neighbours)
    }

    fn new(
        resources: Vec<T>,
        total: u64,
        start_index: Option<usize>,
        neighbours: Neighbours,
    ) -> Self {
        Self {
            schemas: [LIST_RESPONSE_URN],
            total_results: total,
            start_index,
            items_per_page: resources.len(),
            previous_cursor: neighbours.previous,
            next_cursor: neighbours.next,
            resources,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ListResponse, Neighbours, PagePlace, Paging};
    use crate::scim::error::ScimType;
    use serde_json::{Value, json};

    #[test]
    fn parameters_are_clamped_as_the_rfc_says() {
        let cases = [
            (None, None, 1, 100),
            (Some("1"), Some("2"), 1, 2),
            (Some("0"), Some("0"), 1, 0),
            (Some("-5"), Some("-1"), 1, 0),
            (Some("201"), Some("1000"), 201, 200),
            (Some(""), Some(" 7 "), 1, 7),
            (
                Some("99999999999999999999999999"),
                Some("99999999999999999999999999"),
                2_147_483_647,
                200,
            ),
            (
                Some("-99999999999999999999999999"),
                Some("-99999999999999999999999999"),
                1,
                0,
            ),
        ];
        for (start, count, start_index, expected) in cases {
            assert_eq!(
                Paging::from_parameters(start, count, None),
                Ok(Paging::Index {
                    start_index,
                    count: expected
                }),
                "{start:?} {count:?}"
            );
        }
    }

    #[test]
    fn what_is_no_integer_is_refused_by_name() {
        for (start, count, name) in [
            (Some("x"), None, "startIndex"),
            (None, Some("1.5"), "count"),
            (None, Some("-"), "count"),
            (None, Some("0x10"), "count"),
        ] {
            let error = Paging::from_parameters(start, count, None).err();
            let error = error.map(|error| (error.status, error.detail.starts_with(name)));
            assert_eq!(error, Some((400, true)), "{start:?} {count:?}");
        }
    }

    #[test]
    fn list_has_integer_figures() {
        assert_eq!(
            serde_json::to_value(ListResponse::from_index(vec![json!({"id": "a"})], 11, 6))
                .expect("JSON"),
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": 11,
                "startIndex": 6,
                "itemsPerPage": 1,
                "Resources": [{"id": "a"}]
            })
        );
    }

    #[test]
    fn a_list_in_pieces_is_the_same_text() {
        let neighbours = Neighbours {
            previous: Some("]}".to_owned()),
            next: None,
        };
        for place in [PagePlace::Index(6), PagePlace::Walk(neighbours)] {
            for resources in [vec![], vec![json!({"id": "a"}), json!({"id": "b"})]] {
                let texts: Vec<String> = resources.iter().map(Value::to_string).collect();
                let (head, tail) = ListResponse::around(resources.len(), 11, place.clone());
                let whole = ListResponse::of(resources, 11, place.clone());
                assert_eq!(
                    format!("{head}{}{tail}", texts.join(",")),
                    serde_json::to_string(&whole).expect("JSON")
                );
            }
        }
    }

    #[test]
    fn a_cursor_asks_for_a_walk() {
        let asked = |count, cursor| Paging::from_parameters(Some("7"), count, Some(cursor));
        let walk = |cursor, count| Ok(Paging::Cursor { cursor, count });
        assert_eq!(asked(None, ""), walk(None, 100));
        assert_eq!(asked(Some("5"), "abc"), walk(Some("abc"), 5));
        assert_eq!(asked(Some("-1"), ""), walk(None, 0));
        assert_eq!(asked(Some("1000"), ""), walk(None, 200));
        let refused = asked(Some("many"), "")
            .err()
            .and_then(|error| error.scim_type);
        assert_eq!(refused, Some(ScimType::InvalidCount));
    }

    #[test]
    fn a_page_of_a_walk_has_its_ways_out_and_no_index() {
        let neighbours = Neighbours {
            previous: None,
            next: Some("abc".to_owned()),
        };
        assert_eq!(
            serde_json::to_value(ListResponse::from_cursor(
                vec![json!({"id": "a"})],
                11,
                neighbours
            ))
            .expect("JSON"),
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": 11,
                "itemsPerPage": 1,
                "nextCursor": "abc",
                "Resources": [{"id": "a"}]
            })
        );
    }
}
