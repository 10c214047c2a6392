//! Teammates in pages.

use super::show::{Projected, ShownTeammate, write};
use crate::app::list::Paged;
use crate::app::teammates::page::{Teammates, stored};
use crate::app::{Error, IdentityProvider};
use crate::directory::teammate::Listed;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::reply::Reply;
use crate::http::scim::list::{self, Resources, ShownPage};
use crate::scim::list::ListResponse;
use crate::scim::projection::Projection;
use crate::scim::search::SearchRequest;

pub(in crate::http) async fn list(call: &Call, (): ()) -> Answer {
    found(call, &SearchRequest::from_query(&call.query())).await
}

pub(in crate::http::scim) async fn found(call: &Call, request: &SearchRequest) -> Answer {
    list::found::<Teammates>(call, request).await
}

impl ShownPage for Teammates {
    async fn reply(
        call: &Call,
        _: &IdentityProvider,
        projection: Projection,
        found: Paged<Self>,
    ) -> Answer {
        let Paged {
            page,
            shown,
            total,
            place,
        } = found;
        match page {
            Self::Read(items) => {
                let resources: Vec<ShownTeammate> = items
                    .shown(&shown)
                    .iter()
                    .map(|listed| ShownTeammate::new(call, listed))
                    .collect();
                let projected: Vec<Projected> = resources
                    .iter()
                    .map(|resource| resource.resource(&projection))
                    .collect();
                Ok(Reply::ok(&ListResponse::of(projected, total, place)))
            }
            Self::Stored(stored) => {
                let rows = stored.rows.get(shown).unwrap_or_default();
                let (head, tail) = ListResponse::around(rows.len(), total, place);
                let mut body = head.into_bytes();
                // What a resource has more than its row are names and references.
                body.reserve(rows.iter().map(|row| row.len() + 512).sum());
                write_rows(call, rows, &projection, &mut body)?;
                body.extend_from_slice(tail.as_bytes());
                Ok(Reply::text(200, body))
            }
        }
    }
}

/// The first teammates of a page, for a list that goes on with other resources.
pub(in crate::http::scim) fn first(
    call: &Call,
    page: &Teammates,
    projection: &Projection,
    count: usize,
) -> Result<Resources, Error> {
    let mut json = Vec::new();
    match page {
        Teammates::Read(items) => {
            let write = |listed: &Listed, json: &mut Vec<u8>| {
                let resource = ShownTeammate::new(call, listed);
                // Writing into memory does not fail.
                let _ = serde_json::to_writer(json, &resource.resource(projection));
                Ok(())
            };
            separated(items.shown(&(0..count)), &mut json, write)?;
        }
        Teammates::Stored(stored) => {
            let rows = stored.rows.get(..count).unwrap_or_default();
            write_rows(call, rows, projection, &mut json)?;
        }
    }
    Ok(Resources { count, json })
}

fn write_rows(
    call: &Call,
    rows: &[String],
    projection: &Projection,
    json: &mut Vec<u8>,
) -> Result<(), Error> {
    separated(rows, json, |row, json| {
        write(call, &stored(row)?, projection, json)
    })
}

fn separated<T>(
    resources: &[T],
    json: &mut Vec<u8>,
    write: impl Fn(&T, &mut Vec<u8>) -> Result<(), Error>,
) -> Result<(), Error> {
    for (place, resource) in resources.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        write(resource, json)?;
    }
    Ok(())
}
