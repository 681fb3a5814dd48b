//! Many calls at once, as an executor runs them: each is polled when it was woken, and all when the clock has moved. A
//! call that nobody wakes stays where it is: a lost wake-up shows as time that passes, or as a call that never ends.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use nexthink_chatbot::client::Host;
use nexthink_simulator::{SimulatedHost, SimulatedTenant, run};

/// A call that is under way.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// How a caller leaves a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// As Rust does: what the call holds is given back.
    Dropped,
    /// As workerd does: nothing more is ever heard of it.
    Forgotten,
}

struct Task<'a, T> {
    call: Option<Call<'a, T>>,
    output: Option<T>,
    woken: Arc<Woken>,
}

impl<T> Task<'_, T> {
    fn is_woken(&self) -> bool {
        self.call.is_some() && self.woken.0.load(Ordering::Relaxed)
    }

    fn poll(&mut self) {
        let Some(call) = &mut self.call else { return };
        self.woken.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.woken));
        if let Poll::Ready(output) = call.as_mut().poll(&mut Context::from_waker(&waker)) {
            (self.output, self.call) = (Some(output), None);
        }
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs all of them to their ends. Their outputs are in the order of the calls.
pub fn together<T>(tenant: &Rc<RefCell<SimulatedTenant>>, calls: Vec<Call<'_, T>>) -> Vec<T> {
    let mut tasks = Vec::new();
    for call in calls {
        tasks.push(Task { call: Some(call), output: None, woken: Arc::new(Woken(AtomicBool::new(true))) });
    }
    let mut polled_at = tenant.borrow().now();
    run(
        tenant,
        poll_fn(|_| {
            let now = tenant.borrow().now();
            if now != polled_at {
                polled_at = now;
                // The last one first: who waits is asked before who goes, and goes on only if it is woken.
                tasks.iter_mut().rev().for_each(Task::poll);
            }
            while tasks.iter().any(Task::is_woken) {
                tasks.iter_mut().filter(|task| task.is_woken()).for_each(Task::poll);
            }
            if tasks.iter().any(|task| task.call.is_some()) { Poll::Pending } else { Poll::Ready(()) }
        }),
    );
    tasks.into_iter().map(|task| task.output.unwrap()).collect()
}

/// The call, if it ends within this time; else its caller leaves it.
pub fn left<'a, T: 'a>(
    tenant: &Rc<RefCell<SimulatedTenant>>,
    after_ms: u32,
    leaving: Leaving,
    mut call: Call<'a, T>,
) -> Call<'a, Option<T>> {
    let host = SimulatedHost::new(tenant);
    Box::pin(async move {
        let mut time = Box::pin(host.sleep(after_ms));
        // The time first: a call can be left in the moment in which its turn has come.
        let output = poll_fn(|context| match time.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(None),
            Poll::Pending => call.as_mut().poll(context).map(Some),
        })
        .await;
        if output.is_none() && leaving == Leaving::Forgotten {
            mem::forget(call);
        }
        output
    })
}

/// A call that begins later.
pub fn later<'a, T: 'a>(tenant: &Rc<RefCell<SimulatedTenant>>, after_ms: u32, call: Call<'a, T>) -> Call<'a, T> {
    let host = SimulatedHost::new(tenant);
    Box::pin(async move {
        host.sleep(after_ms).await.unwrap();
        call.await
    })
}
