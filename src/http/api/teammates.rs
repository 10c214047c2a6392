//! `/api/v1/companies/{id}/teammates`: teammates as the operator's app sees them.

use super::page::Page;
use super::{Field, companies, not_null};
use crate::directory::administration::{self, NewTeammate};
use crate::directory::change::Decision;
use crate::directory::company::Company;
use crate::directory::fold::fold;
use crate::directory::id::{CompanyId, TeammateId, TemplateId};
use crate::directory::provisioning::{Found, Notes};
use crate::directory::refusal::Refusal;
use crate::directory::teammate::{Role, State, Teammate};
use crate::directory::template::Requested;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::{Answer, ambient};
use crate::scim::Object;
use crate::scim::patch::PatchRequest;
use crate::scim::schema::CUSTOM_FIELDS_URN;
use crate::scim::user::{Understood, User};
use crate::store::caller::Operator;
use crate::store::teammates::{self, Columns, Key, Shown};
use crate::store::transaction::{Decide, Question, Transaction};
use crate::typed;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Creation {
    user_name: String,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    given_name: Option<String>,
    #[serde(default)]
    family_name: Option<String>,
    #[serde(default)]
    external_id: Option<String>,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default)]
    template_id: Option<TemplateId>,
    #[serde(default)]
    custom_fields: Option<Object>,
}

/// What is absent stays; `null` takes away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    #[serde(default, deserialize_with = "not_null")]
    user_name: Option<String>,
    #[serde(default)]
    email: Field<String>,
    #[serde(default)]
    display_name: Field<String>,
    #[serde(default)]
    given_name: Field<String>,
    #[serde(default)]
    family_name: Field<String>,
    #[serde(default)]
    external_id: Field<String>,
    #[serde(default, deserialize_with = "not_null")]
    role: Option<Role>,
    #[serde(default, deserialize_with = "not_null")]
    custom_fields: Option<Object>,
}

pub(in crate::http::api) async fn list(call: &Call, (company,): (CompanyId,)) -> Answer {
    let page = Page::of(call)?;
    let query = call.query();
    let shown = match query.get("state") {
        None => Shown::Living,
        Some(text) => Shown::Only(state_named(text)?),
    };
    let after = page.after.as_deref();
    let prefix = query.get("search").map(fold);
    let statement = match &prefix {
        Some(prefix) => teammates::search_page(&company, shown, prefix, after, page.rows()),
        None => teammates::app_page(&company, shown, after, page.rows()),
    };
    let (_, [outcome]) = companies::read_of(call, &company, [statement]).await?;
    Ok(page.reply(
        &teammates::many(&outcome)?,
        |listed| match prefix {
            Some(_) => fold(&listed.teammate.user_name),
            None => listed.teammate.id.to_string(),
        },
        |listed| listed.teammate.for_app(),
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
) -> Answer {
    let read = teammates::get(&company, &Key::Id(id.clone()), Columns::Own);
    let (_, [outcome]) = companies::read_of(call, &company, [read]).await?;
    match teammates::one(&outcome)? {
        Some(listed) => Ok(Reply::ok(&listed.teammate.for_app())),
        None => Err(Refusal::NotFound {
            kind: "teammate".into(),
            id: id.to_string(),
        }
        .into()),
    }
}

pub(in crate::http::api) async fn create(call: &Call, (company_id,): (CompanyId,)) -> Answer {
    let new = new_teammate(call.api_body().await?)?;
    let new_id = TeammateId::new(call.context.now, ambient::id_randomness()?);
    let question = Question {
        key: Key::UserName(fold(&new.user_name)),
        columns: Columns::Own,
        templates: Requested::of_id(new.template_id.as_ref()),
    };
    let written = write(call, company_id, question, 201, &mut |company, found, _| {
        administration::create(company, found, &new, &new_id, call.context.now)
    })
    .await?;
    Ok(Reply::json(201, &written.for_app()))
}

/// Goes through SCIM's own reading of a user, so that what the app makes is as canonical and as bounded
/// as what an identity provider makes.
fn new_teammate(creation: Creation) -> Result<NewTeammate, Failure> {
    let is_address = creation.user_name.contains('@');
    let email = creation
        .email
        .or_else(|| is_address.then(|| creation.user_name.clone()));
    let body = json!({
        "userName": creation.user_name,
        "externalId": creation.external_id,
        "name": {"givenName": creation.given_name, "familyName": creation.family_name},
        "displayName": creation.display_name,
        "emails": email.map(|email| json!([{"value": email, "type": "work", "primary": true}])),
        CUSTOM_FIELDS_URN: creation.custom_fields,
    });
    let user = User::from_request(body.as_object().unwrap_or(&Object::new()))?.value;
    Ok(NewTeammate {
        user_name: user.user_name,
        external_id: user.external_id,
        role: creation.role,
        template_id: creation.template_id,
        attributes: user.attributes,
    })
}

pub(in crate::http::api) async fn edit(call: &Call, named: (CompanyId, TeammateId)) -> Answer {
    let edit: Edit = call.api_body().await?;
    let patch = as_patch(&edit)?;
    change(call, named, 200, &mut |_, found, id, notes| {
        administration::edit(
            found,
            id,
            |current| {
                let patched = match &patch {
                    Some(patch) => patch.apply(&current.as_user())?,
                    None => Understood {
                        value: current.as_user(),
                        notes: Notes::new(),
                    },
                };
                notes.absorb(patched.notes);
                Ok(Teammate {
                    user_name: patched.value.user_name,
                    external_id: patched.value.external_id,
                    attributes: patched.value.attributes,
                    role: edit.role.unwrap_or(current.role),
                    ..current.clone()
                })
            },
            call.context.now,
        )
    })
    .await
}

/// The edit as the SCIM PATCH that does the same, if there is anything to do.
fn as_patch(edit: &Edit) -> Result<Option<PatchRequest>, Failure> {
    let mut operations = Vec::new();
    if let Some(user_name) = &edit.user_name {
        operations.push(json!({"op": "replace", "path": "userName", "value": user_name}));
    }
    for (path, value) in [
        ("displayName", &edit.display_name),
        ("name.givenName", &edit.given_name),
        ("name.familyName", &edit.family_name),
        ("externalId", &edit.external_id),
        ("emails[primary eq true].value", &edit.email),
    ] {
        let value = match value {
            Field::Absent => continue,
            Field::Null => Value::Null,
            Field::Value(text) => text.as_str().into(),
        };
        operations.push(json!({"op": "replace", "path": path, "value": value}));
    }
    if let Some(custom_fields) = &edit.custom_fields {
        // Removed first, so that what comes replaces the fields instead of joining them.
        operations.push(json!({"op": "remove", "path": CUSTOM_FIELDS_URN}));
        operations.push(json!({"op": "add", "path": CUSTOM_FIELDS_URN, "value": custom_fields}));
    }
    if operations.is_empty() {
        return Ok(None);
    }
    let mut body = Object::new();
    body.insert("Operations".to_owned(), operations.into());
    Ok(Some(PatchRequest::parse(&body)?.value))
}

pub(in crate::http::api) async fn block(call: &Call, named: (CompanyId, TeammateId)) -> Answer {
    change(call, named, 200, &mut |_, found, id, _| {
        administration::block(found, id, ambient::now())
    })
    .await
}

pub(in crate::http::api) async fn unblock(call: &Call, named: (CompanyId, TeammateId)) -> Answer {
    change(call, named, 200, &mut |company, found, id, _| {
        administration::unblock(company, found, id, call.context.now)
    })
    .await
}

pub(in crate::http::api) async fn delete(call: &Call, named: (CompanyId, TeammateId)) -> Answer {
    change(call, named, 204, &mut |_, found, id, _| {
        administration::delete(found, id, ambient::now())
    })
    .await?;
    Ok(Reply::empty())
}

type DecideOnId<'a> =
    dyn FnMut(&Company, &Found, &TeammateId, &mut Notes) -> Result<Decision, Refusal> + 'a;

/// Changes one teammate by its id, and answers with it.
async fn change(
    call: &Call,
    (company_id, id): (CompanyId, TeammateId),
    status: u16,
    decide: &mut DecideOnId<'_>,
) -> Answer {
    let question = Question {
        key: Key::Id(id.clone()),
        columns: Columns::Own,
        templates: Requested::default(),
    };
    let written = write(
        call,
        company_id,
        question,
        status,
        &mut |company, found, notes| decide(company, found, &id, notes),
    )
    .await?;
    Ok(Reply::ok(&written.for_app()))
}

async fn write(
    call: &Call,
    company_id: CompanyId,
    question: Question,
    status: u16,
    decide: &mut Decide<'_, Company>,
) -> Result<Teammate, Failure> {
    let caller = Operator { company_id };
    let written = Transaction {
        database: call.context.database(&caller.company_id)?,
        caller: &caller,
        question,
        line: &call.context.line()?,
        status,
        notes: Notes::new(),
        head_start: None,
    }
    .run(decide)
    .await??;
    Ok(written.teammate)
}
