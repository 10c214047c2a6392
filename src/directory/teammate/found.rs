//! What the store knows that bears on one write to a teammate.

use super::Teammate;
use crate::directory::template::TemplateChoice;
use crate::scim::fold;
use crate::scim::user::GroupOfUser;

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

    /// Who else has this userName, as far as that was asked.
    pub(super) fn other_holder(&self, user_name: &str, than: &Teammate) -> Option<&Teammate> {
        self.holder.as_ref().filter(|holder| {
            holder.id != than.id && fold::name(&holder.user_name) == fold::name(user_name)
        })
    }
}
