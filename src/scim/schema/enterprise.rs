//! The enterprise User extension (RFC 7643 section 4.3).

use super::attribute::Attribute;
use super::{Openness, Schema};

pub const ENTERPRISE_USER_URN: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

pub static ENTERPRISE_USER: Schema = Schema {
    id: ENTERPRISE_USER_URN,
    name: "EnterpriseUser",
    description: "Attributes of an employee.",
    openness: Openness::Extension,
    attributes: ATTRIBUTES,
};

const ATTRIBUTES: &[Attribute] = &[
    Attribute::string("employeeNumber", "The number given by the organisation."),
    Attribute::string("costCenter", "The cost centre."),
    Attribute::string("organization", "The organisation."),
    Attribute::string("division", "The division."),
    Attribute::string("department", "The department."),
    Attribute::complex("manager", "The teammate's manager.", MANAGER),
];

/// RFC 7643 has `displayName` readOnly, computed from the manager's resource. Here it is kept as
/// sent: the manager need not be a teammate.
const MANAGER: &[Attribute] = &[
    Attribute::string("value", "The id of the manager.").case_exact(),
    Attribute::reference("$ref", "The URI of the manager.", &["User"]),
    Attribute::string("displayName", "The name of the manager."),
];
