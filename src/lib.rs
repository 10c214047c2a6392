//! Rollcall: SCIM 2.0 provisioning at the edge.
//!
//! This file holds the Worker's entry points and nothing else. The way of a request, the rooms and
//! their directions are described in `docs/ARCHITECTURE.md`.

pub mod contract;
pub mod directory;
pub mod scim;
pub mod store;
pub mod typed;

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
