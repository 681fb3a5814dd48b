//! Calls under way: futures that go on once they were woken, whenever the facade says so. It does between two turns of
//! whatever has settled something: what is woken by a call never runs as a part of that call. A future of
//! `wasm-bindgen-futures` comes with a promise and closures of its own, which is a fifth of what a call costs.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use wasm_bindgen::prelude::wasm_bindgen;

type Work = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
struct Calls {
    made: u32,
    /// Those that wait, also for their beginning.
    waiting: Vec<(u32, Work)>,
    /// The numbers of those that go on next.
    woken: VecDeque<u32>,
}

impl Calls {
    fn next(&mut self) -> Option<(u32, Work)> {
        while let Some(number) = self.woken.pop_front() {
            // One that has ended may have been woken before.
            if let Some(position) = self.waiting.iter().position(|(waiting, _)| *waiting == number) {
                return Some(self.waiting.swap_remove(position));
            }
        }
        None
    }
}

thread_local! {
    static CALLS: RefCell<Calls> = RefCell::default();
}

/// Takes a call. It begins when `goOn` is given the number that it gets.
pub fn take(work: impl Future<Output = ()> + 'static) -> u32 {
    let work: Work = Box::pin(work);
    CALLS.with_borrow_mut(|calls| {
        calls.made = calls.made.wrapping_add(1);
        calls.waiting.push((calls.made, work));
        calls.made
    })
}

/// Lets all calls go on that were woken, and one begin. No other begins: what a call sends belongs to whatever its
/// caller is doing (a trace, a request that is being served), and runtimes tell that by who has called.
#[wasm_bindgen(js_name = goOn)]
pub fn go_on(begun: Option<u32>) {
    if let Some(number) = begun {
        CALLS.with_borrow_mut(|calls| calls.woken.push_back(number));
    }
    while let Some((number, mut work)) = CALLS.with_borrow_mut(Calls::next) {
        let waker = Waker::from(Arc::new(Number(number)));
        if work.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            CALLS.with_borrow_mut(|calls| calls.waiting.push((number, work)));
        }
    }
}

/// Which call is to be woken.
struct Number(u32);

impl Wake for Number {
    fn wake(self: Arc<Self>) {
        CALLS.with_borrow_mut(|calls| calls.woken.push_back(self.0));
    }
}
