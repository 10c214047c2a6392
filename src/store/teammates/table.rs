//! What lists and filters know of the table of teammates.

use super::{attributes, is_address};
use crate::scim::filter::ResolvedFilter;
use crate::scim::filter::comparison::Test;
use crate::scim::filter::operand::{Operand, Place};
use crate::scim::filter::resolved::{Logic, ResourceTest};
use crate::scim::schema::{Attribute, USER};
use crate::store::filter::table::{
    Count, Index, KeyAttribute, KeyPlace, Large, Limits, StandIn, Table,
};
use crate::store::filter::value::{Flag, SqlElements, SqlValue, SqlValues};

pub(super) static TEAMMATES: Table = Table {
    resource_type: &USER,
    name: "teammates",
    row: "t",
    listed: "t.state IN ('active', 'blocked')",
    listed_index: "teammates_listed",
    indexes: &[
        Index {
            name: "teammates_user_name",
            column: "t.user_name_folded",
            is_partial: false,
            is_complete: true,
        },
        Index {
            name: "teammates_display_name",
            column: "t.display_name_folded",
            is_partial: false,
            is_complete: true,
        },
        Index {
            name: "teammates_external_id",
            column: "t.external_id",
            is_partial: false,
            is_complete: false,
        },
        Index {
            name: "teammates_updated",
            column: "t.updated_at",
            is_partial: true,
            is_complete: true,
        },
    ],
    keys: &[
        KeyAttribute {
            attribute: "id",
            is_unique: true,
            stand_in: None,
            place: KeyPlace::Row,
        },
        KeyAttribute {
            attribute: "userName",
            is_unique: true,
            stand_in: Some(&StandIn {
                index: "teammates_found_by_email",
                column: "found_by_email",
                is_one: is_address,
            }),
            place: KeyPlace::Column {
                index: "teammates_user_name",
                column: "user_name_folded",
            },
        },
        KeyAttribute {
            attribute: "externalId",
            is_unique: false,
            stand_in: None,
            place: KeyPlace::Column {
                index: "teammates_external_id",
                column: "external_id",
            },
        },
        KeyAttribute {
            attribute: "emails.value",
            is_unique: false,
            stand_in: None,
            place: KeyPlace::Beside {
                from: "teammate_emails o",
                id: "o.teammate_id",
                column: "o.email_folded",
                condition: None,
                finds_prefixes: true,
            },
        },
        KeyAttribute {
            attribute: "displayName",
            is_unique: false,
            stand_in: None,
            place: KeyPlace::Column {
                index: "teammates_display_name",
                column: "display_name_folded",
            },
        },
        KeyAttribute {
            attribute: "groups.value",
            is_unique: false,
            stand_in: None,
            place: KeyPlace::Beside {
                from: "groups n CROSS JOIN memberships o ON o.group_id = n.id AND o.standing <> 'gone'",
                id: "o.teammate_id",
                column: "n.id",
                condition: Some("n.company_id = ?1 AND n.state = 'active'"),
                // Groups whose ids begin alike have everybody in them.
                finds_prefixes: false,
            },
        },
    ],
    large: Some(Large {
        index: "teammates_large",
        column: "attributes",
        than: 40_000,
    }),
    values,
    open: attributes::open,
    elements,
    part,
    primary: attributes::primary,
    known_total,
    counter: None,
    limits: Limits {
        walked_comparisons: 20,
        resource: "user",
        narrowed_by: "userName, id, externalId, emails.value or groups.value",
    },
};

/// `active`, as the state has it: also where an identity provider left it unassigned.
static ACTIVE: Flag = Flag {
    yes: "t.state = 'active'",
    no: "t.state = 'blocked'",
    index: "teammates_state",
};

/// What has a column is compared there, groups in their memberships; everything else in the JSON of `attributes`.
fn values(place: Place) -> SqlValues {
    if is_groups(place) {
        return SqlValues::Many(groups(), group_part(place.sub));
    }
    column(place).map_or_else(|| attributes::values(place), SqlValues::One)
}

fn elements(list: Place) -> SqlElements {
    if is_groups(list) {
        groups()
    } else {
        attributes::elements(list)
    }
}

fn part(list: Place, sub: &'static Attribute) -> SqlValue {
    if is_groups(list) {
        group_part(Some(sub))
    } else {
        attributes::part(list, sub)
    }
}

fn is_groups(place: Place) -> bool {
    place.extension.is_none() && place.attribute.name == "groups"
}

/// The active groups that a teammate is in, as rows of `m` and `n`, in the order of their ids.
fn groups() -> SqlElements {
    SqlElements {
        from: "memberships m INDEXED BY memberships_of_teammate CROSS JOIN groups n \
               ON n.company_id = ?1 AND n.id = m.group_id AND n.state = 'active'"
            .to_owned(),
        condition: Some(
            "m.company_id = ?1 AND m.teammate_id = t.id AND m.standing <> 'gone'".to_owned(),
        ),
    }
}

/// A part of a group, or the group itself.
fn group_part(sub: Option<&Attribute>) -> SqlValue {
    SqlValue::Column(match sub.map(|sub| sub.name) {
        Some("value") => "m.group_id",
        Some("display") => "n.display_name_folded",
        Some("type") => "'direct'",
        // Whether there is any: there always is.
        None => "'group'",
        Some(_) => "NULL",
    })
}

fn column(place: Place) -> Option<SqlValue> {
    if place.extension.is_some() {
        return None;
    }
    Some(SqlValue::Column(
        match (place.attribute.name, place.sub.map(|sub| sub.name)) {
            ("active", None) => return Some(SqlValue::Flag(&ACTIVE)),
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

fn known_total(filter: Option<&ResolvedFilter>) -> Option<Count> {
    let Some(filter) = filter else {
        return Some(|company| company.listed_teammates);
    };
    Some(if state(filter)? {
        |company| company.active_teammates
    } else {
        |company| {
            company
                .listed_teammates
                .saturating_sub(company.active_teammates)
        }
    })
}

/// Where the filter is `active eq` and nothing else: true or false.
fn state(filter: &ResolvedFilter) -> Option<bool> {
    match filter {
        Logic::Test(ResourceTest::Value {
            operand:
                Operand::Declared(Place {
                    extension: None,
                    attribute,
                    sub: None,
                }),
            test: Test::Boolean { equal, value },
        }) if attribute.name == "active" => Some(equal == value),
        _ => None,
    }
}
