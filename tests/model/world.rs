//! The world of one history: a tenant and a store, and the calls that run side by side in it.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use nexthink_chatbot::flow::Diagnosis;
use nexthink_chatbot::playbook::Library;
use nexthink_simulator::{Options, SimulatedTenant, run};

use crate::shared_store::{Atomicity, SharedStore};
use crate::tenant::Scene;

/// A call that is under way.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// How all histories begin: the tenant, and what is wrong with the employee's device.
pub struct Origin {
    tenant: SimulatedTenant,
    pub diagnosis: Diagnosis,
    pub library: Library,
}

/// What the tenant has executed for chatbots.
pub const EXECUTIONS: &str = "#executions";

impl Origin {
    pub fn new() -> Self {
        let tenant = SimulatedTenant::new(Options { devices: 0, ..Options::default() }).with_query(
            EXECUTIONS,
            "remote_action.executions past 3d | where trigger_method == api \
             | list external_reference, status, request_time, time",
        );
        let scene = Scene::of(tenant, "");
        let diagnosis = scene.diagnosis("amartin", "outlook");
        let tenant = scene.tenant.borrow().clone();
        Self { tenant, diagnosis, library: scene.library }
    }
}

pub struct World {
    pub tenant: Rc<RefCell<SimulatedTenant>>,
    /// Whether the processes share the store; else each has its memory.
    pub has_store: bool,
    pub store: SharedStore,
}

impl World {
    pub fn new(origin: &Origin, seed: u64, has_store: bool, atomicity: Atomicity) -> Rc<Self> {
        let tenant = Rc::new(RefCell::new(origin.tenant.clone()));
        Rc::new(Self { tenant, has_store, store: SharedStore::new(seed, atomicity) })
    }

    /// Runs calls side by side to their ends.
    pub fn together(&self, mut calls: Vec<Call<'_, ()>>) {
        run(
            &self.tenant,
            poll_fn(|context| {
                calls.retain_mut(|call| call.as_mut().poll(context).is_pending());
                if calls.is_empty() { Poll::Ready(()) } else { Poll::Pending }
            }),
        );
    }

    pub fn advance(&self, milliseconds: i64) {
        self.tenant.borrow_mut().advance(milliseconds);
    }
}
