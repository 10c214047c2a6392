//! Who calls, and how the store learns what they stand for.

use super::access::{self, AccessRead, recent};
use super::companies;
use super::error::StoreError;
use super::statement::{Outcome, Statement};
use crate::directory::access::{Access, Actor};
use crate::directory::company::Company;
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::refusal::Refusal;
use crate::directory::token::PresentedToken;

pub trait Caller {
    type Authority;

    fn company_id(&self) -> &CompanyId;
    fn read(&self) -> Statement;
    fn authority(&self, outcome: &Outcome) -> Result<Option<Self::Authority>, StoreError>;
    /// What is said where the read found nothing.
    fn unknown(&self) -> Refusal;
    fn company(authority: &Self::Authority) -> &Company;
    /// Whom event and log name.
    fn actor(&self, authority: &Self::Authority) -> Actor;
}

pub struct IdentityProvider {
    pub token: PresentedToken,
    /// The connection that the URL names.
    pub endpoint: Option<ConnectionId>,
    /// What this isolate remembers of the token.
    pub remembered: Option<Access>,
}

impl IdentityProvider {
    pub fn new(token: PresentedToken, endpoint: Option<ConnectionId>) -> Self {
        let remembered = recent::recall(&token, endpoint.as_ref());
        Self {
            token,
            endpoint,
            remembered,
        }
    }
}

impl Caller for IdentityProvider {
    type Authority = Access;

    fn company_id(&self) -> &CompanyId {
        &self.token.company_id
    }

    fn read(&self) -> Statement {
        access::read(
            &self.token,
            self.endpoint.as_ref(),
            self.remembered.as_ref(),
        )
    }

    fn authority(&self, outcome: &Outcome) -> Result<Option<Access>, StoreError> {
        match access::one(outcome)? {
            AccessRead::Unknown => Ok(None),
            AccessRead::AsRemembered(counts) => {
                Ok(self.remembered.clone().map(|access| counts.of(access)))
            }
            AccessRead::Anew(access) => Ok(Some(*access)),
        }
    }

    fn unknown(&self) -> Refusal {
        Refusal::NotAuthenticated
    }

    fn company(authority: &Access) -> &Company {
        &authority.company
    }

    fn actor(&self, authority: &Access) -> Actor {
        authority.actor()
    }
}

/// Somebody whose right to call was checked before the store is asked, such as the operator, by the key.
pub struct Vouched {
    pub company_id: CompanyId,
    pub actor: Actor,
}

impl Caller for Vouched {
    type Authority = Company;

    fn company_id(&self) -> &CompanyId {
        &self.company_id
    }

    fn read(&self) -> Statement {
        companies::get(&self.company_id)
    }

    fn authority(&self, outcome: &Outcome) -> Result<Option<Company>, StoreError> {
        companies::one(outcome)
    }

    fn unknown(&self) -> Refusal {
        Refusal::NotFound {
            kind: "company".into(),
            id: self.company_id.to_string(),
        }
    }

    fn company(authority: &Company) -> &Company {
        authority
    }

    fn actor(&self, _standing: &Company) -> Actor {
        self.actor.clone()
    }
}
