//! The Worker's side: sends a command to the company's object, as often as it takes.
//!
//! Sending it again is safe: its id is written with what it does, so that it is never done twice.

use super::command::{Command, CommandResult, Undone};
use super::envelope;
use crate::directory::id::CompanyId;
use crate::store::error::StoreError;
use crate::typed;
use std::time::Duration;
use wasm_bindgen::{JsCast as _, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
// `RequestInit` of worker itself brings all of Cloudflare's properties of a request along.
use worker::web_sys::{Request, RequestInit, Response};
use worker::worker_sys::DurableObject;
use worker::{Delay, Env};

/// As wrangler.toml names it.
const BINDING: &str = "COMPANY";

/// An object that restarts, or hands over to a newer instance, is there again at once: what takes longer than
/// these pauses together is told to the client, which comes back later.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(5),
    Duration::from_millis(20),
    Duration::from_millis(100),
    Duration::from_millis(400),
    Duration::from_secs(1),
];

/// `location_hint` is where the object is to be made, if this is the first time that anybody reaches it. It does not
/// move afterwards.
pub(crate) async fn send(
    env: &Env,
    location_hint: Option<&str>,
    company: &CompanyId,
    command: &Command,
) -> CommandResult {
    let body = envelope::of_command(company, command)
        .map_err(|error| failed(&format!("the command has no JSON form: {error}")))?;
    let mut pauses = PAUSES.iter();
    loop {
        let why = match once(env, location_hint, company, &body).await {
            Ok(Err(Undone::Superseded)) => "another instance became the writer".to_owned(),
            Ok(answer) => return answer,
            Err(error) => error.to_string(),
        };
        // A new stub each time: one that has failed stays broken (Cloudflare's page on error handling). And
        // what is overloaded is not asked again.
        match pauses.next().filter(|_| !why.contains("overloaded")) {
            Some(pause) => Delay::from(*pause).await,
            None => return Err(failed(&why)),
        }
    }
}

async fn once(
    env: &Env,
    location_hint: Option<&str>,
    company: &CompanyId,
    body: &str,
) -> worker::Result<CommandResult> {
    let objects = env.durable_object(BINDING)?;
    let name = company.as_str();
    let object = match location_hint {
        Some(hint) => objects.get_by_name_with_location_hint(name, hint)?,
        None => objects.get_by_name(name)?,
    };
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    // Nobody resolves the host: the stub is where it goes.
    let request = Request::new_with_str_and_init("https://company/", &init)?;
    // What `Stub::fetch_with_request` gives back is read as a stream, which costs as much as the way to the object.
    let object = object.into_rpc::<DurableObject>();
    let response = JsFuture::from(object.fetch_with_request(&request)?).await?;
    let text = response.unchecked_into::<Response>().text()?;
    answered(JsFuture::from(text).await?.as_string().unwrap_or_default())
}

fn answered(text: String) -> worker::Result<CommandResult> {
    typed::read(text).map_err(|mistake| worker::Error::RustError(mistake.to_string()))
}

fn failed(why: &str) -> Undone {
    Undone::Store(StoreError::Call(format!("the company's object: {why}")))
}
