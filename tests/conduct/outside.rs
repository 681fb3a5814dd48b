//! The world outside of a client: a simulated tenant behind a host that counts what is under way, keeps what was sent,
//! has a clock of its own, and a token provider and a store that do as the test wants.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::{Bounds, Client, Event, Host, ProvidedToken, Shared};
use nexthink_chatbot::json::Json;
use nexthink_chatbot::nql::Timestamp;
use nexthink_simulator::{Fault, Options, SimulatedDownload, SimulatedHost, SimulatedTenant};

use crate::crowd::{Call, together};

/// A token provider of a test.
pub type Provider = fn(&World, u32) -> Result<ProvidedToken, NexthinkError>;

/// What the store does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    Works,
    Fails,
    Hangs,
}

/// A request that left.
#[derive(Debug, Clone)]
pub struct Sent {
    pub at: Timestamp,
    pub path: String,
    pub authorization: String,
    pub is_repeatable: bool,
}

/// A tenant, and what all hosts that lead to it have in common.
pub struct World {
    pub tenant: Rc<RefCell<SimulatedTenant>>,
    pub sent: RefCell<Vec<Sent>>,
    pub under_way: Cell<usize>,
    pub most_under_way: Cell<usize>,
    pub events: Rc<RefCell<Vec<Event>>>,
    pub provider: Cell<Option<Provider>>,
    /// How often the provider was asked, and how long it takes.
    pub asked: Cell<u32>,
    pub provider_takes_ms: Cell<u32>,
    pub store: Cell<Store>,
    pub stored: RefCell<BTreeMap<String, String>>,
    /// Where the store was asked.
    pub keys: RefCell<Vec<String>>,
    /// How far the client's clock is ahead of the tenant's.
    pub ahead_ms: Cell<i64>,
}

impl World {
    /// A tenant with the devices of the scenarios and one query.
    pub fn new() -> Rc<Self> {
        let options = Options { devices: 0, ..Options::default() };
        Self::of(SimulatedTenant::new(options).with_query("#names", "devices | list name | limit 1"))
    }

    pub fn of(tenant: SimulatedTenant) -> Rc<Self> {
        Rc::new(Self {
            tenant: Rc::new(RefCell::new(tenant)),
            sent: RefCell::default(),
            under_way: Cell::default(),
            most_under_way: Cell::default(),
            events: Rc::default(),
            provider: Cell::default(),
            asked: Cell::default(),
            provider_takes_ms: Cell::new(20),
            store: Cell::new(Store::Works),
            stored: RefCell::default(),
            keys: RefCell::default(),
            ahead_ms: Cell::default(),
        })
    }

    pub fn host(self: &Rc<Self>) -> WatchedHost {
        let host = SimulatedHost::new(&self.tenant).telling(&self.events);
        WatchedHost { host, world: Rc::clone(self) }
    }

    /// A client for one call.
    pub fn client(self: &Rc<Self>, shared: &Rc<Shared>) -> Client<WatchedHost> {
        Client::new(Rc::clone(shared), self.host())
    }

    /// A client for one call that has so much time.
    pub fn client_within(self: &Rc<Self>, shared: &Rc<Shared>, milliseconds: u32) -> Client<WatchedHost> {
        let mut host = self.host();
        host.host = host.host.within(milliseconds);
        Client::new(Rc::clone(shared), host)
    }

    pub fn inject(&self, fault: Fault) {
        self.tenant.borrow_mut().inject(fault).unwrap();
    }

    pub fn now(&self) -> Timestamp {
        self.tenant.borrow().now()
    }

    pub fn advance(&self, milliseconds: i64) {
        self.tenant.borrow_mut().advance(milliseconds);
    }

    /// How many requests for a part of a path left.
    pub fn count(&self, part: &str) -> usize {
        self.times(part).len()
    }

    /// When they left.
    pub fn times(&self, part: &str) -> Vec<i64> {
        self.sent.borrow().iter().filter(|sent| sent.path.contains(part)).map(|sent| sent.at.0).collect()
    }

    /// How long it was between them.
    pub fn gaps(&self, part: &str) -> Vec<i64> {
        self.times(part).windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// Runs one call to its end.
    pub fn wait<T>(&self, call: Call<'_, T>) -> T {
        together(&self.tenant, vec![call]).remove(0)
    }
}

/// A call that reads.
pub fn read(client: Client<impl Host + 'static>) -> Call<'static, Result<Json, NexthinkError>> {
    operate(client, "nql.execute", r##"{"queryId":"#names"}"##)
}

/// A call that acts.
pub fn act(client: Client<impl Host + 'static>) -> Call<'static, Result<Json, NexthinkError>> {
    let input = r#"{"userPrincipalName":"amartin@acme.example","parts":[{"type":"TEXT","text":"It is slow"}]}"#;
    operate(client, "spark.handoff", input)
}

/// What a read and an act are on the wire.
pub const READ: &str = "nql/execute";
pub const ACT: &str = "spark/handoff";
pub const TOKEN: &str = "oauth2";

pub fn operate(
    client: Client<impl Host + 'static>,
    name: &'static str,
    input: &str,
) -> Call<'static, Result<Json, NexthinkError>> {
    let input = Json::parse(input.as_bytes()).unwrap();
    Box::pin(async move { client.operate(name, input).await })
}

/// A host that leads to the tenant, and is watched.
pub struct WatchedHost {
    pub host: SimulatedHost,
    pub world: Rc<World>,
}

/// A request that is under way, until it is answered or dropped.
struct UnderWay<'a>(&'a World);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.set(self.0.under_way.get() - 1);
    }
}

impl Host for WatchedHost {
    type Download = SimulatedDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        let world = &*self.world;
        let authorization = request.headers.iter().filter(|(name, _)| *name == "authorization");
        let sent = Sent {
            at: self.host.now(),
            path: request.url.clone(),
            authorization: authorization.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", "),
            is_repeatable: bounds.is_repeatable,
        };
        world.sent.borrow_mut().push(sent);
        world.under_way.set(world.under_way.get() + 1);
        world.most_under_way.set(world.most_under_way.get().max(world.under_way.get()));
        let _under_way = UnderWay(world);
        self.host.send(request, bounds).await
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, SimulatedDownload), NexthinkError> {
        self.host.open(request, bounds).await
    }

    fn now(&self) -> Timestamp {
        self.host.now().plus(self.world.ahead_ms.get())
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        self.host.sleep(milliseconds).await
    }

    fn remaining(&self, milliseconds: u32) -> u32 {
        self.host.remaining(milliseconds)
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.host.random(bytes)
    }

    fn calls_can_vanish(&self) -> bool {
        self.host.calls_can_vanish()
    }

    fn listens(&self) -> bool {
        self.host.listens()
    }

    fn tell(&self, event: &Event) {
        self.host.tell(event);
    }

    async fn provided_token(&self, timeout_ms: u32) -> Result<ProvidedToken, NexthinkError> {
        let world = &self.world;
        let number = world.asked.get() + 1;
        world.asked.set(number);
        let takes_ms = world.provider_takes_ms.get();
        self.host.sleep(takes_ms.min(timeout_ms)).await?;
        if takes_ms > timeout_ms {
            return Err(NexthinkError::new(ErrorKind::Timeout, "`tokenProvider` gave nothing in time"));
        }
        world.provider.get().unwrap()(world, number)
    }

    async fn store_get(&self, key: &str, timeout_ms: u32) -> Result<Option<String>, NexthinkError> {
        self.world.keys.borrow_mut().push(key.to_owned());
        self.reach_store(timeout_ms).await?;
        Ok(self.world.stored.borrow().get(key).cloned())
    }

    async fn store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        _: u32,
        timeout_ms: u32,
    ) -> Result<bool, NexthinkError> {
        self.reach_store(timeout_ms).await?;
        let mut stored = self.world.stored.borrow_mut();
        let is_expected = stored.get(key).map(String::as_str) == expected;
        if is_expected {
            stored.insert(key.to_owned(), value.to_owned());
        }
        Ok(is_expected)
    }
}

impl WatchedHost {
    async fn reach_store(&self, timeout_ms: u32) -> Result<(), NexthinkError> {
        match self.world.store.get() {
            Store::Works => self.host.sleep(5).await,
            Store::Fails => Err(NexthinkError::new(ErrorKind::Network, "the store failed")),
            Store::Hangs => {
                self.host.sleep(timeout_ms).await?;
                Err(NexthinkError::new(ErrorKind::Timeout, "the store did not answer"))
            }
        }
    }
}
