//! A tenant whose storage and whose word on exports do as the test wants, and a host that keeps what was sent there.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::nql::export::Input;
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::{Bounds, Client, Download, Event, Export, ExportStep, Host};
use nexthink_chatbot::json::{Json, Read};
use nexthink_chatbot::nql::Timestamp;
use nexthink_simulator::{Fault, Options, SimulatedDownload, SimulatedHost, SimulatedTenant, run};

use crate::tenant::shared;

/// A tenant, and what reached it.
pub struct World {
    pub tenant: Rc<RefCell<SimulatedTenant>>,
    pub events: Rc<RefCell<Vec<Event>>>,
    /// Requests to the tenant, with their times, and those for files.
    pub sent: RefCell<Vec<(Timestamp, Request)>>,
    pub opened: RefCell<Vec<Request>>,
    /// What answers in place of the tenant when it is asked for the status of an export.
    pub status: RefCell<Option<String>>,
    /// What answers in place of the tenant's storage, one after the other.
    pub files: RefCell<VecDeque<File>>,
}

/// What a storage answers.
pub struct File {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub pieces: Vec<Result<Vec<u8>, NexthinkError>>,
}

impl File {
    pub fn of(pieces: &[&str]) -> Self {
        let pieces = pieces.iter().map(|piece| Ok(piece.as_bytes().to_vec())).collect();
        Self { status: 200, headers: vec![], pieces }
    }

    pub fn refused(status: u16) -> Self {
        Self { status, headers: vec![], pieces: vec![] }
    }

    /// The same whose connection breaks after what is there.
    pub fn that_breaks_off(mut self) -> Self {
        self.pieces.push(Err(NexthinkError::lost(ErrorKind::Network, "the connection broke").of_read()));
        self
    }
}

impl World {
    pub fn new() -> Rc<Self> {
        Self::of(Options::default())
    }

    pub fn of(options: Options) -> Rc<Self> {
        let tenant = SimulatedTenant::new(options)
            .with_query("#devices", "devices | list name, hardware.memory, operating_system.name | sort name asc")
            .with_query("#one", "devices | where name == $name | list name")
            .with_query("#broken", "devices | list colour_of_the_case");
        Rc::new(Self {
            tenant: Rc::new(RefCell::new(tenant)),
            events: Rc::default(),
            sent: RefCell::default(),
            opened: RefCell::default(),
            status: RefCell::default(),
            files: RefCell::default(),
        })
    }

    /// A tenant with a storage that gives these.
    pub fn with_files(files: impl IntoIterator<Item = File>) -> Rc<Self> {
        let world = Self::new();
        world.files.borrow_mut().extend(files);
        world
    }

    pub fn inject(&self, fault: Fault) {
        self.tenant.borrow_mut().inject(fault).unwrap();
    }

    pub fn now(&self) -> i64 {
        self.tenant.borrow().now().0
    }

    pub fn host(self: &Rc<Self>) -> StorageHost {
        StorageHost { host: SimulatedHost::new(&self.tenant).telling(&self.events), world: Rc::clone(self) }
    }

    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        run(&self.tenant, future)
    }

    /// When the tenant was asked for the status.
    pub fn looks(&self) -> Vec<i64> {
        let sent = self.sent.borrow();
        sent.iter().filter(|(_, request)| request.url.contains("/nql/status/")).map(|(at, _)| at.0).collect()
    }

    /// Exports to the end.
    pub fn export(self: &Rc<Self>, query_id: &str) -> Exported {
        self.export_by(self.host(), &format!(r#"{{"queryId":"{query_id}"}}"#), "")
    }

    /// Exports to the end, with an input as JSON and more options of the client. After its end, and after an error, an
    /// export has nothing more to give and sends nothing.
    pub fn export_by(self: &Rc<Self>, host: StorageHost, input: &str, options: &str) -> Exported {
        let client = Client::new(shared(options), host);
        let mut export = Export::new(Input::read(Json::parse(input.as_bytes()).unwrap()).unwrap());
        let mut exported = Exported::default();
        loop {
            match self.wait(export.step(&client)) {
                Ok(Some(step)) => exported.add(step),
                Ok(None) => break,
                Err(error) => {
                    exported.error = Some(error);
                    break;
                }
            }
        }
        let sent = self.sent.borrow().len() + self.opened.borrow().len();
        for _ in 0..3 {
            assert_eq!(self.wait(export.step(&client)), Ok(None));
        }
        assert_eq!(self.sent.borrow().len() + self.opened.borrow().len(), sent);
        exported
    }
}

/// What an export gave.
#[derive(Default)]
pub struct Exported {
    /// With the header.
    pub rows: Vec<Vec<String>>,
    pub steps: Vec<ExportStep>,
    pub error: Option<NexthinkError>,
}

impl Exported {
    fn add(&mut self, step: ExportStep) {
        self.rows.extend(serde_json::from_str::<Vec<Vec<String>>>(&step.rows).unwrap());
        self.steps.push(step);
    }

    pub fn kind(&self) -> Option<ErrorKind> {
        self.error.as_ref().map(|error| error.kind)
    }
}

/// A host that leads to the tenant, but for what the test answers itself.
pub struct StorageHost {
    pub host: SimulatedHost,
    pub world: Rc<World>,
}

pub enum Pieces {
    OfTenant(SimulatedDownload),
    OfTest(std::vec::IntoIter<Result<Vec<u8>, NexthinkError>>),
}

impl Download for Pieces {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, NexthinkError> {
        match self {
            Self::OfTenant(download) => download.next().await,
            Self::OfTest(pieces) => pieces.next().transpose(),
        }
    }
}

impl Host for StorageHost {
    type Download = Pieces;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        let is_status = request.url.contains("/nql/status/");
        self.world.sent.borrow_mut().push((self.host.now(), request.clone()));
        let mut response = self.host.send(request, bounds).await?;
        if let (true, Some(status)) = (is_status, &*self.world.status.borrow()) {
            response.body = status.clone().into_bytes();
        }
        Ok(response)
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, Pieces), NexthinkError> {
        self.world.opened.borrow_mut().push(request.clone());
        if let Some(file) = self.world.files.borrow_mut().pop_front() {
            let head = Response { status: file.status, headers: file.headers, body: vec![] };
            return Ok((head, Pieces::OfTest(file.pieces.into_iter())));
        }
        let (head, download) = self.host.open(request, bounds).await?;
        Ok((head, Pieces::OfTenant(download)))
    }

    fn now(&self) -> Timestamp {
        self.host.now()
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

    fn listens(&self) -> bool {
        self.host.listens()
    }

    fn tell(&self, event: &Event) {
        self.host.tell(event);
    }
}
