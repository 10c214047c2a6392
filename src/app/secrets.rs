//! What is kept secret, and what is made of it.

use super::{Context, Error};
use crate::scim::cursor::CursorKey;

/// The secret that holds the operator key: `wrangler secret put OPERATOR_KEY`.
const OPERATOR_KEY: &str = "OPERATOR_KEY";

impl Context {
    pub(crate) fn operator_key(&self) -> Result<String, Error> {
        let key = self
            .env()
            .secret(OPERATOR_KEY)
            .map_err(|_| Error::Platform("the secret OPERATOR_KEY is not set".to_owned()))?;
        Ok(key.to_string())
    }

    /// The key of cursors is made from the operator key: one secret less to set up, and no client has it.
    pub(super) fn cursor_key(&self) -> Result<CursorKey, Error> {
        CursorKey::derived_from(self.operator_key()?.as_bytes())
            .ok_or_else(|| Error::Platform("no key for cursors could be made".to_owned()))
    }
}
