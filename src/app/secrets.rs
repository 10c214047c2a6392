//! What a deployment is given as secrets: the operator's key, and the keys that are derived for those who need one.

use super::{Context, Error};
use crate::directory::deployment::{DeploymentSecret, DerivedKey, KeyLabel, NotSetUp, RootSecrets};
use crate::scim::cursor::CursorKey;

impl Context {
    pub(crate) fn operator_key(&self) -> Result<String, Error> {
        let key = self.secret(DeploymentSecret::OperatorKey);
        Ok(DeploymentSecret::OperatorKey.checked(key)?)
    }

    pub(crate) fn root_secrets(&self) -> Result<RootSecrets, NotSetUp> {
        RootSecrets::new(
            self.secret(DeploymentSecret::Root),
            self.secret(DeploymentSecret::OtherRoot),
        )
    }

    pub(super) fn cursor_key(&self) -> Result<CursorKey, Error> {
        let keys = self.root_secrets()?.keys(KeyLabel::Cursors);
        CursorKey::new(&keys.first, keys.other.as_ref().map(DerivedKey::as_slice))
            .ok_or_else(|| Error::Platform("no key for cursors could be made".to_owned()))
    }

    fn secret(&self, secret: DeploymentSecret) -> Option<String> {
        let text = self.env().secret(secret.name()).ok()?;
        Some(text.to_string())
    }
}
