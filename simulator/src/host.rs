//! The tenant as the `Host` of native tests, and the executor that runs a flow over it. Time is virtual: when all that
//! a flow does is wait, the tenant's clock jumps to what it waits for, and no test ever sleeps.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use nexthink_chatbot::api::http::{READ_HEADERS, Request, Response};
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::{Bounds, Download, Event, Host};
use nexthink_chatbot::nql::Timestamp;

use crate::http::{Outcome, WireRequest};
use crate::tenant::SimulatedTenant;

/// A process that talks to a tenant. Several may share one.
#[derive(Clone)]
pub struct SimulatedHost {
    tenant: Rc<RefCell<SimulatedTenant>>,
    /// When its call has to end, by the tenant's clock.
    deadline: Option<Timestamp>,
    /// Whether its calls may be abandoned, as in workerd.
    calls_can_vanish: bool,
    events: Option<Rc<RefCell<Vec<Event>>>>,
}

impl SimulatedHost {
    /// A host whose network leads to this tenant, and whose clock is the tenant's.
    pub fn new(tenant: &Rc<RefCell<SimulatedTenant>>) -> Self {
        Self { tenant: Rc::clone(tenant), deadline: None, calls_can_vanish: false, events: None }
    }

    /// The same for a call that has so much time.
    #[must_use]
    pub fn within(mut self, milliseconds: u32) -> Self {
        self.deadline = Some(self.now().plus(i64::from(milliseconds)));
        self
    }

    /// The same in a runtime that may abandon calls without a word.
    #[must_use]
    pub const fn that_abandons_calls(mut self) -> Self {
        self.calls_can_vanish = true;
        self
    }

    /// The same, telling what happens to this list.
    #[must_use]
    pub fn telling(mut self, events: &Rc<RefCell<Vec<Event>>>) -> Self {
        self.events = Some(Rc::clone(events));
        self
    }

    fn wait(&self, milliseconds: u32) -> Alarm {
        Alarm { at: self.now().plus(i64::from(milliseconds)), tenant: Rc::clone(&self.tenant) }
    }
}

impl Host for SimulatedHost {
    type Download = SimulatedDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        let timeout_ms = self.remaining(bounds.timeout_ms);
        if timeout_ms == 0 {
            return Err(NexthinkError::new(ErrorKind::Timeout, "the call's time was over before its next step"));
        }
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
        if response.body.len() > bounds.maximum_bytes as usize {
            return Err(NexthinkError::lost(ErrorKind::Malformed, "the answer is larger than the bounds allow"));
        }
        response.headers.retain(|(name, _)| READ_HEADERS.contains(&name.as_str()));
        Ok(response)
    }

    fn now(&self) -> Timestamp {
        self.tenant.borrow().now()
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, SimulatedDownload), NexthinkError> {
        let mut response = self.send(&request, Bounds { maximum_bytes: u32::MAX, ..bounds }).await?;
        let body = std::mem::take(&mut response.body);
        Ok((response, SimulatedDownload { rest: body.into() }))
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        let available = self.remaining(milliseconds);
        self.wait(available).await;
        if available == milliseconds {
            return Ok(());
        }
        Err(NexthinkError::new(ErrorKind::Timeout, "the call's time was over while it waited"))
    }

    fn remaining(&self, milliseconds: u32) -> u32 {
        let left = self.deadline.map_or(i64::MAX, |deadline| deadline.since(self.now()));
        u32::try_from(left.clamp(0, i64::from(milliseconds))).unwrap_or(milliseconds)
    }

    fn calls_can_vanish(&self) -> bool {
        self.calls_can_vanish
    }

    fn listens(&self) -> bool {
        self.events.is_some()
    }

    fn tell(&self, event: &Event) {
        if let Some(events) = &self.events {
            events.borrow_mut().push(event.clone());
        }
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.tenant.borrow_mut().host_random.fill(bytes);
        Ok(())
    }
}

/// The body of an answer, in pieces that are cut anywhere.
pub struct SimulatedDownload {
    rest: VecDeque<u8>,
}

/// Not a multiple of anything: cells, characters and line ends are cut, too.
const PIECE: usize = 4_093;

impl Download for SimulatedDownload {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, NexthinkError> {
        let length = self.rest.len().min(PIECE);
        let piece: Vec<u8> = self.rest.drain(..length).collect();
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }
}

fn wire(request: &Request) -> WireRequest {
    let headers = request.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    WireRequest {
        method: request.method.word().into(),
        url: request.url.clone(),
        headers: headers.collect(),
        body: request.body.clone().unwrap_or_default().into_bytes(),
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
