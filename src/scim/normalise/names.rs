//! The quirks of names: of paths, and of the keys of objects.

use super::notes::Notes;
use crate::scim::dialect::Quirk;
use crate::scim::path::Path;
use crate::scim::schema::{
    ENTERPRISE_URN_WITHOUT_COLON, Qualified, has_versioned_tail, is_misspelled,
};
use serde_json::Value;

/// Notes how a path or key departs from the registered URNs.
pub(super) fn quirks(text: &str, path: &Path, value: Option<&Value>, notes: &mut Notes) {
    match path {
        Path::Declared(target)
            if target.extension.is_some()
                && matches!(Qualified::split(text), Qualified::Plain(_)) =>
        {
            let understood = target.display_name().into();
            notes.quirk_as(Quirk::WithoutUrn, text, &text.into(), understood);
        }
        Path::Undeclared { urn, .. }
            if urn.contains(':')
                && !value.is_none_or(|value| value.is_object() || value.is_null()) =>
        {
            notes.quirk(Quirk::UndeclaredUrn, text);
        }
        Path::Extension(_) | Path::Open { .. } | Path::Declared(_) => {
            let is_malformed = text
                .split_at_checked(ENTERPRISE_URN_WITHOUT_COLON.len())
                .is_some_and(|(start, _)| start.eq_ignore_ascii_case(ENTERPRISE_URN_WITHOUT_COLON));
            if is_malformed {
                notes.quirk(Quirk::EnterpriseUrnWithoutColon, text);
            }
            if is_misspelled(text) {
                notes.quirk(Quirk::MisspelledUrn, text);
            }
            if has_versioned_tail(text) {
                notes.quirk(Quirk::VersionedTail, text);
            }
        }
        Path::Core(_) | Path::Undeclared { .. } | Path::Unknown(_) => {}
    }
}

/// Notes where the key of an object is more than the name of an attribute or the URN of a schema.
pub(super) fn quirks_of_key(key: &str, path: &Path, value: &Value, notes: &mut Notes) {
    let quirk = match path {
        Path::Declared(target) if target.filter.is_some() => Quirk::FilterKey,
        Path::Declared(_) | Path::Open { .. } if key.contains(':') => Quirk::UrnKey,
        Path::Declared(target) if target.sub.is_some() => Quirk::DottedKey,
        Path::Undeclared { urn, .. } if urn.contains(':') && !value.is_object() => Quirk::UrnKey,
        _ => return,
    };
    notes.quirk(quirk, key);
}
