//! Where the values of an attribute are found in a row of teammates, `t`.
//!
//! What has a column is compared there; everything else in the JSON of `attributes`. Only paths of our own
//! schema tables are written into the SQL; what a client named is bound.

use super::bindings::Bindings;
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::schema::{Attribute, USER_URN};

/// The attributes with every text case-folded. Where Rust left that out, ASCII folding is all there is to
/// do, and every value is put through `lower()` in any case.
const FOLDED: &str = "coalesce(t.attributes_folded, t.attributes)";
const EXACT: &str = "t.attributes";

/// One value, as SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A column, or what is computed from columns: never JSON, and folded already where it has to be.
    Column(&'static str),
    /// `active`, as the state has it: also where an identity provider left it unassigned.
    Active,
    Json {
        /// The JSON type, or NULL where there is no value.
        kind: String,
        exact: String,
        folded: String,
    },
}

/// All the values of an attribute.
pub(super) enum Values {
    One(Value),
    /// The value of each row of `from` that meets `condition`.
    Many {
        from: String,
        condition: Option<String>,
        value: Value,
    },
}

impl Values {
    pub(super) fn of(operand: &Operand, bindings: &mut Bindings) -> Self {
        match operand {
            Operand::Open { schema, name } => Self::open(schema, name, bindings),
            Operand::Declared(place) => Self::declared(*place),
        }
    }

    fn declared(place: Place) -> Self {
        if let Some(value) = column(place) {
            return Self::One(value);
        }
        if place.extension.is_none() && place.attribute.name == "schemas" {
            return Self::schemas();
        }
        let path = path(place);
        if place.attribute.multi_valued {
            return Self::Many {
                from: each(place),
                condition: None,
                value: place
                    .sub
                    .map_or_else(Value::element, |sub| Value::part(place, sub)),
            };
        }
        if place.is_multi_valued() {
            return Self::Many {
                from: each(place),
                condition: None,
                value: Value::element(),
            };
        }
        Self::One(Value::at(&format!("'{path}'")))
    }

    /// The core schema and the extensions that have attributes (RFC 7643 section 3).
    fn schemas() -> Self {
        Self::Many {
            from: format!(
                "(SELECT 'text' AS type, '{USER_URN}' AS value UNION ALL \
                 SELECT 'text', key FROM json_each({EXACT}) WHERE instr(key, ':') > 0) e"
            ),
            condition: None,
            value: Value::element(),
        }
    }

    /// A value of any type, or a list of such. As a list of JSON it keeps the types of its elements.
    fn open(schema: &'static str, name: &str, bindings: &mut Bindings) -> Self {
        Self::Many {
            from: format!(
                "json_each({FOLDED}, '$.\"{schema}\"') c, json_each(CASE c.type WHEN 'array' THEN c.value \
                 WHEN 'object' THEN '[' || c.value || ']' WHEN 'true' THEN '[true]' \
                 WHEN 'false' THEN '[false]' ELSE json_array(c.value) END) e"
            ),
            condition: Some(format!("c.key = {}", bindings.name(name))),
            value: Value::element(),
        }
    }
}

impl Value {
    fn at(path: &str) -> Self {
        Self::Json {
            kind: format!("json_type({EXACT}, {path})"),
            exact: format!("json_extract({EXACT}, {path})"),
            folded: format!("lower(json_extract({FOLDED}, {path}))"),
        }
    }

    /// A sub-attribute of the element `e` of a list.
    pub(super) fn part(list: Place, sub: &Attribute) -> Self {
        Self::part_of("e", list, sub)
    }

    /// Read from the element: by its place in the whole document, SQLite would walk through the list once more for
    /// each of its elements.
    pub(super) fn part_of(element: &str, list: Place, sub: &Attribute) -> Self {
        let own = format!("CASE {element}.type WHEN 'object' THEN {element}.value END");
        let part = format!("'$.\"{}\"'", sub.name);
        let exact = format!("json_extract({own}, {part})");
        let folded = if is_exact(list) {
            let in_document = format!(
                "'{}[' || {element}.key || '].\"{}\"'",
                path(Place { sub: None, ..list }),
                sub.name
            );
            format!(
                "lower(iif(t.attributes_folded IS NULL, {exact}, \
                 json_extract(t.attributes_folded, {in_document})))"
            )
        } else {
            format!("lower({exact})")
        };
        Self::Json {
            kind: format!("json_type({own}, {part})"),
            exact,
            folded,
        }
    }

    /// The element `e` itself. Those that have no parts are not caseExact, or hold text as it is.
    fn element() -> Self {
        Self::Json {
            kind: "e.type".to_owned(),
            exact: "e.value".to_owned(),
            folded: "lower(e.value)".to_owned(),
        }
    }
}

/// The elements of a list, as rows of `e`.
pub(super) fn each(list: Place) -> String {
    each_as("e", list)
}

pub(super) fn each_as(element: &str, list: Place) -> String {
    let path = path(Place { sub: None, ..list });
    let source = if is_exact(list) { EXACT } else { FOLDED };
    format!("json_each({source}, '{path}') {element}")
}

/// Whether the letter case of anything in the list's elements matters.
fn is_exact(list: Place) -> bool {
    let parts = list.attribute.sub_attributes;
    parts.iter().any(|part| part.case_exact) || (parts.is_empty() && list.attribute.case_exact)
}

fn path(place: Place) -> String {
    let names = [
        place.extension,
        Some(place.attribute.name),
        place.sub.map(|sub| sub.name),
    ];
    names
        .into_iter()
        .flatten()
        .fold("$".to_owned(), |path, name| format!("{path}.\"{name}\""))
}

pub(super) fn column(place: Place) -> Option<Value> {
    if place.extension.is_some() {
        return None;
    }
    Some(Value::Column(
        match (place.attribute.name, place.sub.map(|sub| sub.name)) {
            ("active", None) => return Some(Value::Active),
            ("id", None) => "t.id",
            ("userName", None) => "t.user_name_folded",
            ("externalId", None) => "t.external_id",
            ("displayName", None) => "t.display_name_folded",
            ("meta", Some("created")) => "t.created_at",
            ("meta", Some("lastModified")) => "t.updated_at",
            ("meta", Some("version")) => "('W/\"' || t.version || '\"')",
            ("meta", Some("resourceType")) => "'User'",
            // Whether there is any: there always is.
            ("meta", None) => "'meta'",
            _ => return None,
        },
    ))
}
