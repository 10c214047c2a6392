//! Names, texts and extensions.

use super::*;

#[test]
fn a_rename_keeps_the_id_and_frees_the_name() {
    for decision in [
        put(
            &found(linked()),
            &GroupBody {
                external_id: linked().external_id,
                ..body("Help desk")
            },
        ),
        patched(&found(linked()), &renaming("Help desk")),
    ] {
        let change = change(decision);
        assert_eq!(change.event_type(), Some(EventType::GroupRenamed));
        assert_eq!(change.members(), &Members::Keep);
        assert_eq!(
            change.claimed_name().as_ref().map(NameKey::folded),
            Some("help desk")
        );
        let after = Group {
            display_name: "Help desk".into(),
            version: 8,
            definition: 3,
            updated_at: NOW,
            ..linked()
        };
        assert_eq!(change.into_after(), after);
    }
}

#[test]
fn a_rename_to_another_spelling_of_the_same_name_claims_nothing() {
    let found = Found {
        holder: Some(linked()),
        ..found(linked())
    };
    let change = change(patched(&found, &renaming("SUPPORT ")));
    assert_eq!(change.event_type(), Some(EventType::GroupRenamed));
    assert_eq!(change.claimed_name(), None);
}

#[test]
fn the_name_of_another_group_is_a_conflict() {
    for holder in [
        sales(),
        Group {
            is_linked: false,
            ..sales()
        },
    ] {
        let found = Found {
            holder: Some(holder.clone()),
            ..found(linked())
        };
        let taken = Err(Refusal::group_name_taken(&holder));
        assert_eq!(put(&found, &body("sales")), taken);
        assert_eq!(patched(&found, &renaming("SALES")), taken);
    }
}

#[test]
fn an_unchanged_name_in_every_request_is_no_conflict_and_no_change() {
    // Okta repeats the name whenever it changes members.
    let found = Found {
        holder: Some(linked()),
        ..found(linked())
    };
    assert_eq!(nothing(patched(&found, &renaming("Support"))), linked());
    let change = change(patched(
        &found,
        &GroupChange {
            members: added(&["tea_1"]),
            ..renaming("Support")
        },
    ));
    assert_eq!(change.event_type(), None);
    assert_eq!(change.members(), &Members::Change(added(&["tea_1"])));
    let after = change.into_after();
    assert_eq!((after.version, after.definition), (8, 2));
}

#[test]
fn texts_are_kept_cleared_and_set() {
    let cleared = GroupChange {
        external_id: TextChange::Clear,
        description: TextChange::Clear,
        ..GroupChange::default()
    };
    let emptied = change(patched(&found(linked()), &cleared));
    assert_eq!(emptied.event_type(), Some(EventType::GroupUpdated));
    assert_eq!(emptied.after().external_id, None);
    assert_eq!(emptied.after().description, None);
    let set = GroupChange {
        external_id: TextChange::Set("9".into()),
        description: TextChange::Set("Second line".into()),
        ..GroupChange::default()
    };
    let updated = change(patched(&found(linked()), &set));
    assert_eq!(updated.after().external_id.as_deref(), Some("9"));
    assert_eq!(updated.after().description.as_deref(), Some("Second line"));
    assert_eq!(
        nothing(patched(&found(linked()), &GroupChange::default())),
        linked()
    );
}

#[test]
fn a_put_replaces_all_but_what_only_others_speak_of() {
    let replaced = change(put(&found(linked()), &body("Support")));
    assert_eq!(replaced.members(), &Members::Keep);
    assert_eq!(replaced.after().external_id, None);
    assert_eq!(replaced.after().description.as_deref(), Some("First line"));
    let cleared = GroupBody {
        external_id: linked().external_id,
        description: TextChange::Clear,
        members: Some(BTreeSet::new()),
        ..body("Support")
    };
    let replaced = change(put(&found(linked()), &cleared));
    assert_eq!(replaced.after().description, None);
    assert_eq!(replaced.members(), &Members::Change(all(&[])));
}

fn extensions(value: &Value) -> Object {
    value.as_object().expect("an object").clone()
}

#[test]
fn extensions_are_a_part_of_the_definition() {
    let has = |tag: &str| extensions(&json!({"urn:x:y": {"tag": tag}}));
    let patch = |operations: Value| {
        let body = json!({ "Operations": operations });
        let body = body.as_object().expect("an object");
        GroupChange::from_request(body, "https://host/v2")
            .expect("understood")
            .value
    };
    let pushed = GroupBody {
        extensions: has("t"),
        ..body("Support")
    };
    let made = change(created(&Found::default(), &pushed));
    assert_eq!(made.after().attributes, has("t"));
    let before = Group {
        attributes: has("t"),
        ..linked()
    };
    let tagged = patch(json!([{"op": "replace", "path": "urn:x:y:tag", "value": "t2"}]));
    let updated = change(patched(&found(before.clone()), &tagged));
    assert_eq!(updated.event_type(), Some(EventType::GroupUpdated));
    assert_eq!(updated.after().attributes, has("t2"));
    assert_eq!(updated.after().definition, before.definition + 1);
    // What is there already is no change.
    let again = patch(json!([{"op": "replace", "path": "urn:x:y:tag", "value": "t"}]));
    assert_eq!(nothing(patched(&found(before.clone()), &again)), before);
    // A PUT has all that is left, as that of a user has.
    let replaced = change(put(&found(before.clone()), &body("Support")));
    assert_eq!(replaced.after().attributes, Object::new());
    // What can't be done with what is there is refused, and so is all else.
    let refused = patch(json!([
        {"op": "replace", "path": "displayName", "value": "Help"},
        {"op": "add", "path": "urn:x:y:list[value co \"A\"].display", "value": "d"}
    ]));
    let refusal = patched(&found(before), &refused).expect_err("refused");
    assert!(
        refusal.to_string().contains("matches [value co"),
        "{refusal}"
    );
}

#[test]
fn an_adoption_keeps_the_extensions_that_were() {
    let old = Group {
        attributes: extensions(&json!({"urn:x:y": {"tag": "old"}})),
        ..support()
    };
    let pushed = GroupBody {
        extensions: extensions(&json!({"urn:x:z": {"tag": "new"}})),
        ..body("Support")
    };
    let adopted = change(created(&held_by(old.clone()), &pushed)).into_after();
    assert_eq!(adopted.attributes, pushed.extensions);
    let kept = adopted.before_adoption.expect("adopted").attributes;
    assert_eq!(kept, old.attributes);
}
