//! Of ids that a request names, those that can't be what it says they are.

use super::write::{MAX_NAMED, Visible, list};
use crate::directory::id::CompanyId;
use crate::store::error::StoreError;
use crate::store::filter::Bindings;
use crate::store::statement::{Outcome, Statement};
use std::collections::BTreeSet;

/// Of these ids, those that can't be members because no such teammate is visible: the first thousand.
pub fn unknown(company: &CompanyId, visible: Visible, ids: &BTreeSet<String>) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let list = list(ids, &mut bindings);
    let visible = visible.condition();
    bindings.into_statement(format!(
        "SELECT json_group_array(value) AS row FROM (SELECT j.value FROM {list} j WHERE NOT EXISTS \
         (SELECT 1 FROM teammates t WHERE t.company_id = {company} AND t.id = j.value AND {visible}) \
         LIMIT {MAX_NAMED})"
    ))
}

pub fn set(outcome: &Outcome) -> Result<BTreeSet<String>, StoreError> {
    Ok(outcome.decode_first()?.unwrap_or_default())
}
