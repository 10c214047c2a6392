//! What an identity provider's write does to a teammate: create, replace, patch, remove.
//!
//! Each function decides on what was found in the store and gives back a change or a refusal. It may
//! be asked again with newer findings where somebody else was faster; it keeps no state in between.

use super::access::Access;
use super::change::{Change, Decision};
use super::company::{Company, UnknownTemplate};
use super::fold::fold;
use super::id::TeammateId;
use super::plan::Entitlement;
use super::refusal::Refusal;
use super::teammate::{Listed, Origin, Role, State, Teammate};
use super::template::{Requested, TemplateChoice};
use super::time::Timestamp;
use crate::scim::etag::Preconditions;
pub use crate::scim::normalise::notes::Notes;
use crate::scim::user::{GroupOfUser, User};

/// What the store knows that bears on one write.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The teammate that the request is about: by id, or by userName for a create.
    pub teammate: Option<Teammate>,
    /// The groups that it is in, where the answer shows them; no decision rests on them.
    pub groups: Vec<GroupOfUser>,
    /// Who holds the userName that the change wants to claim, where that is another question.
    pub holder: Option<Teammate>,
    /// The templates that exist of those which the texts of a create may mean.
    pub templates: Vec<TemplateChoice>,
}

impl Found {
    pub fn nothing() -> Self {
        Self {
            teammate: None,
            groups: Vec::new(),
            holder: None,
            templates: Vec::new(),
        }
    }
}

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
        Some(existing) => bring_back(existing, user, now, notes)?,
    };
    check_seats(company, &decision)?;
    Ok(decision)
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
    Ok(Teammate {
        id: new_id.clone(),
        user_name: user.user_name.clone(),
        external_id: user.external_id.clone(),
        state: state_for(user.active.unwrap_or(true)),
        role: template.map_or(Role::Teammate, |template| template.role),
        template_id: template.map(|template| template.id.clone()),
        origin: Origin::Scim,
        attributes: user.attributes.clone(),
        active_is_unassigned: false,
        sessions_invalid_before: None,
        version: 1,
        created_at: now,
        updated_at: now,
        state_changed_at: now,
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

/// A create for a userName that the company knows already.
fn bring_back(
    existing: &Teammate,
    user: &User,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    if existing.state != State::Removed {
        return Err(refuse_user_name(existing));
    }
    notes.push(
        "this userName was provisioned before: the same teammate was brought back, with its id and \
         groups; a template is applied at the first creation alone"
            .to_owned(),
    );
    let active = user.active.unwrap_or(true);
    Change::step(existing, applied(existing, user, state_for(active)), now)
}

/// `PUT /Users/{id}`: a body that does not speak of `active` neither blocks nor unblocks anybody.
pub fn replace(
    access: &Access,
    found: &Found,
    target: Target<'_>,
    user: &User,
    now: Timestamp,
    notes: &mut Notes,
) -> Result<Decision, Refusal> {
    let active = user.active.or(target.of(found)?.shown_active());
    let user = User {
        active,
        ..user.clone()
    };
    update(access, found, target, &user, now, notes)
}

/// What a teammate becomes once a `PATCH` is applied, whole: what the user lacks is unassigned.
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
    let user_name_changes = user.user_name != current.user_name;
    if fold(&user.user_name) != fold(&current.user_name) {
        check_domain(company, user)?;
        if let Some(holder) = found
            .holder
            .as_ref()
            .filter(|holder| holder.id != current.id)
        {
            return Err(refuse_user_name(holder));
        }
    }
    if user_name_changes || user.view().primary_email() != current.view().primary_email() {
        check_primary_email(company, user, notes)?;
    }
    if user.view().template_values() != current.view().template_values() {
        notes.push(
            "the template attribute changed: it is kept as sent and does nothing, for a template is \
             applied at creation alone"
                .to_owned(),
        );
    }
    let state = user.active.map_or(current.state, state_for);
    let decision = guard_last_admin(
        company,
        current,
        Change::step(current, applied(current, user, state), now)?,
    )?;
    check_seats(company, &decision)?;
    Ok(decision)
}

/// `DELETE /Users/{id}`: blocked, and gone from SCIM.
pub fn remove(
    access: &Access,
    found: &Found,
    target: Target<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let current = target.of(found)?;
    let after = Teammate {
        state: State::Removed,
        ..current.clone()
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

fn applied(current: &Teammate, user: &User, state: State) -> Teammate {
    Teammate {
        user_name: user.user_name.clone(),
        external_id: user.external_id.clone(),
        attributes: user.attributes.clone(),
        state,
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
    if fold(email) == fold(&user.user_name) {
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
