//! Teammates that this isolate has lately read or written: a guess at what a write is about to find.
//!
//! Identity providers look at a teammate and then change it. A change that is decided on the guess saves the
//! read before it, and is guarded by the version like any other; a wrong guess costs no call more than none.
//! Nobody is refused on what is remembered, and nothing is shown of it.

use crate::directory::id::{CompanyId, TeammateId};
use crate::directory::teammate::Teammate;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

/// With [`LARGEST`] some megabytes, of an isolate's 128. When it is full, starting anew costs each a read.
const MOST: usize = 512;

/// Bytes of attributes as JSON.
const LARGEST: usize = 8 * 1024;

type CacheKey = (CompanyId, TeammateId);

thread_local! {
    static RECENT: RefCell<HashMap<CacheKey, Teammate>> = RefCell::default();
}

/// Takes it out: after the write there is a newer one to remember.
pub fn recall(company: &CompanyId, id: &TeammateId) -> Option<Teammate> {
    RECENT.with_borrow_mut(|recent| recent.remove(&(company.clone(), id.clone())))
}

/// Takes what the caller has no more use for, or a copy, where it is small enough.
pub fn remember(company: &CompanyId, teammate: Cow<'_, Teammate>) {
    if teammate.attributes.json().len() > LARGEST {
        return;
    }
    let mut teammate = teammate.into_owned();
    teammate.attributes = teammate.attributes.without_texts();
    let key = (company.clone(), teammate.id.clone());
    RECENT.with_borrow_mut(|recent| {
        if recent.len() >= MOST {
            recent.clear();
        }
        recent.insert(key, teammate);
    });
}
