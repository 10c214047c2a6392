//! What the tests of teammates begin with.

use super::found::Found;
use super::{Origin, Role, State, Teammate};
use crate::directory::fixtures::BEFORE;
use crate::directory::id::TeammateId;
use crate::scim::user::User;
use serde_json::Value;

pub(in crate::directory) fn rita() -> Teammate {
    Teammate {
        id: TeammateId::named("tea_rita"),
        user_name: "rita@acme.com".into(),
        external_id: Some("00u1".into()),
        state: State::Active,
        role: Role::Teammate,
        template_id: None,
        origin: Origin::Scim,
        is_linked: true,
        attributes: user("rita@acme.com", &serde_json::json!({}))
            .attributes
            .into(),
        active_is_unassigned: false,
        blocked_by: None,
        renamed_from: None,
        sessions_invalid_before: None,
        version: 3,
        created_at: BEFORE,
        updated_at: BEFORE,
        state_changed_at: BEFORE,
    }
}

/// The teammate with another value of one attribute.
pub(in crate::directory) fn with(teammate: &Teammate, name: &str, value: Value) -> Teammate {
    let mut attributes = teammate.as_user().attributes;
    attributes.insert(name.to_owned(), value);
    Teammate {
        attributes: attributes.into(),
        ..teammate.clone()
    }
}

/// A user with the userName as its e-mail, and what `more` says.
pub(in crate::directory) fn user(user_name: &str, more: &Value) -> User {
    let mut body = serde_json::json!({
        "userName": user_name,
        "emails": [{"value": user_name, "primary": true}],
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    User::from_request(body.as_object().expect("an object"))
        .expect("a valid user")
        .value
}

pub(in crate::directory) fn found(teammate: Teammate) -> Found {
    Found {
        teammate: Some(teammate),
        ..Found::nothing()
    }
}
