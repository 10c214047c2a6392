//! What a list request asks for: by the query of a URL (RFC 7644 section 3.4.2) or by the body of a
//! POST to `.search` (section 3.4.3). Both mean the same, so both become a [`SearchRequest`].

use super::Object;
use super::error::ScimError;
use super::integer;
use super::list::Paging;
use super::member::assigned;
use super::normalise::describe::kind_and_value;
use super::projection::Projection;
use super::query::Query;
use serde_json::Value;

/// The parameters as text; nothing where one is absent or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchRequest {
    pub filter: Option<String>,
    pub sort_by: Option<String>,
    pub sort_order: Option<String>,
    attributes: Option<String>,
    excluded_attributes: Option<String>,
    start_index: Option<String>,
    count: Option<String>,
    /// Empty for the first page of a walk.
    cursor: Option<String>,
}

impl SearchRequest {
    pub fn from_query(query: &Query) -> Self {
        let parameter = |name| query.get(name).map(str::to_owned);
        Self {
            filter: parameter("filter"),
            sort_by: parameter("sortBy"),
            sort_order: parameter("sortOrder"),
            attributes: query.names("attributes"),
            excluded_attributes: query.names("excludedAttributes"),
            start_index: parameter("startIndex"),
            count: parameter("count"),
            cursor: query.given("cursor").map(|text| text.trim().to_owned()),
        }
    }

    /// Reads a SearchRequest message. Members are named without regard to letter case, numbers may be
    /// strings, and a list of attributes may be one string with commas, as in a URL.
    pub fn from_body(body: &Object) -> Result<Self, ScimError> {
        let member = |name: &str| assigned(body, name);
        let text = |name| member(name).map(|value| scalar(name, value)).transpose();
        let some_text = |name| text(name).map(|text| text.filter(|text| !text.trim().is_empty()));
        let names = |name| member(name).map(|value| name_list(name, value)).transpose();
        Ok(Self {
            filter: some_text("filter")?,
            sort_by: some_text("sortBy")?,
            sort_order: some_text("sortOrder")?,
            attributes: names("attributes")?,
            excluded_attributes: names("excludedAttributes")?,
            start_index: some_text("startIndex")?,
            count: some_text("count")?,
            cursor: text("cursor")?.map(|text| text.trim().to_owned()),
        })
    }

    pub fn paging(&self) -> Result<Paging<'_>, ScimError> {
        Paging::from_parameters(
            self.start_index.as_deref(),
            self.count.as_deref(),
            self.cursor.as_deref(),
        )
    }

    pub fn projection(&self) -> Result<Projection, ScimError> {
        Projection::parse(
            self.attributes.as_deref(),
            self.excluded_attributes.as_deref(),
        )
    }

    /// What has to stay the same from page to page (RFC 9865 section 2).
    pub fn tied_to_cursor(&self) -> [&str; 5] {
        [
            &self.filter,
            &self.sort_by,
            &self.sort_order,
            &self.attributes,
            &self.excluded_attributes,
        ]
        .map(|parameter| parameter.as_deref().unwrap_or_default())
    }
}

fn scalar(name: &str, value: &Value) -> Result<String, ScimError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => {
            Ok(integer::of_json(value)
                .map_or_else(|| number.to_string(), |whole| whole.to_string()))
        }
        other => Err(wrong(name, "a string or a number", other)),
    }
}

fn name_list(name: &str, value: &Value) -> Result<String, ScimError> {
    let expected = "a list of attribute names";
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Array(list) => {
            let names: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            names
                .map(|names| names.join(","))
                .ok_or_else(|| wrong(name, expected, value))
        }
        other => Err(wrong(name, expected, other)),
    }
}

fn wrong(name: &str, expected: &str, value: &Value) -> ScimError {
    ScimError::invalid_value(format!(
        "{name} has to be {expected}, but is {}.",
        kind_and_value(value)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn from_body(body: &Value) -> Result<SearchRequest, String> {
        let object = body.as_object().expect("an object");
        SearchRequest::from_body(object).map_err(|error| error.detail)
    }

    #[test]
    fn a_body_asks_what_a_query_asks() {
        let query = Query::parse(
            "filter=userName%20sw%20%22j%22&sortBy=userName&sortOrder=descending&attributes=userName,emails.value\
             &excludedAttributes=meta&startIndex=3&count=10&cursor",
        );
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
            "filter": "userName sw \"j\"",
            "SORTBY": "userName",
            "sortOrder": "descending",
            "attributes": ["userName", "emails.value"],
            "excludedAttributes": "meta",
            "startIndex": 3,
            "count": "10",
            "cursor": ""
        });
        assert_eq!(from_body(&body), Ok(SearchRequest::from_query(&query)));
    }

    #[test]
    fn whole_numbers_are_integers_however_json_writes_them() {
        let page = |body: &str| {
            let body = serde_json::from_str(body).expect("JSON");
            from_body(&body).map(|request| request.paging().map(|paging| format!("{paging:?}")))
        };
        let first = "Index { start_index: 1, count: 1 }".to_owned();
        assert_eq!(page(r#"{"startIndex": 1.0, "count": 1.0}"#), Ok(Ok(first)));
        let last = "Index { start_index: 2147483647, count: 200 }".to_owned();
        assert_eq!(page(r#"{"startIndex": 1e30, "count": 1e30}"#), Ok(Ok(last)));
        let refused = page(r#"{"count": 1.5}"#)
            .expect("read")
            .map_err(|error| error.detail);
        assert_eq!(
            refused,
            Err("count has to be an integer, but is \"1.5\".".to_owned())
        );
    }

    #[test]
    fn nulls_and_empty_texts_ask_for_nothing() {
        let body = json!({ "filter": null, "sortBy": "", "count": null, "cursor": null });
        assert_eq!(from_body(&body), Ok(SearchRequest::default()));
        assert_eq!(
            SearchRequest::from_query(&Query::parse("filter=&aadOptscim062020")),
            SearchRequest::default()
        );
    }

    #[test]
    fn members_of_another_type_are_refused_by_name() {
        for (body, detail) in [
            (
                json!({ "filter": ["userName pr"] }),
                "filter has to be a string or a number, but is a list of 1 values.",
            ),
            (
                json!({ "count": true }),
                "count has to be a string or a number, but is a boolean (true).",
            ),
            (
                json!({ "attributes": ["userName", 1] }),
                "attributes has to be a list of attribute names, but is a list of 2 values.",
            ),
        ] {
            assert_eq!(from_body(&body), Err(detail.to_owned()));
        }
    }
}
