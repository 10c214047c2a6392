//! Writes to groups, on their way to the company's object.
//!
//! Nobody reaches an object before it is known that they may: an object that is reached comes into being, and a token can
//! name any company.

use crate::app::{Committed, Context, Error};
use crate::company::{self, Command, Principal, Undone};
use crate::directory::access::Actor;
use crate::directory::company::{Company, Region};
use crate::directory::group::Group;

impl Context {
    /// Has it done, for one who may.
    pub(super) async fn send(&self, to: &Company, command: Command) -> Result<Group, Error> {
        command.request.refuse_excess()?;
        let region = to.settings.region.map(Region::as_str);
        let done = company::send(self.env(), region, &to.id, &command).await?;
        let committed = Committed::Group {
            cost: done.cost,
            queued_behind: done.queued_behind,
        };
        self.committed(&to.id, &committed);
        Ok(done.group)
    }
}

/// How the actor is named to the object.
pub(super) fn as_principal(actor: &Actor) -> Result<Principal, Error> {
    match actor {
        Actor::Operator => Ok(Principal::Operator),
        Actor::IdentityProvider { .. } => {
            let why = "an identity provider has to show its token to the company's object";
            Err(Error::Platform(why.to_owned()))
        }
    }
}

impl From<Undone> for Error {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Refused(refusal) => refusal.into(),
            Undone::Store(error) => error.into(),
            Undone::Superseded => {
                Self::Platform("a command was given up between two instances".to_owned())
            }
        }
    }
}
