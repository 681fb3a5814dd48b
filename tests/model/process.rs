//! A process that runs the package: its memory, its clock, and the network and the store as it reaches them. It can
//! crash at any step of a call: before or after each thing that it does to the world.

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::client::{Bounds, Client, Host, Shared};
use nexthink_chatbot::nql::Timestamp;
use nexthink_simulator::{SimulatedDownload, SimulatedHost};

use crate::tenant;
use crate::world::{Call, World};

#[derive(Clone)]
pub struct Process {
    pub shared: Rc<Shared>,
    pub world: Rc<World>,
    /// How far its clock is ahead of the tenant's.
    pub ahead_ms: Rc<Cell<i64>>,
}

impl Process {
    pub fn new(world: &Rc<World>, ahead_ms: i64) -> Self {
        let shared = tenant::shared(if world.has_store { r#","store":true,"storeAtomic":true"# } else { "" });
        Self { shared, world: Rc::clone(world), ahead_ms: Rc::new(Cell::new(ahead_ms)) }
    }

    /// The same program, started again: what it had in memory is gone. A client without a store is one process only.
    pub fn restarted(&self) -> Self {
        if self.world.has_store { Self::new(&self.world, self.ahead_ms.get()) } else { self.clone() }
    }

    /// A client for one call, which crashes after so many steps.
    pub fn client(&self, crash_after: Option<u32>) -> (Client<ProcessHost>, Rc<Crash>) {
        let crash = Rc::new(Crash { left: Cell::new(crash_after), happened: Cell::new(false) });
        let host = ProcessHost {
            host: SimulatedHost::new(&self.world.tenant),
            process: self.clone(),
            crash: Rc::clone(&crash),
        };
        (Client::new(Rc::clone(&self.shared), host), crash)
    }
}

/// When a call ends without a word.
pub struct Crash {
    left: Cell<Option<u32>>,
    pub happened: Cell<bool>,
}

impl Crash {
    async fn step(&self) {
        match self.left.get() {
            None => {}
            Some(0) => {
                self.happened.set(true);
                pending().await
            }
            Some(left) => self.left.set(Some(left - 1)),
        }
    }
}

/// The call, or none where it crashed: nothing of it goes on.
pub fn until_crash<'a, T: 'a>(mut call: Call<'a, T>, crash: Rc<Crash>) -> Call<'a, Option<T>> {
    Box::pin(poll_fn(move |context| match call.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if crash.happened.get() => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    }))
}

pub struct ProcessHost {
    host: SimulatedHost,
    process: Process,
    crash: Rc<Crash>,
}

impl Host for ProcessHost {
    type Download = SimulatedDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        self.crash.step().await;
        let answer = self.host.send(request, bounds).await;
        self.crash.step().await;
        answer
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, SimulatedDownload), NexthinkError> {
        self.host.open(request, bounds).await
    }

    fn now(&self) -> Timestamp {
        self.host.now().plus(self.process.ahead_ms.get())
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        self.host.sleep(milliseconds).await
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.host.random(bytes)
    }

    async fn store_get(&self, key: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        self.crash.step().await;
        let got = self.process.world.store.get(&self.host, key, timeout_ms).await;
        self.crash.step().await;
        got
    }

    async fn store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        ttl_ms: u32,
        timeout_ms: u32,
    ) -> Result<bool, NexthinkError> {
        self.crash.step().await;
        let put = self.process.world.store.put(&self.host, key, expected, value, ttl_ms, timeout_ms).await;
        self.crash.step().await;
        put
    }
}
