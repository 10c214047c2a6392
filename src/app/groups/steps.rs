//! Groups with all of their members, step by step: members that one read of D1 has no room for are read when it is their
//! turn, which may be long after the request was answered for.

use crate::ambient;
use crate::app::{Context, Error, IdentityProvider};
use crate::directory::access::Purpose;
use crate::directory::id::{GroupId, RequestId};
use crate::directory::refusal::Refusal;
use crate::store::groups::whole::{self, MemberPosition};
use crate::store::shard;
use crate::store::statement::Outcome;
use std::collections::VecDeque;
use worker::Env;

pub(crate) use crate::store::groups::whole::GroupPart;

pub(crate) struct Steps {
    /// Those that were read and not yet given out.
    rows: VecDeque<String>,
    /// All groups, and where the next step begins.
    ids: Vec<GroupId>,
    next: MemberPosition,
    env: Env,
    caller: IdentityProvider,
    pub(crate) request_id: RequestId,
}

impl Steps {
    /// Of `ids` from the place `first` on; the first of their steps have been read.
    pub(super) fn new(
        context: &Context,
        caller: &IdentityProvider,
        ids: Vec<GroupId>,
        first: usize,
        read: Outcome,
    ) -> Self {
        Self {
            rows: read.rows.into(),
            ids,
            next: MemberPosition {
                place: first,
                ..MemberPosition::default()
            },
            env: context.env().clone(),
            caller: caller.clone(),
            request_id: context.request_id.clone(),
        }
    }

    /// Bytes that were read and not yet given out.
    pub(crate) fn held(&self) -> usize {
        self.rows.iter().map(String::len).sum()
    }

    /// Nothing behind the last.
    pub(crate) async fn next(&mut self) -> Result<Option<GroupPart>, Error> {
        if self.rows.is_empty() && self.next.place < self.ids.len() {
            let database = shard::of_company(&self.env, &self.caller.token.company_id)?;
            let admission = self.caller.admission(Purpose::ReadGroups, ambient::now());
            let read = whole::from(&admission, &self.ids, &self.next);
            self.rows = database.run(read).await?.rows.into();
            if self.rows.is_empty() {
                // What is left is not for this caller any more; and what was given out is not all.
                return Err(Refusal::NotAuthenticated.into());
            }
        }
        let Some(row) = self.rows.pop_front() else {
            return Ok(None);
        };
        let step = whole::part(&row)?;
        self.next = step.next();
        Ok(Some(step))
    }
}
