//! A group as a SCIM resource, whole or the part that was asked for.

use crate::directory::group::Group;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::scim::group::{GroupMeta, GroupResource, Member};
use crate::scim::projection::Projection;
use crate::store::groups::members;

pub(super) fn projection(call: &Call) -> Result<Projection, Failure> {
    let query = call.query();
    Ok(Projection::parse(
        query.names("attributes").as_deref(),
        query.names("excludedAttributes").as_deref(),
    )?)
}

pub(super) async fn show(
    call: &Call,
    status: u16,
    group: &Group,
    projection: &Projection,
) -> Answer {
    let company = call.identity_provider()?.token.company_id;
    let read = members::page(&company, &group.id, None, 50_000);
    let ids = members::ids(&call.database(&company)?.run(read).await?)?;
    let shown: Vec<Member<'_>> = ids
        .iter()
        .map(|id| Member {
            value: id.as_str(),
            display: None,
            base: call.base(),
        })
        .collect();
    let (created, last_modified) = (group.created_at.to_string(), group.updated_at.to_string());
    let resource = GroupResource {
        display_name: &group.display_name,
        external_id: group.external_id.as_deref(),
        description: group.description.as_deref(),
        members: Some(&shown),
        meta: GroupMeta {
            id: group.id.as_str(),
            created: &created,
            last_modified: &last_modified,
            base: call.base(),
            version: group.entity_tag(),
        },
    };
    let value = projection.apply(serde_json::to_value(resource).unwrap_or_default());
    Ok(Reply::json(status, &value).with_etag(group.entity_tag()))
}
