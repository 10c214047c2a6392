//! What a request does to the extensions of a group that no schema declares, or not wholly: they are kept as sent.
//!
//! A path may mean one thing or another by what the group has. So the operations travel to whoever keeps the group,
//! as they were understood, and are done there, in their order.
//!
//! Invariants: what is kept is bounded, can be read again as it is given out, and holds no NUL.

use crate::scim::Object;
use crate::scim::body::{MAX_DEPTH, depth, refuse_nul};
use crate::scim::draft::Draft;
use crate::scim::error::ScimError;
use crate::scim::normalise::notes::Notes;
use crate::scim::normalise::operation::OpenOperation;
use serde::{Deserialize, Serialize};

/// Bytes of a group's extensions in JSON. An event keeps them four times at most, as they were and as they are, and
/// D1 holds at most 2 MB in a row.
pub const MAX_EXTENSIONS: usize = 64 * 1024;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExtensionChange(Vec<OpenOperation>);

impl ExtensionChange {
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn push(&mut self, operation: OpenOperation) {
        self.0.push(operation);
    }

    /// What becomes of a group's extensions.
    pub fn apply(&self, current: &Object) -> Result<Object, ScimError> {
        if self.is_none() {
            return Ok(current.clone());
        }
        self.applied(Draft::of(current.clone()), &mut Notes::default())
    }

    /// The extensions of a group that has what a POST or PUT says, and no more.
    pub(super) fn of_whole(&self, notes: &mut Notes) -> Result<Object, ScimError> {
        self.applied(Draft::of_whole(), notes)
    }

    fn applied(&self, mut draft: Draft, notes: &mut Notes) -> Result<Object, ScimError> {
        for operation in &self.0 {
            draft.apply_open(operation)?;
        }
        notes.absorb(draft.notes);
        let extensions = draft.resource;
        let length = serde_json::to_string(&extensions).map_or(0, |json| json.len());
        if length > MAX_EXTENSIONS {
            return Err(ScimError::invalid_value(format!(
                "The extensions of the group have {length} bytes; at most {MAX_EXTENSIONS} are kept. Map fewer or \
                 shorter attributes to it."
            )));
        }
        if extensions.values().any(|value| depth(value) >= MAX_DEPTH) {
            return Err(ScimError::invalid_value(format!(
                "An attribute is nested more than {MAX_DEPTH} levels deep. Send a flatter value."
            )));
        }
        // A filter's literal can spell a NUL that the body's own check does not see.
        refuse_nul(&extensions)?;
        Ok(extensions)
    }
}
