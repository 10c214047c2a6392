//! Bounds on the work that one request can ask for.
//!
//! A path chooses elements and a value is compared with or copied into each of them, so that the
//! work is a product of two parts of the request; the body's limit bounds only their sum.

use crate::scim::Object;
use crate::scim::effort::Effort;
use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::normalise::value::{MAX_PARTS, at_most};
use serde_json::Value;

/// Bytes copied into elements beyond the first.
const MAX_COPIED: usize = 1024 * 1024;

/// Bytes compared while looking for elements: some tenths of a second.
const MAX_COMPARED: usize = 256 * 1024 * 1024;

/// What one comparison of a filter costs beside the text that it reads, in bytes: most elements are short
/// (measured: 0.85 µs for one of 20 bytes).
const ONE_COMPARISON: usize = 400;

/// What reading a byte of a filter costs, in bytes that are compared.
const READING: usize = 20;

/// What making a byte of JSON, or a copy of it, costs, in bytes that are compared.
const WRITING: usize = 5;

/// Bytes of JSON that are kept aside, to go back to: some ten thousand operations on the usual user, fifty on the
/// largest.
const MAX_KEPT_ASIDE: usize = 32 * 1024 * 1024;

#[derive(Debug, Clone, Default)]
pub(super) struct Budget {
    copied: usize,
    compared: usize,
    kept_aside: usize,
    /// What the whole request may ask for.
    request: Effort,
}

impl Budget {
    pub(super) fn within(request: Effort) -> Self {
        Self {
            request,
            ..Self::default()
        }
    }

    pub(super) fn copy(
        &mut self,
        value: &Value,
        copies: usize,
        name: &str,
    ) -> Result<(), ScimError> {
        if copies > 1 {
            let bytes = value.to_string().len().saturating_mul(copies);
            self.copied = self.copied.saturating_add(bytes);
            self.request.charge(bytes.saturating_mul(WRITING))?;
        }
        if self.copied > MAX_COPIED {
            return Err(ScimError::invalid_value(format!(
                "The request sets long values in many elements of {name} at once. Choose fewer elements with a filter."
            )));
        }
        Ok(())
    }

    /// Each comparison of the filter reads at most each element.
    pub(super) fn choose(
        &mut self,
        list: &[Value],
        filter: &Filter,
        name: &str,
    ) -> Result<(), ScimError> {
        let work = text_in(list).saturating_add(list.len().saturating_mul(ONE_COMPARISON));
        self.charge(work.saturating_mul(filter.comparisons()), name)
    }

    pub(super) fn compare(
        &mut self,
        list: &[Value],
        times: usize,
        name: &str,
    ) -> Result<(), ScimError> {
        self.charge(text_in(list).saturating_mul(times), name)
    }

    /// A part is looked for in each element, by a path that may hold a filter of its own: that is read anew each time.
    pub(super) fn walk(&mut self, list: &[Value], path: &str, name: &str) -> Result<(), ScimError> {
        let each = if path.contains('[') {
            path.len().saturating_mul(READING)
        } else {
            path.len()
        };
        let each = each.saturating_add(ONE_COMPARISON);
        self.charge(list.len().saturating_mul(each), name)
    }

    /// A key of an object is looked for without regard to letter case.
    pub(super) fn look_up(&mut self, members: &Object, name: &str) -> Result<(), ScimError> {
        self.charge(members.len(), name)
    }

    /// Before each operation that may have to be taken back.
    pub(super) fn keep_aside(&mut self, resource: &Object) -> Result<(), ScimError> {
        if self.kept_aside <= MAX_KEPT_ASIDE {
            let size = serde_json::to_string(resource).map_or(0, |json| json.len());
            self.kept_aside = self.kept_aside.saturating_add(size);
            self.request.charge(size.saturating_mul(WRITING))?;
        }
        if self.kept_aside > MAX_KEPT_ASIDE {
            return Err(ScimError::invalid_value(
                "The request has too many operations for a user of that size. Send them in several requests.",
            ));
        }
        Ok(())
    }

    fn charge(&mut self, work: usize, name: &str) -> Result<(), ScimError> {
        self.compared = self.compared.saturating_add(work);
        if self.compared <= MAX_COMPARED {
            self.request.charge(work)?;
        } else {
            return Err(ScimError::invalid_value(format!(
                "The request compares too much in {name}. Send fewer operations, or shorter filters, at once."
            )));
        }
        Ok(())
    }
}

/// Refuses an element with too many parts: they are looked up one by one.
pub(super) fn bounded_parts(value: &Value, name: &str) -> Result<(), ScimError> {
    match value {
        Value::Object(members) => at_most(MAX_PARTS, members.len(), name),
        _ => Ok(()),
    }
}

fn text_in(list: &[Value]) -> usize {
    list.iter()
        .map(|element| match element {
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| name.len() + value.as_str().map_or(1, str::len))
                .sum(),
            other => other.as_str().map_or(1, str::len),
        })
        .sum()
}
