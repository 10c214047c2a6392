//! On whose authority a command is carried out: who it is, under which rules of the company, and whether it may.

use super::command::{Command, Principal};
use super::memory::Memory;
use crate::directory::access::{Access, Actor, Purpose};
use crate::directory::company::Company;
use crate::directory::id::{CompanyId, ConnectionId};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use crate::store::access::{Admission, recent};
use crate::store::caller::{Caller as _, IdentityProvider, Vouched};
use crate::store::error::StoreError;
use crate::store::statement::{Outcome, Statement};

/// On whose authority: as read at one moment, or as remembered.
#[derive(Clone)]
pub(super) enum Authority {
    IdentityProvider {
        access: Box<Access>,
        endpoint: Option<ConnectionId>,
    },
    Vouched {
        company: Box<Company>,
        actor: Actor,
    },
}

/// One of the callers that the store knows, to be looked up.
pub(super) enum AnyCaller {
    IdentityProvider(Box<IdentityProvider>),
    Vouched(Vouched),
}

impl AnyCaller {
    pub(super) fn of(command: &Command, company: &CompanyId) -> Self {
        match &command.caller {
            Principal::IdentityProvider { token, endpoint } => {
                let caller = IdentityProvider::new(token.clone(), endpoint.clone());
                Self::IdentityProvider(Box::new(caller))
            }
            Principal::Operator => Self::Vouched(Vouched {
                company_id: company.clone(),
                actor: Actor::Operator,
            }),
        }
    }

    /// Reads who it is, what is to be read in any case, and what is read only for somebody who may.
    pub(super) fn look(
        &self,
        in_any_case: Statement,
        mut reads: Vec<Statement>,
        now: Timestamp,
    ) -> Statement {
        match self {
            Self::IdentityProvider(caller) => {
                writes_groups(caller, now).look(&[in_any_case], &reads)
            }
            Self::Vouched(caller) => {
                reads.insert(0, in_any_case);
                caller.look(&reads)
            }
        }
    }

    /// What lets in an identity provider; of others it was checked before the command was sent.
    pub(super) fn admission(&self, now: Timestamp) -> Option<Admission<'_>> {
        match self {
            Self::IdentityProvider(caller) => Some(writes_groups(caller, now)),
            Self::Vouched(_) => None,
        }
    }

    /// What the read found, or why the caller is refused. Who may not has had nothing read, and an instance that is no
    /// writer yet does not become it for them: nothing could be decided on it, however often it is looked for.
    pub(super) fn authority(
        &self,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<Result<Authority, Refusal>, StoreError> {
        Ok(match self {
            Self::IdentityProvider(caller) => {
                let admission = writes_groups(caller, now);
                let access = admission.authority(outcome)?;
                access.ok_or(admission.unknown()).and_then(|access| {
                    recent::remember(&caller.token, caller.endpoint.as_ref(), &access);
                    let authority = Authority::IdentityProvider {
                        access: Box::new(access),
                        endpoint: caller.endpoint.clone(),
                    };
                    authority.authorize(now).map(|()| authority)
                })
            }
            Self::Vouched(caller) => {
                caller
                    .authority(outcome)?
                    .ok_or(caller.unknown())
                    .map(|company| Authority::Vouched {
                        company: Box::new(company),
                        actor: caller.actor.clone(),
                    })
            }
        })
    }
}

fn writes_groups(caller: &IdentityProvider, now: Timestamp) -> Admission<'_> {
    caller.admission(Purpose::WriteGroups, now)
}

impl Authority {
    /// What this isolate remembers of an identity provider, or the object of its company for the operator: a guess,
    /// as good as the guard of the write.
    pub(super) fn recall(command: &Command, memory: &Memory) -> Option<Self> {
        match &command.caller {
            Principal::IdentityProvider { token, endpoint } => {
                let access = recent::recall(token, endpoint.as_ref())?;
                Some(Self::IdentityProvider {
                    access: Box::new(access),
                    endpoint: endpoint.clone(),
                })
            }
            Principal::Operator => Some(Self::Vouched {
                company: Box::new(memory.company()?.clone()),
                actor: Actor::Operator,
            }),
        }
    }

    pub(super) fn company(&self) -> &Company {
        match self {
            Self::IdentityProvider { access, .. } => &access.company,
            Self::Vouched { company, .. } => company,
        }
    }

    pub(super) fn actor(&self) -> Actor {
        match self {
            Self::IdentityProvider { access, .. } => access.actor(),
            Self::Vouched { actor, .. } => actor.clone(),
        }
    }

    pub(super) fn authorize(&self, now: Timestamp) -> Result<(), Refusal> {
        match self {
            Self::IdentityProvider { access, endpoint } => {
                access.authorize(endpoint.as_ref(), Purpose::WriteGroups, now)
            }
            // It was checked before the command was sent.
            Self::Vouched { .. } => Ok(()),
        }
    }
}
