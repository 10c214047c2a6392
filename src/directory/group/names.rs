//! The form in which a group is stored to be found by its name.

use super::{Group, GroupState};
use crate::scim::fold::NameKey;

/// The form in which names of groups are stored for look-up and compared. They have always been trimmed.
pub fn name_key(display_name: &str) -> NameKey {
    NameKey::of(display_name.trim())
}

impl Group {
    /// The form of the name that nobody else may have; a deleted group frees its name.
    pub fn held_name(&self) -> Option<NameKey> {
        (self.state == GroupState::Active).then(|| name_key(&self.display_name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_by_its_key() {
        assert_eq!(name_key("  SUPPORT\u{a0}").folded(), "support");
        assert_eq!(name_key(" SUPPORT\u{200b} "), name_key("support"));
        assert_eq!(name_key("STRASSE"), name_key("straße"));
        assert_ne!(name_key("support  squad"), name_key("support squad"));
    }
}
