//! Calls under way: futures that go on once they were woken, whenever the facade says so. It does between two turns of
//! whatever has settled something: what is woken by a call never runs as a part of that call. A future of
//! `wasm-bindgen-futures` comes with a promise and closures of its own, which is a fifth of what a call costs; and where it
//! traps, nobody is told.
//!
//! Runtimes tell by who has called what a request belongs to (a trace, a request that is being served). So a call goes on
//! only where the facade does so for that call; of those that it has woken meanwhile the facade is told.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

type Work = Pin<Box<dyn Future<Output = ()>>>;

struct Calls {
    made: u32,
    /// Those that wait, also for their beginning.
    waiting: Vec<(u32, Work)>,
    /// The numbers of those that go on next.
    woken: Vec<u32>,
    /// The one that goes on now; 0 for none.
    current: u32,
    /// Whether something goes on, and whoever is woken meanwhile will be seen to.
    is_going_on: bool,
    /// Is told of each that was woken by another.
    on_woken: Option<Function>,
}

impl Calls {
    const NONE: Self =
        Self { made: 0, waiting: Vec::new(), woken: Vec::new(), current: 0, is_going_on: false, on_woken: None };

    fn next(&mut self) -> Option<u32> {
        // There are few.
        (!self.woken.is_empty()).then(|| self.woken.remove(0))
    }

    fn begin(&mut self, number: u32) -> Option<Work> {
        // One that has ended may have been woken before.
        let position = self.waiting.iter().position(|(waiting, _)| *waiting == number)?;
        self.current = number;
        Some(self.waiting.swap_remove(position).1)
    }
}

thread_local! {
    static CALLS: RefCell<Calls> = const { RefCell::new(Calls::NONE) };
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

/// Takes what nobody waits for. It goes on by itself.
pub fn take_along(work: impl Future<Output = ()> + 'static) {
    tell(take(work));
}

/// The number of the call that goes on now; 0 for none.
pub(super) fn current() -> u32 {
    CALLS.with_borrow(|calls| calls.current)
}

/// Whom to tell of a call that was woken by another: it wants a `goOn`, later.
#[wasm_bindgen(js_name = whenWoken)]
pub fn when_woken(on_woken: Function) {
    CALLS.with_borrow_mut(|calls| calls.on_woken = Some(on_woken));
}

/// Lets a call begin, or go on.
#[wasm_bindgen(js_name = goOn)]
pub fn go_on(number: u32) {
    go_on_after(|| wake(number));
}

/// Does what wakes a call, and lets that one go on.
pub(super) fn go_on_after(waking: impl FnOnce()) {
    CALLS.with_borrow_mut(|calls| calls.is_going_on = true);
    waking();
    go_on_woken();
    CALLS.with_borrow_mut(|calls| calls.is_going_on = false);
}

fn go_on_woken() {
    let mut mine = None;
    while let Some(number) = CALLS.with_borrow_mut(Calls::next) {
        if *mine.get_or_insert(number) == number {
            poll(number);
        } else {
            tell(number);
        }
    }
}

fn poll(number: u32) {
    let Some(mut work) = CALLS.with_borrow_mut(|calls| calls.begin(number)) else { return };
    let waker = Waker::from(Arc::new(Number(number)));
    let is_pending = work.as_mut().poll(&mut Context::from_waker(&waker)).is_pending();
    CALLS.with_borrow_mut(|calls| {
        calls.current = 0;
        if is_pending {
            calls.waiting.push((number, work));
        }
    });
}

fn wake(number: u32) {
    let is_seen_to = CALLS.with_borrow_mut(|calls| {
        if calls.is_going_on {
            calls.woken.push(number);
        }
        calls.is_going_on
    });
    // By what is no call, as an export that is let go of.
    if !is_seen_to {
        tell(number);
    }
}

fn tell(number: u32) {
    if let Some(on_woken) = CALLS.with_borrow(|calls| calls.on_woken.clone()) {
        // It only makes a note.
        let _ = on_woken.call1(&JsValue::UNDEFINED, &number.into());
    }
}

/// Which call is to be woken.
struct Number(u32);

impl Wake for Number {
    fn wake(self: Arc<Self>) {
        wake(self.0);
    }
}
