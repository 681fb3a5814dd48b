//! Processes that share a tenant and a store; the store, the second person and the clocks do as the test wants.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::{Bounds, Client, Host, Memory, Shared};
use nexthink_chatbot::flow::{self, Device, ProposeOptions, Run, Subject};
use nexthink_chatbot::flow::{Employee, Proposal};
use nexthink_chatbot::json::Map;
use nexthink_chatbot::nql::Timestamp;
use nexthink_chatbot::playbook::{Library, Playbook};
use nexthink_simulator::{Fault, FaultKind, Options, SimulatedDownload, SimulatedHost, SimulatedTenant, run};

use crate::tenant::{self, Scene};

/// What the second person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    Throws,
    /// After so many milliseconds.
    Late(u32),
}

/// What goes wrong with one operation of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It is not done.
    Before,
    /// It is done, and nobody is told.
    After,
}

pub struct World {
    pub scene: Scene,
    pub stored: RefCell<BTreeMap<String, String>>,
    /// How many operations the store has had.
    pub operations: Cell<usize>,
    /// Which of them fails, counted from 0.
    pub fails: Cell<Option<(usize, Failure)>>,
    pub answer: Cell<Answer>,
    /// After how many steps of its host a call is cancelled by its caller: every step but a put fails from then on.
    pub cancels_after: Cell<Option<usize>>,
    /// What the store says in place of what it holds, for keys with this in them.
    pub lies: RefCell<Option<(&'static str, String)>>,
    /// What the second person was shown.
    pub asked: RefCell<Vec<String>>,
    /// How far the processes' clocks are ahead of the tenant's.
    pub ahead_ms: Cell<i64>,
    pub library: Library,
}

/// Options of a client with the world's store.
pub const SHARED: &str = r#","store":true,"storeAtomic":true"#;

impl World {
    pub fn new() -> Rc<Self> {
        Self::of(SimulatedTenant::new(Options { devices: 0, ..Options::default() }))
    }

    pub fn of(tenant: SimulatedTenant) -> Rc<Self> {
        Rc::new(Self {
            scene: Scene::of(tenant, ""),
            stored: RefCell::default(),
            operations: Cell::default(),
            fails: Cell::default(),
            answer: Cell::new(Answer::Yes),
            cancels_after: Cell::default(),
            lies: RefCell::default(),
            asked: RefCell::default(),
            ahead_ms: Cell::default(),
            library: Library::built_in().unwrap(),
        })
    }

    /// The same with a cooldown for every rule, in milliseconds.
    pub fn with_cooldown(milliseconds: i64) -> Rc<Self> {
        let mut world = Self::new();
        let library = changed(&world.library, |playbook| {
            for rule in &mut playbook.rules {
                rule.cooldown_ms = Some(milliseconds as f64);
            }
        });
        let changed = Rc::get_mut(&mut world).unwrap();
        (changed.library, changed.scene.library) = (library.clone(), library);
        world
    }

    /// A process: a client for one call after the other, with more options.
    pub fn process(self: &Rc<Self>, options: &str) -> Process {
        let host = WorldHost { host: SimulatedHost::new(&self.scene.tenant), world: Rc::clone(self) };
        Process { client: Client::new(tenant::shared(options), host), world: Rc::clone(self) }
    }

    /// A process that has lost its memory just now.
    pub fn after_losing_its_memory(self: &Rc<Self>, options: &str) -> Process {
        let memory = Rc::new(Memory::in_place_of_one_lost_at(self.now()));
        let host = WorldHost { host: SimulatedHost::new(&self.scene.tenant), world: Rc::clone(self) };
        let shared = Shared::remembering(tenant::settings(options), memory);
        Process { client: Client::new(Rc::new(shared), host), world: Rc::clone(self) }
    }

    /// A process with the world's store.
    pub fn sharing(self: &Rc<Self>) -> Process {
        self.process(SHARED)
    }

    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        run(&self.scene.tenant, future)
    }

    pub fn advance(&self, milliseconds: i64) {
        self.scene.tenant.borrow_mut().advance(milliseconds);
    }

    pub fn now(&self) -> Timestamp {
        self.scene.tenant.borrow().now()
    }

    pub fn inject(&self, fault: Fault) {
        self.scene.tenant.borrow_mut().inject(fault).unwrap();
    }

    /// The next request for a part of a path is answered with a status.
    pub fn answer_with(&self, status: u16, part: &str) {
        self.inject(Fault::new(FaultKind::Status).status(status).of(part));
    }

    /// A token for what a rule recommends for an employee's device.
    pub fn token(&self, employee: &str, playbook: &str, rule: &str) -> String {
        self.scene.propose(&self.scene.diagnosis(employee, playbook), rule).unwrap().token
    }

    /// A token to set Outlook online, and one to repair its data file: on the same device.
    pub fn two_tokens(&self) -> [String; 2] {
        ["offline", "repair-data-file"].map(|rule| self.token("amartin", "outlook", rule))
    }
}

pub struct Process {
    pub client: Client<WorldHost>,
    pub world: Rc<World>,
}

impl Process {
    pub fn remediate(&self, token: &str) -> Result<Run, NexthinkError> {
        self.world.wait(self.begin(token))
    }

    pub async fn begin(&self, token: &str) -> Result<Run, NexthinkError> {
        flow::remediate(&self.client, token, true).await
    }

    pub fn progress(&self, run: &Run) -> Result<Run, NexthinkError> {
        self.world.wait(flow::progress(&self.client, run.clone()))
    }

    /// Follows a run to its end.
    pub fn follow(&self, mut run: Run) -> Run {
        while run.ended_at.is_none() {
            run = self.world.wait(flow::next_change(&self.client, run)).unwrap();
        }
        run
    }

    /// The call, left by its caller when it has done so many steps, as if the process had ended there.
    pub fn crash(&self, token: &str, steps: usize) {
        let mut call = pin!(self.begin(token));
        let mut polls = 0;
        self.world.wait(poll_fn(|context| {
            polls += 1;
            if polls > steps { Poll::Ready(()) } else { call.as_mut().poll(context).map(drop) }
        }));
    }

    /// Proposes what the employee asked for. Whose device it is, is not in question here.
    pub fn request(
        &self,
        device: Device,
        remote_action_id: &str,
        params: &[(&str, &str)],
    ) -> Result<Proposal, NexthinkError> {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Map<_>>();
        let request =
            flow::Request { device, remote_action_id: remote_action_id.into(), params, reason: "please".into() };
        let employee = Employee { username: Some("amartin".into()), ..Employee::default() };
        let options = ProposeOptions { employee, trust_caller: true, ..ProposeOptions::default() };
        flow::propose(&self.client, &self.world.library, Subject::requested(request), options)
    }
}

pub struct WorldHost {
    host: SimulatedHost,
    world: Rc<World>,
}

impl WorldHost {
    /// Counts an operation of the store; none is one that works.
    fn next(&self) -> Option<Failure> {
        let number = self.world.operations.get();
        self.world.operations.set(number + 1);
        self.world.fails.get().filter(|(which, _)| *which == number).map(|(_, failure)| failure)
    }
}

impl WorldHost {
    /// Whether the caller has cancelled the call before this step.
    fn step(&self) -> Result<(), NexthinkError> {
        match self.world.cancels_after.get() {
            Some(0) => Err(NexthinkError::new(ErrorKind::Aborted, "the call was cancelled before its next step")),
            left => {
                self.world.cancels_after.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}

fn store_failed() -> NexthinkError {
    NexthinkError::new(ErrorKind::Network, "the `store` failed")
}

impl Host for WorldHost {
    type Download = SimulatedDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        self.step()?;
        let answer = self.host.send(request, bounds).await;
        // The request has left; nobody waits for the answer any more.
        self.step().map_err(|error| NexthinkError::lost(error.kind, error.message.clone()))?;
        answer
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, SimulatedDownload), NexthinkError> {
        self.host.open(request, bounds).await
    }

    fn now(&self) -> Timestamp {
        self.host.now().plus(self.world.ahead_ms.get())
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        self.step()?;
        self.host.sleep(milliseconds).await
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.host.random(bytes)
    }

    async fn approve(&self, proposal: &str, timeout_ms: u32) -> Result<bool, NexthinkError> {
        self.step()?;
        self.world.asked.borrow_mut().push(proposal.to_owned());
        match self.world.answer.get() {
            Answer::Yes => Ok(true),
            Answer::No => Ok(false),
            Answer::Throws => Err(NexthinkError::new(ErrorKind::Refused, "`approve` failed, so nobody has approved")),
            Answer::Late(after_ms) if after_ms <= timeout_ms => {
                self.host.sleep(after_ms).await?;
                Ok(true)
            }
            Answer::Late(_) => {
                self.host.sleep(timeout_ms).await?;
                Err(NexthinkError::new(ErrorKind::Timeout, "`approve` gave no answer in time"))
            }
        }
    }

    async fn store_get(&self, key: &str, _: u32) -> Result<Option<String>, NexthinkError> {
        self.step()?;
        self.host.sleep(3).await?;
        let lies = self.world.lies.borrow();
        if let Some((_, lie)) = lies.as_ref().filter(|(part, _)| key.contains(part)) {
            return Ok(Some(lie.clone()));
        }
        match self.next() {
            None => Ok(self.world.stored.borrow().get(key).cloned()),
            Some(_) => Err(store_failed()),
        }
    }

    async fn store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        _: u32,
        _: u32,
    ) -> Result<bool, NexthinkError> {
        self.host.sleep(3).await?;
        let failure = self.next();
        if failure == Some(Failure::Before) {
            return Err(store_failed());
        }
        let is_expected = self.world.stored.borrow().get(key).map(String::as_str) == expected;
        if is_expected {
            self.world.stored.borrow_mut().insert(key.to_owned(), value.to_owned());
        }
        self.host.sleep(3).await?;
        if failure.is_some() { Err(store_failed()) } else { Ok(is_expected) }
    }
}

/// The same playbooks, each with a change.
pub fn changed(library: &Library, change: impl Fn(&mut Playbook)) -> Library {
    let mut playbooks: Vec<Playbook> = library.iter().cloned().collect();
    playbooks.iter_mut().for_each(change);
    playbooks.into()
}
