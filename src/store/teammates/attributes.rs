//! SqlValues in the JSON of `attributes` in a row of teammates, `t`, as filters and sorting find them.

use crate::scim::filter::operand::Place;
use crate::scim::schema::{Attribute, USER_URN};
use crate::store::filter::Bindings;
use crate::store::filter::value::{SqlElements, SqlValue, SqlValues};

/// The attributes with every text case-folded. Where Rust left that out, ASCII folding is all there is to
/// do, and every value is put through `lower()` in any case.
const FOLDED: &str = "coalesce(t.attributes_folded, t.attributes)";
const EXACT: &str = "t.attributes";

/// The values of an attribute without a column.
pub(super) fn values(place: Place) -> SqlValues {
    if place.extension.is_none() && place.attribute.name == "schemas" {
        return schemas();
    }
    if place.attribute.multi_valued {
        let value = place
            .sub
            .map_or_else(SqlValue::element, |sub| part(place, sub));
        return SqlValues::Many(elements(place), value);
    }
    if place.is_multi_valued() {
        return SqlValues::Many(elements(place), SqlValue::element());
    }
    SqlValues::One(at(&format!("'{}'", path(place))))
}

/// The core schema and the extensions that have attributes (RFC 7643 section 3).
fn schemas() -> SqlValues {
    let from = format!(
        "(SELECT 'text' AS type, '{USER_URN}' AS value UNION ALL \
         SELECT 'text', key FROM json_each({EXACT}) WHERE instr(key, ':') > 0) e"
    );
    let elements = SqlElements {
        from,
        condition: None,
    };
    SqlValues::Many(elements, SqlValue::element())
}

/// What no schema declares: a value of any type, or a list of such. As a list of JSON it keeps the types of its
/// elements.
pub(super) fn open(schema: &'static str, name: &str, bindings: &mut Bindings) -> SqlValues {
    let elements = SqlElements {
        from: format!(
            "json_each({FOLDED}, '$.\"{schema}\"') c, json_each(CASE c.type WHEN 'array' THEN c.value \
             WHEN 'object' THEN '[' || c.value || ']' WHEN 'true' THEN '[true]' \
             WHEN 'false' THEN '[false]' ELSE json_array(c.value) END) e"
        ),
        condition: Some(format!("c.key = {}", bindings.name(name))),
    };
    SqlValues::Many(elements, SqlValue::element())
}

fn at(path: &str) -> SqlValue {
    SqlValue::Json {
        kind: format!("json_type({EXACT}, {path})"),
        exact: format!("json_extract({EXACT}, {path})"),
        folded: format!("lower(json_extract({FOLDED}, {path}))"),
    }
}

/// A sub-attribute of the element `e` of a list.
pub(super) fn part(list: Place, sub: &Attribute) -> SqlValue {
    part_of("e", list, sub)
}

/// Read from the element: by its place in the whole document, SQLite would walk through the list once more for
/// each of its elements.
fn part_of(element: &str, list: Place, sub: &Attribute) -> SqlValue {
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
    SqlValue::Json {
        kind: format!("json_type({own}, {part})"),
        exact,
        folded,
    }
}

/// The elements of a list, as rows of `e`.
pub(super) fn elements(list: Place) -> SqlElements {
    SqlElements {
        from: each_as("e", list),
        condition: None,
    }
}

fn each_as(element: &str, list: Place) -> String {
    let path = path(Place { sub: None, ..list });
    let source = if is_exact(list) { EXACT } else { FOLDED };
    format!("json_each({source}, '{path}') {element}")
}

/// Which element of a list is the primary one, or else the first. (In an ORDER BY of that SELECT, SQLite would not find
/// `t`.)
pub(super) fn primary(list: Place) -> Option<String> {
    let primary = part_of("p", list, list.attribute.sub_attribute("primary")?);
    let SqlValue::Json { kind, .. } = primary else {
        return None;
    };
    let others = each_as("p", list);
    Some(format!(
        "e.key = coalesce((SELECT p.key FROM {others} WHERE {kind} = 'true' LIMIT 1), 0)"
    ))
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
