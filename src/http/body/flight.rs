//! What this isolate holds of bodies. It has 128 MB for everybody in it, and never gives back what Wasm once took: so
//! what all bodies together may take is known before they come.
//!
//! A call's share counts from its first byte until it is answered: first the bytes, then what was made of them.
//!
//! Invariants: no company holds more than its quarter, so that its neighbours always have room; who is not known yet
//! holds nothing that is a company's, and has a room of its own, beyond which nobody is read before it is known who
//! calls.

use crate::directory::id::CompanyId;
use crate::http::failure::Failure;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// Bytes of the bodies of all companies. Beside them an isolate has the tree of the one that is read at the moment, a
/// company's object with its commands, and JavaScript.
const ALL: usize = 56 * 1024 * 1024;

/// The most that one company has of them: the largest body that is taken, or four groups of 100,000 members.
const OF_A_COMPANY: usize = ALL / 4;

/// Bytes of the bodies of those whom this isolate does not know, in one room for all of them: a hundred usual ones at
/// once. An attack fills it at no cost, and others are known by a read before their body then.
const OF_STRANGERS: usize = 8 * 1024 * 1024;

#[derive(Default)]
struct Flight {
    all: usize,
    strangers: usize,
    companies: HashMap<CompanyId, usize>,
}

thread_local! {
    static FLIGHT: RefCell<Flight> = RefCell::default();
}

/// A call's share.
pub(in crate::http) struct Share {
    /// Nothing for who is not known yet.
    company: RefCell<Option<CompanyId>>,
    bytes: Cell<usize>,
}

impl Share {
    /// Of nobody, and nothing.
    pub(in crate::http) fn none() -> Self {
        Self {
            company: RefCell::default(),
            bytes: Cell::new(0),
        }
    }

    pub(super) fn is_of_a_stranger(&self) -> bool {
        self.company.borrow().is_none()
    }

    /// Whether a stranger may hold so many bytes; then it does. Room is never given back before the call is answered:
    /// what becomes of a short body may be long.
    pub(super) fn stranger_holds(&self, bytes: usize) -> bool {
        if bytes <= self.bytes.get() {
            return true;
        }
        let fits = FLIGHT.with_borrow_mut(|flight| {
            let others = flight.strangers.saturating_sub(self.bytes.get());
            let fits = others + bytes <= OF_STRANGERS;
            if fits {
                flight.strangers = others + bytes;
            }
            fits
        });
        if fits {
            self.bytes.set(bytes);
        }
        fits
    }

    /// Who it is has become known: what is held is the company's from now on.
    pub(super) fn becomes(&self, company: &CompanyId) -> Result<(), Failure> {
        let bytes = self.bytes.get();
        self.give_back();
        *self.company.borrow_mut() = Some(company.clone());
        self.holds(bytes)
    }

    /// The company holds so many bytes for this call, if there is room.
    pub(super) fn holds(&self, bytes: usize) -> Result<(), Failure> {
        let company = self.company.borrow();
        let Some(company) = company.as_ref() else {
            return Ok(());
        };
        let more = bytes.saturating_sub(self.bytes.get());
        FLIGHT.with_borrow_mut(|flight| {
            let of_company = flight.companies.get(company).copied().unwrap_or_default();
            if of_company + more > OF_A_COMPANY || flight.all + more > ALL {
                return Err(Failure::TooManyBodies);
            }
            let less = self.bytes.get().saturating_sub(bytes);
            flight.all = (flight.all + more).saturating_sub(less);
            let of_company = (of_company + more).saturating_sub(less);
            flight.companies.insert(company.clone(), of_company);
            Ok(())
        })?;
        self.bytes.set(bytes);
        Ok(())
    }

    fn give_back(&self) {
        let bytes = self.bytes.take();
        if bytes == 0 {
            return;
        }
        FLIGHT.with_borrow_mut(|flight| match self.company.borrow().as_ref() {
            None => flight.strangers = flight.strangers.saturating_sub(bytes),
            Some(company) => {
                flight.all = flight.all.saturating_sub(bytes);
                if let Some(held) = flight.companies.get_mut(company) {
                    *held = held.saturating_sub(bytes);
                    if *held == 0 {
                        flight.companies.remove(company);
                    }
                }
            }
        });
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.give_back();
    }
}
