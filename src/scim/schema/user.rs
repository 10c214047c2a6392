//! The core User schema (RFC 7643 section 4.1).
//!
//! Only `userName` is required: identity providers leave out whatever their admin did not map.

use super::attribute::{Attribute, Tolerance};
use super::{Openness, Schema};

pub const USER_URN: &str = "urn:ietf:params:scim:schemas:core:2.0:User";

pub static USER: Schema = Schema {
    id: USER_URN,
    name: "User",
    description: "A teammate's account.",
    openness: Openness::Closed,
    attributes: ATTRIBUTES,
};

const PRIMARY: Attribute = Attribute::boolean(
    "primary",
    "Whether this is the preferred value; at most one is.",
);
const DISPLAY: Attribute = Attribute::string("display", "A name of the value for people to read.");

const ATTRIBUTES: &[Attribute] = &[
    Attribute::string(
        "userName",
        "The name the teammate signs in with: the e-mail address. Unique in the company, compared without regard to letter case, to spaces around it and to characters that can't be seen.",
    )
    .required()
    .unique()
    .name(),
    Attribute::complex("name", "The parts of the teammate's name.", NAME),
    Attribute::string("displayName", "The name shown to other people."),
    Attribute::string("nickName", "The casual name."),
    Attribute::reference("profileUrl", "The address of a profile page.", &["external"]),
    Attribute::string("title", "The job title, such as \"Vice President\"."),
    Attribute::string(
        "userType",
        "The relation to the organisation, such as \"Contractor\".",
    ),
    Attribute::string(
        "preferredLanguage",
        "The preferred languages, as in the Accept-Language header.",
    ),
    Attribute::string(
        "locale",
        "The locale for dates, numbers and currency, such as \"en-US\".",
    ),
    Attribute::string("timezone", "The time zone, such as \"Europe/Berlin\"."),
    Attribute::boolean(
        "active",
        "Whether the teammate may sign in. False blocks the teammate and frees the seat.",
    ),
    Attribute::string("password", "Accepted and never stored.")
        .case_exact()
        .write_only(),
    Attribute::list("emails", "E-mail addresses.", EMAILS),
    Attribute::list("phoneNumbers", "Telephone numbers.", PHONE_NUMBERS),
    Attribute::list("ims", "Instant messaging addresses.", INSTANT_MESSAGING),
    Attribute::list("photos", "Addresses of pictures.", PHOTOS),
    Attribute::list("addresses", "Postal addresses.", ADDRESSES),
    Attribute::list(
        "groups",
        "The teammate groups the teammate belongs to; changed through the group.",
        GROUPS,
    )
    .read_only(),
    Attribute::list("entitlements", "Things the teammate has.", ENTITLEMENTS),
    Attribute::list(
        "roles",
        "Roles. An entry of type \"template\" chooses the teammate template at creation.",
        ROLES,
    )
    .tolerating(Tolerance::UndeclaredParts),
    Attribute::list("x509Certificates", "Certificates.", CERTIFICATES),
];

const NAME: &[Attribute] = &[
    Attribute::string("formatted", "The whole name, ready to be shown."),
    Attribute::string("familyName", "The family name."),
    Attribute::string("givenName", "The given name."),
    Attribute::string("middleName", "The middle names."),
    Attribute::string("honorificPrefix", "The title, such as \"Ms.\"."),
    Attribute::string("honorificSuffix", "The suffix, such as \"III\"."),
];

const EMAILS: &[Attribute] = &[
    Attribute::string("value", "The e-mail address.").name(),
    DISPLAY,
    Attribute::string("type", "What the address is used for.")
        .canonical(&["work", "home", "other"]),
    PRIMARY,
];

const PHONE_NUMBERS: &[Attribute] = &[
    Attribute::string("value", "The telephone number."),
    DISPLAY,
    Attribute::string("type", "What the number is used for.")
        .canonical(&["work", "home", "mobile", "fax", "pager", "other"]),
    PRIMARY,
];

const INSTANT_MESSAGING: &[Attribute] = &[
    Attribute::string("value", "The instant messaging address."),
    DISPLAY,
    Attribute::string("type", "The service the address belongs to.")
        .canonical(&["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"]),
    PRIMARY,
];

const PHOTOS: &[Attribute] = &[
    Attribute::reference("value", "The address of the picture.", &["external"]),
    DISPLAY,
    Attribute::string("type", "The size of the picture.").canonical(&["photo", "thumbnail"]),
    PRIMARY,
];

const ADDRESSES: &[Attribute] = &[
    Attribute::string("formatted", "The whole address, ready to be shown."),
    Attribute::string("streetAddress", "Street, house number and the like."),
    Attribute::string("locality", "The city."),
    Attribute::string("region", "The state or region."),
    Attribute::string("postalCode", "The postal code."),
    Attribute::string("country", "The country."),
    Attribute::string("type", "What the address is used for.")
        .canonical(&["work", "home", "other"]),
    PRIMARY,
];

const GROUPS: &[Attribute] = &[
    Attribute::string("value", "The id of the group.")
        .case_exact()
        .read_only(),
    Attribute::reference("$ref", "The URI of the group.", &["Group"]).read_only(),
    Attribute::string("display", "The name of the group.")
        .name()
        .read_only(),
    Attribute::string("type", "How the teammate belongs to the group.")
        .canonical(&["direct", "indirect"])
        .read_only(),
];

const ENTITLEMENTS: &[Attribute] = &[
    Attribute::string("value", "The entitlement."),
    DISPLAY,
    Attribute::string("type", "The kind of entitlement."),
    PRIMARY,
];

/// Entra puts JSON into the string of `value`, and other clients an object (Microsoft docs,
/// "Provisioning a role to a SCIM app"): roles are echoed as sent, whatever they hold.
const ROLES: &[Attribute] = &[
    Attribute::string("value", "The role.").tolerating(Tolerance::Anything),
    DISPLAY,
    Attribute::string("type", "The kind of role."),
    PRIMARY,
];

const CERTIFICATES: &[Attribute] = &[
    Attribute::binary("value", "The certificate: DER in base64."),
    DISPLAY,
    Attribute::string("type", "What the certificate is used for."),
    PRIMARY,
];
