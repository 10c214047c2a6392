//! Who calls: a token on the SCIM side, the operator key as a bearer token on the management side.

use super::call::Call;
use super::failure::Failure;
use crate::app::IdentityProvider;
use crate::directory::access::{Actor, Purpose};
use crate::directory::refusal::Refusal;
use crate::directory::token::PresentedToken;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// A call that came with the operator's key: there is no other way to get one.
pub(super) struct OperatorCall<'a>(pub(super) &'a Call);

impl Call {
    /// The identity provider that the token names. Nothing is checked yet: that needs the store.
    pub(super) fn identity_provider(&self) -> Result<IdentityProvider, Failure> {
        let token = self
            .header("authorization")
            .and_then(|header| PresentedToken::in_authorization(&header))
            .ok_or(Refusal::NotAuthenticated)?;
        Ok(IdentityProvider::new(token, self.endpoint().cloned()))
    }

    /// Authenticates alone.
    pub(super) async fn authorize(&self, purpose: Purpose) -> Result<(), Failure> {
        let caller = self.identity_provider()?;
        Ok(self.context.authorize(&caller, purpose).await?)
    }

    /// For a request that can't be used: the caller learns why only if it may call at all.
    pub(super) async fn refuse<T>(
        &self,
        purpose: Purpose,
        failure: impl Into<Failure>,
    ) -> Result<T, Failure> {
        self.authorize(purpose).await?;
        Err(failure.into())
    }

    /// Compares digests in constant time, so that neither the key's length nor a common beginning shows.
    pub(super) fn of_operator(&self) -> Result<OperatorCall<'_>, Failure> {
        let key = self.context.operator_key()?;
        let presented = self.bearer().unwrap_or_default();
        let same = Sha256::digest(presented.as_bytes())
            .as_slice()
            .ct_eq(Sha256::digest(key.as_bytes()).as_slice());
        if bool::from(same) {
            self.context.is_vouched_for(Actor::Operator);
            Ok(OperatorCall(self))
        } else {
            Err(Refusal::NotTheOperator.into())
        }
    }

    /// RFC 6750, section 2.1; the scheme is case-insensitive (RFC 9110, section 11.1). The operator's own backend
    /// has no console in between, so that no other form is taken.
    fn bearer(&self) -> Option<String> {
        let header = self.header("authorization")?;
        let (scheme, credentials) = header.trim().split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| credentials.trim().to_owned())
    }
}
