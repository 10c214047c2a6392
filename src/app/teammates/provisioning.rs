//! Teammates as identity providers write them.

use super::page::columns;
use crate::ambient;
use crate::app::committed::remember;
use crate::app::{Committed, Context, Error, IdentityProvider};
use crate::directory::access::{Access, Purpose};
use crate::directory::id::TeammateId;
use crate::directory::refusal::Refusal;
use crate::directory::teammate::Listed;
use crate::directory::teammate::change::Decision;
use crate::directory::teammate::found::Found;
use crate::directory::teammate::provisioning::{self, Notes, Target};
use crate::directory::template::Requested;
use crate::directory::time::Timestamp;
use crate::scim::fold::NameKey;
use crate::scim::projection::Projection;
use crate::scim::rewrite::Rewrite;
use crate::scim::user::{Understood, User};
use crate::store::teammates::{self, Columns, TeammateKey, recent};
use crate::store::transaction::{Lookup, Transaction};

/// One that SCIM shows.
pub(crate) async fn get(
    context: &Context,
    caller: &IdentityProvider,
    id: &TeammateId,
    projection: &Projection,
) -> Result<Listed, Error> {
    let company = &caller.token.company_id;
    let read = teammates::get(company, &TeammateKey::Id(id.clone()), columns(projection));
    let (_, outcomes) = context
        .authorized_read(caller, Purpose::Users, vec![read])
        .await?;
    let found = outcomes.first().map(teammates::one).transpose()?.flatten();
    let listed = provisioning::listed(found, id)?;
    remember(company, &listed.teammate);
    Ok(listed)
}

pub(crate) async fn create(
    context: &Context,
    caller: &IdentityProvider,
    asked: Understood<User>,
    projection: &Projection,
) -> Result<Listed, Error> {
    let Understood { value: user, notes } = asked;
    let new_id = TeammateId::new(context.now, ambient::id_randomness()?);
    let templates = Requested::of(&user.view().template_values());
    // Which templates exist is not remembered: a create that asks for one reads first.
    let head_start = caller
        .remembered
        .clone()
        .filter(|_| templates.is_empty())
        .map(|access| (access, Found::nothing()));
    let request = Write {
        caller,
        question: Lookup {
            key: TeammateKey::Meant(NameKey::of(&user.user_name)),
            columns: columns(projection),
            templates,
        },
        status: 201,
        notes,
        head_start,
    };
    request
        .done(context, &mut |access, found, now, notes| {
            provisioning::create(access, found, &user, &new_id, now, notes)
        })
        .await
}

/// A PUT or a PATCH.
pub(crate) async fn rewrite<R: Rewrite>(
    context: &Context,
    caller: &IdentityProvider,
    target: Target<'_>,
    asked: Understood<R>,
    projection: &Projection,
) -> Result<Listed, Error> {
    let Understood { value, notes } = asked;
    Write::of(caller, target.id, columns(projection), 200, notes)
        .done(context, &mut |access, found, now, notes| {
            provisioning::rewrite(access, found, target, &value, now, notes)
        })
        .await
}

pub(crate) async fn remove(
    context: &Context,
    caller: &IdentityProvider,
    target: Target<'_>,
) -> Result<(), Error> {
    Write::of(caller, target.id, Columns::Own, 204, Notes::new())
        .done(context, &mut |access, found, now, notes| {
            provisioning::remove(access, found, target, now, notes)
        })
        .await?;
    Ok(())
}

/// Decides at a moment: the clock is read when the decision is taken, not when the request came in, so that
/// a block which had to wait still ends the sessions that began in the meantime.
type DecideAt<'a> =
    dyn FnMut(&Access, &Found, Timestamp, &mut Notes) -> Result<Decision, Refusal> + 'a;

struct Write<'a> {
    caller: &'a IdentityProvider,
    question: Lookup,
    /// What the answer's status will be, for the log.
    status: u16,
    notes: Notes,
    head_start: Option<(Access, Found)>,
}

impl<'a> Write<'a> {
    /// Of one teammate by its id.
    fn of(
        caller: &'a IdentityProvider,
        id: &TeammateId,
        columns: Columns,
        status: u16,
        notes: Notes,
    ) -> Self {
        Self {
            head_start: head_start(caller, id),
            caller,
            question: Lookup {
                key: TeammateKey::Id(id.clone()),
                columns,
                templates: Requested::default(),
            },
            status,
            notes,
        }
    }

    async fn done(self, context: &Context, decide: &mut DecideAt<'_>) -> Result<Listed, Error> {
        let caller = self.caller;
        let company = &caller.token.company_id;
        let mut seen = None;
        let written = Transaction {
            database: context.database(company)?,
            caller: &caller.admission(Purpose::Users, ambient::now()),
            question: self.question,
            line: &context.line()?,
            status: self.status,
            notes: self.notes,
            head_start: self.head_start,
        }
        .run(&mut |access, found, notes| {
            seen = None;
            let now = ambient::now();
            access.authorize(caller.endpoint.as_ref(), Purpose::Users, now)?;
            seen = Some(access.clone());
            let decision = decide(access, found, now, notes);
            notes.spoken_by(context.dialect(access, &notes.quirks()));
            decision
        })
        .await?;
        // What the last decision was taken on is what D1 has confirmed; but for a guess, behind which D1 knew of nobody.
        let is_nobody = matches!(written, Err(Refusal::NotAuthenticated));
        if let Some(access) = seen.as_ref().filter(|_| !is_nobody) {
            context.saw(caller, access);
        }
        let written = written?;
        let teammate = &written.listed.teammate;
        if written.is_changed {
            context.committed(company, &Committed::TeammateOverScim(teammate));
        } else {
            remember(company, teammate);
        }
        Ok(written.listed)
    }
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
