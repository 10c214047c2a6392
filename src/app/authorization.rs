//! Whether an identity provider may do what it asks for: said by the same D1 call that reads for it, so that the check
//! costs no round trip.

use super::{Context, Error};
use crate::directory::access::{Access, Purpose};
use crate::directory::refusal::Refusal;
use crate::store::access::Admission;
use crate::store::access::recent;
use crate::store::caller::{Caller as _, IdentityProvider};
use crate::store::statement::{Outcome, Statement, taken_apart};
use crate::store::{connections, shard, tokens};
use worker::console_error;

impl Context {
    /// Authenticates and reads in one round trip. The reads find one row each or none, and are made only where the
    /// authentication holds.
    pub(super) async fn authorized_read(
        &self,
        caller: &IdentityProvider,
        purpose: Purpose,
        reads: Vec<Statement>,
    ) -> Result<(Access, Vec<Outcome>), Error> {
        let admission = caller.admission(purpose, self.now);
        let database = self.database(&caller.token.company_id)?;
        let outcome = database.run(admission.look(&[], &reads)).await?;
        let mut outcomes = taken_apart(&outcome).into_iter();
        let access = self.authorized(&admission, purpose, outcomes.next())?;
        Ok((access, outcomes.collect()))
    }

    /// Like [`Self::authorized_read`], with a read of any number of rows, which come last, and what is to be kept of them, if
    /// anything. These run before the authentication has been looked at: they are statements for this very admission,
    /// and so see to it themselves that nothing comes of them where it does not hold.
    pub(super) async fn authorized_page(
        &self,
        caller: &IdentityProvider,
        purpose: Purpose,
        reads: Vec<Statement>,
        keeping: Vec<Statement>,
        page: Statement,
    ) -> Result<(Access, Vec<Outcome>, Outcome), Error> {
        let admission = caller.admission(purpose, self.now);
        let mut batch = vec![admission.look(&[], &reads)];
        batch.extend(keeping);
        batch.push(page);
        let database = self.database(&caller.token.company_id)?;
        let mut outcomes = database.batch(&batch).await?;
        let page = outcomes.pop().unwrap_or_default();
        let mut reads = taken_apart(outcomes.first().unwrap_or(&Outcome::default())).into_iter();
        let access = self.authorized(&admission, purpose, reads.next())?;
        Ok((access, reads.collect(), page))
    }

    /// Authenticates alone.
    pub(crate) async fn authorize(
        &self,
        caller: &IdentityProvider,
        purpose: Purpose,
    ) -> Result<(), Error> {
        self.authorized_read(caller, purpose, Vec::new()).await?;
        Ok(())
    }

    /// Refuses what can't be used: the caller learns why only if it may call at all.
    pub(super) async fn refuse<T>(
        &self,
        caller: &IdentityProvider,
        purpose: Purpose,
        error: impl Into<Error>,
    ) -> Result<T, Error> {
        self.authorize(caller, purpose).await?;
        Err(error.into())
    }

    fn authorized(
        &self,
        admission: &Admission<'_>,
        purpose: Purpose,
        outcome: Option<Outcome>,
    ) -> Result<Access, Error> {
        let caller = admission.caller();
        let access = admission
            .authority(&outcome.unwrap_or_default())?
            .ok_or(Refusal::NotAuthenticated)?;
        access.authorize(caller.endpoint.as_ref(), purpose, self.now)?;
        self.saw(caller, &access);
        Ok(access)
    }

    /// Remembers who may call, and keeps when token and connection were last heard of: after the answer,
    /// and from one isolate at most once a minute for each token. Only for an access that was found good.
    pub(super) fn saw(&self, caller: &IdentityProvider, access: &Access) {
        const MINUTE: i64 = 60_000;
        self.is_let_in();
        let remembered = caller
            .remembered
            .as_ref()
            .map(|access| access.company.rules_version);
        if remembered != Some(access.company.rules_version) {
            recent::remember(&caller.token, caller.endpoint.as_ref(), access);
        }
        let is_recent = access
            .token
            .last_used_at
            .is_some_and(|moment| self.now.0.saturating_sub(moment.0) < MINUTE);
        let knows_connection = access
            .connection
            .as_ref()
            .is_none_or(|connection| connection.first_seen_at.is_some());
        if is_recent && knows_connection {
            return;
        }
        let mut seen = access.clone();
        seen.token.last_used_at = Some(self.now);
        if let Some(connection) = &mut seen.connection {
            connection.first_seen_at.get_or_insert(self.now);
        }
        recent::remember(&caller.token, caller.endpoint.as_ref(), &seen);
        let company = &access.company.id;
        let mut statements = vec![tokens::used(company, &access.token.id, self.now)];
        if let Some(connection) = &access.connection {
            statements.push(connections::saw(company, &connection.id, self.now));
        }
        let Ok(database) = shard::of_company(self.env(), company) else {
            return;
        };
        let request_id = self.request_id.clone();
        self.afterwards(async move {
            if let Err(error) = database.batch(&statements).await {
                console_error!("{request_id} could not keep when the token was used: {error}");
            }
        });
    }
}
