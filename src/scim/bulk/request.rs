//! The BulkRequest message: from JSON to operations.
//!
//! Read like a PATCH: member names without regard to letter case, a single operation for a list of one,
//! and `schemas` may be missing.

use super::MAX_OPERATIONS;
use super::operation::BulkOperation;
use crate::scim::Object;
use crate::scim::body;
use crate::scim::error::ScimError;
use crate::scim::integer;
use crate::scim::member::assigned;
use crate::scim::normalise::describe::{cut, kind_and_value};
use serde_json::Value;
use std::collections::HashSet;
use std::num::NonZeroU64;

#[derive(Debug, Clone, PartialEq)]
pub struct BulkRequest {
    /// Nothing where every operation is to be tried.
    pub(super) fail_on_errors: Option<NonZeroU64>,
    /// As they were sent.
    pub(super) operations: Vec<BulkOperation>,
}

impl BulkRequest {
    /// Reads the body. `base` is the URL that the operations' paths continue.
    pub fn parse(body: &Object, base: &str) -> Result<Self, ScimError> {
        body::usable_beside(body, &["Operations"], "", 1)?;
        let sent = match assigned(body, "Operations") {
            Some(Value::Array(list)) => list.as_slice(),
            Some(single @ Value::Object(_)) => std::slice::from_ref(single),
            other => {
                return Err(ScimError::invalid_syntax(format!(
                    "A bulk request needs \"Operations\", a list of operations, but it is {}.",
                    other.map_or_else(|| "missing".to_owned(), kind_and_value)
                )));
            }
        };
        if sent.is_empty() {
            return Err(ScimError::invalid_syntax(
                "\"Operations\" is empty. A bulk request needs at least one operation.",
            ));
        }
        // RFC 7644 section 3.7.4.
        if sent.len() > MAX_OPERATIONS {
            return Err(ScimError::new(
                413,
                format!(
                    "The request has {} operations, more than the {MAX_OPERATIONS} that one bulk request may \
                     have (bulk.maxOperations in the ServiceProviderConfig). Send them in several requests; \
                     nothing was changed.",
                    sent.len()
                ),
            ));
        }
        let operations = sent
            .iter()
            .map(|operation| BulkOperation::parse(operation, base))
            .collect::<Result<Vec<_>, _>>()?;
        refuse_repeated(&operations)?;
        Ok(Self {
            fail_on_errors: fail_on_errors(assigned(body, "failOnErrors"))?,
            operations,
        })
    }
}

fn refuse_repeated(operations: &[BulkOperation]) -> Result<(), ScimError> {
    let mut known = HashSet::new();
    let ids = operations.iter().filter_map(|one| one.bulk_id.as_deref());
    match ids.into_iter().find(|id| !known.insert(*id)) {
        None => Ok(()),
        Some(repeated) => Err(ScimError::invalid_value(format!(
            "More than one operation has the bulkId \"{}\". Give each its own; nothing was changed.",
            cut(repeated)
        ))),
    }
}

/// How many errors end the request. Clients whose number is not set send 0, null or a negative one, and mean
/// that none does; as elsewhere, a number may be a string.
fn fail_on_errors(sent: Option<&Value>) -> Result<Option<NonZeroU64>, ScimError> {
    let is_blank = |sent: &Value| sent.as_str().is_some_and(|text| text.trim().is_empty());
    let Some(sent) = sent.filter(|sent| !is_blank(sent)) else {
        return Ok(None);
    };
    match integer::of_json(sent) {
        Some(most) => Ok(u64::try_from(most).ok().and_then(NonZeroU64::new)),
        None => Err(ScimError::invalid_value(format!(
            "\"failOnErrors\" has to be a whole number, but is {}. Leave it out to have every operation \
             tried; nothing was changed.",
            kind_and_value(sent)
        ))),
    }
}
