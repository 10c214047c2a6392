//! The ambient world: time and randomness are read here and handed on as values.

use crate::directory::id::Randomness;
use crate::directory::time::Timestamp;

/// In production the clock stands still between I/O; it is read once for each request, and for each decision
/// that had to wait.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub(crate) fn now() -> Timestamp {
    let millis = worker::Date::now().as_millis();
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// Random bytes from the runtime, for ids and secrets.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn id_randomness() -> Result<Randomness, getrandom::Error> {
    random()
}
