//! The queue of a company's group writes: what waits is written together, one D1 call at a time.

use super::command::{Command, CommandResult, Undone};
use super::memory::Memory;
use super::round::Round;
use super::waiting::Waiting;
use crate::directory::id::CompanyId;
use crate::store::database::Database;
use crate::store::error::StoreError;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use worker::Delay;

/// Commands in one batch.
const MOST_AT_ONCE: usize = 128;

/// Ids that the commands of one batch bring together: a command that brings more is alone in its batch.
const MOST_IDS_AT_ONCE: usize = 20_000;

/// Between a call that failed and the next.
const PAUSE: Duration = Duration::from_millis(50);

/// What is on its way comes along: where commands come in crowds, one that goes ahead alone makes all others wait for its
/// call, and each call has its price.
const GATHERING: Duration = Duration::from_millis(1);

/// Bytes of the commands that are held, as they came: in memory each takes some three times as much, and an isolate
/// has 128 MB for all of its objects. One command is taken whatever its size.
const MOST_HELD: usize = 16 * 1024 * 1024;

/// Work that goes on when nobody waits for it any more.
pub(super) type Background = Pin<Box<dyn Future<Output = ()>>>;

pub(super) struct Writer {
    company: CompanyId,
    pub(super) database: Database,
    queue: RefCell<VecDeque<Waiting>>,
    is_draining: Cell<bool>,
    /// Commands that are out of the queue and not answered.
    in_hand: Cell<usize>,
    /// Commands in the last batch.
    last_taken: Cell<usize>,
    /// Bytes of the commands that are not answered.
    held: Cell<usize>,
    /// What this instance took from D1 when it became the writer.
    pub(super) epoch: Cell<Option<i64>>,
    /// Whether a call that failed may still be on its way to D1.
    pub(super) must_shut_out: Cell<bool>,
    pub(super) memory: RefCell<Memory>,
}

impl Writer {
    pub(super) fn new(company: CompanyId, database: Database) -> Self {
        Self {
            company,
            database,
            queue: RefCell::default(),
            is_draining: Cell::new(false),
            in_hand: Cell::new(0),
            last_taken: Cell::new(0),
            held: Cell::new(0),
            epoch: Cell::new(None),
            must_shut_out: Cell::new(false),
            memory: RefCell::default(),
        }
    }

    pub(super) fn is_of(&self, company: &CompanyId) -> bool {
        self.company == *company
    }

    pub(super) fn company(&self) -> &CompanyId {
        &self.company
    }

    /// Puts a command, of so many bytes as it came, at the end of the queue; resolves when it has been committed or
    /// refused. `run` takes the work over where there is none under way: it must go on when this call is dropped.
    pub(super) async fn execute(
        self: Rc<Self>,
        command: Command,
        size: usize,
        run: impl FnOnce(Background),
    ) -> CommandResult {
        let held = self.held.get();
        if held > 0 && held + size > MOST_HELD {
            return Err(Undone::Store(StoreError::Overloaded));
        }
        self.held.set(held + size);
        let (answer, answered) = oneshot::channel();
        let queued_behind = self.queue.borrow().len() + self.in_hand.get();
        self.queue
            .borrow_mut()
            .push_back(Waiting::new(command, queued_behind, answer));
        if !self.is_draining.replace(true) {
            run(Box::pin(Rc::clone(&self).drain()));
        }
        // The other end is dropped unanswered only where this instance is given up.
        let answer = answered.await.unwrap_or(Err(Undone::Superseded));
        self.held.set(self.held.get().saturating_sub(size));
        answer
    }

    async fn drain(self: Rc<Self>) {
        loop {
            self.gather().await;
            let taken = self.take();
            if taken.is_empty() {
                self.is_draining.set(false);
                return;
            }
            self.last_taken.set(taken.len());
            self.in_hand.set(taken.len());
            let open = Round::of(&self, taken).perform().await;
            self.in_hand.set(0);
            let mut queue = self.queue.borrow_mut();
            for waiting in open.into_iter().rev() {
                queue.push_front(waiting);
            }
        }
    }

    /// Waits for others where the last batch had several: a client that is alone waits at most once.
    async fn gather(&self) {
        let last = self.last_taken.get();
        if last > 1 && self.queue.borrow().len() < last {
            Delay::from(GATHERING).await;
        }
    }

    /// The commands of the next batch, first come first served.
    fn take(&self) -> Vec<Waiting> {
        let mut queue = self.queue.borrow_mut();
        let mut taken = Vec::new();
        let mut ids = 0;
        while let Some(next) = queue.front() {
            ids += next.weight();
            let is_full = taken.len() == MOST_AT_ONCE || ids > MOST_IDS_AT_ONCE;
            if !taken.is_empty() && (is_full || next.is_suspect()) {
                break;
            }
            let is_suspect = next.is_suspect();
            taken.extend(queue.pop_front());
            if is_suspect {
                break;
            }
        }
        taken
    }

    /// After a call that failed, which may still be on its way to D1: nothing more is decided before a new epoch has
    /// shut it out. Until then D1 gets a moment to come back.
    pub(super) async fn shut_out(&self) {
        self.epoch.set(None);
        self.must_shut_out.set(true);
        Delay::from(PAUSE).await;
    }
}
