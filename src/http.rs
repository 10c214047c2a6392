//! HTTP: from a request to the rooms below and back. Routes, authentication, media types and the mapping
//! of failures are here; handlers are thin and decide nothing about teammates.

mod api;
mod authentication;
mod body;
mod call;
mod failure;
mod open;
mod reply;
mod routes;
mod scim;

use call::{Call, Space};
use failure::Failure;
use reply::{Reply, ReplyWith};
// worker's own forms of these read properties that nobody here asks for, one crossing to JavaScript each.
use worker::web_sys::{Request, Response};
use worker::{Context, Env, Result};

/// Answers one request. Whatever goes wrong below has become a reply here: no error leaves this function
/// but where the runtime itself can't build a response.
pub(crate) async fn answer(request: Request, env: Env, context: Context) -> Result<Response> {
    let call = Call::new(request, env, context).map_err(|failure| failure.to_string())?;
    let reply = routes::handle(&call).await.unwrap_or_else(|failure| {
        failure.log(&call);
        failure.into_reply(&call)
    });
    respond(&call, reply)
}

fn respond(call: &Call, reply: Reply) -> Result<Response> {
    let mut response = reply.with_header("x-request-id", call.context.request_id.to_string());
    if let Some(timing) = server_timing(call) {
        response = response.with_header("server-timing", timing);
    }
    let response = if call.method == "HEAD" {
        response.without_body()
    } else {
        response
    };
    response.into_response(match call.space {
        Space::Scim { .. } => call.scim_media_type(),
        Space::Api | Space::Open => "application/json",
    })
}

/// What the answer has cost, and whether it had to wait for others.
fn server_timing(call: &Call) -> Option<String> {
    let cost = call.context.cost_to_tell()?;
    let d1 = format!(
        "d1;desc=\"calls={} rows_read={} rows_written={}\"",
        cost.calls, cost.rows_read, cost.rows_written
    );
    Some(match call.context.queued_behind() {
        0 => d1,
        behind => format!("{d1}, queue;desc=\"behind={behind}\""),
    })
}

/// What a call comes to.
type Answer = std::result::Result<Reply, Failure>;

/// What the handler of a route gives back whose line in the contract names the body.
type AnswerWith<B> = std::result::Result<ReplyWith<B>, Failure>;
