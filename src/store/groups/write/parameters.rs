//! What the statements of a command have in common.

use super::GroupWrite;
use super::delta::{Delta, DeltaScope, Side};
use crate::directory::group::change::Members;
use crate::store::filter::Bindings;

/// The parameters that every statement begins with: company, request, group.
pub(super) struct GroupParameters {
    pub(super) company: String,
    pub(super) request: String,
    pub(super) group: String,
}

impl GroupWrite<'_> {
    pub(super) fn keys(&self, bindings: &mut Bindings) -> GroupParameters {
        GroupParameters {
            company: bindings.name(self.company.as_str()),
            request: bindings.name(self.line.request_id.as_str()),
            group: bindings.name(self.change.after().id.as_str()),
        }
    }

    pub(super) fn delta(
        &self,
        part: Side,
        keys: &GroupParameters,
        bindings: &mut Bindings,
    ) -> Delta {
        let of = DeltaScope {
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
