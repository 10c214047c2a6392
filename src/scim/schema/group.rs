//! The core Group schema (RFC 7643 section 4.2).
//!
//! Everything is readOnly: in this version groups are read over SCIM and not written. When group
//! writes come, `displayName` becomes required and readWrite, and `members` readWrite with
//! immutable sub-attributes.

use super::attribute::Attribute;
use super::{Openness, Schema};

pub const GROUP_URN: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

pub static GROUP: Schema = Schema {
    id: GROUP_URN,
    name: "Group",
    description: "A teammate group.",
    openness: Openness::Closed,
    attributes: ATTRIBUTES,
};

const ATTRIBUTES: &[Attribute] = &[
    Attribute::string(
        "displayName",
        "The name of the group, unique in the company.",
    )
    .unique()
    .trimmed()
    .read_only(),
    Attribute::list("members", "The teammates in the group.", MEMBERS).read_only(),
];

const MEMBERS: &[Attribute] = &[
    Attribute::string("value", "The id of the teammate.")
        .case_exact()
        .read_only(),
    Attribute::reference("$ref", "The URI of the teammate.", &["User"]).read_only(),
    Attribute::string("type", "The kind of member; groups are not nested.")
        .canonical(&["User"])
        .read_only(),
    Attribute::string("display", "The name of the teammate.").read_only(),
];

/// The same once it is written over SCIM.
pub static WRITTEN_GROUP: Schema = Schema {
    id: GROUP_URN,
    name: "Group",
    description: "A teammate group.",
    openness: Openness::Closed,
    attributes: WRITTEN_ATTRIBUTES,
};

const WRITTEN_ATTRIBUTES: &[Attribute] = &[
    Attribute::string(
        "displayName",
        "The name of the group. Unique in the company, compared without regard to letter case and to spaces around it.",
    )
    .required()
    .unique()
    .trimmed(),
    Attribute::list("members", "The teammates in the group.", WRITTEN_MEMBERS).of_ids(),
];

const WRITTEN_MEMBERS: &[Attribute] = &[
    Attribute::string("value", "The id of the teammate.")
        .case_exact()
        .immutable(),
    Attribute::reference("$ref", "The URI of the teammate.", &["User"]).immutable(),
    Attribute::string("type", "The kind of member; groups are not nested.")
        .canonical(&["User"])
        .immutable(),
    Attribute::string("display", "The name of the teammate.").read_only(),
];
