//! What anybody may ask: whether the Worker is there, and whether its database is.

use super::Answer;
use super::call::Call;
use super::reply::Reply;
use super::routes::run;
use crate::contract::path::Segments;
use crate::contract::routes::OpenOperation;
use crate::store::companies;
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

/// The deployment has its secrets, D1 answers, too, and has been migrated; a 5xx where not.
async fn ready(call: &Call, (): ()) -> Answer {
    call.context.operator_key()?;
    call.context.root_secrets()?;
    let database = call.context.companies_database()?;
    database.run(companies::any()).await?;
    Ok(Reply::ok(&Status { status: "ok" }))
}
