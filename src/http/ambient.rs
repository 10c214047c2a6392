//! The ambient world: time and randomness are read here and handed on as values.

use crate::directory::id::Randomness;
use crate::directory::time::Timestamp;
use crate::http::failure::Failure;

/// In production the clock stands still between I/O; it is read once for each request.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub(super) fn now() -> Timestamp {
    let millis = worker::Date::now().as_millis();
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// Random bytes from the runtime, for ids and secrets.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Platform(error.to_string()))?;
    Ok(bytes)
}

pub(super) fn id_randomness() -> Result<Randomness, Failure> {
    random()
}
