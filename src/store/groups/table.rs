//! What lists and filters know of the table of groups.

use crate::scim::filter::operand::Place;
use crate::scim::schema::{Attribute, GROUP, GROUP_URN, TEAMMATE_GROUP_URN};
use crate::store::filter::table::{Index, KeyAttribute, KeyPlace, Limits, Table};
use crate::store::filter::value::{SqlElements, SqlValue, SqlValues};

pub(super) static GROUPS: Table = Table {
    resource_type: &GROUP,
    name: "groups",
    row: "g",
    listed: "g.state = 'active'",
    listed_index: "groups_listed",
    indexes: &[
        Index {
            name: "groups_name",
            column: "g.display_name_folded",
            is_partial: true,
            is_complete: true,
        },
        Index {
            name: "groups_external_id",
            column: "g.external_id",
            is_partial: true,
            is_complete: false,
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
            attribute: "displayName",
            is_unique: true,
            stand_in: None,
            place: KeyPlace::Column {
                index: "groups_name",
                column: "display_name_folded",
            },
        },
        KeyAttribute {
            attribute: "externalId",
            is_unique: false,
            stand_in: None,
            place: KeyPlace::Column {
                index: "groups_external_id",
                column: "external_id",
            },
        },
        KeyAttribute {
            attribute: "members.value",
            is_unique: false,
            stand_in: None,
            place: KeyPlace::Beside {
                from: "teammates u CROSS JOIN memberships o INDEXED BY memberships_of_teammate \
                    ON o.teammate_id = u.id AND o.standing <> 'gone'",
                id: "o.group_id",
                column: "u.id",
                condition: Some("u.company_id = ?1 AND +u.state IN ('active', 'blocked')"),
                // A group has many members whose ids begin alike.
                finds_prefixes: false,
            },
        },
    ],
    large: None,
    values,
    // What no schema declares of a group is in no filter: none of its schemas is open.
    open: |_, _, _| SqlValues::One(SqlValue::Column("NULL")),
    elements: |_| members(),
    part: |_, sub| part(Some(sub)),
    primary: |_| None,
    known_total: |_| None,
    counter: Some("listed_groups"),
    limits: Limits {
        walked_comparisons: 5,
        resource: "group",
        narrowed_by: "id, displayName, externalId or members.value",
    },
};

fn values(place: Place) -> SqlValues {
    match (place.attribute.name, place.sub.map(|sub| sub.name)) {
        ("members", _) => SqlValues::Many(members(), part(place.sub)),
        ("schemas", _) => SqlValues::Many(schemas(), SqlValue::element()),
        (attribute, sub) => SqlValues::One(SqlValue::Column(column(attribute, sub))),
    }
}

fn column(attribute: &str, sub: Option<&str>) -> &'static str {
    match (attribute, sub) {
        ("id", None) => "g.id",
        ("displayName", None) => "g.display_name_folded",
        ("externalId", None) => "g.external_id",
        ("description", None) => "coalesce(g.description_folded, lower(g.description))",
        ("meta", Some("created")) => "g.created_at",
        ("meta", Some("lastModified")) => "g.updated_at",
        ("meta", Some("version")) => "('W/\"' || g.version || '\"')",
        ("meta", Some("resourceType")) => "'Group'",
        // Whether there is any: there always is.
        ("meta", None) => "'meta'",
        _ => "NULL",
    }
}

/// The members whom SCIM shows, as rows of `m` and `u`, in the order of their ids.
fn members() -> SqlElements {
    SqlElements {
        from: "memberships m CROSS JOIN teammates u ON u.company_id = ?1 AND u.id = m.teammate_id \
               AND +u.state IN ('active', 'blocked')"
            .to_owned(),
        condition: Some(
            "m.company_id = ?1 AND m.group_id = g.id AND m.standing <> 'gone'".to_owned(),
        ),
    }
}

/// A part of a member, or the member itself.
fn part(sub: Option<&Attribute>) -> SqlValue {
    SqlValue::Column(match sub.map(|sub| sub.name) {
        Some("value") => "m.teammate_id",
        Some("display") => "u.display_name_folded",
        // In the form in which it is compared: folded.
        Some("type") => "'user'",
        // Whether there is any: there always is.
        None => "'member'",
        Some(_) => "NULL",
    })
}

fn schemas() -> SqlElements {
    SqlElements {
        from: format!(
            "(SELECT 'text' AS type, '{GROUP_URN}' AS value UNION ALL \
             SELECT 'text', '{TEAMMATE_GROUP_URN}' WHERE g.description IS NOT NULL UNION \
             SELECT 'text', key FROM json_each(g.attributes)) e"
        ),
        condition: None,
    }
}
