use super::{resource_type, resource_types, schema, schemas, service_provider_config};
use serde_json::{Value, json};

const BASE: &str = "https://host/v2";

#[test]
fn service_provider_config_says_what_the_server_does() {
    assert_eq!(
        service_provider_config(BASE),
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": {"supported": true},
            "bulk": {"supported": true, "maxOperations": 200, "maxPayloadSize": 1_048_576},
            "filter": {"supported": true, "maxResults": 200},
            "pagination": {
                "cursor": true,
                "index": true,
                "defaultPaginationMethod": "index",
                "defaultPageSize": 100,
                "maxPageSize": 200,
                "cursorTimeout": 3600
            },
            "changePassword": {"supported": false},
            "sort": {"supported": true},
            "etag": {"supported": true},
            "authenticationSchemes": [{
                "type": "oauthbearertoken",
                "name": "OAuth Bearer Token",
                "description": "A token of the company, sent as \"Authorization: Bearer TOKEN\".",
                "specUri": "https://www.rfc-editor.org/info/rfc6750",
                "primary": true
            }],
            "meta": {
                "resourceType": "ServiceProviderConfig",
                "location": "https://host/v2/ServiceProviderConfig"
            }
        })
    );
}

#[test]
fn resource_type_user_lists_its_extensions() {
    assert_eq!(
        resource_type(BASE, "user"),
        Some(json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": "User",
            "name": "User",
            "endpoint": "/Users",
            "description": "Teammates.",
            "schema": "urn:ietf:params:scim:schemas:core:2.0:User",
            "schemaExtensions": [
                {"schema": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "required": false},
                {"schema": "urn:ietf:params:scim:schemas:extension:frontapp:teammate", "required": false},
                {"schema": "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields", "required": false}
            ],
            "meta": {"resourceType": "ResourceType", "location": "https://host/v2/ResourceTypes/User"}
        }))
    );
    assert_eq!(resource_type(BASE, "Device"), None);
    assert_eq!(
        json!(resource_types(BASE)).pointer("/totalResults"),
        Some(&json!(2))
    );
    assert_eq!(
        json!(resource_types(BASE)).pointer("/Resources/1/endpoint"),
        Some(&json!("/Groups"))
    );
}

#[test]
fn schema_is_found_by_urn_in_any_case() {
    let urn = "urn:ietf:params:scim:schemas:extension:frontapp:teammate";
    let found = schema(BASE, &urn.to_uppercase());
    assert_eq!(
        found,
        Some(json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
            "id": urn,
            "name": "Teammate",
            "description": "The teammate template.",
            "attributes": [{
                "name": "template",
                "type": "string",
                "multiValued": false,
                "description": "The id of a teammate template, with any label around it, or the template's name. Read when the teammate is created; later changes have no effect.",
                "required": false,
                "caseExact": false,
                "mutability": "readWrite",
                "returned": "default",
                "uniqueness": "none"
            }],
            "meta": {"resourceType": "Schema", "location": format!("{BASE}/Schemas/{urn}")}
        }))
    );
    assert_eq!(schema(BASE, "urn:nothing"), None);
}

fn attribute(schema: &str, name: &str) -> Value {
    super::schema(BASE, schema)
        .and_then(|schema| {
            schema
                .get("attributes")?
                .as_array()?
                .iter()
                .find(|attribute| attribute.get("name") == Some(&json!(name)))
                .cloned()
        })
        .unwrap_or_default()
}

#[test]
fn user_schema_has_the_rfc_characteristics() {
    let user = "urn:ietf:params:scim:schemas:core:2.0:User";
    let user_name = attribute(user, "userName");
    assert_eq!(user_name.get("uniqueness"), Some(&json!("server")));
    assert_eq!(user_name.get("caseExact"), Some(&json!(false)));
    assert_eq!(user_name.get("required"), Some(&json!(true)));
    let password = attribute(user, "password");
    assert_eq!(password.get("mutability"), Some(&json!("writeOnly")));
    assert_eq!(password.get("returned"), Some(&json!("never")));
    assert_eq!(
        attribute(user, "groups").get("mutability"),
        Some(&json!("readOnly"))
    );
    assert_eq!(
        attribute(user, "emails").pointer("/subAttributes/2/canonicalValues"),
        Some(&json!(["work", "home", "other"]))
    );
}

#[test]
fn every_schema_is_listed() {
    let list = json!(schemas(BASE));
    let ids: Vec<_> = list
        .get("Resources")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|schema| schema.get("id")?.as_str())
        .collect();
    assert_eq!(list.get("totalResults"), Some(&json!(9)));
    assert_eq!(ids.len(), 9);
    assert!(ids.contains(&"urn:ietf:params:scim:schemas:core:2.0:Group"));
}

/// What a resource of discovery holds is what its schema declares, and the other way round.
#[test]
fn discovery_is_described_by_its_own_schemas() {
    let documents = [
        service_provider_config(BASE),
        resource_type(BASE, "User").expect("a resource type"),
        schema(BASE, crate::scim::schema::USER_URN).expect("a schema"),
    ];
    for document in documents {
        let urn = document["schemas"][0].as_str().expect("a URN");
        let described = schema(BASE, urn).expect("its schema");
        let mut members = document.clone();
        for common in ["schemas", "id", "meta"] {
            members.as_object_mut().expect("an object").remove(common);
        }
        assert_described(&members, &described["attributes"], urn);
    }
}

fn assert_described(members: &Value, attributes: &Value, at: &str) {
    let attributes = attributes.as_array().expect("attributes");
    for (name, value) in members.as_object().expect("an object") {
        let at = format!("{at}.{name}");
        let attribute = attributes
            .iter()
            .find(|attribute| attribute["name"] == json!(name))
            .unwrap_or_else(|| panic!("{at} is not described"));
        assert_eq!(attribute["multiValued"], json!(value.is_array()), "{at}");
        let values = value
            .as_array()
            .cloned()
            .unwrap_or_else(|| vec![value.clone()]);
        for value in values {
            let fits = match attribute["type"].as_str().expect("a type") {
                "complex" => {
                    assert_described(&value, &attribute["subAttributes"], &at);
                    true
                }
                "boolean" => value.is_boolean(),
                "integer" => value.is_u64(),
                _ => value.is_string(),
            };
            assert!(fits, "{at}: {value}");
        }
    }
}
