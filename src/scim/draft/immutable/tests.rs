//! No attribute of a user is immutable, so these are of a schema of their own: a badge that is set
//! once, members of a group (RFC 7643 section 8.7.1), and a single value with an immutable part.

use crate::scim::draft::Draft;
use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::Filter;
use crate::scim::normalise::operation::{Assignment, AttributeChange, Operation};
use crate::scim::path::{AttributeTarget, SubAttribute};
use crate::scim::schema::attribute::{Returned, Uniqueness};
use crate::scim::schema::{Attribute, AttributeType, Elements, Mutability, Tolerance};
use serde_json::{Value, json};

const fn attribute(name: &'static str, mutability: Mutability) -> Attribute {
    Attribute {
        name,
        description: "",
        attribute_type: AttributeType::String,
        multi_valued: false,
        required: false,
        case_exact: false,
        is_name: false,
        mutability,
        returned: Returned::Default,
        uniqueness: Uniqueness::None,
        canonical_values: &[],
        reference_types: &[],
        sub_attributes: &[],
        tolerance: Tolerance::None,
        elements: Elements::Whole,
    }
}

const PARTS: &[Attribute] = &[
    attribute("value", Mutability::Immutable),
    attribute("display", Mutability::ReadWrite),
];

static BADGE: Attribute = attribute("badge", Mutability::Immutable);
static MEMBERS: Attribute = Attribute {
    attribute_type: AttributeType::Complex,
    multi_valued: true,
    sub_attributes: PARTS,
    ..attribute("members", Mutability::ReadWrite)
};
static OWNER: Attribute = Attribute {
    attribute_type: AttributeType::Complex,
    sub_attributes: PARTS,
    ..attribute("owner", Mutability::ReadWrite)
};

fn target(
    attribute: &'static Attribute,
    filter: Option<&str>,
    sub: Option<&str>,
) -> AttributeTarget {
    let filter = filter.map(|text| Filter::parse(text).expect("a filter"));
    let sub = sub.map(|name| SubAttribute::named(attribute, name).expect("a part"));
    AttributeTarget {
        extension: None,
        attribute,
        filter,
        sub,
    }
}

/// What becomes of a resource by one change.
fn changed(
    before: Value,
    target: AttributeTarget,
    change: AttributeChange,
) -> Result<Value, ScimError> {
    let Value::Object(before) = before else {
        panic!("{before} is no resource");
    };
    let mut draft = Draft::of(before);
    draft.apply(&Operation::Declared { target, change })?;
    Ok(Value::Object(draft.resource))
}

fn check(before: Value, target: AttributeTarget, change: AttributeChange, after: Option<Value>) {
    let case = format!("{before} {target} {change:?}");
    match (changed(before, target, change), after) {
        (Ok(resource), Some(after)) => assert_eq!(resource, after, "{case}"),
        (Err(error), None) => {
            assert_eq!(error.status, 400, "{case}");
            assert_eq!(error.scim_type, Some(ScimType::Mutability), "{case}");
            assert!(error.detail.contains("set once"), "{}", error.detail);
        }
        (result, after) => panic!("{case}: {result:?} instead of {after:?}"),
    }
}

fn replace(value: Value) -> AttributeChange {
    AttributeChange::Assign(Assignment::Replace, value)
}

fn add(value: Value) -> AttributeChange {
    AttributeChange::Assign(Assignment::Add, value)
}

#[test]
fn an_immutable_attribute_is_set_once() {
    let badge = || target(&BADGE, None, None);
    let set = || json!({"badge": "7"});
    check(json!({}), badge(), add(json!("7")), Some(set()));
    check(set(), badge(), replace(json!("7")), Some(set()));
    check(set(), badge(), replace(json!("8")), None);
    check(set(), badge(), replace(Value::Null), None);
    check(set(), badge(), AttributeChange::Remove(None), None);
    check(
        json!({}),
        badge(),
        AttributeChange::Remove(None),
        Some(json!({})),
    );
}

#[test]
fn members_come_and_go_but_none_becomes_another() {
    let two = || json!({"members": [{"value": "a"}, {"value": "b"}]});
    let all = |filter, sub| target(&MEMBERS, filter, sub);
    let is_a = Some("value eq \"a\"");
    let one = |member| Some(json!({ "members": [member] }));
    check(
        two(),
        all(None, None),
        replace(json!([{"value": "c"}])),
        one(json!({"value": "c"})),
    );
    check(
        two(),
        all(is_a, None),
        AttributeChange::Remove(None),
        one(json!({"value": "b"})),
    );
    check(
        two(),
        all(None, None),
        AttributeChange::Remove(Some(json!([{"value": "b"}]))),
        one(json!({"value": "a"})),
    );
    let named = json!({"members": [{"value": "a", "display": "A"}, {"value": "b"}]});
    check(
        two(),
        all(is_a, Some("display")),
        replace(json!("A")),
        Some(named.clone()),
    );
    check(
        two(),
        all(is_a, None),
        add(json!({"display": "A"})),
        Some(named),
    );
    check(
        two(),
        all(is_a, Some("value")),
        replace(json!("a")),
        Some(two()),
    );
    check(two(), all(is_a, Some("value")), replace(json!("c")), None);
    check(two(), all(is_a, None), replace(json!({"value": "c"})), None);
    check(two(), all(is_a, None), add(json!({"value": "c"})), None);
    check(two(), all(None, Some("value")), replace(json!("c")), None);
    check(
        two(),
        all(None, Some("value")),
        AttributeChange::Remove(None),
        None,
    );
    check(
        two(),
        all(is_a, Some("value")),
        AttributeChange::Remove(None),
        None,
    );
}

#[test]
fn an_immutable_part_of_a_single_value_is_set_once() {
    let whole = || target(&OWNER, None, None);
    let value = || target(&OWNER, None, Some("value"));
    let owned = || json!({"owner": {"value": "a"}});
    let named = json!({"owner": {"value": "a", "display": "A"}});
    check(
        json!({}),
        whole(),
        add(json!({"value": "a"})),
        Some(owned()),
    );
    check(
        json!({"owner": {"display": "A"}}),
        value(),
        add(json!("a")),
        Some(named.clone()),
    );
    check(
        owned(),
        whole(),
        replace(json!({"display": "A"})),
        Some(named),
    );
    check(owned(), whole(), replace(json!({"value": "b"})), None);
    check(owned(), value(), replace(json!("b")), None);
    check(
        owned(),
        whole(),
        AttributeChange::Remove(None),
        Some(json!({})),
    );
}
