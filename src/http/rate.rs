//! How fast one token, and one company, may call: by the platform's own counters, one set for each of Cloudflare's
//! locations. They are there against floods and are no accounts: what they let through is a little more at times.
//!
//! Invariant: nobody uses up what a company may call but with a token that this isolate has found good.

use super::call::Call;
use super::failure::Failure;
use crate::directory::refusal::Refusal;
use worker::{Env, console_error};

/// As wrangler.toml binds them, with the limits: 1,000 calls of a token in 10 seconds, 3,000 of a company. Okta and Entra
/// stay below a tenth of that.
const OF_TOKEN: &str = "TOKEN_CALLS";
const OF_COMPANY: &str = "COMPANY_CALLS";

/// The period of both, in seconds: nobody has to wait longer.
const PERIOD: u32 = 10;

/// Before anything is read. A call without a token's form is refused anyway.
pub(super) async fn admit(call: &Call) -> Result<(), Failure> {
    let Ok(caller) = call.identity_provider() else {
        return Ok(());
    };
    let env = call.context.env();
    if !is_within(env, OF_TOKEN, &caller.token.hash).await {
        return Err(too_many("This token has made more calls than one may.").into());
    }
    if caller.remembered.is_some()
        && !is_within(env, OF_COMPANY, caller.token.company_id.as_str()).await
    {
        return Err(too_many("The company's tokens have made more calls than they may.").into());
    }
    Ok(())
}

/// An instance without counters, as a local one is, has no limits. One that fails must not end all provisioning.
async fn is_within(env: &Env, name: &str, key: &str) -> bool {
    let Ok(limiter) = env.rate_limiter(name) else {
        return true;
    };
    match limiter.limit(key.to_owned()).await {
        Ok(outcome) => outcome.success,
        Err(error) => {
            console_error!("the rate limit {name} could not be asked: {error}");
            true
        }
    }
}

fn too_many(why: &'static str) -> Refusal {
    Refusal::TooManyCalls {
        why: why.into(),
        seconds: PERIOD,
    }
}
