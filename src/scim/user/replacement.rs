//! PUT (RFC 7644 section 3.5.1): a user of exactly the attributes that were sent.

use super::{Understood, User};
use crate::scim::Object;
use crate::scim::draft::Draft;
use crate::scim::effort::Effort;
use crate::scim::error::ScimError;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::operations::Operations;
use crate::scim::rewrite::{Rewrite, Usable, active_after};
use crate::scim::{normalise, schema};

/// The body of a PUT.
#[derive(Debug, Clone, PartialEq)]
pub struct Replacement {
    operations: Operations,
    effort: Effort,
}

impl Replacement {
    pub fn read(body: &Object) -> Understood<Self> {
        let mut notes = Notes::default();
        let operations = normalise::parts_of_body(body, &schema::USER, &mut notes);
        Understood {
            value: Self {
                operations,
                effort: Effort::default(),
            },
            notes,
        }
    }
}

impl Rewrite for Replacement {
    fn within(self, effort: Effort) -> Self {
        Self { effort, ..self }
    }

    /// A body that does not speak of `active` neither blocks nor unblocks anybody.
    fn whole(&self, user: &User) -> Result<Understood<User>, ScimError> {
        let mut draft = Draft::default().within(&self.effort);
        for part in self.operations.in_order() {
            match part {
                Ok(operation) => draft.apply(operation)?,
                Err(unusable) => return Err(unusable.reason.clone()),
            }
        }
        let mut replaced = draft.finish()?;
        replaced.value.active = replaced.value.active.or(user.active);
        Ok(replaced)
    }

    fn active_after(&self, user: &User) -> Option<bool> {
        active_after(&self.operations, user).or(user.active)
    }

    fn usable(&self, user: &User) -> Option<Understood<User>> {
        let before = Draft::of_user(user).resource;
        // No user is without one, whatever the body says.
        let named = before.get_key_value("userName");
        let named = named.map(|(name, value)| (name.clone(), value.clone()));
        let mut usable = Usable::of(
            &self.operations,
            Draft::of(named.into_iter().collect()).within(&self.effort),
        )?;
        if !usable.names("userName") {
            usable.note("userName was missing, and stays as it is".to_owned());
        }
        usable.restore(&before);
        let mut replaced = usable.into_user()?;
        replaced.value.active = replaced.value.active.or(user.active);
        Some(replaced)
    }
}
