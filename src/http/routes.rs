//! From a call to its handler: the tables of [`crate::contract::routes`] say what there is and for whom.

use super::call::{Call, Space};
use super::failure::Failure;
use super::{Answer, AnswerWith, api, open, scim};
use crate::contract::body::{NoBody, RequestBody};
use crate::contract::path::{Parameters, Segments};
use crate::contract::routes::{API, Exchange, OPEN, Route, RouteMatch, SCIM, find};
use std::pin::Pin;

/// Answers a call, be it one that came in or an operation of a bulk request.
pub(super) async fn handle(call: &Call) -> Answer {
    call.is_set_up?;
    match call.space {
        Space::Scim { .. } => {
            let (operation, path) = found(SCIM, call)?;
            scim::handle(call, operation, path).await
        }
        Space::Api => {
            let (operation, path) = found(API, call)?;
            api::handle(call.of_operator()?, operation, path).await
        }
        Space::Open => {
            let (operation, path) = found(OPEN, call)?;
            open::handle(call, operation, path).await
        }
    }
}

fn found<Operation: Copy>(
    table: &[Route<Operation>],
    call: &Call,
) -> Result<(Operation, Segments), Failure> {
    match find(table, &call.method, &call.segments) {
        RouteMatch::Operation(operation, path) => Ok((operation, path)),
        RouteMatch::OtherMethods(allowed) => Err(Failure::MethodNotAllowed { allowed }),
        RouteMatch::Nothing => Err(Failure::NoSuchRoute),
    }
}

pub(super) type Handling<'a> = Pin<Box<dyn Future<Output = Answer> + 'a>>;

/// Calls a handler with the segments of the path, typed. Boxed, so that the future of a call is not as large as the
/// largest of all handlers.
pub(super) fn run<'a, P: Parameters, Running: Future<Output = Answer> + 'a>(
    handler: impl FnOnce(&'a Call, P) -> Running,
    call: &'a Call,
    path: Segments,
) -> Handling<'a> {
    match P::of(path) {
        Some(parameters) => Box::pin(handler(call, parameters)),
        None => Box::pin(std::future::ready(Err(Failure::NoSuchRoute))),
    }
}

/// Calls the handler of a route whose line in the contract says that it takes no body and what it answers: one of other
/// parameters or another answer does not compile.
pub(super) fn answer<'a, E, P, Running>(
    _: E,
    handler: impl FnOnce(&'a Call, P) -> Running + 'a,
    call: &'a Call,
    path: Segments,
) -> Handling<'a>
where
    E: Exchange<Request = NoBody>,
    P: Parameters + 'a,
    Running: Future<Output = AnswerWith<E::Response>> + 'a,
{
    const { assert!(P::COUNT == E::PARAMETERS) }
    run(
        async move |call, path: P| Ok(handler(call, path).await?.with_status(E::STATUS)),
        call,
        path,
    )
}

/// Calls the handler of a route that takes a body, which is read before the handler is called.
pub(super) fn answer_to<'a, E, P, Running>(
    _: E,
    handler: impl FnOnce(&'a Call, P, E::Request) -> Running + 'a,
    call: &'a Call,
    path: Segments,
) -> Handling<'a>
where
    E: Exchange<Request: RequestBody>,
    P: Parameters + 'a,
    Running: Future<Output = AnswerWith<E::Response>> + 'a,
{
    const { assert!(P::COUNT == E::PARAMETERS) }
    run(
        async move |call: &'a Call, path: P| {
            let body = call.api_body().await?;
            Ok(handler(call, path, body).await?.with_status(E::STATUS))
        },
        call,
        path,
    )
}
