//! `/Users`: teammates as identity providers see them.

mod list;
mod show;

pub(in crate::http) use list::list;
pub(in crate::http::scim) use list::{Users, first, found};

use crate::directory::access::{Access, Purpose};
use crate::directory::change::Decision;
use crate::directory::id::TeammateId;
use crate::directory::provisioning::{self, Found, Notes, Target};
use crate::directory::refusal::Refusal;
use crate::directory::teammate::Listed;
use crate::directory::template::Requested;
use crate::directory::time::Timestamp;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::{Answer, ambient};
use crate::scim::etag::Unmet;
use crate::scim::fold::NameKey;
use crate::scim::patch::PatchRequest;
use crate::scim::projection::Projection;
use crate::scim::rewrite::Rewrite;
use crate::scim::user::{Replacement, Understood, User};
use crate::store::caller::IdentityProvider;
use crate::store::teammates::{self, Columns, Key, recent};
use crate::store::transaction::{Question, Transaction};

use show::{columns, projection, show};

pub(in crate::http) async fn get(call: &Call, (id,): (TeammateId,)) -> Answer {
    let projection = match projection(call) {
        Ok(projection) => projection,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let caller = call.identity_provider()?;
    let read = teammates::get(
        &caller.token.company_id,
        &Key::Id(id.clone()),
        columns(&projection),
    );
    let (_, outcomes) = call
        .authorized_read(&caller, Purpose::Users, vec![read])
        .await?;
    let found = outcomes.first().map(teammates::one).transpose()?.flatten();
    let listed = provisioning::listed(found, &id)?;
    let current = listed.teammate.entity_tag();
    let answer = match call.preconditions.unmet(current) {
        None => Ok(show(call, 200, &listed, &projection)),
        // RFC 9110 section 13.1.2: for a read this is good news.
        Some(Unmet::IfNoneMatch) => Ok(Reply::not_modified(current)),
        Some(precondition) => Err(Refusal::unmet(precondition, current).into()),
    };
    recent::remember(&caller.token.company_id, listed.teammate);
    answer
}

pub(in crate::http) async fn create(call: &Call, (): ()) -> Answer {
    let (Understood { value: user, notes }, projection) = match requested_user(call).await {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let caller = call.identity_provider()?;
    let new_id = TeammateId::new(call.now, ambient::id_randomness()?);
    let templates = Requested::of(&user.view().template_values());
    // Which templates exist is not remembered: a create that asks for one reads first.
    let head_start = caller
        .remembered
        .clone()
        .filter(|_| templates.is_empty())
        .map(|access| (access, Found::nothing()));
    let request = Write {
        caller: &caller,
        question: Question {
            key: Key::Meant(NameKey::of(&user.user_name)),
            columns: columns(&projection),
            templates,
        },
        status: 201,
        notes,
        head_start,
    };
    let written = write(call, request, &mut |access, found, now, notes| {
        provisioning::create(access, found, &user, &new_id, now, notes)
    })
    .await?;
    let location = format!("{}/Users/{}", call.base(), written.teammate.id);
    Ok(show(call, 201, &written, &projection).with_header("location", location))
}

pub(in crate::http) async fn replace(call: &Call, (id,): (TeammateId,)) -> Answer {
    rewrite(call, id, requested_replacement(call).await).await
}

pub(in crate::http) async fn patch(call: &Call, (id,): (TeammateId,)) -> Answer {
    rewrite(call, id, requested_patch(call).await).await
}

async fn rewrite<R: Rewrite>(
    call: &Call,
    id: TeammateId,
    requested: Result<(Understood<R>, Projection), Failure>,
) -> Answer {
    let (understood, projection) = match requested {
        Ok(requested) => requested,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let changed = Changed {
        id: &id,
        columns: columns(&projection),
        status: 200,
        notes: understood.notes,
    };
    let request = understood.value;
    let written = change(call, changed, &mut |access, found, now, notes| {
        provisioning::rewrite(access, found, target(call, &id), &request, now, notes)
    })
    .await?;
    Ok(show(call, 200, &written, &projection))
}

pub(in crate::http) async fn remove(call: &Call, (id,): (TeammateId,)) -> Answer {
    let changed = Changed {
        id: &id,
        columns: Columns::Own,
        status: 204,
        notes: Notes::new(),
    };
    change(call, changed, &mut |access, found, now, notes| {
        provisioning::remove(access, found, target(call, &id), now, notes)
    })
    .await?;
    Ok(Reply::empty())
}

/// Decides at a moment: the clock is read when the decision is taken, not when the request came in, so that
/// a block which had to wait still ends the sessions that began in the meantime.
type DecideAt<'a> =
    dyn FnMut(&Access, &Found, Timestamp, &mut Notes) -> Result<Decision, Refusal> + 'a;

struct Write<'a> {
    caller: &'a IdentityProvider,
    question: Question,
    status: u16,
    notes: Notes,
    head_start: Option<(Access, Found)>,
}

/// Which teammate is changed, and what is said of it.
struct Changed<'a> {
    id: &'a TeammateId,
    columns: Columns,
    status: u16,
    notes: Notes,
}

/// Changes one teammate by its id.
async fn change(
    call: &Call,
    changed: Changed<'_>,
    decide: &mut DecideAt<'_>,
) -> Result<Listed, Failure> {
    let caller = call.identity_provider()?;
    let head_start = head_start(&caller, changed.id);
    let request = Write {
        caller: &caller,
        question: Question {
            key: Key::Id(changed.id.clone()),
            columns: changed.columns,
            templates: Requested::default(),
        },
        status: changed.status,
        notes: changed.notes,
        head_start,
    };
    write(call, request, decide).await
}

/// What this isolate remembers of the caller and of the teammate, where it remembers both.
fn head_start(caller: &IdentityProvider, id: &TeammateId) -> Option<(Access, Found)> {
    let access = caller.remembered.clone()?;
    let found = Found {
        teammate: Some(recent::recall(&caller.token.company_id, id)?),
        ..Found::nothing()
    };
    Some((access, found))
}

async fn write(
    call: &Call,
    request: Write<'_>,
    decide: &mut DecideAt<'_>,
) -> Result<Listed, Failure> {
    let caller = request.caller;
    let mut seen = None;
    let written = Transaction {
        database: call.database(&caller.token.company_id)?,
        caller,
        question: request.question,
        line: &call.line()?,
        status: request.status,
        notes: request.notes,
        head_start: request.head_start,
    }
    .run(&mut |access, found, notes| {
        seen = None;
        let now = ambient::now();
        access.authorize(call.endpoint(), Purpose::Users, now)?;
        seen = Some(access.clone());
        let decision = decide(access, found, now, notes);
        notes.spoken_by(call.dialect(access, &notes.quirks()));
        decision
    })
    .await?;
    // What the last decision was taken on is what D1 has confirmed.
    if let Some(access) = &seen {
        call.saw(caller, access);
    }
    let written = written?;
    // One that SCIM does not show can't be changed.
    if written.teammate.state.is_listed_in_scim() {
        recent::remember(&caller.token.company_id, written.teammate.clone());
    }
    Ok(written)
}

/// All that can be wrong with a request is found before anything is written.
async fn requested_user(call: &Call) -> Result<(Understood<User>, Projection), Failure> {
    let user = User::from_request(&call.scim_body().await?)?;
    Ok((as_it_came(call, user), projection(call)?))
}

async fn requested_replacement(
    call: &Call,
) -> Result<(Understood<Replacement>, Projection), Failure> {
    let replacement = Replacement::read(&call.rewriting_body().await?);
    Ok((as_it_came(call, replacement), projection(call)?))
}

async fn requested_patch(call: &Call) -> Result<(Understood<PatchRequest>, Projection), Failure> {
    let patch = PatchRequest::parse(&call.rewriting_body().await?)?;
    Ok((as_it_came(call, patch), projection(call)?))
}

fn as_it_came<T>(call: &Call, mut understood: Understood<T>) -> Understood<T> {
    if let Some(sent) = call.sent_otherwise() {
        understood.notes.came_as(sent.to_owned());
    }
    understood
}

fn target<'a>(call: &'a Call, id: &'a TeammateId) -> Target<'a> {
    Target {
        id,
        preconditions: &call.preconditions,
    }
}
