//! `/Me` (RFC 7644 section 3.11): the subject of the token. A token here is an identity provider's, which
//! is no teammate, so there is nobody to show.

use crate::directory::access::Purpose;
use crate::http::Answer;
use crate::http::call::Call;
use crate::http::failure::Failure;

pub(in crate::http) async fn not_implemented(call: &Call, (): ()) -> Answer {
    let failure = Failure::NotImplemented(
        "The token belongs to an identity provider and not to a teammate, so there is no \"me\". Look the \
         teammate up with GET /Users?filter=userName eq \"...\".",
    );
    call.refuse(Purpose::Users, failure).await
}
