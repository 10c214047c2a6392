//! What clients send for what they mean.

use super::{ACME, ENTERPRISE, Email, Field, Meaning};
use serde_json::{Value, json};

const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE_WITHOUT_COLON: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0User";

/// Every spelling; the first is that of RFC 7644.
pub(super) fn spelled(meaning: &Meaning) -> Vec<Value> {
    match meaning {
        Meaning::Set(field, Some(text)) => set(*field, &json!(text)),
        Meaning::Set(field, None) => clear(*field),
        Meaning::Activate(active) => {
            let word = if *active { "True" } else { "False" };
            let mut all = Vec::new();
            for value in [
                json!(active),
                json!(word),
                json!(word.to_lowercase()),
                json!([active]),
            ] {
                all.push(json!({"op": "replace", "path": "active", "value": value}));
                all.push(json!({"op": "Add", "path": "ACTIVE", "value": value}));
                all.push(json!({"op": "replace", "value": {"active": value, "id": "x"}}));
                all.push(json!({"op": "add", "value": {format!("{CORE}:active"): value}}));
            }
            all
        }
        Meaning::AddEmail(email) => {
            let (plain, loose) = (email.to_json(), loosely(email));
            vec![
                json!({"op": "add", "path": "emails", "value": [plain]}),
                json!({"op": "Add", "path": "emails", "value": plain}),
                json!({"OP": "add", "PATH": "Emails", "VALUE": [loose]}),
                json!({"op": "add", "value": {"emails": [loose], "password": "p"}}),
                json!({"op": "add", "value": {"emails": plain}}),
                json!({"op": "add", "path": format!("{CORE}:emails"), "value": [plain, null]}),
            ]
        }
        Meaning::ReplaceEmails(emails) => {
            let plain: Vec<Value> = emails.iter().map(Email::to_json).collect();
            let loose: Vec<Value> = emails.iter().map(loosely).collect();
            vec![
                json!({"op": "replace", "path": "emails", "value": plain}),
                json!({"op": "Replace", "path": "emails", "value": loose}),
                json!({"op": "replace", "path": "", "value": {"EMAILS": loose, "groups": []}}),
            ]
        }
        Meaning::SetEmailOf(kind, value) => {
            let by_type = format!("emails[type eq \"{kind}\"]");
            let path = format!("{by_type}.value");
            let value = value.as_ref().map_or(Value::Null, |text| json!(text));
            let mut all = vec![
                json!({"op": "replace", "path": path, "value": value}),
                json!({"op": "Add", "path": path, "value": value}),
                json!({"op": "replace", "path": format!("EMAILS[ TYPE EQ \"{kind}\" ].VALUE"), "value": value}),
                json!({"op": "replace", "value": {path.clone(): value}}),
                json!({"op": "add", "path": format!("{CORE}:{path}"), "value": [value]}),
            ];
            if value.is_null() {
                all.push(json!({"op": "replace", "path": path, "value": ""}));
                all.push(json!({"op": "replace", "path": by_type, "value": ""}));
                all.push(json!({"op": "replace", "path": by_type, "value": null}));
            } else {
                all.push(json!({"op": "add", "path": by_type, "value": {"value": value}}));
                all.push(json!({"op": "add", "path": by_type, "value": [{"VALUE": value}]}));
                all.push(json!({"op": "add", "path": by_type, "value": value}));
            }
            all
        }
        Meaning::MakePrimary(kind) => {
            let path = format!("emails[type eq \"{kind}\"].primary");
            vec![
                json!({"op": "replace", "path": path, "value": true}),
                json!({"op": "Add", "path": path, "value": "True"}),
                json!({"op": "add", "value": {path.clone(): "true"}}),
                json!({"op": "add", "path": format!("emails[type eq \"{kind}\"]"), "value": {"primary": "True"}}),
            ]
        }
        Meaning::RemoveEmailsOf(kind) => vec![
            json!({"op": "remove", "path": format!("emails[type eq \"{kind}\"]")}),
            json!({"op": "Remove", "path": format!("Emails[Type Eq \"{kind}\"]"), "value": null}),
            json!({"op": "remove", "path": format!("emails[type eq \"{kind}\"].value")}),
            json!({"op": "remove", "path": format!("emails[type eq \"{kind}\" and type pr]")}),
        ],
        Meaning::RemoveEmail(value) => [
            json!([{"value": value}]),
            json!({"value": value}),
            json!(value),
            json!([{"$ref": null, "value": value}]),
        ]
        .into_iter()
        .map(|value| json!({"op": "Remove", "path": "emails", "value": value}))
        .collect(),
        Meaning::RemoveAllEmails => vec![
            json!({"op": "remove", "path": "emails"}),
            json!({"op": "remove", "path": "emails", "value": null}),
            json!({"op": "replace", "path": "emails", "value": []}),
            json!({"op": "Replace", "path": "emails", "value": null}),
            json!({"op": "replace", "value": {"emails": ""}}),
        ],
    }
}

/// As a client writes it that prints what is not set, and booleans as words.
fn loosely(email: &Email) -> Value {
    let word = email
        .primary
        .map(|primary| if primary { "True" } else { "False" });
    json!({"VALUE": email.value, "Type": email.kind, "primary": word, "display": ""})
}

fn set(field: Field, value: &Value) -> Vec<Value> {
    let mut all = at(field, value);
    if field == Field::Manager {
        for shape in [
            json!({"value": value}),
            json!([{"$ref": null, "value": value}]),
            json!([value]),
        ] {
            all.extend(at(field, &shape));
        }
        let replace = json!("replace");
        all.extend(in_urn(&replace, ENTERPRISE, "manager.value", value));
        all.extend(without_urn(&replace, "manager.value", value));
    } else if field != Field::Badge {
        all.extend(at(field, &json!([value])));
    }
    all
}

fn clear(field: Field) -> Vec<Value> {
    let mut all = at(field, &Value::Null);
    // What nobody declared is kept as sent, an empty text too.
    if field != Field::Badge {
        all.extend(at(field, &json!("")));
    }
    let path = match field {
        Field::Title => "title".to_owned(),
        Field::GivenName => "name.givenName".to_owned(),
        Field::FamilyName => "Name.FamilyName".to_owned(),
        Field::Department => format!("{ENTERPRISE}:department"),
        Field::Manager => format!("{ENTERPRISE}:manager"),
        Field::Badge => format!("{ACME}:badge"),
    };
    all.push(json!({"op": "remove", "path": path}));
    if field == Field::Manager {
        all.push(json!({"op": "remove", "path": format!("{path}.value")}));
        all.push(json!({"op": "remove", "path": format!("{path}[value pr]")}));
        all.push(json!({"op": "remove", "path": "manager[value pr or displayName eq null]"}));
        all.extend(at(field, &json!({"value": ""})));
    } else {
        // Of what has parts, a value says which one is to go, and another stays.
        all.push(json!({"op": "Remove", "path": path, "value": "whatever it was"}));
    }
    all
}

/// A value in every place where a client puts it.
fn at(field: Field, value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for op in [
        json!("replace"),
        json!("Replace"),
        json!("add"),
        json!("Add"),
    ] {
        match field {
            Field::Title => all.extend([
                json!({"op": op, "path": "title", "value": value}),
                json!({"op": op, "path": "TITLE", "value": value}),
                json!({"op": op, "value": {"title": value}}),
                json!({"op": op, "path": format!("{CORE}:title"), "value": value}),
                json!({"op": op, "value": {format!("{CORE}:title"): value}}),
                json!({"op": op, "value": {CORE: {"title": value}}}),
                json!({"op": op, "path": CORE, "value": {"title": value}}),
            ]),
            Field::GivenName => all.extend(in_name(&op, "givenName", value)),
            Field::FamilyName => all.extend(in_name(&op, "familyName", value)),
            Field::Department => {
                all.extend(in_urn(&op, ENTERPRISE, "department", value));
                all.extend(in_urn(&op, ENTERPRISE_WITHOUT_COLON, "Department", value));
                all.extend(without_urn(&op, "department", value));
            }
            Field::Manager => {
                all.extend(in_urn(&op, ENTERPRISE, "manager", value));
                all.extend(without_urn(&op, "Manager", value));
            }
            Field::Badge => all.extend(in_urn(&op, ACME, "badge", value)),
        }
    }
    all
}

fn in_name(op: &Value, name: &str, value: &Value) -> [Value; 5] {
    [
        json!({"op": op, "path": format!("name.{name}"), "value": value}),
        json!({"op": op, "value": {format!("name.{name}"): value}}),
        json!({"op": op, "path": "name", "value": {name: value}}),
        json!({"op": op, "path": "name", "value": [{name: value}]}),
        json!({"op": op, "value": {"NAME": {name.to_uppercase(): value}}}),
    ]
}

fn without_urn(op: &Value, name: &str, value: &Value) -> [Value; 2] {
    [
        json!({"op": op, "path": name, "value": value}),
        json!({"op": op, "value": {name: value}}),
    ]
}

fn in_urn(op: &Value, urn: &str, name: &str, value: &Value) -> Vec<Value> {
    let mut all = vec![
        json!({"op": op, "path": format!("{urn}:{name}"), "value": value}),
        json!({"op": op, "value": {format!("{urn}:{name}"): value}}),
        json!({"op": op, "value": {urn: {name: value}}}),
        json!({"op": op, "path": urn, "value": {name: value}}),
    ];
    // An object under an unregistered URN would be an extension of that longer name.
    if urn == ACME && value.is_object() {
        all.drain(..2);
    }
    all
}
