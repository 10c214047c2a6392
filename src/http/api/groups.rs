//! `/api/v1/companies/{id}/groups`: teammate groups as the operator's app sees them.

pub(in crate::http::api) mod members;

use super::page::Page;
use super::{Field, companies, not_found, not_null, readable_line};
use crate::ambient;
use crate::directory::company::Settings;
use crate::directory::fold::fold;
use crate::directory::group::administration::{GroupEdit, NewGroup};
use crate::directory::group::request::Administer;
use crate::directory::group::{Group, GroupState};
use crate::directory::id::{CompanyId, GroupId};
use crate::directory::refusal::Refusal;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::group::{MAX_DESCRIPTION_CHARACTERS, MAX_DISPLAY_NAME_CHARACTERS, TextChange};
use crate::store::groups::{self, Key, administration};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Creation {
    display_name: String,
    #[serde(default)]
    description: Option<String>,
    /// Ids of teammates.
    #[serde(default)]
    members: BTreeSet<String>,
}

/// What is absent stays; `null` takes away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default, deserialize_with = "not_null")]
    display_name: Option<String>,
    #[serde(default)]
    description: Field<String>,
    /// `false` takes the group from its identity provider.
    #[serde(default, deserialize_with = "not_null")]
    idp_managed: Option<bool>,
}

/// In the order of creation; what a search finds among active groups in the order of names.
pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    let query = call.query();
    let state = match query.get("state") {
        None | Some("active") => GroupState::Active,
        Some("deleted") => GroupState::Deleted,
        Some(_) => {
            return Err(
                Refusal::InvalidInput("\"state\" must be active or deleted.".to_owned()).into(),
            );
        }
    };
    let after = page.after.as_deref();
    // Names are compared trimmed; where a beginning of one ends, a space may be meant.
    let prefix = query.get("search").map(|text| fold(text.trim_start()));
    let (statement, is_by_name) = match (&prefix, state) {
        (None, state) => (
            administration::page(&company, state, after, page.rows()),
            false,
        ),
        (Some(prefix), GroupState::Active) => (
            administration::search_page(&company, prefix, after, page.rows()),
            true,
        ),
        (Some(prefix), GroupState::Deleted) => (
            administration::search_deleted_page(&company, prefix, after, page.rows()),
            false,
        ),
    };
    let (company, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &groups::many(&outcome)?,
        |group| {
            let name = group.held_name().filter(|_| is_by_name);
            name.unwrap_or_else(|| group.id.to_string())
        },
        |group| group.for_app(&company.settings),
    ))
}

/// Finds a deleted group too: it can be restored.
pub(in crate::http::api) async fn get(call: &Call, (company, id): (CompanyId, GroupId)) -> Answer {
    let read = groups::get(&company, &Key::Id(id.clone()));
    let (company, [outcome]) = companies::read_of(call, &company, [read]).await?;
    let group = groups::one(&outcome)?.ok_or_else(|| unknown(&id))?;
    Ok(shown(&group, &company.settings))
}

pub(in crate::http::api) async fn create(call: &Call, (company,): (CompanyId,)) -> Answer {
    let creation: Creation = call.api_group_body().await?;
    let new = NewGroup {
        display_name: display_name(&creation.display_name)?,
        description: match creation.description {
            Some(text) => description(text)?,
            None => None,
        },
        members: creation.members,
    };
    let new_id = GroupId::new(call.context.now, ambient::id_randomness()?);
    let location = format!("{}/api/v1/companies/{company}/groups", call.origin());
    let (group, settings) = call
        .context
        .administer(company, Administer::Create { new, new_id }, 201)
        .await?;
    Ok(Reply::json(201, &group.for_app(&settings))
        .with_header("location", format!("{location}/{}", group.id)))
}

pub(in crate::http::api) async fn edit(call: &Call, named: (CompanyId, GroupId)) -> Answer {
    let edit: Edit = call.api_body().await?;
    let releases = match edit.idp_managed {
        Some(true) => {
            return Err(Refusal::InvalidInput(
                "\"idp_managed\" can only be set to false, which releases the group. A group becomes IdP-managed by the \
                 first write of its identity provider: push or link it there."
                    .to_owned(),
            ).into());
        }
        released => released == Some(false),
    };
    let edit = GroupEdit {
        display_name: match edit.display_name {
            Some(name) => Some(display_name(&name)?),
            None => None,
        },
        description: match edit.description {
            Field::Absent => TextChange::Keep,
            Field::Null => TextChange::Clear,
            Field::Value(text) => description(text)?.map_or(TextChange::Clear, TextChange::Set),
        },
    };
    change(call, named, |id| {
        if releases {
            Administer::Release { id, edit }
        } else {
            Administer::Edit { id, edit }
        }
    })
    .await
}

pub(in crate::http::api) async fn delete(
    call: &Call,
    (company, id): (CompanyId, GroupId),
) -> Answer {
    call.context
        .administer(company, Administer::Delete { id }, 204)
        .await?;
    Ok(Reply::empty())
}

pub(in crate::http::api) async fn restore(call: &Call, named: (CompanyId, GroupId)) -> Answer {
    change(call, named, |id| Administer::Restore { id }).await
}

pub(in crate::http::api) async fn undo_adoption(
    call: &Call,
    named: (CompanyId, GroupId),
) -> Answer {
    change(call, named, |id| Administer::UndoAdoption { id }).await
}

/// Changes one group by its id, and answers with it.
async fn change(
    call: &Call,
    (company, id): (CompanyId, GroupId),
    request: impl FnOnce(GroupId) -> Administer,
) -> Answer {
    let (group, settings) = call.context.administer(company, request(id), 200).await?;
    Ok(shown(&group, &settings))
}

fn shown(group: &Group, settings: &Settings) -> Reply {
    Reply::ok(&group.for_app(settings))
}

fn unknown(id: &GroupId) -> Refusal {
    not_found("teammate group", id.as_str())
}

/// As bounded as what an identity provider gives.
fn display_name(name: &str) -> Result<String, Failure> {
    readable_line("display_name", name, MAX_DISPLAY_NAME_CHARACTERS)
}

/// An empty text is none.
fn description(text: String) -> Result<Option<String>, Failure> {
    if text.chars().count() > MAX_DESCRIPTION_CHARACTERS {
        return Err(Refusal::InvalidInput(format!(
            "\"description\" must be a text of at most {MAX_DESCRIPTION_CHARACTERS} characters."
        ))
        .into());
    }
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}
