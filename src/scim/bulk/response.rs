//! The BulkResponse message (RFC 7644 section 3.7.3).

use serde::Serialize;
use serde_json::Value;

const BULK_RESPONSE_URN: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/// An operation that was performed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performed {
    pub status: u16,
    /// The URL of the resource that a POST created.
    pub created: Option<String>,
    pub version: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct BulkResponse {
    schemas: [&'static str; 1],
    #[serde(rename = "Operations")]
    operations: Vec<OperationResult>,
}

impl BulkResponse {
    pub(super) fn new(operations: Vec<OperationResult>) -> Self {
        Self {
            schemas: [BULK_RESPONSE_URN],
            operations,
        }
    }
}

/// What became of one operation. `status` is a string, and a resource is left out of it: the RFC wants the
/// body of errors alone.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OperationResult {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<String>,
    pub(super) method: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bulk_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    pub(super) status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) response: Option<Value>,
}
