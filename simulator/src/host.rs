//! The tenant as the `Host` of native tests, and the executor that runs a flow over it. Time is virtual: when all that
//! a flow does is wait, the tenant's clock jumps to what it waits for, and no test ever sleeps.

use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use nexthink_chatbot::api::http::{Method, READ_HEADERS, Request, Response};
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::Host;
use nexthink_chatbot::nql::Timestamp;

use crate::http::{Outcome, WireRequest};
use crate::tenant::SimulatedTenant;

/// A process that talks to a tenant. Several may share one.
#[derive(Debug, Clone)]
pub struct SimulatedHost {
    tenant: Rc<RefCell<SimulatedTenant>>,
}

impl SimulatedHost {
    /// A host whose network leads to this tenant, and whose clock is the tenant's.
    pub fn new(tenant: &Rc<RefCell<SimulatedTenant>>) -> Self {
        Self { tenant: Rc::clone(tenant) }
    }

    fn wait(&self, milliseconds: u32) -> Alarm {
        Alarm { at: self.now().plus(i64::from(milliseconds)), tenant: Rc::clone(&self.tenant) }
    }
}

impl Host for SimulatedHost {
    async fn send(&self, request: Request, timeout_ms: u32) -> Result<Response, NexthinkError> {
        let outcome = self.tenant.borrow_mut().handle(&wire(request));
        let (latency_ms, answer) = match outcome {
            Outcome::Answer { response, latency_ms } => (latency_ms, Ok(response)),
            Outcome::Truncated { latency_ms, .. } => {
                (latency_ms, Err(NexthinkError::lost(ErrorKind::Network, "the answer broke off before its end")))
            }
            Outcome::Broken { latency_ms } => {
                (latency_ms, Err(NexthinkError::lost(ErrorKind::Network, "the connection to the tenant broke")))
            }
        };
        if latency_ms > timeout_ms {
            self.wait(timeout_ms).await;
            return Err(NexthinkError::lost(ErrorKind::Timeout, format!("no answer within {timeout_ms} ms")));
        }
        self.wait(latency_ms).await;
        let mut response = answer?;
        response.headers.retain(|(name, _)| READ_HEADERS.contains(&name.as_str()));
        Ok(response)
    }

    fn now(&self) -> Timestamp {
        self.tenant.borrow().now()
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        self.wait(milliseconds).await;
        Ok(())
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.tenant.borrow_mut().host_random.fill(bytes);
        Ok(())
    }
}

fn wire(request: Request) -> WireRequest {
    WireRequest {
        method: match request.method {
            Method::Get => "GET".into(),
            Method::Post => "POST".into(),
        },
        url: request.url,
        headers: request.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        body: request.body.unwrap_or_default().into_bytes(),
    }
}

/// Waits until the tenant's clock shows a time.
struct Alarm {
    at: Timestamp,
    tenant: Rc<RefCell<SimulatedTenant>>,
}

impl Future for Alarm {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let mut tenant = self.tenant.borrow_mut();
        if tenant.now() >= self.at {
            return Poll::Ready(());
        }
        tenant.alarms.insert(self.at);
        Poll::Pending
    }
}

/// Runs a future to its end in virtual time.
///
/// # Panics
/// The future waits for something that is neither the tenant's clock nor itself: it would wait forever.
#[expect(clippy::panic, reason = "for native tests, where waiting forever is the worse way to fail")]
pub fn run<T>(tenant: &Rc<RefCell<SimulatedTenant>>, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return result;
        }
        if woken.0.swap(false, Ordering::Relaxed) {
            continue;
        }
        let mut tenant = tenant.borrow_mut();
        let Some(next) = tenant.alarms.pop_first() else {
            panic!("the future waits for something other than the tenant's clock");
        };
        tenant.advance_to(next);
    }
}

/// Remembers that a future asked to be polled again.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}
