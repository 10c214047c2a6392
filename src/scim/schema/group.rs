//! The core Group schema (RFC 7643 section 4.2).
//!
//! Members come and go as whole elements: what is in one can't be changed.

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
        "The name of the group. Unique in the company, compared without regard to letter case, to spaces around it and to characters that can't be seen.",
    )
    .required()
    .unique()
    .name(),
    Attribute::list("members", "The teammates in the group.", MEMBERS).of_ids(),
];

const MEMBERS: &[Attribute] = &[
    Attribute::string("value", "The id of the teammate.")
        .case_exact()
        .immutable(),
    Attribute::reference("$ref", "The URI of the teammate.", &["User"]).immutable(),
    Attribute::string("type", "The kind of member; groups are not nested.")
        .canonical(&["User"])
        .immutable(),
    Attribute::string("display", "The name of the teammate.").read_only(),
];
