//! What the statements of a command have in common.

use super::Command;
use super::delta::{Delta, Part, Scope};
use crate::directory::group::change::Members;
use crate::store::filter::Bindings;

/// The parameters that every statement begins with: company, request, group.
pub(super) struct Keys {
    pub(super) company: String,
    pub(super) request: String,
    pub(super) group: String,
}

impl Command<'_> {
    pub(super) fn keys(&self, bindings: &mut Bindings) -> Keys {
        Keys {
            company: bindings.name(self.company.as_str()),
            request: bindings.name(self.line.request_id.as_str()),
            group: bindings.name(self.change.after().id.as_str()),
        }
    }

    pub(super) fn delta(&self, part: Part, keys: &Keys, bindings: &mut Bindings) -> Delta {
        let of = Scope {
            company: &keys.company,
            group: &keys.group,
            linked: if self.change.after().is_linked {
                "TRUE"
            } else {
                "FALSE"
            },
            part,
            adopts: matches!(self.change.members(), Members::Adopt(_)),
        };
        Delta::of(self.change.members(), &of, bindings)
    }
}
