//! The one place that every commit of a change passes.

use super::Context;
use crate::directory::id::CompanyId;
use crate::directory::teammate::Teammate;
use crate::store::cost::Cost;
use crate::store::teammates::recent;
use std::borrow::Cow;

/// What has been committed.
pub(super) enum Committed<'a> {
    /// Settings, a connection, a token or a template. What isolates remember of the old rules is found out of date by
    /// the guard of the next write.
    Rules,
    /// By the operator's app; what this isolate remembers of the teammate is out of date in the same way.
    TeammateInApp,
    /// By an identity provider, which hardly ever writes once.
    TeammateOverScim(&'a Teammate),
    /// Done by the company's object, which alone knows whether it changed anything or found all as it was asked for.
    Group { cost: Cost, queued_behind: usize },
}

impl Context {
    /// Every change that somebody asked for passes here when it is known to be committed and before it is answered,
    /// whoever made it and wherever it was written: what follows from a change is hooked on here. What cron commits
    /// (`upkeep`) does not pass yet, nor the erasing of a company, of which nothing is left to tell.
    pub(super) fn committed(&self, company: &CompanyId, what: &Committed<'_>) {
        match what {
            Committed::Rules | Committed::TeammateInApp => {}
            Committed::TeammateOverScim(teammate) => remember(company, teammate),
            Committed::Group {
                cost,
                queued_behind,
            } => self.was_done_elsewhere(*cost, *queued_behind),
        }
    }
}

/// For the identity provider's next write. One that SCIM does not show can't be changed by it.
pub(super) fn remember(company: &CompanyId, teammate: &Teammate) {
    if teammate.state.is_listed_in_scim() {
        recent::remember(company, Cow::Borrowed(teammate));
    }
}
