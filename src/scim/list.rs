//! Index-based paging (RFC 7644 section 3.4.2.4) and the ListResponse message.
//!
//! Invariant: whatever the client asks for, `start_index` is at least 1 and `count` at most
//! [`MAX_RESULTS`], the same figure that discovery advertises.

use super::error::ScimError;
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
pub struct ListQuery {
    /// 1-based.
    pub start_index: usize,
    /// May be 0: the client wants the total alone.
    pub count: usize,
}

impl ListQuery {
    /// Reads the query parameters `startIndex` and `count` as they stand in the URL, decoded.
    pub fn from_parameters(
        start_index: Option<&str>,
        count: Option<&str>,
    ) -> Result<Self, ScimError> {
        Ok(Self {
            start_index: integer("startIndex", start_index)?
                .map_or(1, |index| clamp(index, 1, i32::MAX as usize)),
            count: integer("count", count)?
                .map_or(DEFAULT_COUNT, |count| clamp(count, 0, MAX_RESULTS)),
        })
    }
}

/// An integer, where one too large for the type is as good as the largest.
fn integer(name: &str, text: Option<&str>) -> Result<Option<i64>, ScimError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ScimError::invalid_value(format!(
            "{name} has to be an integer, but is \"{}\".",
            cut(text)
        )));
    }
    let limit = if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    Ok(Some(text.parse().unwrap_or(limit)))
}

/// RFC 7644 section 3.4.2.4: a value below the least one is read as the least one.
fn clamp(number: i64, least: usize, most: usize) -> usize {
    if number < 0 {
        return least;
    }
    usize::try_from(number).map_or(most, |number| number.clamp(least, most))
}

/// The ListResponse message. The three figures are integers: Okta refuses strings.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListResponse<T> {
    schemas: [&'static str; 1],
    total_results: u64,
    start_index: usize,
    items_per_page: usize,
    #[serde(rename = "Resources")]
    resources: Vec<T>,
}

impl<T> ListResponse<T> {
    pub fn new(resources: Vec<T>, total: u64, start_index: usize) -> Self {
        Self {
            schemas: [LIST_RESPONSE_URN],
            total_results: total,
            start_index,
            items_per_page: resources.len(),
            resources,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ListQuery, ListResponse};
    use serde_json::json;

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
                ListQuery::from_parameters(start, count),
                Ok(ListQuery {
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
            let error = ListQuery::from_parameters(start, count).err();
            let error = error.map(|error| (error.status, error.detail.starts_with(name)));
            assert_eq!(error, Some((400, true)), "{start:?} {count:?}");
        }
    }

    #[test]
    fn list_has_integer_figures() {
        assert_eq!(
            serde_json::to_value(ListResponse::new(vec![json!({"id": "a"})], 11, 6)).expect("JSON"),
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": 11,
                "startIndex": 6,
                "itemsPerPage": 1,
                "Resources": [{"id": "a"}]
            })
        );
    }
}
