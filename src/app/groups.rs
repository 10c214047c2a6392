//! Teammate groups as the operator's app works with them; as identity providers do, see [`provisioning`].
//!
//! With a group come the company's settings, which tell how the app sees it.

mod object;
pub(crate) mod page;
pub(crate) mod provisioning;
pub(crate) mod steps;

pub(crate) use crate::store::groups::administration::Confirmed;

use super::{Context, Error, PageBounds, companies};
use crate::ambient;
use crate::company::Command;
use crate::directory::company::Settings;
use crate::directory::group::fields::Creation;
use crate::directory::group::member::AppMember;
use crate::directory::group::request::{Administer, Request};
use crate::directory::group::{Group, GroupState};
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::store::caller::{Caller as _, Vouched};
use crate::store::groups::administration;
use crate::store::groups::{self, GroupKey};
use crate::store::journal::Noted;
use crate::store::statement::taken_apart;
use object::as_principal;

/// Which groups are listed.
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

/// Each with its place in the list, which is where the next page goes on.
pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    search: &Search,
    rows: PageBounds<'_>,
) -> Result<(Vec<(String, Group)>, Settings), Error> {
    let PageBounds { after, limit } = rows;
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
    let found = if search.is_by_name() {
        administration::searched(&outcome)?
    } else {
        let found = groups::many(&outcome)?.into_iter();
        found.map(|group| (group.id.to_string(), group)).collect()
    };
    Ok((found, company.settings))
}

/// Finds a deleted group too: it can be restored.
pub(crate) async fn get(
    context: &Context,
    company: &CompanyId,
    id: &GroupId,
) -> Result<(Group, Settings), Error> {
    let read = groups::get(company, &GroupKey::Id(id.clone()));
    let (company, [outcome]) = companies::read_of(context, company, [read]).await?;
    let group = groups::one(&outcome)?.ok_or_else(|| unknown(id))?;
    Ok((group, company.settings))
}

pub(crate) async fn members(
    context: &Context,
    company: &CompanyId,
    id: &GroupId,
    confirmed: Confirmed,
    rows: PageBounds<'_>,
) -> Result<Vec<AppMember>, Error> {
    let members = administration::members_page(company, id, confirmed, rows.after, rows.limit);
    let group = groups::get(company, &GroupKey::Id(id.clone()));
    let (_, [group, members]) = companies::read_of(context, company, [group, members]).await?;
    groups::one(&group)?.ok_or_else(|| unknown(id))?;
    Ok(administration::members(&members)?)
}

pub(crate) async fn create(
    context: &Context,
    company: CompanyId,
    creation: Creation,
) -> Result<(Group, Settings), Error> {
    let request = creation.request(group_id(context)?)?;
    write(context, company, request, 201).await
}

/// Has a write done. `status` is what the answer will have, for the log.
pub(crate) async fn write(
    context: &Context,
    company: CompanyId,
    request: Administer,
    status: u16,
) -> Result<(Group, Settings), Error> {
    let asker = Vouched {
        company_id: company.clone(),
        actor: context.actor()?.clone(),
    };
    let found = context.database(&company)?.run(asker.look(&[])).await?;
    let found = taken_apart(&found).into_iter().next().unwrap_or_default();
    let known = asker.authority(&found)?.ok_or(asker.unknown())?;
    let command = Command {
        caller: as_principal(&asker.actor)?,
        request: Request::Administer(request),
        line: context.line()?,
        status,
        noted: Noted::default(),
    };
    let group = context.send(&known, command).await?;
    Ok((group, known.settings))
}

fn group_id(context: &Context) -> Result<GroupId, Error> {
    Ok(GroupId::new(context.now, ambient::id_randomness()?))
}

fn unknown(id: &GroupId) -> Refusal {
    Refusal::not_found("teammate group", id.as_str())
}
