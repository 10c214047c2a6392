//! What an identity provider's write does to a teammate: create, replace, patch, remove.
//!
//! Each function decides on what was found in the store and gives back a change or a refusal. It may
//! be asked again with newer findings where somebody else was faster; it keeps no state in between.

mod leaver;
mod soft_delete;

use super::change::{Change, Decision};
use super::found::Found;
use super::{BlockedBy, Listed, Origin, Role, State, Teammate};
use crate::directory::access::Access;
use crate::directory::company::plan::Entitlement;
use crate::directory::company::{Company, UnknownTemplate};
use crate::directory::id::TeammateId;
use crate::directory::refusal::Refusal;
use crate::directory::template::{Requested, TemplateChoice};
use crate::directory::time::Timestamp;
use crate::scim::etag::Preconditions;
use crate::scim::fold;
pub use crate::scim::normalise::notes::Notes;
use crate::scim::rewrite::Rewrite;
use crate::scim::user::User;

/// Which teammate a request is about, and in which version the client expects it.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub id: &'a TeammateId,
    pub preconditions: &'a Preconditions,
}

impl Target<'_> {
    /// The teammate, where SCIM shows it and it meets the preconditions. The write that follows is guarded
    /// by the version that was looked at here, so that the condition still holds when it is done.
    pub fn of(self, found: &Found) -> Result<&Teammate, Refusal> {
        let teammate = found
            .teammate
            .as_ref()
            .filter(|teammate| teammate.state.is_listed_in_scim())
            .ok_or_else(|| not_listed(self.id))?;
        let current = teammate.entity_tag();
        match self.preconditions.unmet(current) {
            None => Ok(teammate),
            Some(precondition) => Err(Refusal::unmet(precondition, current)),
        }
    }
}

/// `POST /Users`.
pub fn create(
    access: &Access,
    found: &Found,
    user: &User,
    new_id: &TeammateId,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    let company = &access.company;
    check_domain(company, user)?;
    check_primary_email(company, user, notes)?;
    let decision = match &found.teammate {
        None => Change::creation(newcomer(company, found, user, new_id, now, notes)?)?,
        Some(existing) => bring_back(company, existing, user, now, notes)
            .map_err(|refusal| found_by_email(existing, user, refusal))?,
    };
    check_seats(company, &decision)?;
    check_room(company, decision)
}

fn newcomer(
    company: &Company,
    found: &Found,
    user: &User,
    new_id: &TeammateId,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Teammate, Refusal> {
    let template = chosen_template(company, found, user, notes)?;
    let state = state_for(user.active.unwrap_or(true));
    Ok(Teammate {
        external_id: user.external_id.clone(),
        state,
        blocked_by: (state != State::Active).then_some(BlockedBy::Idp),
        role: template.map_or(Role::Teammate, |template| template.role),
        template_id: template.map(|template| template.id.clone()),
        attributes: user.attributes.clone().into(),
        ..Teammate::new(new_id.clone(), user.user_name.clone(), Origin::Scim, now)
    })
}

fn chosen_template<'a>(
    company: &Company,
    found: &'a Found,
    user: &User,
    notes: &mut Notes,
) -> Result<Option<&'a TemplateChoice>, Refusal> {
    let requested = Requested::of(&user.view().template_values());
    let chosen = requested.among(&found.templates)?;
    let settings = &company.settings;
    let names_one = chosen.template.is_some() || !chosen.unknown.is_empty();
    if names_one && !settings.is_entitled_to(Entitlement::Templates) {
        return Err(Refusal::NotEntitled(Entitlement::Templates));
    }
    if let Some(sent) = chosen.unknown.first()
        && settings.unknown_template == UnknownTemplate::Refuse
    {
        return Err(Refusal::UnknownTemplate {
            sent: (*sent).to_owned(),
        });
    }
    notes.extend(
        chosen.unknown.iter().map(|sent| {
            format!("no template \"{sent}\" exists: the teammate was created without it")
        }),
    );
    notes.extend(chosen.meaningless.iter().map(|sent| {
        format!("\"{sent}\" means no template: no id stands in it, and no template has that name")
    }));
    Ok(chosen.template)
}

/// A create for a userName that the company knows already: of whom the identity provider has blocked or removed it
/// means that they are back. Okta, set up anew, assigns people without looking, and takes a 409 for final.
fn bring_back(
    company: &Company,
    existing: &Teammate,
    user: &User,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    if !matches!(existing.state, State::Blocked | State::Removed) {
        return Err(refuse_user_name(existing));
    }
    let state = state_for(user.active.unwrap_or(true));
    check_unblock(company, existing, state)?;
    notes.push(
        "this userName was provisioned before: the same teammate was brought back, with its id and \
         groups; a template is applied at the first creation alone"
            .to_owned(),
    );
    Change::step(existing, applied(existing, user, state), now)
}

/// Who is in the way without having the userName was found by its e-mail address: the refusal says so.
fn found_by_email(existing: &Teammate, user: &User, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::UserNameTaken { user_name, id }
            if fold::name(&existing.user_name) != fold::name(&user.user_name) =>
        {
            Refusal::AwaitedInTheApp {
                user_name,
                email: user.user_name.clone(),
                id,
            }
        }
        other => other,
    }
}

/// `PUT /Users/{id}` and `PATCH /Users/{id}`: whole or not at all, but for what blocks the teammate.
pub fn rewrite(
    access: &Access,
    found: &Found,
    target: Target<'_>,
    request: &impl Rewrite,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    let current = target.of(found)?;
    let whole = request
        .whole(&current.as_user())
        .map_err(Refusal::from)
        .and_then(|rewritten| {
            let mut said = rewritten.notes;
            let decision = update(access, found, target, &rewritten.value, now, &mut said)?;
            Ok((decision, said))
        });
    match whole {
        Ok((decision, said)) => {
            notes.absorb(said);
            Ok(decision)
        }
        Err(refusal) if leaver::is_about_a_part(&refusal) => {
            leaver::leave(access, found, target, request, now, notes).unwrap_or(Err(refusal))
        }
        Err(refusal) => Err(refusal),
    }
}

/// What a teammate becomes that is to be this user, whole: what the user lacks is unassigned.
pub fn update(
    access: &Access,
    found: &Found,
    target: Target<'_>,
    user: &User,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    let company = &access.company;
    let current = target.of(found)?;
    let state = user.active.map_or(current.state, state_for);
    check_unblock(company, current, state)?;
    let asked = user;
    let user = &*soft_delete::undone(current, found, asked, state, notes);
    // A name that stays, or comes back, because a soft delete is undone was allowed before.
    let renames = |user: &User| fold::name(&user.user_name) != fold::name(&current.user_name);
    if renames(asked) && renames(user) {
        check_domain(company, user)?;
        if let Some(holder) = found.other_holder(&user.user_name, current) {
            return Err(refuse_user_name(holder));
        }
    }
    let differs = |user: &User| {
        user.user_name != current.user_name
            || user.view().primary_email() != current.view().primary_email()
    };
    if differs(asked) && differs(user) {
        check_primary_email(company, user, notes)?;
    }
    if user.view().template_values() != current.view().template_values() {
        notes.push(
            "the template attribute changed: it is kept as sent and does nothing, for a template is \
             applied at creation alone"
                .to_owned(),
        );
    }
    let decision = guard_last_admin(
        company,
        current,
        Change::step(current, applied(current, user, state), now)?,
    )?;
    check_seats(company, &decision)?;
    check_room(company, decision)
}

/// `DELETE /Users/{id}`: blocked, and gone from SCIM.
pub fn remove(
    access: &Access,
    found: &Found,
    target: Target<'_>,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    let current = target.of(found)?;
    let after = Teammate {
        blocked_by: blocked_by(current, State::Removed),
        is_linked: true,
        ..soft_delete::removed(current, found, notes)
    };
    guard_last_admin(&access.company, current, Change::step(current, after, now)?)
}

/// The teammate of the request, where SCIM shows it.
pub fn listed(found: Option<Listed>, id: &TeammateId) -> Result<Listed, Refusal> {
    found
        .filter(|listed| listed.teammate.state.is_listed_in_scim())
        .ok_or_else(|| not_listed(id))
}

fn not_listed(id: &TeammateId) -> Refusal {
    Refusal::NotFound {
        kind: "User".into(),
        id: id.to_string(),
    }
}

fn state_for(active: bool) -> State {
    if active {
        State::Active
    } else {
        State::Blocked
    }
}

/// An identity provider that blocks whom the app has blocked does not make it its own block.
fn blocked_by(current: &Teammate, state: State) -> Option<BlockedBy> {
    match (state, current.state) {
        (State::Active, _) => None,
        (_, State::Active) => Some(BlockedBy::Idp),
        _ => current.blocked_by,
    }
}

fn applied(current: &Teammate, user: &User, state: State) -> Teammate {
    Teammate {
        user_name: user.user_name.clone(),
        external_id: user.external_id.clone(),
        attributes: user.attributes.clone().into(),
        blocked_by: blocked_by(current, state),
        renamed_from: soft_delete::remembered(current, &user.user_name, state),
        state,
        is_linked: true,
        active_is_unassigned: state == current.state && user.active.is_none(),
        ..current.clone()
    }
}

/// Why `holder` keeps another from having its userName.
pub(super) fn refuse_user_name(holder: &Teammate) -> Refusal {
    let user_name = holder.user_name.clone();
    match holder.state {
        State::Active | State::Blocked => Refusal::UserNameTaken {
            user_name,
            id: holder.id.clone(),
        },
        State::Removed => Refusal::UserNameHeldByRemoved { user_name },
        State::Deleted => Refusal::Tombstone {
            user_name,
            deleted_at: holder.state_changed_at,
        },
    }
}

/// Whom the company's own admin has blocked, an identity provider brings back only where the company lets it.
fn check_unblock(company: &Company, current: &Teammate, state: State) -> Result<(), Refusal> {
    let is_unblocked = state == State::Active && current.state != State::Active;
    let is_of_the_app = current.blocked_by == Some(BlockedBy::App);
    if is_unblocked && is_of_the_app && !company.settings.idp_may_unblock {
        return Err(Refusal::BlockedByApp {
            user_name: current.user_name.clone(),
        });
    }
    Ok(())
}

fn check_domain(company: &Company, user: &User) -> Result<(), Refusal> {
    if company.settings.allows_domain_of(&user.user_name) {
        return Ok(());
    }
    Err(Refusal::DomainNotAllowed {
        user_name: user.user_name.clone(),
        allowed: company.settings.allowed_domains.clone(),
    })
}

fn check_primary_email(company: &Company, user: &User, notes: &mut Notes) -> Result<(), Refusal> {
    let Some(email) = user.view().primary_email() else {
        return Ok(());
    };
    if fold::name(email) == fold::name(&user.user_name) {
        return Ok(());
    }
    if company.settings.user_name_must_be_primary_email {
        return Err(Refusal::UserNameIsNotPrimaryEmail {
            user_name: user.user_name.clone(),
            email: email.to_owned(),
        });
    }
    notes.push(format!(
        "userName \"{}\" differs from the primary e-mail \"{email}\"",
        user.user_name
    ));
    Ok(())
}

/// Whether a seat is left for what the decision takes. The write checks it once more, in its own
/// transaction; this says so with the figures.
pub(super) fn check_seats(company: &Company, decision: &Decision) -> Result<(), Refusal> {
    match (decision, company.settings.seats) {
        (Decision::Change(change), Some(seats))
            if change.active_delta() > 0 && company.active_teammates >= u64::from(seats) =>
        {
            Err(Refusal::NoSeatLeft {
                seats,
                active: company.active_teammates,
            })
        }
        _ => Ok(()),
    }
}

/// Whether the company's quota has room for what an identity provider writes. Whoever leaves needs none: a block is
/// never refused for it, though what comes along may be (`leaver`). The write checks it once more.
fn check_room(company: &Company, decision: Decision) -> Result<Decision, Refusal> {
    let Decision::Change(mut change) = decision else {
        return Ok(decision);
    };
    change.needs_room = !change.blocks() || change.row_growth() > 0;
    if change.needs_room {
        company.check_room()?;
    }
    Ok(Decision::Change(change))
}

fn guard_last_admin(
    company: &Company,
    current: &Teammate,
    decision: Decision,
) -> Result<Decision, Refusal> {
    let Decision::Change(mut change) = decision else {
        return Ok(decision);
    };
    change.last_admin_may_go = company.settings.idp_may_block_last_admin;
    if change.active_admins_delta() < 0 && company.active_admins <= 1 && !change.last_admin_may_go {
        return Err(Refusal::LastAdmin {
            user_name: current.user_name.clone(),
        });
    }
    Ok(Decision::Change(change))
}

#[cfg(test)]
mod tests;
