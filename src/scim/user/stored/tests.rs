use super::{NoObject, StoredUser};
use crate::scim::etag::EntityTag;
use crate::scim::user::tests::properties::near_user;
use crate::scim::user::{GroupOfUser, Understood, User, UserMeta, UserResource};
use proptest::prelude::*;

const META: UserMeta<'static> = UserMeta {
    id: "tea_1",
    created: "2026-01-01T00:00:00Z",
    last_modified: "2026-01-02T00:00:00Z",
    base: "https://host/v2",
    version: EntityTag(7),
};

fn written(user: &User, attributes: &str, groups: &[GroupOfUser]) -> Result<String, NoObject> {
    let mut out = b"[".to_vec();
    StoredUser {
        user_name: &user.user_name,
        external_id: user.external_id.as_deref(),
        active: user.active,
        attributes,
        groups,
        meta: META,
    }
    .write(&mut out)?;
    Ok(String::from_utf8(out).expect("text"))
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_rendered(body in near_user(), groups in 0_usize..3) {
        let Ok(Understood { value: user, .. }) = User::from_request(&body) else {
            return Ok(());
        };
        let groups: Vec<GroupOfUser> = (0..groups)
            .map(|number| GroupOfUser {
                id: format!("grp_{number}"),
                display_name: (number > 0).then(|| format!("\"G\\ {number}\" é")),
            })
            .collect();
        let rendered = serde_json::to_string(&UserResource {
            user_name: &user.user_name,
            external_id: user.external_id.as_deref(),
            active: user.active,
            attributes: &user.attributes,
            groups: &groups,
            meta: META,
        });
        let attributes = serde_json::to_string(&user.attributes).expect("JSON");
        prop_assert_eq!(
            written(&user, &attributes, &groups),
            Ok(format!("[{}", rendered.expect("JSON")))
        );
    }

    #[test]
    fn no_text_makes_it_panic(text in "[{}\\[\\]\",: a\\\\1é]{0,12}") {
        let user = User {
            user_name: "u".to_owned(),
            external_id: None,
            active: None,
            attributes: crate::scim::Object::new(),
        };
        let is_object = serde_json::from_str::<crate::scim::Object>(&text).is_ok();
        prop_assert!(written(&user, &text, &[]).is_ok() || !is_object);
    }
}

#[test]
fn white_space_between_members_is_passed_over() {
    let user = User {
        user_name: "u".to_owned(),
        external_id: None,
        active: None,
        attributes: crate::scim::Object::new(),
    };
    let spaced = " { \"title\" : \"T\" , \"urn:x\" : { \"a\" : 1 } } ";
    let written = written(&user, spaced, &[]).expect("written");
    let object: serde_json::Value = serde_json::from_str(&written[1..]).expect("JSON");
    assert_eq!(
        (&object["title"], &object["urn:x"]["a"]),
        (&"T".into(), &1.into())
    );
}

#[test]
fn what_is_no_object_is_said_to_be_none() {
    let user = User {
        user_name: "u".to_owned(),
        external_id: None,
        active: None,
        attributes: crate::scim::Object::new(),
    };
    for text in [
        "",
        "[]",
        "null",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":\"\\",
    ] {
        assert_eq!(written(&user, text, &[]), Err(NoObject), "{text}");
    }
}
