//! The extensions of the operator's app.

use super::attribute::{Attribute, Tolerance};
use super::{Openness, Schema};

pub const TEAMMATE_URN: &str = "urn:ietf:params:scim:schemas:extension:frontapp:teammate";
pub const CUSTOM_FIELDS_URN: &str =
    "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields";
pub const TEAMMATE_GROUP_URN: &str = "urn:ietf:params:scim:schemas:extension:frontapp:group";

pub static TEAMMATE: Schema = Schema {
    id: TEAMMATE_URN,
    name: "Teammate",
    description: "The teammate template.",
    openness: Openness::Extension,
    attributes: &[Attribute::string(
        "template",
        "The id of a teammate template, with any label around it, or the template's name. Read when the teammate is created; later changes have no effect.",
    )
    .tolerating(Tolerance::List)],
};

/// Its attribute names are the ids of the company's custom fields, so none is declared and all
/// are taken as they are spelled.
pub static CUSTOM_FIELDS: Schema = Schema {
    id: CUSTOM_FIELDS_URN,
    name: "TeammateCustomFields",
    description: "The teammate's custom fields: each attribute's name is the id of a custom field.",
    openness: Openness::Open,
    attributes: &[],
};

pub static TEAMMATE_GROUP: Schema = Schema {
    id: TEAMMATE_GROUP_URN,
    name: "TeammateGroup",
    description: "The description of a teammate group.",
    openness: Openness::Extension,
    attributes: &[Attribute::string("description", "What the group is for.")],
};
