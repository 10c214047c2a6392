//! The schemas of discovery's own resources (RFC 7643 sections 5, 6 and 7, and RFC 9865 section 4 for
//! `pagination`). They are described like any other, and everything in them is readOnly: nobody writes them.

use super::attribute::Attribute;
use super::{Openness, Schema};

pub const SERVICE_PROVIDER_CONFIG_URN: &str =
    "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
pub const RESOURCE_TYPE_URN: &str = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
pub const SCHEMA_URN: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";

pub static SERVICE_PROVIDER_CONFIG: Schema = Schema {
    id: SERVICE_PROVIDER_CONFIG_URN,
    name: "ServiceProviderConfig",
    description: "What this server can do.",
    openness: Openness::Closed,
    attributes: &[
        Attribute::complex("patch", "Whether PATCH is supported.", &[SUPPORTED]).read_only(),
        Attribute::complex("bulk", "Whether /Bulk is supported, and its limits.", BULK).read_only(),
        Attribute::complex("filter", "Whether filters are supported.", FILTER).read_only(),
        Attribute::complex("pagination", "How lists come in pages.", PAGINATION).read_only(),
        Attribute::complex(
            "changePassword",
            "Whether passwords can be changed.",
            &[SUPPORTED],
        )
        .read_only(),
        Attribute::complex("sort", "Whether lists can be sorted.", &[SUPPORTED]).read_only(),
        Attribute::complex("etag", "Whether resources have entity tags.", &[SUPPORTED]).read_only(),
        Attribute::list(
            "authenticationSchemes",
            "How a client proves who it is.",
            AUTHENTICATION_SCHEMES,
        )
        .read_only(),
    ],
};

const SUPPORTED: Attribute =
    Attribute::boolean("supported", "Whether the feature is supported.").read_only();

const BULK: &[Attribute] = &[
    SUPPORTED,
    Attribute::integer("maxOperations", "Operations in one request at most.").read_only(),
    Attribute::integer("maxPayloadSize", "Bytes of one request at most.").read_only(),
];

const FILTER: &[Attribute] = &[
    SUPPORTED,
    Attribute::integer("maxResults", "Resources in one answer at most.").read_only(),
];

const PAGINATION: &[Attribute] = &[
    Attribute::boolean("cursor", "Whether pages can be asked for by cursor.").read_only(),
    Attribute::boolean("index", "Whether pages can be asked for by index.").read_only(),
    Attribute::string(
        "defaultPaginationMethod",
        "How pages are asked for by a client that does not say.",
    )
    .canonical(&["cursor", "index"])
    .read_only(),
    Attribute::integer(
        "defaultPageSize",
        "Resources in a page of a client that names no count.",
    )
    .read_only(),
    Attribute::integer("maxPageSize", "Resources in one page at most.").read_only(),
    Attribute::integer("cursorTimeout", "Seconds for which a cursor can be used.").read_only(),
];

const AUTHENTICATION_SCHEMES: &[Attribute] = &[
    Attribute::string("type", "The kind of scheme.").read_only(),
    Attribute::string("name", "The name of the scheme.").read_only(),
    Attribute::string("description", "How the scheme is used.").read_only(),
    Attribute::reference("specUri", "The specification of the scheme.", &["external"]).read_only(),
    Attribute::boolean("primary", "Whether the scheme is the preferred one.").read_only(),
];

pub static RESOURCE_TYPE: Schema = Schema {
    id: RESOURCE_TYPE_URN,
    name: "ResourceType",
    description: "A kind of resource.",
    openness: Openness::Closed,
    attributes: &[
        NAME,
        DESCRIPTION,
        Attribute::reference(
            "endpoint",
            "Where its resources are, from the base.",
            &["uri"],
        )
        .read_only(),
        Attribute::reference("schema", "Its core schema.", &["uri"]).read_only(),
        Attribute::list(
            "schemaExtensions",
            "The extensions that its resources may carry.",
            SCHEMA_EXTENSIONS,
        )
        .read_only(),
    ],
};

const NAME: Attribute = Attribute::string("name", "The name, for people to read.").read_only();
const DESCRIPTION: Attribute = Attribute::string("description", "What it is for.").read_only();

const SCHEMA_EXTENSIONS: &[Attribute] = &[
    Attribute::reference("schema", "The extension's schema.", &["uri"]).read_only(),
    Attribute::boolean("required", "Whether every resource has to carry it.").read_only(),
];

pub static SCHEMA: Schema = Schema {
    id: SCHEMA_URN,
    name: "Schema",
    description: "The attributes of resources.",
    openness: Openness::Closed,
    attributes: &[
        NAME,
        DESCRIPTION,
        Attribute::list(
            "attributes",
            "What is declared of each attribute.",
            ATTRIBUTES,
        )
        .read_only(),
    ],
};

macro_rules! described {
    ($($more:expr),*) => {
        &[
            NAME,
            Attribute::string("type", "The type of its values.")
                .canonical(&[
                    "string", "boolean", "integer", "decimal", "dateTime", "reference", "binary", "complex",
                ])
                .read_only(),
            Attribute::boolean("multiValued", "Whether it has a list of values.").read_only(),
            DESCRIPTION,
            Attribute::boolean("required", "Whether every resource has to have it.").read_only(),
            Attribute::boolean("caseExact", "Whether letter case counts in comparisons.").read_only(),
            Attribute::string("canonicalValues", "Values that clients may expect.")
                .multi_valued()
                .read_only(),
            Attribute::string("referenceTypes", "What a reference may point at.")
                .multi_valued()
                .read_only(),
            Attribute::string("mutability", "When it can be written.")
                .canonical(&["readOnly", "readWrite", "immutable", "writeOnly"])
                .read_only(),
            Attribute::string("returned", "When it is given out.")
                .canonical(&["always", "never", "default", "request"])
                .read_only(),
            Attribute::string("uniqueness", "Among which resources its value is unique.")
                .canonical(&["none", "server", "global"])
                .read_only(),
            $($more),*
        ]
    };
}

const ATTRIBUTES: &[Attribute] = described![
    Attribute::list("subAttributes", "The parts of a complex one.", described![]).read_only()
];
