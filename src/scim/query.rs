//! Query parameters and path segments, as clients really encode them.
//!
//! Unknown parameters are left alone (`?aadOptscim062020` on every Entra call), names are compared without
//! regard to case, and a parameter without a value is as good as absent.

use percent_encoding::percent_decode_str;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads the part of a URL behind the `?`.
    pub fn parse(raw: &str) -> Self {
        let pairs = raw
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (decode_value(name), decode_value(value)))
            .collect();
        Self { pairs }
    }

    /// The parameter's value; nothing where there is none or a blank one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(known, value)| known.eq_ignore_ascii_case(name) && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The names in a parameter whose value is a list of names: where it comes more than once, as HTTP
    /// libraries send a list that they are given, the lists are one.
    pub fn names(&self, parameter: &str) -> Option<String> {
        let lists: Vec<&str> = self
            .pairs
            .iter()
            .filter(|(known, value)| {
                known.eq_ignore_ascii_case(parameter) && !value.trim().is_empty()
            })
            .map(|(_, value)| value.as_str())
            .collect();
        (!lists.is_empty()).then(|| lists.join(","))
    }

    /// The parameter's value, which may be empty: `?cursor` asks for a first page (RFC 9865 section 2).
    pub fn given(&self, name: &str) -> Option<&str> {
        self.get(name).or_else(|| {
            self.pairs
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str())
        })
    }
}

/// A client that writes spaces as `%20` means a plus by `+` (plus-addressed e-mails in Okta's and Entra's
/// filters); one that does not, encodes as HTML forms do, where `+` is a space.
fn decode_value(raw: &str) -> String {
    let writes_spaces_otherwise = raw.contains("%20") || raw.contains(' ');
    if writes_spaces_otherwise {
        decode_segment(raw)
    } else {
        decode_segment(&raw.replace('+', " "))
    }
}

/// Bytes that are no UTF-8 become the replacement character: they match nothing that is stored.
pub fn decode_segment(raw: &str) -> String {
    percent_decode_str(raw).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_filters_as_identity_providers_encode_them() {
        for (raw, filter) in [
            (
                "filter=userName%20eq%20%22test.user%40okta.local%22&startIndex=1&count=100",
                "userName eq \"test.user@okta.local\"",
            ),
            (
                "filter=userName+eq+%22rita%40acme.com%22",
                "userName eq \"rita@acme.com\"",
            ),
            (
                "filter=userName%20eq%20%22rita+test@acme.com%22",
                "userName eq \"rita+test@acme.com\"",
            ),
            (
                "filter=userName+eq+%22rita%2Btest%40acme.com%22",
                "userName eq \"rita+test@acme.com\"",
            ),
            ("Filter=a%20eq%20%22O%27Neil%22", "a eq \"O'Neil\""),
        ] {
            assert_eq!(Query::parse(raw).get("filter"), Some(filter), "{raw}");
        }
    }

    #[test]
    fn names_are_gathered_from_every_time_that_the_parameter_comes() {
        let query =
            Query::parse("attributes=userName&count=1&Attributes=title,%20emails&attributes=");
        assert_eq!(
            query.names("attributes").as_deref(),
            Some("userName,title, emails")
        );
        assert_eq!(query.names("excludedAttributes"), None);
    }

    #[test]
    fn absent_empty_and_flag_parameters_are_none() {
        let query = Query::parse("aadOptscim062020&filter=&count=%20");
        assert_eq!(query.get("filter"), None);
        assert_eq!(query.get("count"), None);
        assert_eq!(query.get("aadOptscim062020"), None);
        assert_eq!(query.given("aadOptscim062020"), Some(""));
        assert_eq!(query.given("cursor"), None);
        assert_eq!(Query::parse("").get("filter"), None);
    }
}
