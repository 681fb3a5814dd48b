//! Tickets: under what number something was begun, and who waits for its outcome.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::prelude::wasm_bindgen;

use super::calls::go_on_after;
use super::outcome::Outcome;
use super::runtime::Surroundings;

struct Table {
    made: u32,
    open: Vec<Open>,
}

struct Open {
    number: u32,
    outcome: Option<Outcome>,
    waker: Option<Waker>,
}

impl Table {
    fn find(&mut self, number: u32) -> Option<&mut Open> {
        self.open.iter_mut().find(|open| open.number == number)
    }

    /// Whether it was there.
    fn remove(&mut self, number: u32) -> bool {
        let position = self.open.iter().position(|open| open.number == number);
        position.map(|position| self.open.swap_remove(position)).is_some()
    }
}

thread_local! {
    static TABLE: RefCell<Table> = const { RefCell::new(Table { made: 0, open: Vec::new() }) };
}

/// Something that is under way. Dropped before its outcome was taken, it is cancelled.
pub(super) struct Ticket {
    number: u32,
    runtime: Rc<Surroundings>,
}

impl Ticket {
    pub fn new(runtime: &Rc<Surroundings>) -> Self {
        let number = TABLE.with_borrow_mut(|table| {
            table.made = table.made.wrapping_add(1);
            table.open.push(Open { number: table.made, outcome: None, waker: None });
            table.made
        });
        Self { number, runtime: Rc::clone(runtime) }
    }

    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Waits for what it came to.
    pub async fn outcome(&self) -> Outcome {
        poll_fn(|context| {
            TABLE.with_borrow_mut(|table| {
                let Some(open) = table.find(self.number) else { return Poll::Pending };
                let Some(outcome) = open.outcome.take() else {
                    open.waker = Some(context.waker().clone());
                    return Poll::Pending;
                };
                table.remove(self.number);
                Poll::Ready(outcome)
            })
        })
        .await
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if TABLE.with_borrow_mut(|table| table.remove(self.number)) {
            self.runtime.cancel(self.number);
        }
    }
}

/// The facade tells what something came to: a status or one of the codes of `Outcome`, a text, bytes. Who waits for it
/// goes on.
#[wasm_bindgen]
pub fn settle(ticket: u32, code: i32, text: Option<String>, bytes: Option<Vec<u8>>) {
    let waker = TABLE.with_borrow_mut(|table| {
        let open = table.find(ticket)?;
        open.outcome = Some(Outcome::of(code, text, bytes));
        open.waker.take()
    });
    if let Some(waker) = waker {
        go_on_after(|| waker.wake());
    }
}
