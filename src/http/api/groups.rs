//! `/api/v1/companies/{id}/groups`: teammate groups as the operator's app sees them.

pub(in crate::http::api) mod members;

use super::page::Page;
use crate::app::groups::{self, Search};
use crate::contract::body::NoBody;
use crate::contract::responses::List;
use crate::directory::company::Settings;
use crate::directory::group::fields::{Creation, Edit};
use crate::directory::group::request::Administer;
use crate::directory::group::{AppGroup, Group, GroupState};
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::http::AnswerWith;
use crate::http::call::Call;
use crate::http::reply::ReplyWith;
use crate::scim::fold::part_of_name;

type Shown = AppGroup<'static>;

/// In the order of creation; what a search finds among active groups in the order of names.
pub(in crate::http::api) async fn list(
    call: &Call,
    (company,): (CompanyId,),
) -> AnswerWith<List<Shown>> {
    let page = Page::of(call)?;
    let query = call.query();
    let state = match query.get("state") {
        None | Some("active") => GroupState::Active,
        Some("deleted") => GroupState::Deleted,
        Some(_) => {
            let text = "\"state\" must be active or deleted.".to_owned();
            return Err(Refusal::InvalidInput(text).into());
        }
    };
    // Names are compared trimmed; where a beginning of one ends, a space may be meant.
    let prefix = query
        .get("search")
        .map(|text| part_of_name(text.trim_start()));
    let search = Search { state, prefix };
    let (found, settings) = groups::list(&call.context, &company, &search, page.rows()).await?;
    Ok(page.reply(
        &found,
        |(place, _)| place.clone(),
        |(_, group)| group.for_app(&settings),
    ))
}

pub(in crate::http::api) async fn get(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> AnswerWith<Shown> {
    let (group, settings) = groups::get(&call.context, &company, &id).await?;
    Ok(shown(&group, &settings))
}

pub(in crate::http::api) async fn create(
    call: &Call,
    (company,): (CompanyId,),
    creation: Creation,
) -> AnswerWith<Shown> {
    let location = format!("{}/api/v1/companies/{company}/groups", call.origin());
    let (group, settings) = groups::create(&call.context, company, creation).await?;
    Ok(ReplyWith::body(&group.for_app(&settings))
        .with_header("location", format!("{location}/{}", group.id)))
}

pub(in crate::http::api) async fn edit(
    call: &Call,
    (company, id): (CompanyId, GroupId),
    edit: Edit,
) -> AnswerWith<Shown> {
    change(call, company, edit.request(id)?).await
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> AnswerWith<NoBody> {
    let request = Administer::Delete { id };
    groups::write(&call.context, company, request, 204).await?;
    Ok(ReplyWith::nothing())
}

pub(in crate::http::api) async fn restore(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> AnswerWith<Shown> {
    change(call, company, Administer::Restore { id }).await
}

pub(in crate::http::api) async fn undo_adoption(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> AnswerWith<Shown> {
    change(call, company, Administer::UndoAdoption { id }).await
}

/// Changes one group, and answers with it.
async fn change(call: &Call, company: CompanyId, request: Administer) -> AnswerWith<Shown> {
    let (group, settings) = groups::write(&call.context, company, request, 200).await?;
    Ok(shown(&group, &settings))
}

fn shown(group: &Group, settings: &Settings) -> ReplyWith<Shown> {
    ReplyWith::body(&group.for_app(settings))
}
