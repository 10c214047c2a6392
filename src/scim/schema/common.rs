//! The attributes that every resource has without its schema declaring them (RFC 7643 section 3.1).

use super::attribute::Attribute;

pub(crate) const COMMON: &[Attribute] = &[
    Attribute::reference("schemas", "The schemas of the resource.", &["uri"])
        .multi_valued()
        .always_returned(),
    Attribute::string("id", "The id given by this server.")
        .case_exact()
        .read_only()
        .always_returned()
        .unique(),
    Attribute::string("externalId", "The id given by the identity provider.").case_exact(),
    Attribute::complex("meta", "Facts about the resource.", META).read_only(),
];

const META: &[Attribute] = &[
    Attribute::string("resourceType", "The name of the resource type.")
        .case_exact()
        .read_only(),
    Attribute::date_time("created", "When the resource was created.").read_only(),
    Attribute::date_time("lastModified", "When the resource was last changed.").read_only(),
    Attribute::reference("location", "The URI of the resource.", &["uri"]).read_only(),
    Attribute::string("version", "The version of the resource.")
        .case_exact()
        .read_only(),
];
