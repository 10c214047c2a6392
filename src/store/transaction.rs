//! The optimistic transaction of one teammate: read, decide, write if what was read still holds.
//!
//! A batch that may well come too late begins with the same reads, so that it brings back why, and the decision
//! is taken again on that without a further call: one that was decided on a guess, and one that follows a lost
//! race. What was read a moment ago hardly ever changes meanwhile, and reading it once more is a third of the
//! batch's price: where it has changed all the same, it is read again. The caller of the API never sees a race.
//! The usual write costs two calls; one, where the caller's `head_start` guessed right.

use super::caller::Caller;
use super::commit::{Commit, Ended, Reread};
use super::database::Database;
use super::error::StoreError;
use super::journal::{self, Ending, RequestLine};
use super::statement::{Outcome, Statement, taken_apart};
use super::teammates::{self, Columns, TeammateKey, write};
use super::templates;
use crate::directory::refusal::Refusal;
use crate::directory::teammate::change::{Change, Decision};
use crate::directory::teammate::found::Found;
use crate::directory::teammate::provisioning::Notes;
use crate::directory::teammate::{Listed, Teammate};
use crate::directory::template::Requested;
use crate::scim::fold::NameKey;
use crate::scim::user::GroupOfUser;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

/// Each lost race means that another write of the same rows was done in the meantime.
const MOST_ATTEMPTS: u32 = 100;

/// From this attempt on, contenders step out of each other's way: those that try again at once, all
/// together, need as many rounds as they are.
const FIRST_PAUSE: u32 = 3;

/// What one write asks the store before it is decided.
pub struct Lookup {
    pub key: TeammateKey,
    /// What the answer shows of the teammate.
    pub columns: Columns,
    pub templates: Requested,
}

/// The rule that decides on what was found; asked anew after each lost race.
pub type Decide<'a, S> = dyn FnMut(&S, &Found, &mut Notes) -> Result<Decision, Refusal> + 'a;

pub struct Transaction<'a, C: Caller> {
    pub database: &'a Database,
    pub caller: &'a C,
    pub question: Lookup,
    pub line: &'a RequestLine,
    /// What the answer's status will be, for the log.
    pub status: u16,
    /// What was noted of the request before anything was decided.
    pub notes: Notes,
    /// Decide on this first, as if it had been found, and save the first read.
    pub head_start: Option<(C::Authority, Found)>,
}

/// What came of a write.
pub struct Written {
    pub listed: Listed,
    /// Not so where everything was as asked already.
    pub is_changed: bool,
}

impl<C: Caller> Transaction<'_, C> {
    pub async fn run(
        mut self,
        decide: &mut Decide<'_, C::Authority>,
    ) -> Result<Result<Written, Refusal>, StoreError> {
        let mut guess = self.head_start.take();
        let mut fresh = None;
        let mut has_failed = false;
        let mut has_lost = false;
        // The userName that was last decided for. Who holds it is read from then on, whatever else is read anew: it is
        // what the decision turns on.
        let mut claimed = None;
        for attempt in 0..MOST_ATTEMPTS {
            if attempt >= FIRST_PAUSE {
                self.pause(attempt).await;
                fresh = None;
            }
            let is_guess = guess.is_some();
            let (authority, found) = match guess.take().or_else(|| fresh.take()) {
                Some(known) => known,
                None => match self.look(claimed.clone()).await? {
                    Some(known) => known,
                    None => return Ok(Err(self.caller.unknown())),
                },
            };
            let mut notes = self.notes.clone();
            match decide(&authority, &found, &mut notes) {
                // Nobody is refused, and nothing left undone, on a guess.
                Err(_) | Ok(Decision::Nothing(_)) if is_guess => {}
                Err(refusal) => return Ok(Err(refusal)),
                Ok(Decision::Nothing(teammate)) => {
                    // The rules have changed since.
                    if !self.log_nothing(&authority, &teammate, notes).await? {
                        continue;
                    }
                    return Ok(Ok(Written {
                        listed: Listed {
                            teammate: *teammate,
                            groups: found.groups,
                        },
                        is_changed: false,
                    }));
                }
                Ok(Decision::Change(change)) => {
                    let may_be_late = is_guess || has_lost;
                    has_lost = !is_guess;
                    claimed = change.claimed_user_name().or(claimed);
                    let claim = claimed.clone();
                    let attempt = self.commit(&authority, &change, notes, claim, may_be_late);
                    match attempt.await? {
                        Attempt::Done(groups) => {
                            return Ok(Ok(Written {
                                listed: Listed {
                                    teammate: change.into_after(),
                                    groups,
                                },
                                is_changed: true,
                            }));
                        }
                        Attempt::TooLate(known) => fresh = known,
                        Attempt::Failed(error, _) if has_failed => return Err(error),
                        Attempt::Failed(_, known) => {
                            has_failed = true;
                            fresh = known;
                        }
                    }
                }
            }
        }
        Err(StoreError::Contention(MOST_ATTEMPTS))
    }

    /// Waits for up to some milliseconds more with each attempt; how long differs from request to request.
    async fn pause(&self, attempt: u32) {
        let mut hasher = DefaultHasher::new();
        (self.line.request_id.as_str(), attempt).hash(&mut hasher);
        let longest = u64::from(attempt.min(20)) * 10;
        let pause = hasher.finish() % longest;
        worker::Delay::from(Duration::from_millis(pause)).await;
    }

    /// Reads what a decision rests on.
    fn reads(&self, claimed_user_name: Option<NameKey>) -> Statement {
        let company = self.caller.company_id();
        let mut reads = vec![teammates::get(
            company,
            &self.question.key,
            self.question.columns,
        )];
        if !self.question.templates.is_empty() {
            reads.push(templates::choices(company, &self.question.templates));
        }
        if let Some(name) = claimed_user_name
            && !matches!(&self.question.key, TeammateKey::UserName(asked) | TeammateKey::Meant(asked) if *asked == name)
        {
            reads.push(teammates::get(
                company,
                &TeammateKey::UserName(name),
                Columns::Own,
            ));
        }
        self.caller.look(&reads)
    }

    fn read_back(&self, outcome: &Outcome) -> Result<Option<(C::Authority, Found)>, StoreError> {
        let mut outcomes = taken_apart(outcome).into_iter();
        let mut next = || outcomes.next().unwrap_or_default();
        let Some(authority) = self.caller.authority(&next())? else {
            return Ok(None);
        };
        let (teammate, groups) = teammates::one(&next())?
            .map(|listed| (listed.teammate, listed.groups))
            .unzip();
        let templates = if self.question.templates.is_empty() {
            Vec::new()
        } else {
            templates::chosen(&next())?
        };
        let holder = teammates::one(&next())?.map(|listed| listed.teammate);
        Ok(Some((
            authority,
            Found {
                teammate,
                groups: groups.unwrap_or_default(),
                holder,
                templates,
            },
        )))
    }

    async fn look(
        &self,
        claimed_user_name: Option<NameKey>,
    ) -> Result<Option<(C::Authority, Found)>, StoreError> {
        let outcome = self.database.run(self.reads(claimed_user_name)).await?;
        self.read_back(&outcome)
    }

    /// Where it is likely to come too late, the reads are part of its call.
    async fn commit(
        &self,
        authority: &C::Authority,
        change: &Change,
        notes: Notes,
        claimed_user_name: Option<NameKey>,
        is_likely_late: bool,
    ) -> Result<Attempt<C::Authority>, StoreError> {
        let company = C::company(authority);
        let ended = Commit {
            database: self.database,
            company: &company.id,
            actor: &self.caller.actor(authority),
            line: self.line,
            change: write::apply(company, change, self.question.columns),
            then: Vec::new(),
            event: &change.event(),
            row_growth: change.row_growth(),
            ending: &self.ending(change.after(), &notes, change.stored_unsaid()),
        }
        .run(Some(Reread {
            statement: &|| self.reads(claimed_user_name.clone()),
            is_likely: is_likely_late,
        }))
        .await?;
        let read_back = |reads: Option<Outcome>| match reads {
            Some(reads) => self.read_back(&reads),
            None => Ok(None),
        };
        Ok(match ended {
            Ended::Done(write) => Attempt::Done(write::groups(&write)?),
            Ended::DoneUnheard(reads) => {
                let groups = read_back(reads)?.map(|(_, found)| found.groups);
                Attempt::Done(groups.unwrap_or_default())
            }
            Ended::TooLate(reads) => Attempt::TooLate(read_back(reads)?),
            Ended::Failed(error, reads) => Attempt::Failed(error, read_back(reads)?),
        })
    }

    async fn log_nothing(
        &self,
        authority: &C::Authority,
        teammate: &Teammate,
        notes: Notes,
    ) -> Result<bool, StoreError> {
        let company = C::company(authority);
        // A company whose quota is used up keeps no line of what changes nothing.
        if company.check_room().is_err() {
            return Ok(true);
        }
        let line = journal::record_nothing(
            &company.id,
            company.rules_version,
            &self.caller.actor(authority),
            self.line,
            &self.ending(teammate, &notes, None),
        );
        Ok(self.database.run(line).await?.changes > 0)
    }

    fn ending(&self, teammate: &Teammate, notes: &Notes, stored: Option<String>) -> Ending {
        Ending {
            status: self.status,
            resource_id: teammate.id.to_string(),
            noted: notes.into(),
            stored,
        }
    }
}

enum Attempt<S> {
    /// With the groups that the teammate is in, where they are asked for.
    Done(Vec<GroupOfUser>),
    /// Something that the decision rested on had changed; this is how it is now, where that was read.
    TooLate(Option<(S, Found)>),
    /// The call failed and was not committed.
    Failed(StoreError, Option<(S, Found)>),
}
