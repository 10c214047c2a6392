//! What anybody may ask: whether the Worker is there, and whether its database is.

use super::Answer;
use super::call::Call;
use super::reply::Reply;
use super::routes::run;
use crate::app::companies;
use crate::contract::path::Segments;
use crate::contract::routes::OpenOperation;
use serde::Serialize;

pub(super) async fn handle(call: &Call, operation: OpenOperation, path: Segments) -> Answer {
    match operation {
        OpenOperation::Health => run(health, call, path),
        OpenOperation::Ready => run(ready, call, path),
    }
    .await
}

#[derive(Serialize)]
struct Status {
    status: &'static str,
}

/// The Worker lives: nothing else is asked.
async fn health(_: &Call, (): ()) -> Answer {
    Ok(Reply::ok(&Status { status: "ok" }))
}

/// D1 answers, too, and has been migrated; a 5xx where not.
async fn ready(call: &Call, (): ()) -> Answer {
    companies::ready(&call.context).await?;
    Ok(Reply::ok(&Status { status: "ok" }))
}
