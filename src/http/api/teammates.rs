//! `/api/v1/companies/{id}/teammates`: teammates as the operator's app sees them.

use super::page::Page;
use crate::app::teammates::{self, StatesShown};
use crate::contract::body::NoBody;
use crate::contract::responses::List;
use crate::directory::id::{CompanyId, TeammateId};
use crate::directory::refusal::Refusal;
use crate::directory::teammate::{AppTeammate, Creation, Edit, State};
use crate::http::AnswerWith;
use crate::http::call::Call;
use crate::http::reply::ReplyWith;
use crate::scim::fold::part_of_name;
use crate::typed;
use serde_json::Value;

type Shown = AppTeammate<'static>;

pub(in crate::http::api) async fn list(
    call: &Call,
    (company,): (CompanyId,),
) -> AnswerWith<List<Shown>> {
    let page = Page::of(call)?;
    let query = call.query();
    let shown = match query.get("state") {
        None => StatesShown::Living,
        Some(text) => StatesShown::Only(state_named(text)?),
    };
    // Names are compared trimmed; where a beginning of one ends, a space may be meant.
    let prefix = query
        .get("search")
        .map(|text| part_of_name(text.trim_start()));
    let search = prefix.as_deref();
    let found = teammates::list(&call.context, &company, shown, search, page.rows()).await?;
    Ok(page.reply(
        &found,
        |(place, _)| place.clone(),
        |(_, teammate)| teammate.for_app(),
    ))
}

fn state_named(text: &str) -> Result<State, Refusal> {
    typed::body(Value::String(text.to_owned())).map_err(|_| {
        Refusal::InvalidInput(
            "\"state\" must be one of active, blocked, removed and deleted.".to_owned(),
        )
    })
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, TeammateId),
) -> AnswerWith<Shown> {
    let teammate = teammates::get(&call.context, &company, &id).await?;
    Ok(ReplyWith::body(&teammate.for_app()))
}

pub(in crate::http::api) async fn create(
    call: &Call,
    (company,): (CompanyId,),
    creation: Creation,
) -> AnswerWith<Shown> {
    let teammate = teammates::create(&call.context, company, creation).await?;
    Ok(ReplyWith::body(&teammate.for_app()))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, TeammateId),
    edit: Edit,
) -> AnswerWith<Shown> {
    let teammate = teammates::edit(&call.context, company, &id, edit).await?;
    Ok(ReplyWith::body(&teammate.for_app()))
}

pub(in crate::http::api) async fn block(
    call: &Call,
    (company, id): (CompanyId, TeammateId),
) -> AnswerWith<Shown> {
    let teammate = teammates::block(&call.context, company, &id).await?;
    Ok(ReplyWith::body(&teammate.for_app()))
}

pub(in crate::http::api) async fn unblock(
    call: &Call,
    (company, id): (CompanyId, TeammateId),
) -> AnswerWith<Shown> {
    let teammate = teammates::unblock(&call.context, company, &id).await?;
    Ok(ReplyWith::body(&teammate.for_app()))
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, TeammateId),
) -> AnswerWith<NoBody> {
    teammates::delete(&call.context, company, &id).await?;
    Ok(ReplyWith::nothing())
}
