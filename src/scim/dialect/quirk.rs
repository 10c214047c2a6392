//! The quirks: every way in which clients are known to depart from RFC 7643 and RFC 7644, what is
//! understood by it, who does it, and where that is known from.
//!
//! Invariant: [`QUIRKS`] has one row for each [`Quirk`], and each row is a test: what it shows as
//! sent is seen as that quirk and understood as it says. What a new client needs begins as a row
//! here; the few that need code name the function that has it.

mod table;

use super::Dialect;
use crate::scim::normalise::notes::SeenQuirk;
use serde::ser::{Serialize, Serializer};
pub use table::QUIRKS;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quirk {
    // The message.
    OperationLetterCase,
    MemberLetterCase,
    MissingSchemas,
    UnknownSchema,
    ObjectForOperations,
    EmptyPath,
    OperationMember,
    // Names: paths, and keys of objects.
    DottedKey,
    UrnKey,
    CoreUrn,
    FilterKey,
    VersionedTail,
    UndeclaredUrn,
    EnterpriseUrnWithoutColon,
    MisspelledUrn,
    WithoutUrn,
    UnknownAttribute,
    ReadOnlyEchoed,
    RelativeLocation,
    Password,
    // Values.
    QuotedBoolean,
    QuotedBooleanInFilter,
    NumberForBoolean,
    ScalarForText,
    ListOfOne,
    ObjectForList,
    BareValueForObject,
    ValueInObject,
    EmptyString,
    NullExtension,
    JsonInString,
    ListForOne,
    UndeclaredPart,
    Secret,
    // Operations.
    RemoveByValue,
    RemoveNull,
    AddWithoutValue,
    // Seen when the operations are applied.
    MadeByFilter,
    NothingToRemove,
    TwoPrimaries,
}

/// By its id.
impl Serialize for Quirk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// One quirk, as it is documented and as the log speaks of it.
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the tests hold what is done against what is documented"
    )
)]
pub struct QuirkRow {
    pub quirk: Quirk,
    /// The name in the provisioning log. Never changes: logs are kept.
    pub id: &'static str,
    /// An operation, a PATCH request or a user that has the quirk.
    pub sent: &'static str,
    /// The canonical operations that it becomes.
    pub understood: &'static str,
    /// Who is known to send it; empty where it is tolerated on principle.
    pub senders: &'static [Dialect],
    pub source: &'static str,
    /// The sentence for people, where the reader of the log should stop at it.
    pub note: Option<fn(&SeenQuirk) -> String>,
}

impl Quirk {
    pub fn id(self) -> &'static str {
        QUIRKS
            .iter()
            .find(|row| row.quirk == self)
            .map_or("", |row| row.id)
    }

    pub(crate) fn note(self, seen: &SeenQuirk) -> Option<String> {
        let row = QUIRKS.iter().find(|row| row.quirk == self)?;
        row.note.map(|note| note(seen))
    }
}
