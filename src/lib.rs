//! Rollcall: SCIM 2.0 provisioning at the edge.
//!
//! This file holds the Worker's entry points and nothing else. The way of a request, the rooms and
//! their directions are described in `docs/ARCHITECTURE.md`.

// What nobody uses is found where everything has its callers: on wasm32.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, unused_imports))]

mod contract;
mod directory;
#[cfg(test)]
mod rooms;
mod scim;
mod store;
mod typed;

/// What the targets in `fuzz/`, which are a crate of their own, try. The Worker has none of it, so that nothing is kept
/// alive for its sake.
#[cfg(not(target_arch = "wasm32"))]
pub mod grammars {
    pub use crate::scim::filter::{Filter, MAX_FILTER_LENGTH};
    pub use crate::scim::path::{MAX_PATH_LENGTH, Path};
    pub use crate::scim::schema::{RESOURCE_TYPES, ResourceType};
}

// The rooms that name the platform: they exist on wasm32 alone, so the pure rooms can't lean on them.
#[cfg(target_arch = "wasm32")]
mod ambient;
#[cfg(target_arch = "wasm32")]
mod app;
// Its messages are tested on the host.
#[cfg(any(test, target_arch = "wasm32"))]
mod company;
#[cfg(target_arch = "wasm32")]
mod http;
#[cfg(target_arch = "wasm32")]
mod upkeep;

#[cfg(target_arch = "wasm32")]
pub use company::CompanyObject;

#[cfg(target_arch = "wasm32")]
#[worker::event(fetch)]
async fn fetch(
    request: worker::web_sys::Request,
    env: worker::Env,
    context: worker::Context,
) -> worker::Result<worker::web_sys::Response> {
    http::answer(request, env, context).await
}

#[cfg(target_arch = "wasm32")]
#[worker::event(scheduled)]
async fn scheduled(_: worker::ScheduledEvent, env: worker::Env, _: worker::ScheduleContext) {
    if let Err(error) = upkeep::run(&env).await {
        worker::console_error!("the upkeep ended early: {error}");
    }
}
