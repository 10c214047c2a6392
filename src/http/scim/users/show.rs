//! Teammates as SCIM resources, whole or the part that was asked for.

use crate::app::Error;
use crate::app::teammates::page::StoredTeammate;
use crate::directory::teammate::Listed;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::etag::EntityTag;
use crate::scim::projection::Projection;
use crate::scim::user::{StoredUser, UserMeta, UserResource};
use serde::Serialize;
use serde_json::Value;

/// What `attributes` and `excludedAttributes` ask for.
pub(super) fn projection(call: &Call) -> Result<Projection, Failure> {
    let query = call.query();
    Ok(Projection::parse(
        query.names("attributes").as_deref(),
        query.names("excludedAttributes").as_deref(),
    )?)
}

/// A teammate with what its resource borrows.
pub(super) struct ShownTeammate<'a> {
    call: &'a Call,
    listed: &'a Listed,
    created: String,
    last_modified: String,
}

/// A resource as it was asked for.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Projected<'a> {
    Whole(UserResource<'a>),
    Part(Value),
}

impl<'a> ShownTeammate<'a> {
    pub(super) fn new(call: &'a Call, listed: &'a Listed) -> Self {
        Self {
            call,
            listed,
            created: listed.teammate.created_at.to_string(),
            last_modified: listed.teammate.updated_at.to_string(),
        }
    }

    pub(super) fn resource(&self, projection: &Projection) -> Projected<'_> {
        let Listed { teammate, groups } = self.listed;
        let resource = UserResource {
            user_name: &teammate.user_name,
            external_id: teammate.external_id.as_deref(),
            active: teammate.shown_active(),
            attributes: &teammate.attributes,
            groups,
            meta: UserMeta {
                id: teammate.id.as_str(),
                created: &self.created,
                last_modified: &self.last_modified,
                base: self.call.base(),
                version: teammate.entity_tag(),
            },
        };
        if projection.is_everything() {
            return Projected::Whole(resource);
        }
        Projected::Part(projection.apply(serde_json::to_value(resource).unwrap_or_default()))
    }
}

/// Writes a teammate of a page behind what `body` holds already.
pub(super) fn write(
    call: &Call,
    stored: &StoredTeammate<'_>,
    projection: &Projection,
    body: &mut Vec<u8>,
) -> Result<(), Error> {
    let (created, last_modified) = (stored.created_at.to_string(), stored.updated_at.to_string());
    let user = StoredUser {
        user_name: &stored.user_name,
        external_id: stored.external_id.as_deref(),
        active: stored.shown_active(),
        attributes: stored.attributes,
        groups: &stored.groups,
        meta: UserMeta {
            id: &stored.id,
            created: &created,
            last_modified: &last_modified,
            base: call.base(),
            version: EntityTag(stored.version),
        },
    };
    let unreadable = || Error::unreadable(format!("the attributes of {}", stored.id));
    if projection.is_everything() {
        return user.write(body).map_err(|_| unreadable());
    }
    let mut whole = Vec::new();
    user.write(&mut whole).map_err(|_| unreadable())?;
    // As text: reading bytes would be a parser of its own in the Worker.
    let whole = String::from_utf8(whole).map_err(|_| unreadable())?;
    let whole = serde_json::from_str(&whole).map_err(|_| unreadable())?;
    // Writing into memory does not fail.
    let _ = serde_json::to_writer(body, &projection.apply(whole));
    Ok(())
}

pub(super) fn show(call: &Call, status: u16, listed: &Listed, projection: &Projection) -> Reply {
    Reply::json(
        status,
        &ShownTeammate::new(call, listed).resource(projection),
    )
    .with_etag(listed.teammate.entity_tag())
}
