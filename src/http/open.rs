//! What anybody may ask: whether the Worker is there, and whether its database is.

use super::call::Call;
use super::reply::ReplyWith;
use super::routes::answer;
use super::{Answer, AnswerWith};
use crate::app::companies;
use crate::contract::path::Segments;
use crate::contract::responses::{Status, Well};
use crate::contract::routes::{Health, OpenOperation, Ready};

pub(super) async fn handle(call: &Call, operation: OpenOperation, path: Segments) -> Answer {
    match operation {
        OpenOperation::Health => answer(Health, health, call, path),
        OpenOperation::Ready => answer(Ready, ready, call, path),
    }
    .await
}

const WELL: Status = Status { status: Well::Ok };

/// The Worker lives: nothing else is asked.
async fn health(_: &Call, (): ()) -> AnswerWith<Status> {
    Ok(ReplyWith::body(&WELL))
}

/// The deployment has its secrets, D1 answers, too, and has been migrated; a 5xx where not.
async fn ready(call: &Call, (): ()) -> AnswerWith<Status> {
    call.context.operator_key()?;
    call.context.root_secrets()?;
    companies::ready(&call.context).await?;
    Ok(ReplyWith::body(&WELL))
}
