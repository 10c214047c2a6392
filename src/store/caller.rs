//! Who calls, and how the store learns what they stand for.

use super::access::{Admission, recent};
use super::companies;
use super::error::StoreError;
use super::statement::{Outcome, Statement, together};
use crate::directory::access::{Access, Actor, Purpose};
use crate::directory::company::Company;
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::directory::token::PresentedToken;

pub trait Caller {
    type Authority;

    fn company_id(&self) -> &CompanyId;
    /// Reads the authority, and what else is to be read for it. Of an identity provider who may not, nothing else is.
    fn look(&self, reads: &[Statement]) -> Statement;
    /// From the first outcome of a look.
    fn authority(&self, outcome: &Outcome) -> Result<Option<Self::Authority>, StoreError>;
    /// What is said where the read found nothing.
    fn unknown(&self) -> Refusal;
    fn company(authority: &Self::Authority) -> &Company;
    /// Whom event and log name.
    fn actor(&self, authority: &Self::Authority) -> Actor;
}

#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// What every statement for it begins with.
    pub fn admission(&self, purpose: Purpose, now: Timestamp) -> Admission<'_> {
        Admission::new(self, purpose, now)
    }
}

impl Caller for Admission<'_> {
    type Authority = Access;

    fn company_id(&self) -> &CompanyId {
        &self.caller().token.company_id
    }

    fn look(&self, reads: &[Statement]) -> Statement {
        Admission::look(self, &[], reads)
    }

    fn authority(&self, outcome: &Outcome) -> Result<Option<Access>, StoreError> {
        self.found(outcome)
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

    fn look(&self, reads: &[Statement]) -> Statement {
        let mut all = vec![companies::get(&self.company_id)];
        all.extend_from_slice(reads);
        together(&all)
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

    fn actor(&self, _authority: &Company) -> Actor {
        self.actor.clone()
    }
}
