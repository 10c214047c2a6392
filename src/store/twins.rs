//! Twins: two teammates, or two groups, who were there when their names became one name (migration 0015), and stay two.
//!
//! One of them is found by every spelling of the name, the other by its own alone, until one is renamed.

use super::error::StoreError;
use super::filter::Bindings;
use super::statement::{Outcome, Statement};
use crate::directory::id::CompanyId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Group,
    Teammate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    pub id: String,
    pub name: String,
    pub state: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Twins {
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The folded name that both have.
    pub compared_as: String,
    /// First the one that is found by every spelling.
    pub twins: [Twin; 2],
}

#[derive(Deserialize)]
struct Row(
    Kind,
    String,
    (String, String, String),
    (String, String, String),
);

impl From<Row> for Twins {
    fn from(Row(kind, compared_as, first, second): Row) -> Self {
        let twin = |(id, name, state)| Twin { id, name, state };
        Self {
            kind,
            compared_as,
            twins: [twin(first), twin(second)],
        }
    }
}

impl Twins {
    /// Its place in the list.
    pub fn place(&self) -> String {
        let kind = match self.kind {
            Kind::Group => "group",
            Kind::Teammate => "teammate",
        };
        let [_, second] = &self.twins;
        format!("{kind} {}", second.id)
    }
}

/// A page of a company's, behind that place. Nobody can make twins, so that they are few.
pub fn page(company: &CompanyId, after: Option<&str>, limit: i64) -> Statement {
    let mut bindings = Bindings::default();
    let company = bindings.name(company.as_str());
    let after = bindings.name(after.unwrap_or_default());
    let limit = bindings.name(limit);
    let of = |kind: &str, table: &str, name: &str, is_meant: &str| {
        format!(
            "SELECT json_array('{kind}', t.twin_key, json_array(o.id, o.{name}, o.state), \
             json_array(t.id, t.{name}, t.state)) AS row, '{kind} ' || t.id AS place \
             FROM {table}s t INDEXED BY {table}s_twins CROSS JOIN {table}s o ON o.company_id = {company} \
             AND o.{name}_folded = t.twin_key{} WHERE t.company_id = {company} AND t.twin_key IS NOT NULL{}",
            is_meant.replace("g.", "o."),
            is_meant.replace("g.", "t."),
        )
    };
    let groups = of("group", "group", "display_name", " AND g.state = 'active'");
    let teammates = of("teammate", "teammate", "user_name", "");
    bindings.into_statement(format!(
        "SELECT row FROM ({groups} UNION ALL {teammates}) WHERE place > {after} ORDER BY place LIMIT {limit}"
    ))
}

pub fn many(outcome: &Outcome) -> Result<Vec<Twins>, StoreError> {
    let rows = outcome.decode::<Row>()?.into_iter();
    Ok(rows.map(Twins::from).collect())
}
