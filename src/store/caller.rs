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
    type Standing;

    fn company_id(&self) -> &CompanyId;
    /// Reads the standing, and what else is to be read for it. Of an identity provider who may not, nothing else is.
    fn look(&self, reads: &[Statement]) -> Statement;
    /// From the first outcome of a look.
    fn standing(&self, outcome: &Outcome) -> Result<Option<Self::Standing>, StoreError>;
    /// What is said where the read found nothing.
    fn unknown(&self) -> Refusal;
    fn company(standing: &Self::Standing) -> &Company;
    /// Whom event and log name.
    fn actor(&self, standing: &Self::Standing) -> Actor;
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
    type Standing = Access;

    fn company_id(&self) -> &CompanyId {
        &self.caller().token.company_id
    }

    fn look(&self, reads: &[Statement]) -> Statement {
        Admission::look(self, &[], reads)
    }

    fn standing(&self, outcome: &Outcome) -> Result<Option<Access>, StoreError> {
        self.found(outcome)
    }

    fn unknown(&self) -> Refusal {
        Refusal::NotAuthenticated
    }

    fn company(standing: &Access) -> &Company {
        &standing.company
    }

    fn actor(&self, standing: &Access) -> Actor {
        standing.actor()
    }
}

/// Somebody whose right to call was checked before the store is asked, such as the operator, by the key.
pub struct Vouched {
    pub company_id: CompanyId,
    pub actor: Actor,
}

impl Caller for Vouched {
    type Standing = Company;

    fn company_id(&self) -> &CompanyId {
        &self.company_id
    }

    fn look(&self, reads: &[Statement]) -> Statement {
        let mut all = vec![companies::get(&self.company_id)];
        all.extend_from_slice(reads);
        together(&all)
    }

    fn standing(&self, outcome: &Outcome) -> Result<Option<Company>, StoreError> {
        companies::one(outcome)
    }

    fn unknown(&self) -> Refusal {
        Refusal::NotFound {
            kind: "company".into(),
            id: self.company_id.to_string(),
        }
    }

    fn company(standing: &Company) -> &Company {
        standing
    }

    fn actor(&self, _standing: &Company) -> Actor {
        self.actor.clone()
    }
}
