//! What the directory's tests begin with.

use super::access::Access;
use super::company::{Company, Settings};
use super::id::{CompanyId, TeammateId, TokenId};
use super::plan::Plan;
use super::provisioning::Found;
use super::teammate::{Origin, Role, State, Teammate};
use super::time::Timestamp;
use super::token::{Scope, Token};
use crate::scim::user::User;
use serde_json::Value;

pub(super) const NOW: Timestamp = Timestamp(1_763_717_400_000);
const BEFORE: Timestamp = Timestamp(1_763_000_000_000);

pub(super) fn company() -> Company {
    Company {
        id: CompanyId::named("cmp_acme"),
        settings: Settings::new("Acme".into(), Plan::Scale),
        rules_version: 1,
        active_teammates: 1,
        listed_teammates: 1,
        active_admins: 0,
        kept_bytes: 0,
        created_at: BEFORE,
        updated_at: BEFORE,
    }
}

pub(super) fn access() -> Access {
    Access {
        company: company(),
        token: Token {
            id: TokenId::named("tok_1"),
            name: "Okta".into(),
            scopes: vec![Scope::AutoProvisioning],
            connection_id: None,
            created_at: BEFORE,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        },
        connection: None,
    }
}

pub(super) fn rita() -> Teammate {
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
pub(super) fn with(teammate: &Teammate, name: &str, value: Value) -> Teammate {
    let mut attributes = teammate.as_user().attributes;
    attributes.insert(name.to_owned(), value);
    Teammate {
        attributes: attributes.into(),
        ..teammate.clone()
    }
}

/// A user with the userName as its e-mail, and what `more` says.
pub(super) fn user(user_name: &str, more: &Value) -> User {
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

pub(super) fn found(teammate: Teammate) -> Found {
    Found {
        teammate: Some(teammate),
        ..Found::nothing()
    }
}
