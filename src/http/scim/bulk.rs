//! `/Bulk`: each operation is a call of its own, with its own id, rules, guard, event and log line, and goes
//! the way of any other call. What a bulk request adds is decided in `scim::bulk`.

use crate::directory::access::Purpose;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;
use crate::http::reply::Reply;
use crate::http::routes;
use crate::scim::bulk::{BulkRequest, Job, Performed};

/// Asks D1 for nothing itself where an operation does: the first one tells whether the caller may call.
pub(in crate::http) async fn perform(call: &Call, (): ()) -> Answer {
    let mut job = match requested(call).await {
        Ok(job) => job,
        Err(failure) => return call.refuse(Purpose::Users, failure).await,
    };
    let mut may_call = false;
    while let Some((place, task)) = job.next_task() {
        let operation = call.operation(task)?;
        match routes::handle(&operation).await {
            Ok(reply) => job.done(
                place,
                Performed {
                    status: reply.status(),
                    created: reply.header("location").map(str::to_owned),
                    version: reply.header("etag").map(str::to_owned),
                },
            ),
            Err(failure) if !may_call && failure.is_of_any_operation() => return Err(failure),
            Err(failure) => {
                failure.log(&operation);
                job.failed(place, &failure.to_scim(&operation));
            }
        }
        may_call = true;
    }
    if !may_call {
        call.authorize(Purpose::Users).await?;
    }
    Ok(Reply::ok(&job.into_response()))
}

async fn requested(call: &Call) -> Result<Job, Failure> {
    let body = call.bulk_body().await?;
    let request = BulkRequest::parse(&body, call.base())?;
    Ok(Job::new(request, call.base()))
}
