use super::super::{Preconditions, rewrite};
use super::*;
use crate::directory::fixtures::{NOW, access};
use crate::directory::id::TeammateId;
use crate::directory::teammate::Role;
use crate::directory::teammate::change::{Change, MAX_ATTRIBUTES_BYTES};
use crate::directory::teammate::fixtures::{found, rita, with};
use crate::scim::patch::PatchRequest;
use crate::scim::user::Replacement;
use serde_json::json;

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}

fn decided(
    access: &Access,
    found: &Found,
    request: &impl Rewrite,
) -> Result<(Change, Vec<String>), Refusal> {
    let id = rita().id;
    let unconditional = Preconditions::default();
    let target = Target {
        id: &id,
        preconditions: &unconditional,
    };
    let mut notes = Notes::new();
    match rewrite(access, found, target, request, NOW, &mut notes)? {
        Decision::Change(change) => Ok((*change, notes.sentences())),
        Decision::Nothing(_) => panic!("nothing changed"),
    }
}

fn patched(
    access: &Access,
    found: &Found,
    operations: &Value,
) -> Result<(Change, Vec<String>), Refusal> {
    let body = object(json!({ "Operations": operations }));
    decided(
        access,
        found,
        &PatchRequest::parse(&body).expect("read").value,
    )
}

fn put(access: &Access, found: &Found, body: Value) -> Result<(Change, Vec<String>), Refusal> {
    decided(access, found, &Replacement::read(&object(body)).value)
}

fn block() -> Value {
    json!({"op": "replace", "path": "active", "value": false})
}

fn replace(path: &str, value: &Value) -> Value {
    json!({"op": "replace", "path": path, "value": value})
}

fn holder(state: State) -> Found {
    Found {
        holder: Some(Teammate {
            id: TeammateId::named("tea_other"),
            user_name: "taken@acme.com".into(),
            state,
            ..rita()
        }),
        ..found(rita())
    }
}

/// The block was done, nothing of the name or the e-mails changed, and that is said of `at`.
#[track_caller]
fn blocked_without(outcome: Result<(Change, Vec<String>), Refusal>, at: &str) -> Change {
    let (change, notes) = outcome.expect("accepted");
    assert_eq!(change.after().state, State::Blocked);
    assert_eq!(change.after().user_name, rita().user_name);
    assert_eq!(change.after().folded_emails(), rita().folded_emails());
    let start = format!("\"{at}\" was left out, so that the user is blocked all the same: ");
    assert!(
        notes.iter().any(|note| note.starts_with(&start)),
        "{notes:?}"
    );
    change
}

#[test]
fn a_taken_name_keeps_nobody_in() {
    for state in [
        State::Active,
        State::Blocked,
        State::Removed,
        State::Deleted,
    ] {
        let rename = replace("userName", &json!("taken@acme.com"));
        let title = replace("title", &json!("Gone"));
        let outcome = patched(&access(), &holder(state), &json!([rename, title, block()]));
        let change = blocked_without(outcome, "userName");
        assert_eq!(change.after().attributes["title"], "Gone");
        assert_eq!(change.claimed_user_name(), None);
        // Without the block it is refused whole.
        let refusal =
            patched(&access(), &holder(state), &json!([rename, title])).expect_err("refused");
        assert!(is_about_a_part(&refusal));
        let body = json!({"userName": "taken@acme.com", "active": false, "emails": [{"value": "rita@acme.com"}]});
        blocked_without(put(&access(), &holder(state), body), "userName");
    }
}

#[test]
fn nor_does_a_rule_of_the_company() {
    let mut access = access();
    access.company.settings.allowed_domains = vec!["acme.com".into()];
    let rename = replace("userName", &json!("rita@other.com"));
    blocked_without(
        patched(&access, &found(rita()), &json!([rename, block()])),
        "userName",
    );

    access.company.settings.allowed_domains.clear();
    access.company.settings.user_name_must_be_primary_email = true;
    blocked_without(
        patched(&access, &found(rita()), &json!([rename, block()])),
        "userName",
    );
    let email = replace("emails", &json!([{"value": "other@acme.com"}]));
    blocked_without(
        patched(&access, &found(rita()), &json!([email, block()])),
        "emails",
    );
    let third = replace("userName", &json!("third@acme.com"));
    let both = patched(&access, &found(rita()), &json!([email, third, block()]));
    blocked_without(both.clone(), "userName");
    blocked_without(both, "emails");
}

#[test]
fn what_does_not_fit_is_left_out_and_the_rest_is_not() {
    let texts: Object = (0..4)
        .map(|place| (format!("field{place}"), json!("r".repeat(60_000))))
        .collect();
    let large = with(&rita(), "urn:example:x", json!(texts));
    let more = [json!({"value": "p".repeat(30_000)})];
    let operations = json!([
        replace("photos", &json!(more)),
        replace("title", &json!("Gone")),
        block()
    ]);
    let change = blocked_without(patched(&access(), &found(large), &operations), "photos");
    let attributes = &change.after().attributes;
    assert_eq!(attributes["title"], "Gone");
    assert_eq!(attributes.get("photos"), None);
    assert!(attributes.json().len() <= MAX_ATTRIBUTES_BYTES);
}

#[test]
fn one_who_is_blocked_already_is_treated_alike() {
    let blocked = found(Teammate {
        state: State::Blocked,
        ..rita()
    });
    let bad = replace("shoeSize", &json!(43));
    let title = replace("title", &json!("Gone"));
    for operations in [json!([bad, title]), json!([title, bad, block()])] {
        blocked_without(patched(&access(), &blocked, &operations), "shoeSize");
    }
    let body = json!({"userName": "rita@acme.com", "title": "Gone", "nickName": {"a": 1},
        "emails": [{"value": "rita@acme.com"}]});
    blocked_without(put(&access(), &blocked, body), "nickName");
    // It would unblock: whole or not at all.
    let unblock = replace("active", &json!(true));
    assert!(matches!(
        patched(&access(), &blocked, &json!([bad, unblock])),
        Err(Refusal::Scim(_))
    ));
}

#[test]
fn one_who_stays_is_changed_whole_or_not_at_all() {
    let bad = replace("shoeSize", &json!(43));
    for operations in [
        json!([bad]),
        json!([bad, replace("active", &json!("perhaps"))]),
        json!([block(), bad, replace("active", &json!("True"))]),
        json!([replace("title", &json!("Gone")), bad]),
    ] {
        let outcome = patched(&access(), &found(rita()), &operations);
        assert!(matches!(outcome, Err(Refusal::Scim(error)) if error.detail.contains("shoeSize")));
    }
    let body = json!({"userName": "rita@acme.com", "title": {"a": 1}});
    assert!(matches!(
        put(&access(), &found(rita()), body),
        Err(Refusal::Scim(_))
    ));
}

#[test]
fn the_last_admin_stays_whatever_else_is_wrong() {
    let admin = found(Teammate {
        role: Role::Admin,
        ..rita()
    });
    let mut access = access();
    access.company.active_admins = 1;
    let bad = replace("shoeSize", &json!(43));
    assert!(matches!(
        patched(&access, &admin, &json!([bad, block()])),
        Err(Refusal::LastAdmin { .. })
    ));
}
