//! The management API, a file for each resource: for the operator's backend, under its key.

pub(super) mod companies;
pub(super) mod connections;
mod edit;
pub(super) mod groups;
mod journaled;
mod page;
pub(super) mod teammates;
pub(super) mod templates;
pub(super) mod tokens;
pub(super) mod twins;

use super::call::Call;
use super::failure::Failure;
use crate::directory::id::CompanyId;
use crate::directory::refusal::Refusal;
use crate::scim::fold;
use crate::store::error::StoreError;
use crate::store::statement::{Outcome, Statement};
use serde::{Deserialize, Deserializer};

/// The first two segments that stand for `*`: the company, and the resource within it.
fn ids(parameters: Vec<String>) -> (CompanyId, String) {
    let mut parameters = parameters.into_iter();
    let company = CompanyId::named(parameters.next().unwrap_or_default());
    (company, parameters.next().unwrap_or_default())
}

fn not_found(kind: &'static str, id: &str) -> Refusal {
    Refusal::NotFound {
        kind: kind.into(),
        id: id.to_owned(),
    }
}

/// Something that an edit was read with: it is written only while the rules are still of that version.
struct AtVersion<T> {
    rules_version: i64,
    value: T,
}

/// The one thing of a company that a read by its id finds.
async fn find_one<T>(
    call: &Call,
    company: &CompanyId,
    read: Statement,
    decode: impl FnOnce(&Outcome) -> Result<Vec<T>, StoreError>,
    missing: Refusal,
) -> Result<AtVersion<T>, Failure> {
    let (company, [outcome]) = companies::read_of(call, company, [read]).await?;
    Ok(AtVersion {
        rules_version: company.rules_version,
        value: decode(&outcome)?.into_iter().next().ok_or(missing)?,
    })
}

/// A field of an edit: absent (leave it), `null` (take it away) or a value.
#[derive(Debug, Clone, Default)]
enum Field<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Value(value),
            None => Self::Null,
        })
    }
}

/// A field of an edit that may be absent, but not `null`: nothing would be done, and nobody told.
fn not_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A list of names, each of which is said enough once.
fn each_once<T: PartialEq>(list: Vec<T>) -> Vec<T> {
    let mut each = Vec::new();
    for one in list {
        if !each.contains(&one) {
            each.push(one);
        }
    }
    each
}

/// A name that people read: something is there, and it fits on a line.
fn readable_name(name: &str) -> Result<String, Failure> {
    readable_line("name", name, 200)
}

fn readable_line(field: &str, text: &str, most: usize) -> Result<String, Failure> {
    let text = text.trim();
    if fold::name(text).is_empty() || text.chars().count() > most || text.contains(char::is_control)
    {
        return Err(Failure::InvalidInput(format!(
            "\"{field}\" must be a text of 1 to {most} characters on one line."
        )));
    }
    Ok(text.to_owned())
}
