//! Writes to groups, on their way to the company's object.
//!
//! Nobody reaches an object before it is known that they may: what this isolate remembers of the caller says
//! so, or a read. An object that is reached comes into being, and a token can name any company.

use super::{Committed, Context, Error, Rows, companies};
use crate::company::{self, Caller, Command, Undone};
use crate::directory::access::{Access, Actor, Purpose};
use crate::directory::company::{Region, Settings};
use crate::directory::group::member::AppMember;
use crate::directory::group::request::{Administer, Provision, Request};
use crate::directory::group::{Group, GroupState};
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::scim::normalise::notes::Notes;
use crate::store::caller::{Caller as _, IdentityProvider, Vouched};
use crate::store::groups::administration::{self, Confirmed};
use crate::store::groups::{self, Key};
use crate::store::journal::Noted;

impl Context {
    /// Has an identity provider's write done. `status` is what the answer will have, for the log.
    pub(crate) async fn provision(
        &self,
        caller: &IdentityProvider,
        request: Provision,
        status: u16,
        mut notes: Notes,
    ) -> Result<Group, Error> {
        let access = self.admitted(caller).await?;
        notes.spoken_by(self.dialect(&access, &notes.quirks()));
        let command = Command {
            company: caller.token.company_id.clone(),
            caller: Caller::IdentityProvider {
                token: caller.token.clone(),
                endpoint: caller.endpoint.clone(),
            },
            request: Request::Provision(request),
            line: self.line()?,
            status,
            noted: Noted::from(&notes),
        };
        let group = self.send(&access.company.settings, command).await?;
        // Where it was read, it has been seen.
        if caller.remembered.as_ref() == Some(&access) {
            self.saw(caller, &access);
        }
        Ok(group)
    }

    /// Has a write of the operator's app done; who calls has been checked. Gives back the settings, too: they tell
    /// how the app sees the group.
    pub(crate) async fn administer(
        &self,
        company: CompanyId,
        request: Administer,
        status: u16,
    ) -> Result<(Group, Settings), Error> {
        let operator = Vouched {
            company_id: company.clone(),
            actor: self.actor()?.clone(),
        };
        let found = self.database(&company)?.run(operator.read()).await?;
        let known = operator.standing(&found)?.ok_or(operator.unknown())?;
        let command = Command {
            company,
            caller: as_caller(&operator.actor)?,
            request: Request::Administer(request),
            line: self.line()?,
            status,
            noted: Noted::default(),
        };
        let group = self.send(&known.settings, command).await?;
        Ok((group, known.settings))
    }

    /// Nobody is refused on what is remembered: then it is read.
    async fn admitted(&self, caller: &IdentityProvider) -> Result<Access, Error> {
        let remembered = caller.remembered.clone().filter(|access| {
            access
                .authorize(caller.endpoint.as_ref(), Purpose::WriteGroups, self.now)
                .is_ok()
        });
        if let Some(access) = remembered {
            return Ok(access);
        }
        let (access, _) = self
            .authorized_read(caller, Purpose::WriteGroups, Vec::new())
            .await?;
        Ok(access)
    }

    async fn send(&self, settings: &Settings, command: Command) -> Result<Group, Error> {
        command.request.refuse_excess()?;
        let region = settings.region.map(Region::as_str);
        let done = company::send(self.env(), region, &command).await?;
        let committed = Committed::Group {
            cost: done.cost,
            queued_behind: done.queued_behind,
        };
        self.committed(&command.company, &committed);
        Ok(done.group)
    }
}

/// What the app reads of groups.
pub(crate) struct Search {
    pub(crate) state: GroupState,
    /// Folded; nothing finds all.
    pub(crate) prefix: Option<String>,
}

impl Search {
    /// Whether what is found is in the order of names, and not in that of creation.
    pub(crate) fn is_by_name(&self) -> bool {
        self.prefix.is_some() && self.state == GroupState::Active
    }
}

/// With the settings, which tell how the app sees a group.
pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    search: &Search,
    rows: Rows<'_>,
) -> Result<(Vec<Group>, Settings), Error> {
    let Rows { after, limit } = rows;
    let statement = match (&search.prefix, search.state) {
        (None, state) => administration::page(company, state, after, limit),
        (Some(prefix), GroupState::Active) => {
            administration::search_page(company, prefix, after, limit)
        }
        (Some(prefix), GroupState::Deleted) => {
            administration::search_deleted_page(company, prefix, after, limit)
        }
    };
    let (company, [outcome]) = companies::read_of(context, company, [statement]).await?;
    Ok((groups::many(&outcome)?, company.settings))
}

/// Finds a deleted group too: it can be restored.
pub(crate) async fn get(
    context: &Context,
    company: &CompanyId,
    id: &GroupId,
) -> Result<(Group, Settings), Error> {
    let read = groups::get(company, &Key::Id(id.clone()));
    let (company, [outcome]) = companies::read_of(context, company, [read]).await?;
    let group = groups::one(&outcome)?.ok_or_else(|| unknown(id))?;
    Ok((group, company.settings))
}

pub(crate) async fn members(
    context: &Context,
    company: &CompanyId,
    id: &GroupId,
    confirmed: Confirmed,
    rows: Rows<'_>,
) -> Result<Vec<AppMember>, Error> {
    let members = administration::members_page(company, id, confirmed, rows.after, rows.limit);
    let group = groups::get(company, &Key::Id(id.clone()));
    let (_, [group, members]) = companies::read_of(context, company, [group, members]).await?;
    groups::one(&group)?.ok_or_else(|| unknown(id))?;
    Ok(administration::members(&members)?)
}

/// As the object is told.
fn as_caller(actor: &Actor) -> Result<Caller, Error> {
    match actor {
        Actor::Operator => Ok(Caller::Operator),
        Actor::IdentityProvider { .. } => {
            let why = "an identity provider has to show its token to the company's object";
            Err(Error::Platform(why.to_owned()))
        }
    }
}

fn unknown(id: &GroupId) -> Refusal {
    Refusal::not_found("teammate group", id.as_str())
}

impl From<Undone> for Error {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Refused(refusal) => refusal.into(),
            Undone::Store(error) => error.into(),
            Undone::Superseded => {
                Self::Platform("a command was given up between two instances".to_owned())
            }
        }
    }
}
