//! The error a SCIM client is answered with (RFC 7644 section 3.12).
//!
//! Invariant: `detail` is a sentence for the customer's IT admin, who sees it in the identity
//! provider's log: it says what is wrong and what to do, and never repeats a secret or a long value.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The schema URN of an error body.
pub const ERROR_URN: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// An answer other than 2xx, still without its transport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{status} {}: {detail}", scim_type.map_or("error", ScimType::as_str))]
pub struct ScimError {
    pub status: u16,
    pub scim_type: Option<ScimType>,
    pub detail: String,
}

/// The detail error keywords of RFC 7644 table 9 and RFC 9865 section 2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScimType {
    InvalidFilter,
    TooMany,
    Uniqueness,
    Mutability,
    InvalidSyntax,
    InvalidPath,
    NoTarget,
    InvalidValue,
    InvalidVers,
    Sensitive,
    InvalidCursor,
    ExpiredCursor,
    InvalidCount,
}

impl ScimType {
    #[cfg(test)]
    pub const ALL: &[Self] = &[
        Self::InvalidFilter,
        Self::TooMany,
        Self::Uniqueness,
        Self::Mutability,
        Self::InvalidSyntax,
        Self::InvalidPath,
        Self::NoTarget,
        Self::InvalidValue,
        Self::InvalidVers,
        Self::Sensitive,
        Self::InvalidCursor,
        Self::ExpiredCursor,
        Self::InvalidCount,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidFilter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Uniqueness => "uniqueness",
            Self::Mutability => "mutability",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidPath => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::InvalidValue => "invalidValue",
            Self::InvalidVers => "invalidVers",
            Self::Sensitive => "sensitive",
            Self::InvalidCursor => "invalidCursor",
            Self::ExpiredCursor => "expiredCursor",
            Self::InvalidCount => "invalidCount",
        }
    }
}

impl ScimError {
    /// An error that table 9 has no keyword for, such as 401, 403 or 404.
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        Self {
            status,
            scim_type: None,
            detail: detail.into(),
        }
    }

    fn typed(status: u16, scim_type: ScimType, detail: impl Into<String>) -> Self {
        Self {
            status,
            scim_type: Some(scim_type),
            detail: detail.into(),
        }
    }

    pub fn invalid_filter(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidFilter, detail)
    }

    pub fn too_many(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::TooMany, detail)
    }

    pub fn mutability(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::Mutability, detail)
    }

    pub fn invalid_syntax(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidSyntax, detail)
    }

    pub fn invalid_path(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidPath, detail)
    }

    pub fn no_target(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::NoTarget, detail)
    }

    pub fn invalid_value(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidValue, detail)
    }

    pub fn invalid_cursor(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidCursor, detail)
    }

    pub fn expired_cursor(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::ExpiredCursor, detail)
    }

    pub fn invalid_count(detail: impl Into<String>) -> Self {
        Self::typed(400, ScimType::InvalidCount, detail)
    }

    /// The body; `status` is a string there (RFC 7644 section 3.12).
    pub fn to_json(&self) -> Value {
        let mut body = json!({ "schemas": [ERROR_URN], "status": self.status.to_string() });
        if let Some(members) = body.as_object_mut() {
            if let Some(scim_type) = self.scim_type {
                members.insert("scimType".to_owned(), scim_type.as_str().into());
            }
            members.insert("detail".to_owned(), self.detail.as_str().into());
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::{ScimError, ScimType};
    use serde_json::json;

    #[test]
    fn body_has_status_as_string_and_keyword() {
        assert_eq!(
            ScimError::invalid_value("userName is missing.").to_json(),
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                "status": "400",
                "scimType": "invalidValue",
                "detail": "userName is missing."
            })
        );
    }

    #[test]
    fn body_without_keyword_leaves_it_out() {
        assert_eq!(
            ScimError::new(404, "No such user.").to_json(),
            json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                "status": "404",
                "detail": "No such user."
            })
        );
    }

    #[test]
    fn keywords_are_those_of_the_rfcs() {
        let keywords = [
            (ScimError::invalid_filter(""), 400, "invalidFilter"),
            (ScimError::too_many(""), 400, "tooMany"),
            (ScimError::mutability(""), 400, "mutability"),
            (ScimError::invalid_syntax(""), 400, "invalidSyntax"),
            (ScimError::invalid_path(""), 400, "invalidPath"),
            (ScimError::no_target(""), 400, "noTarget"),
            (ScimError::invalid_value(""), 400, "invalidValue"),
            (ScimError::invalid_cursor(""), 400, "invalidCursor"),
            (ScimError::expired_cursor(""), 400, "expiredCursor"),
            (ScimError::invalid_count(""), 400, "invalidCount"),
        ];
        for (error, status, keyword) in keywords {
            assert_eq!(error.status, status);
            assert_eq!(error.scim_type.map(ScimType::as_str), Some(keyword));
        }
    }
}
