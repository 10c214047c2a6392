use super::quirk::QUIRKS;
use super::{Dialect, Quirk, SIGNS, Signs, recognise};
use crate::scim::Object;
use crate::scim::draft::Draft;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::of_body;
use crate::scim::normalise::operation::Operation;
use crate::scim::normalise::tests::{printed, understood};
use crate::scim::schema::USER;
use serde_json::{Value, json};

/// What a row shows as sent, understood and applied to a user who has nothing but a userName.
fn shown(sent: &str) -> (Vec<Operation>, Notes) {
    let sent: Object = serde_json::from_str(sent).expect("an object");
    let mut notes = Notes::new();
    let is = |name: &str| sent.keys().any(|key| key.eq_ignore_ascii_case(name));
    let operations = if is("Operations") {
        understood(&Value::Object(sent), &mut notes)
    } else if is("op") {
        let body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [sent]
        });
        understood(&body, &mut notes)
    } else {
        of_body(&sent, &USER, &mut notes)
    };
    let operations = operations.expect("understood");
    let user = json!({ "userName": "ada" });
    let mut draft = Draft::of(user.as_object().expect("an object").clone());
    for operation in &operations {
        draft.apply(operation).expect("applied");
    }
    notes.absorb(draft.finish().expect("a user").notes);
    (operations, notes)
}

#[test]
fn every_row_is_seen_and_understood_as_it_says() {
    for row in &QUIRKS {
        let (operations, notes) = shown(row.sent);
        assert!(
            notes.quirks().contains(&row.quirk),
            "{}: saw {:?}",
            row.id,
            notes.quirks()
        );
        let expected: Value = serde_json::from_str(row.understood).expect("JSON");
        assert_eq!(printed(&operations), expected, "{}", row.id);
    }
}

#[test]
fn the_canonical_form_has_no_quirk_but_those_of_meaning() {
    // These are not about the form: the canonical operation does the same, and so is seen again.
    let of_meaning = [
        Quirk::JsonInString,
        Quirk::ListForOne,
        Quirk::UndeclaredPart,
        Quirk::UndeclaredUrn,
        Quirk::RemoveByValue,
        Quirk::MadeByFilter,
        Quirk::NothingToRemove,
        Quirk::TwoPrimaries,
    ];
    for row in &QUIRKS {
        let operations: Value = serde_json::from_str(row.understood).expect("JSON");
        let request = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": operations
        });
        let (_, notes) = shown(&request.to_string());
        let others: Vec<Quirk> = notes
            .quirks()
            .into_iter()
            .filter(|quirk| !of_meaning.contains(quirk))
            .collect();
        assert_eq!(others, [], "{}", row.id);
    }
}

#[test]
fn each_quirk_has_one_row() {
    for (place, row) in QUIRKS.iter().enumerate() {
        let first = QUIRKS.iter().position(|other| other.quirk == row.quirk);
        assert_eq!(first, Some(place), "{}", row.id);
        let first = QUIRKS.iter().position(|other| other.id == row.id);
        assert_eq!(first, Some(place), "{}", row.id);
        assert!(!row.source.is_empty(), "{}", row.id);
    }
    // The last variant: the table has as many rows as there are quirks.
    assert_eq!(QUIRKS.len(), Quirk::TwoPrimaries as usize + 1);
    assert!(SIGNS.iter().all(|row| !row.source.is_empty()));
}

fn heard(
    user_agent: Option<&str>,
    query: &str,
    provider: Option<&str>,
    quirks: &[Quirk],
) -> Dialect {
    recognise(&Signs {
        user_agent,
        query,
        provider,
        quirks,
    })
}

#[test]
fn clients_are_recognised_by_what_they_say_what_was_set_and_what_they_do() {
    let capitals = [Quirk::OperationLetterCase];
    let flat = [Quirk::DottedKey];
    for (dialect, expected) in [
        (
            heard(Some("Okta SCIM Client 1.0.0"), "", None, &[]),
            Dialect::Okta,
        ),
        (
            heard(Some("OKTA SCIM Integration"), "", None, &[]),
            Dialect::Okta,
        ),
        (
            heard(Some("OneLogin SCIM"), "", None, &[]),
            Dialect::OneLogin,
        ),
        // What the client says of itself comes before what was set.
        (
            heard(Some("OneLogin SCIM"), "", Some("okta"), &capitals),
            Dialect::OneLogin,
        ),
        (
            heard(None, "aadOptscim062020", None, &[]),
            Dialect::EntraScim062020,
        ),
        (
            heard(None, "AADOPTSCIM062020=&count=1", Some("entra"), &[]),
            Dialect::EntraScim062020,
        ),
        (heard(None, "", Some("entra"), &capitals), Dialect::Entra),
        (
            heard(None, "", Some("entra"), &flat),
            Dialect::EntraScim062020,
        ),
        (
            heard(None, "", Some("jumpcloud"), &flat),
            Dialect::JumpCloud,
        ),
        (heard(None, "", Some("custom"), &capitals), Dialect::Entra),
        (
            heard(None, "", None, &[Quirk::MissingSchemas]),
            Dialect::Authentik,
        ),
        (
            heard(None, "", None, &[Quirk::RelativeLocation]),
            Dialect::Keycloak,
        ),
        (
            heard(
                Some("curl/8"),
                "count=1",
                Some("custom"),
                &[Quirk::EmptyString],
            ),
            Dialect::Unknown,
        ),
        (heard(None, "", None, &[]), Dialect::Unknown),
    ] {
        assert_eq!(dialect, expected);
    }
}
