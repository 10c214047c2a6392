//! ServiceProviderConfig, ResourceTypes and Schemas (RFC 7644 section 4), printed from the tables.
//!
//! Invariant: what is said here is what the server does; a feature's flag is changed in the same
//! commit as the feature.

use super::bulk::{MAX_OPERATIONS, MAX_PAYLOAD_BYTES};
use super::cursor::CURSOR_TIMEOUT;
use super::list::{DEFAULT_COUNT, ListResponse, MAX_RESULTS};
use super::schema::service_provider::{RESOURCE_TYPE_URN, SCHEMA_URN, SERVICE_PROVIDER_CONFIG_URN};
use super::schema::{
    Attribute, AttributeType, DISCOVERY_SCHEMAS, RESOURCE_TYPES, ResourceType, SCHEMAS, Schema,
};
use serde_json::{Map, Value, json};

/// RFC 7643 section 5, and RFC 9865 section 4 for `pagination`. authentik sends at most
/// `bulk.maxOperations` operations in a PATCH, too.
pub fn service_provider_config(base: &str) -> Value {
    json!({
        "schemas": [SERVICE_PROVIDER_CONFIG_URN],
        "patch": { "supported": true },
        "bulk": {
            "supported": true,
            "maxOperations": MAX_OPERATIONS,
            "maxPayloadSize": MAX_PAYLOAD_BYTES
        },
        "filter": { "supported": true, "maxResults": MAX_RESULTS },
        "pagination": {
            "cursor": true,
            "index": true,
            "defaultPaginationMethod": "index",
            "defaultPageSize": DEFAULT_COUNT,
            "maxPageSize": MAX_RESULTS,
            "cursorTimeout": CURSOR_TIMEOUT
        },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "OAuth Bearer Token",
            "description": "A token of the company, sent as \"Authorization: Bearer TOKEN\".",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true
        }],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": format!("{base}/ServiceProviderConfig")
        }
    })
}

pub fn resource_types(base: &str) -> ListResponse<Value> {
    whole_list(
        RESOURCE_TYPES
            .iter()
            .map(|resource_type| resource_type_resource(resource_type, base))
            .collect(),
    )
}

/// The resource type of that id, "User" or "Group".
pub fn resource_type(base: &str, id: &str) -> Option<Value> {
    RESOURCE_TYPES
        .iter()
        .find(|resource_type| resource_type.id.eq_ignore_ascii_case(id))
        .map(|resource_type| resource_type_resource(resource_type, base))
}

pub fn schemas(base: &str) -> ListResponse<Value> {
    whole_list(
        all_schemas()
            .map(|schema| schema_resource(schema, base))
            .collect(),
    )
}

/// The schema with that URN.
pub fn schema(base: &str, id: &str) -> Option<Value> {
    all_schemas()
        .find(|schema| schema.id.eq_ignore_ascii_case(id))
        .map(|schema| schema_resource(schema, base))
}

fn all_schemas() -> impl Iterator<Item = &'static Schema> {
    SCHEMAS.into_iter().chain(DISCOVERY_SCHEMAS)
}

/// RFC 7644 section 4: discovery is not paged.
fn whole_list(resources: Vec<Value>) -> ListResponse<Value> {
    let total = resources.len() as u64;
    ListResponse::from_index(resources, total, 1)
}

/// RFC 7643 section 6.
fn resource_type_resource(resource_type: &ResourceType, base: &str) -> Value {
    let extensions: Vec<Value> = resource_type
        .extensions
        .iter()
        .map(|extension| json!({ "schema": extension.id, "required": false }))
        .collect();
    json!({
        "schemas": [RESOURCE_TYPE_URN],
        "id": resource_type.id,
        "name": resource_type.id,
        "endpoint": resource_type.endpoint,
        "description": resource_type.description,
        "schema": resource_type.schema.id,
        "schemaExtensions": extensions,
        "meta": {
            "resourceType": "ResourceType",
            "location": format!("{base}/ResourceTypes/{}", resource_type.id)
        }
    })
}

/// RFC 7643 section 7.
fn schema_resource(schema: &Schema, base: &str) -> Value {
    json!({
        "schemas": [SCHEMA_URN],
        "id": schema.id,
        "name": schema.name,
        "description": schema.description,
        "attributes": attribute_list(schema.attributes),
        "meta": {
            "resourceType": "Schema",
            "location": format!("{base}/Schemas/{}", schema.id)
        }
    })
}

fn attribute_list(attributes: &[Attribute]) -> Value {
    attributes.iter().map(attribute_object).collect()
}

fn attribute_object(attribute: &Attribute) -> Value {
    let mut members = Map::new();
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("name", attribute.name.into());
    set("type", attribute.attribute_type.as_str().into());
    set("multiValued", attribute.multi_valued.into());
    set("description", attribute.description.into());
    set("required", attribute.required.into());
    if attribute.attribute_type.is_text() {
        set("caseExact", attribute.case_exact.into());
    }
    if !attribute.canonical_values.is_empty() {
        set("canonicalValues", attribute.canonical_values.into());
    }
    if attribute.attribute_type == AttributeType::Reference {
        set("referenceTypes", attribute.reference_types.into());
    }
    set("mutability", attribute.mutability.as_str().into());
    set("returned", attribute.returned.as_str().into());
    set("uniqueness", attribute.uniqueness.as_str().into());
    if !attribute.sub_attributes.is_empty() {
        // One level: RFC 7643 section 2.3.8 has no complex sub-attribute.
        set("subAttributes", attribute_list(attribute.sub_attributes));
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests;
