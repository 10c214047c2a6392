//! The table of quirks. Read it as documentation: each row was somebody's failed provisioning.

use super::super::Dialect::{
    Authentik, Entra, EntraScim062020, JumpCloud, Keycloak, Okta, OneLogin,
};
use super::{Quirk, QuirkRow};
use crate::scim::normalise::enterprise_hint;
use crate::scim::normalise::notes::SeenQuirk;

/// Microsoft docs, "Known issues and resolutions with SCIM 2.0 protocol compliance of the
/// Microsoft Entra provisioning service".
const MICROSOFT_FLAG: &str = "Microsoft docs, SCIM 2.0 protocol compliance and aadOptscim062020";

#[rustfmt::skip] // One row, one quirk: the fields stay in the same order and on their own lines.
pub static QUIRKS: [QuirkRow; 40] = [
    // The message.
    QuirkRow {
        quirk: Quirk::OperationLetterCase, id: "operation_letter_case",
        sent: r#"{"op": "Replace", "path": "title", "value": "T"}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[Entra],
        source: MICROSOFT_FLAG,
        note: None,
    },
    QuirkRow {
        quirk: Quirk::MemberLetterCase, id: "member_letter_case",
        sent: r#"{"OP": "replace", "Path": "title", "Value": "T"}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[],
        source: "RFC 7643 section 2.1: names are not case-sensitive",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::MissingSchemas, id: "missing_schemas",
        sent: r#"{"Operations": [{"op": "replace", "path": "title", "value": "T"}]}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[Authentik],
        source: "authentik's SCIM provider (source): the request is dumped without members that were not set",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::UnknownSchema, id: "unknown_schema",
        sent: r#"{"schemas": ["urn:ietf:params:scim:schemas:extension:enterprise:2.0User"], "title": "T"}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[Entra],
        source: "Microsoft docs, \"Develop and plan provisioning for a SCIM endpoint\": a documented create has this URN, another \"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group\"",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::ObjectForOperations, id: "object_for_operations",
        sent: r#"{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": {"op": "replace", "path": "title", "value": "T"}}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[],
        source: "on principle: one object where a list belongs, as OneLogin's templates have it for `emails`",
        note: Some(|_| "read the single object in Operations as a list of one".to_owned()),
    },
    QuirkRow {
        quirk: Quirk::EmptyPath, id: "empty_path",
        sent: r#"{"op": "replace", "path": "", "value": {"title": "T"}}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[],
        source: "on principle: serialisers that print what is not set",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::OperationMember, id: "operation_member",
        sent: r#"{"name": "addMember", "op": "add", "path": "title", "value": "T"}"#,
        understood: r#"[{"op": "add", "path": "title", "value": "T"}]"#,
        senders: &[],
        source: "on principle: an operation is op, path and value (RFC 7644 section 3.5.2); what stands beside them is not kept",
        note: None,
    },
    // Names.
    QuirkRow {
        quirk: Quirk::DottedKey, id: "dotted_key",
        sent: r#"{"op": "replace", "value": {"name.givenName": "Ada", "name.familyName": "King"}}"#,
        understood: r#"[{"op": "replace", "path": "name.givenName", "value": "Ada"}, {"op": "replace", "path": "name.familyName", "value": "King"}]"#,
        senders: &[EntraScim062020],
        source: MICROSOFT_FLAG,
        note: None,
    },
    QuirkRow {
        quirk: Quirk::UrnKey, id: "urn_key",
        sent: r#"{"op": "replace", "value": {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "7"}}"#,
        understood: r#"[{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "7"}]"#,
        senders: &[EntraScim062020],
        source: "Microsoft docs, the same page; WorkOS's scim-patch issue 207",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::CoreUrn, id: "core_urn",
        sent: r#"{"op": "replace", "value": {"urn:ietf:params:scim:schemas:core:2.0:User": {"title": "T", "name.givenName": "Ada"}}}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}, {"op": "replace", "path": "name.givenName", "value": "Ada"}]"#,
        senders: &[],
        source: "on principle: every attribute is written under its schema's URN, as RFC 7643 section 3.3 has it for extensions",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::FilterKey, id: "filter_key",
        sent: r#"{"op": "add", "value": {"emails[type eq \"work\"].value": "ada@example.com"}}"#,
        understood: r#"[{"op": "add", "path": "emails[type eq \"work\"].value", "value": "ada@example.com"}]"#,
        senders: &[EntraScim062020],
        source: "Microsoft's SCIM validator (LogicApp), Null_Update: value paths among the keys of a path-less operation",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::VersionedTail, id: "versioned_tail",
        sent: r#"{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:frontapp:teammate:2.0:User:template", "value": "tea_1"}"#,
        understood: r#"[{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:frontapp:teammate:template", "value": "tea_1"}]"#,
        senders: &[Entra, EntraScim062020],
        source: "Microsoft docs, \"Customize attribute mappings\": custom names have to look like urn:...:2.0:User:name",
        note: None,
    },
    QuirkRow {
        // Qualified::split, Draft::change_undeclared
        quirk: Quirk::UndeclaredUrn, id: "undeclared_urn",
        sent: r#"{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:acme:2.0:User:badge", "value": "7"}"#,
        understood: r#"[{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:acme:2.0:User:badge", "value": "7"}]"#,
        senders: &[Entra, EntraScim062020],
        source: "Microsoft's SCIMReferenceCode, Path.cs, TryExtractSchemaIdentifier, and its validator: the URN ends at the last colon; the URN is not in `schemas` (Microsoft docs, \"Customize attribute mappings\")",
        note: None,
    },
    QuirkRow {
        // Qualified::split
        quirk: Quirk::EnterpriseUrnWithoutColon, id: "enterprise_urn_without_colon",
        sent: r#"{"urn:ietf:params:scim:schemas:extension:enterprise:2.0User": {"department": "D"}}"#,
        understood: r#"[{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "D"}]"#,
        senders: &[Entra],
        source: "Microsoft docs, \"Develop and plan provisioning for a SCIM endpoint\": so in `schemas` of a documented create",
        note: None,
    },
    QuirkRow {
        // schema::misspelled
        quirk: Quirk::MisspelledUrn, id: "misspelled_urn",
        sent: r#"{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department", "value": "D"}"#,
        understood: r#"[{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "D"}]"#,
        senders: &[],
        source: "on principle: admins type the names of target attributes by hand",
        note: Some(|seen| format!("read \"{}\" as the attribute whose URN is spelled nearly so", seen.at)),
    },
    QuirkRow {
        // ResourceType::unqualified
        quirk: Quirk::WithoutUrn, id: "without_urn",
        sent: r#"{"op": "replace", "path": "department", "value": "D"}"#,
        understood: r#"[{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "D"}]"#,
        senders: &[],
        source: "on principle: admins map to the names that they read; in filters Microsoft documents `manager` without its URN (\"Develop and plan provisioning for a SCIM endpoint\")",
        note: Some(|seen| format!("read \"{}\" as {}", seen.at, text(seen.understood.as_ref()))),
    },
    QuirkRow {
        quirk: Quirk::UnknownAttribute, id: "unknown_attribute",
        sent: r#"{"title": "T", "department": "D"}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[OneLogin],
        source: "developers.onelogin.com, \"Implement a SCIM API\": the body is a template that the customer edits; Microsoft's documented create has `department` at the top",
        note: Some(ignored),
    },
    QuirkRow {
        quirk: Quirk::ReadOnlyEchoed, id: "read_only_echoed",
        sent: r#"{"op": "replace", "value": {"id": "tea_1", "title": "T"}}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[Okta, JumpCloud, Keycloak, OneLogin],
        source: "Okta's PUT is the GET before it with its own values laid over (captured), and its create has `groups: []`; OIN apps patch with an `id` in the value (Okta docs)",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::RelativeLocation, id: "relative_location",
        sent: r#"{"title": "T", "meta": {"location": "Users/5"}}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[Keycloak],
        source: "mitodl/keycloak-scim (source)",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::Password, id: "password",
        sent: r#"{"title": "T", "password": "1mz050nq"}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}]"#,
        senders: &[Okta],
        source: "Okta docs, SCIM 2.0 reference: always sent, a random one unless Sync Password is on",
        note: None,
    },
    // Values.
    QuirkRow {
        quirk: Quirk::QuotedBoolean, id: "quoted_boolean",
        sent: r#"{"op": "replace", "path": "active", "value": "False"}"#,
        understood: r#"[{"op": "replace", "path": "active", "value": false}]"#,
        senders: &[Entra, Keycloak, OneLogin],
        source: "Microsoft docs, SCIM 2.0 protocol compliance; mitodl/keycloak-scim (source) has \"true\"; Keepnet's OneLogin template has \"{$user.active}\"",
        note: Some(read_as),
    },
    QuirkRow {
        // normalise::filter
        quirk: Quirk::QuotedBooleanInFilter, id: "quoted_boolean_in_filter",
        sent: r#"{"op": "replace", "path": "roles[primary eq \"True\"].value", "value": "Admin"}"#,
        understood: r#"[{"op": "replace", "path": "roles[primary eq true].value", "value": "Admin"}]"#,
        senders: &[Entra, EntraScim062020],
        source: "Microsoft docs, \"Customize attribute mappings\": the target of an app role",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::NumberForBoolean, id: "number_for_boolean",
        sent: r#"{"op": "replace", "path": "active", "value": 0}"#,
        understood: r#"[{"op": "replace", "path": "active", "value": false}]"#,
        senders: &[],
        source: "on principle: sources without a type for booleans",
        note: Some(read_as),
    },
    QuirkRow {
        quirk: Quirk::ScalarForText, id: "scalar_for_text",
        sent: r#"{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": 701984}}"#,
        understood: r#"[{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "701984"}]"#,
        senders: &[],
        source: "on principle: directories that keep employee numbers and postal codes as numbers",
        note: Some(read_as),
    },
    QuirkRow {
        quirk: Quirk::ListOfOne, id: "list_of_one",
        sent: r#"{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": [{"$ref": null, "value": "m1"}]}"#,
        understood: r#"[{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"$ref": null, "value": "m1"}}]"#,
        senders: &[Entra],
        source: "Microsoft docs, \"Develop and plan provisioning for a SCIM endpoint\", example 5",
        note: Some(|seen| format!("read the list of one in {} as a single value", seen.at)),
    },
    QuirkRow {
        quirk: Quirk::ObjectForList, id: "object_for_list",
        sent: r#"{"emails": {"value": "ada@example.com"}}"#,
        understood: r#"[{"op": "replace", "path": "emails", "value": [{"value": "ada@example.com"}]}]"#,
        senders: &[OneLogin],
        source: "django-scim2's notes on OneLogin",
        note: Some(|seen| format!("read the single value of {} as a list of one", seen.at)),
    },
    QuirkRow {
        quirk: Quirk::BareValueForObject, id: "bare_value_for_object",
        sent: r#"{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "m1"}"#,
        understood: r#"[{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"value": "m1"}}]"#,
        senders: &[Entra, EntraScim062020],
        source: "Microsoft's SCIM validator, \"Add manager\"; imulab/go-scim issue 75",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::ValueInObject, id: "value_in_object",
        sent: r#"{"op": "Replace", "path": "displayName", "value": [{"$ref": null, "value": "Ada"}]}"#,
        understood: r#"[{"op": "replace", "path": "displayName", "value": "Ada"}]"#,
        senders: &[],
        source: "Microsoft's SCIMReferenceCode, PatchOperation2Combined.Create: a value of any path is an OperationValue, of `$ref` and `value`; not captured for simple attributes",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::EmptyString, id: "empty_string",
        sent: r#"{"op": "replace", "path": "title", "value": ""}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": null}]"#,
        senders: &[Entra, EntraScim062020, Okta],
        source: "Microsoft's SCIM validator (LogicApp), Null_Update; Okta's OIN test plan, case C9337",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::NullExtension, id: "null_extension",
        sent: r#"{"title": "T", "urn:ietf:params:scim:schemas:extension:frontapp:teammate": null}"#,
        understood: r#"[{"op": "replace", "path": "title", "value": "T"}, {"op": "remove", "path": "urn:ietf:params:scim:schemas:extension:frontapp:teammate"}]"#,
        senders: &[],
        source: "a published client of Front's SCIM API",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::JsonInString, id: "json_in_string",
        sent: r#"{"op": "add", "path": "roles", "value": [{"value": "{\"id\":\"1\",\"displayName\":\"R\"}"}]}"#,
        understood: r#"[{"op": "add", "path": "roles", "value": [{"value": "{\"id\":\"1\",\"displayName\":\"R\"}"}]}]"#,
        senders: &[Entra],
        source: "Microsoft docs, \"Customize attribute mappings\": AppRoleAssignmentsComplex without the flag; kept as sent",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::ListForOne, id: "list_for_one",
        sent: r#"{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:frontapp:teammate:template", "value": ["tea_1", "tea_2"]}"#,
        understood: r#"[{"op": "add", "path": "urn:ietf:params:scim:schemas:extension:frontapp:teammate:template", "value": ["tea_1", "tea_2"]}]"#,
        senders: &[],
        source: "help.front.com: of several templates the first by name is taken",
        note: Some(|seen| format!("{} came as a list: each of its texts was read, and the list kept as sent", seen.at)),
    },
    QuirkRow {
        quirk: Quirk::UndeclaredPart, id: "undeclared_part",
        sent: r#"{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"managerId": "7"}}}"#,
        understood: r#"[{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": {"managerId": "7"}}]"#,
        senders: &[OneLogin],
        source: "Keepnet's OneLogin template; kept as sent",
        note: None,
    },
    QuirkRow {
        // scim::secret
        quirk: Quirk::Secret, id: "secret",
        sent: r#"{"name": {"givenName": "Ada", "password": "1mz050nq"}, "urn:ietf:params:scim:schemas:extension:acme:2.0:User": {"badge": "7", "door": {"apiToken": "1mz050nq"}}}"#,
        understood: r#"[{"op": "replace", "path": "name", "value": {"givenName": "Ada"}}, {"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:acme:2.0:User", "value": {"badge": "7", "door": {}}}]"#,
        senders: &[],
        source: "on principle: an admin can map a password to any name, and it is stored under none",
        note: Some(|seen| format!("did not keep {}: by its name it is a secret", seen.at)),
    },
    // Operations.
    QuirkRow {
        // Draft::remove_values
        quirk: Quirk::RemoveByValue, id: "remove_by_value",
        sent: r#"{"op": "remove", "path": "emails", "value": [{"value": "ada@example.com"}]}"#,
        understood: r#"[{"op": "remove", "path": "emails", "value": [{"value": "ada@example.com"}]}]"#,
        senders: &[Entra, Authentik],
        source: "Microsoft docs, SCIM 2.0 protocol compliance: those elements are removed and no other",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::RemoveNull, id: "remove_null",
        sent: r#"{"op": "remove", "path": "emails", "value": null}"#,
        understood: r#"[{"op": "remove", "path": "emails"}]"#,
        senders: &[Keycloak],
        source: "mitodl/keycloak-scim (source): how it empties a list",
        note: None,
    },
    QuirkRow {
        quirk: Quirk::AddWithoutValue, id: "add_without_value",
        sent: r#"{"op": "add", "path": "entitlements[value eq \"e1\"]"}"#,
        understood: r#"[{"op": "add", "path": "entitlements[value eq \"e1\"]", "value": {}}]"#,
        senders: &[],
        source: "bitwarden/server handles it for group members: the filter is the value",
        note: None,
    },
    // Seen when the operations are applied.
    QuirkRow {
        // Draft::described_by
        quirk: Quirk::MadeByFilter, id: "made_by_filter",
        sent: r#"{"op": "replace", "path": "phoneNumbers[type eq \"work\"].value", "value": "1"}"#,
        understood: r#"[{"op": "replace", "path": "phoneNumbers[type eq \"work\"].value", "value": "1"}]"#,
        senders: &[Entra, EntraScim062020],
        source: "better-auth's and ory/polis's conformance tests for Entra, against RFC 7644 section 3.5.2.3: the element is made, with the filter's values",
        note: None,
    },
    QuirkRow {
        // Draft::remove
        quirk: Quirk::NothingToRemove, id: "nothing_to_remove",
        sent: r#"{"op": "remove", "path": "phoneNumbers[type eq \"fax\"]"}"#,
        understood: r#"[{"op": "remove", "path": "phoneNumbers[type eq \"fax\"]"}]"#,
        senders: &[],
        source: "on principle: a client that repeats a request whose answer was lost; what was to be gone is gone",
        note: Some(|seen| format!("found nothing to remove at {}", seen.at)),
    },
    QuirkRow {
        // draft::primary
        quirk: Quirk::TwoPrimaries, id: "two_primaries",
        sent: r#"{"emails": [{"value": "a@x", "primary": true}, {"value": "b@x", "primary": true}]}"#,
        understood: r#"[{"op": "replace", "path": "emails", "value": [{"value": "a@x", "primary": true}, {"value": "b@x", "primary": true}]}]"#,
        senders: &[],
        source: "RFC 7643 section 2.4 allows one; the first is kept",
        note: Some(|seen| format!("kept one value of {} as primary; another was sent as primary too", seen.at)),
    },
];

fn ignored(seen: &SeenQuirk) -> String {
    format!(
        "ignored \"{}\": not a core attribute{}",
        seen.at,
        enterprise_hint(&seen.at)
    )
}

fn read_as(seen: &SeenQuirk) -> String {
    let (sent, understood) = (shown(seen.sent.as_ref()), shown(seen.understood.as_ref()));
    format!("read {sent} as {understood} for {}", seen.at)
}

fn text(value: Option<&serde_json::Value>) -> &str {
    value
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
}

fn shown(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}
