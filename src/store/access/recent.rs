//! What this isolate has read of who may call: a head start, never an authority.
//!
//! Every read asks whether `rules_version` is still the remembered one, and every write is guarded by it.
//! It grows with everything that an access rests on, tokens and their revocation included; so what is
//! remembered here is used only while it is what the database says. A create that is decided on it saves
//! one of its two calls, and nobody is refused on it unasked.

use crate::directory::access::Access;
use crate::directory::id::ConnectionId;
use crate::directory::token::PresentedToken;
use std::cell::RefCell;
use std::collections::HashMap;

/// Isolates are many and short-lived: when this is full, starting anew costs each token one read.
const MOST: usize = 512;

type CacheKey = (PresentedToken, Option<ConnectionId>);

thread_local! {
    static RECENT: RefCell<HashMap<CacheKey, Access>> = RefCell::default();
}

pub fn recall(token: &PresentedToken, endpoint: Option<&ConnectionId>) -> Option<Access> {
    let key = (token.clone(), endpoint.cloned());
    RECENT.with_borrow(|recent| recent.get(&key).cloned())
}

pub fn remember(token: &PresentedToken, endpoint: Option<&ConnectionId>, access: &Access) {
    let key = (token.clone(), endpoint.cloned());
    RECENT.with_borrow_mut(|recent| {
        if recent.len() >= MOST {
            recent.clear();
        }
        recent.insert(key, access.clone());
    });
}
