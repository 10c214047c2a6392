//! What the directory's tests begin with.

use super::access::Access;
use super::company::plan::Plan;
use super::company::{Company, Settings};
use super::id::{CompanyId, TokenId};
use super::time::Timestamp;
use super::token::{Scope, Token};

pub(super) const NOW: Timestamp = Timestamp(1_763_717_400_000);
pub(super) const BEFORE: Timestamp = Timestamp(1_763_000_000_000);

pub(super) fn company() -> Company {
    Company {
        active_teammates: 1,
        listed_teammates: 1,
        ..Company::new(
            CompanyId::named("cmp_acme"),
            Settings::new("Acme".into(), Plan::Scale),
            BEFORE,
        )
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
