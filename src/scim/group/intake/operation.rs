//! An operation of a PATCH that comes: what its lists are of may be known only at its end.

use super::{is_core, is_members};
use crate::scim::error::ScimError;
use crate::scim::path::Path;
use crate::scim::schema::GROUP;

/// Where in an operation a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the value: the path says of what.
    Value,
    /// It stands under a name in the value, by which it is members where there is no path, or the core schema's.
    Member,
}

impl Place {
    pub(super) fn of_key(key: &str) -> Option<Self> {
        // With a path, names are those of a resource, of which each is a path, too.
        is_members(&Path::parse(key, &GROUP)).then_some(Self::Member)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// There is no path, or an empty one.
    Nothing,
    Members,
    CoreSchema,
    Others,
}

pub(super) struct Operation {
    pub(super) depth: usize,
    paths: usize,
    named: Named,
    /// Of lists that were cut down.
    cut: Option<Place>,
    place: Place,
    had_bare_ids: bool,
}

impl Operation {
    pub(super) fn at(depth: usize) -> Self {
        Self {
            depth,
            paths: 0,
            named: Named::Nothing,
            cut: None,
            place: Place::Value,
            had_bare_ids: false,
        }
    }

    pub(super) fn has_a_path(&mut self) {
        self.paths += 1;
    }

    pub(super) fn path_is(&mut self, path: Option<&str>) {
        self.named = match path.map(str::trim) {
            Some("") => Named::Nothing,
            Some(path) if is_members(&Path::parse(path, &GROUP)) => Named::Members,
            Some(path) if is_core(&Path::parse(path, &GROUP)) => Named::CoreSchema,
            _ => Named::Others,
        };
    }

    /// Whether a list that begins may be one of members, and whether that is certain.
    pub(super) fn begins_list(&mut self, place: Place) -> Option<bool> {
        self.place = place;
        match (place, self.named, self.paths) {
            (Place::Value, Named::Members, 1) | (Place::Member, Named::CoreSchema, 1) => Some(true),
            (_, Named::Nothing, _) => Some(false),
            _ => None,
        }
    }

    pub(super) fn list_ended(&mut self, was_cut: bool, had_bare_ids: bool) {
        if was_cut {
            self.cut = Some(self.place);
        }
        self.had_bare_ids |= had_bare_ids;
    }

    /// Whether elements of its members were ids alone. Refuses what was taken for members and is not.
    pub(super) fn had_bare_ids(&self) -> Result<bool, ScimError> {
        let are_members = |place| {
            matches!(
                (place, self.named),
                (Place::Value, Named::Members)
                    | (Place::Member, Named::Nothing | Named::CoreSchema)
            )
        };
        match self.cut {
            Some(place) if !are_members(place) || self.paths > 1 => Err(ScimError::invalid_value(
                "The value of an operation is too long for what its path names. Only members may be that many; nothing \
                 was changed.",
            )),
            _ => Ok(self.had_bare_ids && are_members(self.place)),
        }
    }
}
