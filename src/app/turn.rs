//! The turn of a heavy call: a list that has to go through more rows than one statement may.

use super::{Context, Error};
use crate::ambient;
use crate::company::{self, Asked, Given, HEARD_OF_EVERY, IN_A_MINUTE, Turn, Weight};
use crate::directory::company::{Company, Region};
use crate::directory::refusal::Refusal;
use crate::directory::time::Timestamp;
use std::cell::Cell;
use std::time::Duration;
use worker::Delay;

/// Between two slices. Whoever asked meanwhile stands in front of the next one in D1's queue; and where D1 is in the same
/// process, as locally, that one looks for new calls only when there is nothing else to do.
const PAUSE: Duration = Duration::from_millis(5);

/// Ends by itself, a while after it was last heard of: nobody is there to end it where the caller has gone away.
pub(crate) struct HeavyTurn<'a> {
    context: &'a Context,
    company: &'a Company,
    weight: Weight,
    heard_of: Cell<Timestamp>,
}

impl Context {
    /// Waits some seconds where another heavy call of the company goes on.
    pub(crate) async fn heavy_turn<'a>(
        &'a self,
        company: &'a Company,
        weight: Weight,
    ) -> Result<HeavyTurn<'a>, Error> {
        let turn = HeavyTurn {
            context: self,
            company,
            weight,
            heard_of: Cell::new(ambient::now()),
        };
        turn.take().await?;
        Ok(turn)
    }
}

impl HeavyTurn<'_> {
    /// Between one slice and the next: lets others in, and says that it is not over.
    pub(crate) async fn goes_on(&self) -> Result<(), Error> {
        Delay::from(PAUSE).await;
        let now = ambient::now();
        if now.0.saturating_sub(self.heard_of.get().0) < HEARD_OF_EVERY {
            return Ok(());
        }
        self.heard_of.set(now);
        self.take().await
    }

    pub(crate) async fn end(self) {
        // One that is not ended runs out.
        let _ = self.ask(Asked::End).await;
    }

    async fn take(&self) -> Result<(), Error> {
        let (why, seconds) = match self.ask(Asked::Take).await? {
            Given::Taken => return Ok(()),
            Given::Busy => (
                "Another search of the whole company goes on, and one does at a time.".to_owned(),
                1,
            ),
            Given::Spent { seconds } => (
                format!(
                    "{IN_A_MINUTE} searches of the whole company have begun within a minute, the most that may. Narrow \
                     them by an indexed attribute (id, userName, externalId, emails.value, displayName or \
                     employeeNumber), and they don't count."
                ),
                seconds,
            ),
        };
        Err(Refusal::TooManyCalls {
            why: why.into(),
            seconds,
        }
        .into())
    }

    async fn ask(&self, asked: Asked) -> Result<Given, Error> {
        let turn = Turn {
            id: self.context.request_id.to_string(),
            asked,
            weight: self.weight,
        };
        let hint = self.company.settings.region.map(Region::as_str);
        Ok(company::turn(self.context.env(), hint, &self.company.id, &turn).await?)
    }
}
