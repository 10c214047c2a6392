//! How lists look: of `GET /Users` and `GET /Groups`, and of `POST .search`.

use crate::app::IdentityProvider;
use crate::app::list::{self, ListQuery, Paged, ResourcePage};
use crate::http::Answer;
use crate::http::call::Call;
use crate::scim::search::SearchRequest;

/// A page of one type of resource, as SCIM shows it.
pub(super) trait ShownPage: ResourcePage {
    async fn reply(
        call: &Call,
        caller: &IdentityProvider,
        projection: Self::Projection,
        found: Paged<Self>,
    ) -> Answer;
}

/// Resources as JSON, with commas between them.
#[derive(Default)]
pub(super) struct Resources {
    pub(super) count: usize,
    pub(super) json: Vec<u8>,
}

pub(super) async fn found<P: ShownPage>(call: &Call, request: &SearchRequest) -> Answer {
    let asked = match ListQuery::<P>::of(request) {
        Ok(asked) => asked,
        Err(error) => return call.refuse(P::PURPOSE, error).await,
    };
    let caller = call.identity_provider()?;
    let found = list::find(&call.context, &caller, &asked).await?;
    P::reply(call, &caller, asked.projection, found).await
}
