//! Who calls, on whose behalf, and whether they may.

use super::company::Company;
use super::company::plan::Entitlement;
use super::connection::Connection;
use super::id::{ConnectionId, TokenId};
use super::refusal::Refusal;
use super::time::Timestamp;
use super::token::{Scope, Token};

/// Everything that an authorisation rests on, read at one moment in one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub company: Company,
    pub token: Token,
    /// The connection of the URL, or else the token's own; `None` where there is neither, or where the
    /// one named is not the company's.
    pub connection: Option<Connection>,
}

/// Who makes a change: one type from where somebody is let in to the event and the log, which name them. HTTP knows the
/// operator by the key; whose token it is, only the store knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    IdentityProvider {
        token_id: TokenId,
        connection_id: Option<ConnectionId>,
    },
    Operator,
}

/// What a SCIM route asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Users,
    ReadGroups,
    WriteGroups,
}

/// What each requires is said here alone: [`Access::authorize`] goes by it, and so does the store, where the same is a
/// part of every statement.
impl Purpose {
    /// Any one of them will do; the first is the one to ask for.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Users => &[Scope::AutoProvisioning, Scope::Provisioning],
            Self::ReadGroups | Self::WriteGroups => &[Scope::Provisioning],
        }
    }

    /// Beside [`Entitlement::Scim`], which every call needs.
    pub fn entitlement(self) -> Option<Entitlement> {
        match self {
            Self::Users => None,
            Self::ReadGroups | Self::WriteGroups => Some(Entitlement::GroupSync),
        }
    }

    /// Whether the company's switch has to be on.
    pub fn needs_group_sync(self) -> bool {
        self == Self::WriteGroups
    }
}

impl Access {
    pub fn actor(&self) -> Actor {
        Actor::IdentityProvider {
            token_id: self.token.id.clone(),
            connection_id: self
                .connection
                .as_ref()
                .map(|connection| connection.id.clone()),
        }
    }

    /// Says whether this token may be used now, at this endpoint, for this purpose.
    ///
    /// A wrong token, an ended one and one at another connection's endpoint are refused alike: the
    /// answer gives no hint which part was wrong.
    pub fn authorize(
        &self,
        endpoint: Option<&ConnectionId>,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if !self.token.is_valid_at(now) || !self.belongs_to(endpoint) {
            return Err(Refusal::NotAuthenticated);
        }
        self.require_entitlement(Entitlement::Scim)?;
        if self
            .connection
            .as_ref()
            .is_some_and(|connection| connection.paused)
        {
            return Err(Refusal::ConnectionPaused);
        }
        self.require_scope(purpose.scopes())?;
        if let Some(entitlement) = purpose.entitlement() {
            self.require_entitlement(entitlement)?;
        }
        if purpose.needs_group_sync() && !self.company.settings.group_sync_enabled {
            return Err(Refusal::GroupSyncDisabled);
        }
        Ok(())
    }

    fn belongs_to(&self, endpoint: Option<&ConnectionId>) -> bool {
        let Some(endpoint) = endpoint else {
            return true;
        };
        let is_the_companys = self
            .connection
            .as_ref()
            .is_some_and(|connection| connection.id == *endpoint);
        let is_the_tokens = self
            .token
            .connection_id
            .as_ref()
            .is_none_or(|own| own == endpoint);
        is_the_companys && is_the_tokens
    }

    fn require_scope(&self, scopes: &[Scope]) -> Result<(), Refusal> {
        match scopes.first() {
            Some(first) if !scopes.iter().any(|scope| self.token.scopes.contains(scope)) => {
                Err(Refusal::MissingScope(*first))
            }
            _ => Ok(()),
        }
    }

    fn require_entitlement(&self, entitlement: Entitlement) -> Result<(), Refusal> {
        if self.company.settings.is_entitled_to(entitlement) {
            Ok(())
        } else {
            Err(Refusal::NotEntitled(entitlement))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::company::plan::Plan;
    use crate::directory::fixtures::{NOW, access};

    fn connection(id: &str) -> Connection {
        Connection {
            id: ConnectionId::named(id),
            provider: crate::directory::connection::Provider::Okta,
            name: "Okta".into(),
            paused: false,
            first_seen_at: None,
            last_seen_at: None,
            created_at: NOW,
            updated_at: NOW,
        }
    }

    #[test]
    fn groups_need_their_scope_their_entitlement_and_the_switch() {
        let mut access = access();
        let ask = |access: &Access, purpose| access.authorize(None, purpose, NOW);
        assert_eq!(ask(&access, Purpose::Users), Ok(()));
        assert_eq!(
            ask(&access, Purpose::ReadGroups),
            Err(Refusal::MissingScope(Scope::Provisioning))
        );
        access.token.scopes.push(Scope::Provisioning);
        assert_eq!(ask(&access, Purpose::ReadGroups), Ok(()));
        assert_eq!(
            ask(&access, Purpose::WriteGroups),
            Err(Refusal::GroupSyncDisabled)
        );
        access.company.settings.group_sync_enabled = true;
        assert_eq!(ask(&access, Purpose::WriteGroups), Ok(()));
        access.company.settings.plan = Plan::Growth;
        access.company.settings.entitlements = vec![Entitlement::Scim];
        assert_eq!(
            ask(&access, Purpose::WriteGroups),
            Err(Refusal::NotEntitled(Entitlement::GroupSync))
        );
    }

    #[test]
    fn a_token_works_at_its_own_connections_endpoint_alone() {
        let mut access = access();
        let okta = ConnectionId::named("con_okta");
        let entra = ConnectionId::named("con_entra");
        let ask = |access: &Access, endpoint| access.authorize(endpoint, Purpose::Users, NOW);
        assert_eq!(ask(&access, Some(&okta)), Err(Refusal::NotAuthenticated));
        access.connection = Some(connection("con_okta"));
        assert_eq!(ask(&access, Some(&okta)), Ok(()));
        access.token.connection_id = Some(okta.clone());
        assert_eq!(ask(&access, Some(&okta)), Ok(()));
        assert_eq!(ask(&access, None), Ok(()));
        access.connection = Some(connection("con_entra"));
        assert_eq!(ask(&access, Some(&entra)), Err(Refusal::NotAuthenticated));
    }

    #[test]
    fn a_paused_connection_and_a_lesser_plan_are_refused() {
        let mut access = access();
        access.connection = Some(Connection {
            paused: true,
            ..connection("con_okta")
        });
        let ask = |access: &Access| access.authorize(None, Purpose::Users, NOW);
        assert_eq!(ask(&access), Err(Refusal::ConnectionPaused));
        access.company.settings.plan = Plan::Starter;
        assert_eq!(ask(&access), Err(Refusal::NotEntitled(Entitlement::Scim)));
    }
}
