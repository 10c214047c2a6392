//! The list of twins ([`crate::directory::twins`]).

use super::error::StoreError;
use super::filter::Bindings;
use super::statement::{Outcome, Statement, beside};
use crate::directory::id::CompanyId;
use crate::directory::twins::Twins;

/// A page of a company's, behind a place. Nobody can make twins, so that they are few.
pub fn page(company: &CompanyId, after: Option<&str>, limit: i64) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let after = bindings.name(after.unwrap_or_default());
    let limit = bindings.name(limit);
    let one = |row: &str, name: &str| format!("json_array({row}.id, {row}.{name}, {row}.state)");
    let of = |kind: &str, name: &str, is_held: &str| {
        let (first, second) = (one("o", name), one("t", name));
        let both = format!("json_array('{kind}', t.twin_key, json_array({first}, {second}))");
        format!(
            "SELECT {both} AS twins, '{kind} ' || t.id AS place FROM {kind}s t INDEXED BY {kind}s_twins \
             CROSS JOIN {kind}s o ON o.company_id = {company} AND o.{name}_folded = t.twin_key{} \
             WHERE t.company_id = {company} AND t.twin_key IS NOT NULL{}",
            is_held.replace("g.", "o."),
            is_held.replace("g.", "t."),
        )
    };
    let groups = of("group", "display_name", " AND g.state = 'active'");
    let teammates = of("teammate", "user_name", "");
    let row = beside("twins", "place");
    bindings.into_statement(format!(
        "SELECT {row} FROM ({groups} UNION ALL {teammates}) WHERE place > {after} ORDER BY place LIMIT {limit}"
    ))
}

/// Each with its place.
pub fn many(outcome: &Outcome) -> Result<Vec<(String, Twins)>, StoreError> {
    outcome.decode_beside()
}
