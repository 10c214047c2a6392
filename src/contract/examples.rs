//! An example of each body: of a request as it is sent, of a response as its type is written.

use super::documented::{RequestExample, ResponseExample};
use super::refusals::Kind;
use super::responses::{ConnectionWithEndpoint, List, Problem, Status, TokenWithText, Well};
use crate::directory::company::plan::{Entitlement, Plan};
use crate::directory::company::{self, Company, Region, Settings};
use crate::directory::connection::{self, Connection, Provider};
use crate::directory::group::member::AppMember;
use crate::directory::group::{Adopted, AppGroup, Group, GroupState, fields as group_fields};
use crate::directory::id::{
    CompanyId, ConnectionId, GroupId, RequestId, TeammateId, TemplateId, TokenId,
};
use crate::directory::teammate::{self, AppTeammate, BlockedBy, Origin, Role, State, Teammate};
use crate::directory::template::{self, Template};
use crate::directory::time::Timestamp;
use crate::directory::token::{self, Scope, Token, token_text};
use crate::directory::twins::{self, Twin, Twins};
use crate::scim::Object;
use crate::scim::schema::CUSTOM_FIELDS_URN;
use serde_json::{Value, json};

const MADE: Timestamp = Timestamp(1_795_248_000_000);
const CHANGED: Timestamp = Timestamp(1_796_031_000_000);
const LATER: Timestamp = Timestamp(1_827_576_000_000);

/// Some that differ, as those of one company do.
const fn random(first: u8) -> [u8; 10] {
    [first, 94, 201, 33, 7, 148, 62, 255, 18, 120]
}

fn company_id() -> CompanyId {
    CompanyId::new(MADE, random(11))
}

fn connection_id() -> ConnectionId {
    ConnectionId::new(MADE, random(12))
}

fn template_id() -> TemplateId {
    TemplateId::new(MADE, random(13))
}

fn teammate_id() -> TeammateId {
    TeammateId::new(MADE, random(14))
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}

macro_rules! requests {
    ($($body:ty: $example:tt)*) => {$(
        impl RequestExample for $body {
            fn example() -> Value {
                json!($example)
            }
        }
    )*};
}

requests! {
    company::Fields: {
        "name": "Acme",
        "plan": "scale",
        "entitlements": ["group_sync"],
        "seats": 250,
        "group_sync_enabled": true,
        "unknown_template": "ignore",
        "user_name_must_be_primary_email": false,
        "allowed_domains": ["acme.com"],
        "idp_may_block_last_admin": false,
        "idp_may_unblock": true,
        "region": "weur",
        "retention_days": 90,
        "quota_bytes": 2_147_483_648_u64,
    }
    connection::Creation: {"provider": "okta", "name": "Acme's Okta"}
    connection::Edit: {"provider": "entra", "name": "Acme's Entra ID", "paused": true}
    token::Creation: {
        "name": "Okta",
        "scopes": ["auto_provisioning", "provisioning"],
        "expires_at": "2027-11-30T00:00:00Z",
        "connection_id": (connection_id()),
    }
    template::Fields: {
        "name": "Support",
        "role": "teammate",
        "workspaces": ["wor_1"],
        "inboxes": ["inb_1"],
        "custom_fields": {"team": "Support"},
        "preferences": {"language": "en"},
    }
    teammate::Creation: {
        "user_name": "rita@acme.com",
        "email": "rita@acme.com",
        "display_name": "Rita Rossi",
        "given_name": "Rita",
        "family_name": "Rossi",
        "external_id": "00u1a2b3",
        "role": "admin",
        "template_id": (template_id()),
        "custom_fields": {"team": "Support"},
    }
    teammate::Edit: {
        "user_name": "rita.rossi@acme.com",
        "email": "rita.rossi@acme.com",
        "display_name": "Rita Rossi",
        "given_name": "Rita",
        "family_name": "Rossi",
        "external_id": null,
        "role": "teammate",
        "custom_fields": {"team": "Sales"},
    }
    group_fields::Creation: {
        "display_name": "Support",
        "description": "First line",
        "members": [(teammate_id())],
    }
    group_fields::Edit: {
        "display_name": "First line",
        "description": null,
        "idp_managed": false,
    }
    group_fields::MembersDelta: {
        "add": [(teammate_id())],
        "remove": [(TeammateId::new(MADE, random(15)))],
    }
    group_fields::AllMembers: {"members": [(teammate_id())]}
    group_fields::Unconfirmed: {"ids": [(teammate_id())]}
}

macro_rules! responses {
    ($($body:ty: $example:expr;)*) => {$(
        impl ResponseExample for $body {
            fn example() -> Value {
                json!($example)
            }
        }
    )*};
}

responses! {
    Status: Status { status: Well::Ok };
    Company: company();
    ConnectionWithEndpoint<'static>: ConnectionWithEndpoint {
        connection: connection().for_app(),
        endpoint: format!("https://rollcall.example.com/scim/{}/v2", connection_id()),
    };
    Token: token();
    TokenWithText: TokenWithText {
        token: token(),
        text: token_text(&company_id(), [94; 32]),
    };
    Template: template();
    AppTeammate<'static>: teammate().for_app();
    Twins: twins();
    AppGroup<'static>: group().for_app(&company().settings);
    AppMember: member();
}

impl<T: ResponseExample> ResponseExample for List<T> {
    fn example() -> Value {
        json!(List {
            results: vec![T::example()],
            next: Some(teammate_id().to_string()),
        })
    }
}

pub(super) fn problem() -> Value {
    let described = Kind::NotFound.describe();
    json!(Problem {
        kind: format!("https://rollcall.example.com/errors#{}", described.name),
        title: described.title,
        status: described.status,
        detail: format!("There is no teammate {}.", teammate_id()),
        request_id: &RequestId::new(CHANGED, random(1)),
    })
}

fn company() -> Company {
    let settings = Settings {
        entitlements: vec![Entitlement::GroupSync],
        seats: Some(250),
        group_sync_enabled: true,
        allowed_domains: vec!["acme.com".to_owned()],
        region: Some(Region::WesternEurope),
        ..Settings::new("Acme".to_owned(), Plan::Scale)
    };
    Company {
        active_teammates: 214,
        listed_teammates: 221,
        active_admins: 3,
        updated_at: CHANGED,
        ..Company::new(company_id(), settings, MADE)
    }
}

fn connection() -> Connection {
    Connection {
        id: connection_id(),
        provider: Provider::Okta,
        name: "Acme's Okta".to_owned(),
        paused: false,
        first_seen_at: Some(MADE),
        last_seen_at: Some(CHANGED),
        created_at: MADE,
        updated_at: CHANGED,
    }
}

fn token() -> Token {
    Token {
        id: TokenId::new(MADE, random(16)),
        name: "Okta".to_owned(),
        scopes: vec![Scope::AutoProvisioning, Scope::Provisioning],
        connection_id: Some(connection_id()),
        created_at: MADE,
        expires_at: Some(LATER),
        revoked_at: None,
        last_used_at: Some(CHANGED),
    }
}

fn template() -> Template {
    Template {
        id: template_id(),
        name: "Support".to_owned(),
        role: Role::Teammate,
        workspaces: json!(["wor_1"]),
        inboxes: json!(["inb_1"]),
        custom_fields: json!({"team": "Support"}),
        preferences: json!({"language": "en"}),
        created_at: MADE,
        updated_at: CHANGED,
    }
}

fn teammate() -> Teammate {
    let attributes = json!({
        "displayName": "Rita Rossi",
        "name": {"givenName": "Rita", "familyName": "Rossi"},
        "emails": [{"value": "rita@acme.com", "type": "work", "primary": true}],
        CUSTOM_FIELDS_URN: {"team": "Support"},
    });
    Teammate {
        id: teammate_id(),
        user_name: "rita@acme.com".to_owned(),
        external_id: Some("00u1a2b3".to_owned()),
        state: State::Blocked,
        active_is_unassigned: false,
        blocked_by: Some(BlockedBy::Idp),
        renamed_from: None,
        role: Role::Teammate,
        template_id: Some(template_id()),
        origin: Origin::Scim,
        is_linked: true,
        attributes: object(attributes).into(),
        sessions_invalid_before: Some(CHANGED),
        version: 4,
        created_at: MADE,
        updated_at: CHANGED,
        state_changed_at: CHANGED,
    }
}

fn twins() -> Twins {
    let twin = |first, name: &str| Twin {
        id: TeammateId::new(MADE, random(first)).to_string(),
        name: name.to_owned(),
        state: State::Active,
    };
    Twins {
        kind: twins::Kind::Teammate,
        compared_as: "jos\u{e9}@acme.com".to_owned(),
        pair: [
            twin(17, "jos\u{e9}@acme.com"),
            twin(18, "jose\u{301}@acme.com"),
        ],
    }
}

fn group() -> Group {
    Group {
        id: GroupId::new(MADE, random(19)),
        display_name: "Support".to_owned(),
        external_id: Some("00g1a2b3".to_owned()),
        description: Some("First line".to_owned()),
        attributes: object(json!({"urn:example:2.0:Group": {"cost_centre": "4711"}})),
        is_linked: true,
        state: GroupState::Active,
        member_count: 12,
        unconfirmed_members: 2,
        version: 9,
        definition: 3,
        created_at: MADE,
        updated_at: CHANGED,
        state_changed_at: MADE,
        before_adoption: Some(Adopted {
            display_name: "Help desk".to_owned(),
            external_id: None,
            description: Some("First line".to_owned()),
            attributes: Object::new(),
        }),
    }
}

fn member() -> AppMember {
    AppMember {
        id: teammate_id(),
        user_name: "rita@acme.com".to_owned(),
        display_name: Some("Rita Rossi".to_owned()),
        state: State::Active,
        confirmed: true,
    }
}
