//! Teammates as the operator's app works with them; as identity providers do, see [`provisioning`].

pub(crate) mod page;
pub(crate) mod provisioning;

pub(crate) use crate::store::teammates::StatesShown;

use super::{Committed, Context, Error, PageBounds, companies};
use crate::ambient;
use crate::directory::company::Company;
use crate::directory::id::{CompanyId, TeammateId};
use crate::directory::refusal::Refusal;
use crate::directory::teammate::administration;
use crate::directory::teammate::provisioning::Notes;
use crate::directory::teammate::{Creation, Edit, Teammate};
use crate::directory::template::Requested;
use crate::scim::fold::NameKey;
use crate::store::caller::Vouched;
use crate::store::teammates::{self, Columns, TeammateKey};
use crate::store::transaction::{Decide, Lookup, Transaction};

/// In the order of creation; whom a search finds, by what userName or e-mail address begin with, in that of userNames. Each with its
/// place in the list, which is where the next page goes on.
pub(crate) async fn list(
    context: &Context,
    company: &CompanyId,
    shown: StatesShown,
    prefix: Option<&str>,
    rows: PageBounds<'_>,
) -> Result<Vec<(String, Teammate)>, Error> {
    let PageBounds { after, limit } = rows;
    let statement = match prefix {
        Some(prefix) => teammates::search_page(company, shown, prefix, after, limit),
        None => teammates::app_page(company, shown, after, limit),
    };
    let (_, [outcome]) = companies::read_of(context, company, [statement]).await?;
    if prefix.is_some() {
        let found = teammates::searched(&outcome)?.into_iter();
        return Ok(found
            .map(|(place, listed)| (place, listed.teammate))
            .collect());
    }
    let found = teammates::many(&outcome)?.into_iter();
    Ok(found
        .map(|listed| (listed.teammate.id.to_string(), listed.teammate))
        .collect())
}

pub(crate) async fn get(
    context: &Context,
    company: &CompanyId,
    id: &TeammateId,
) -> Result<Teammate, Error> {
    let read = teammates::get(company, &TeammateKey::Id(id.clone()), Columns::Own);
    let (_, [outcome]) = companies::read_of(context, company, [read]).await?;
    let found = teammates::one(&outcome)?.map(|listed| listed.teammate);
    Ok(found.ok_or_else(|| Refusal::not_found("teammate", id.as_str()))?)
}

pub(crate) async fn create(
    context: &Context,
    company: CompanyId,
    creation: Creation,
) -> Result<Teammate, Error> {
    let new = creation.understood()?;
    let new_id = TeammateId::new(context.now, ambient::id_randomness()?);
    let question = Lookup {
        key: TeammateKey::UserName(NameKey::of(&new.user_name)),
        columns: Columns::Own,
        templates: Requested::of_id(new.template_id.as_ref()),
    };
    write(context, company, question, 201, &mut |company, found, _| {
        administration::create(company, found, &new, &new_id, context.now)
    })
    .await
}

pub(crate) async fn edit(
    context: &Context,
    company: CompanyId,
    id: &TeammateId,
    edit: Edit,
) -> Result<Teammate, Error> {
    let edit = edit.understood()?;
    change(context, company, id, 200, &mut |_, found, notes| {
        administration::edit(found, id, |current| edit.apply(current, notes), context.now)
    })
    .await
}

pub(crate) async fn block(
    context: &Context,
    company: CompanyId,
    id: &TeammateId,
) -> Result<Teammate, Error> {
    change(context, company, id, 200, &mut |_, found, _| {
        administration::block(found, id, ambient::now())
    })
    .await
}

pub(crate) async fn unblock(
    context: &Context,
    company: CompanyId,
    id: &TeammateId,
) -> Result<Teammate, Error> {
    change(context, company, id, 200, &mut |company, found, _| {
        administration::unblock(company, found, id, context.now)
    })
    .await
}

pub(crate) async fn delete(
    context: &Context,
    company: CompanyId,
    id: &TeammateId,
) -> Result<(), Error> {
    change(context, company, id, 204, &mut |_, found, _| {
        administration::delete(found, id, ambient::now())
    })
    .await?;
    Ok(())
}

/// Changes one teammate by its id.
async fn change(
    context: &Context,
    company: CompanyId,
    id: &TeammateId,
    status: u16,
    decide: &mut Decide<'_, Company>,
) -> Result<Teammate, Error> {
    let question = Lookup {
        key: TeammateKey::Id(id.clone()),
        columns: Columns::Own,
        templates: Requested::default(),
    };
    write(context, company, question, status, decide).await
}

async fn write(
    context: &Context,
    company_id: CompanyId,
    question: Lookup,
    status: u16,
    decide: &mut Decide<'_, Company>,
) -> Result<Teammate, Error> {
    let caller = Vouched {
        company_id,
        actor: context.actor()?.clone(),
    };
    let written = Transaction {
        database: context.database(&caller.company_id)?,
        caller: &caller,
        question,
        line: &context.line()?,
        status,
        notes: Notes::new(),
        head_start: None,
    }
    .run(decide)
    .await??;
    if written.is_changed {
        context.committed(&caller.company_id, &Committed::TeammateInApp);
    }
    Ok(written.listed.teammate)
}
