//! Turns: at most so many calls of a client do something at once; the others wait, first come, first served.
//!
//! Where a call can vanish without being dropped (workerd cancels an invocation and whatever it awaits), no call may
//! be woken by another and none can be relied on to give its turn back. There, waiting calls look again on a timer of
//! their own, and whoever has a turn shows that it is alive, or loses it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::host::Host;
use super::together::{First, first};
use crate::api::problem::{ErrorKind, NexthinkError};
use crate::nql::{SECOND, Timestamp};

/// How long a waiting call pauses before it looks again, in milliseconds.
const PAUSE_MS: u32 = 10;
/// So many pauses within a second mean that the host's `sleep` does not wait: what goes on by pauses would never end.
const PAUSES: u32 = 6_000;
/// How often a call shows that it is alive, in milliseconds.
const BEAT_MS: u32 = 500;
/// After this long without a sign of life a call has vanished.
const VANISHED_MS: i64 = 2_000;

/// So many turns, and those who have one or wait for one.
pub(super) struct Turns {
    limit: usize,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    made: u32,
    taken: Vec<Taken>,
    waiting: VecDeque<Rc<Place>>,
}

struct Taken {
    id: u32,
    /// Where calls can vanish.
    alive_at: Option<Timestamp>,
}

/// A place in the queue.
#[derive(Default)]
struct Place {
    /// The turn that was given to it.
    turn: Cell<Option<u32>>,
    waker: RefCell<Option<Waker>>,
}

impl Turns {
    /// So many at once.
    pub fn new(limit: usize) -> Self {
        Self { limit, state: RefCell::default() }
    }

    /// Whether a call would have to wait.
    pub fn are_taken<H: Host>(&self, host: &H) -> bool {
        let mut state = self.state.borrow_mut();
        if host.calls_can_vanish() {
            let now = host.now();
            let is_alive = |at: Timestamp| (0..VANISHED_MS).contains(&now.since(at));
            state.taken.retain(|taken| taken.alive_at.is_some_and(is_alive));
        }
        state.taken.len() >= self.limit || !state.waiting.is_empty()
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// `aborted` or `timeout`, when the call ends before its turn comes.
    pub async fn take<H: Host>(&self, host: &H) -> Result<Turn<'_>, NexthinkError> {
        if !self.are_taken(host) {
            return Ok(self.give(host));
        }
        if !host.calls_can_vanish() {
            return self.queue(host).await;
        }
        let mut pauses = Pauses::since(host.now());
        while pauses.go_on(host.now()) {
            match host.sleep(PAUSE_MS).await {
                Err(error) if !lacks_timers(&error) => return Err(error),
                Err(_) => break,
                Ok(()) => {}
            }
            if !self.are_taken(host) {
                break;
            }
        }
        Ok(self.give(host))
    }

    fn give<H: Host>(&self, host: &H) -> Turn<'_> {
        let alive_at = host.calls_can_vanish().then(|| host.now());
        let mut state = self.state.borrow_mut();
        state.made = state.made.wrapping_add(1);
        let id = state.made;
        state.taken.push(Taken { id, alive_at });
        Turn { turns: self, id }
    }

    async fn queue<H: Host>(&self, host: &H) -> Result<Turn<'_>, NexthinkError> {
        let waiting = Waiting { turns: self, place: Rc::default() };
        self.state.borrow_mut().waiting.push_back(Rc::clone(&waiting.place));
        let called = poll_fn(|context| match waiting.place.turn.take() {
            Some(id) => Poll::Ready(id),
            None => {
                waiting.place.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        });
        match first(called, host.ended()).await {
            First::Left(id) => Ok(Turn { turns: self, id }),
            First::Right(error) => Err(error),
        }
    }

    /// Gives a turn to whoever has waited longest.
    fn pass_on(&self, id: u32) {
        let mut state = self.state.borrow_mut();
        let Some(position) = state.taken.iter().position(|taken| taken.id == id) else { return };
        let Some(place) = state.waiting.pop_front() else {
            state.taken.swap_remove(position);
            return;
        };
        drop(state);
        place.turn.set(Some(id));
        if let Some(waker) = place.waker.take() {
            waker.wake();
        }
    }
}

/// A call in the queue, which leaves it when the call is dropped.
struct Waiting<'a> {
    turns: &'a Turns,
    place: Rc<Place>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.turns.state.borrow_mut().waiting.retain(|place| !Rc::ptr_eq(place, &self.place));
        // It was called and left all the same.
        if let Some(id) = self.place.turn.take() {
            self.turns.pass_on(id);
        }
    }
}

/// A turn, given back when it is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    id: u32,
}

impl Turn<'_> {
    /// Does something for which the turn is needed, and shows meanwhile that it is being done.
    pub async fn during<H: Host, T>(&self, host: &H, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        if host.calls_can_vanish() {
            let mut pauses = Pauses::since(host.now());
            while pauses.go_on(host.now()) {
                match first(&mut work, host.sleep(BEAT_MS)).await {
                    First::Left(done) => return done,
                    First::Right(Ok(())) => self.show(host.now()),
                    First::Right(Err(_)) => break,
                }
            }
        }
        work.await
    }

    fn show(&self, now: Timestamp) {
        let mut state = self.turns.state.borrow_mut();
        if let Some(taken) = state.taken.iter_mut().find(|taken| taken.id == self.id) {
            taken.alive_at = Some(now);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.pass_on(self.id);
    }
}

/// Pauses one after the other, as long as they are some.
struct Pauses {
    begun: Timestamp,
    made: u32,
}

impl Pauses {
    const fn since(begun: Timestamp) -> Self {
        Self { begun, made: 0 }
    }

    /// Counts another one; false where the host's `sleep` does not wait.
    fn go_on(&mut self, now: Timestamp) -> bool {
        self.made = self.made.saturating_add(1);
        self.made <= PAUSES || now.since(self.begun) > SECOND
    }
}

/// A runtime without timers cannot wait; whatever else `sleep` fails with ends the call.
pub(super) fn lacks_timers(error: &NexthinkError) -> bool {
    error.kind == ErrorKind::Invalid
}
