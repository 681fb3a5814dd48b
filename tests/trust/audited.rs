//! A host that keeps the audit and has a store, and whole repairs through it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::client::{Bounds, Host};
use nexthink_chatbot::flow::{AuditVerdict, Run, next_change, solved, verify, verify_audit};
use nexthink_chatbot::json::Json;
use nexthink_chatbot::nql::{DAY, Timestamp};
use nexthink_simulator::{Options, SimulatedDownload, SimulatedHost, SimulatedTenant};

use crate::tenant::Scene;

pub type Records = Rc<RefCell<Vec<Json>>>;

/// What several processes share.
#[derive(Default)]
pub struct Store {
    pub texts: RefCell<BTreeMap<String, String>>,
    pub fails: RefCell<bool>,
    /// Whether it fails for what it holds of the audit, and works for the rest.
    pub fails_for_audit: RefCell<bool>,
}

impl Store {
    fn check(&self, key: &str) -> Result<(), NexthinkError> {
        match *self.fails.borrow() || (*self.fails_for_audit.borrow() && key.contains(":audit:")) {
            true => Err(NexthinkError::new(ErrorKind::Network, "the `store` failed")),
            false => Ok(()),
        }
    }
}

pub struct AuditingHost {
    host: SimulatedHost,
    records: Records,
    store: Rc<Store>,
    /// What the second person says.
    approves: bool,
}

impl Host for AuditingHost {
    type Download = SimulatedDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        self.host.send(request, bounds).await
    }

    async fn open(&self, request: Request, bounds: Bounds) -> Result<(Response, SimulatedDownload), NexthinkError> {
        self.host.open(request, bounds).await
    }

    fn now(&self) -> Timestamp {
        self.host.now()
    }

    async fn sleep(&self, milliseconds: u32) -> Result<(), NexthinkError> {
        self.host.sleep(milliseconds).await
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NexthinkError> {
        self.host.random(bytes)
    }

    async fn approve(&self, _: &str, _: u32) -> Result<bool, NexthinkError> {
        Ok(self.approves)
    }

    async fn store_get(&self, key: &str, _: u32) -> Result<Option<String>, NexthinkError> {
        self.store.check(key)?;
        Ok(self.store.texts.borrow().get(key).cloned())
    }

    async fn store_put(
        &self,
        key: &str,
        expected: Option<&str>,
        value: &str,
        _: u32,
        _: u32,
    ) -> Result<bool, NexthinkError> {
        self.store.check(key)?;
        let mut texts = self.store.texts.borrow_mut();
        if texts.get(key).map(String::as_str) != expected {
            return Ok(false);
        }
        texts.insert(key.to_owned(), value.to_owned());
        Ok(true)
    }

    fn audits(&self) -> bool {
        true
    }

    fn audit(&self, record: &Json) {
        self.records.borrow_mut().push(record.clone());
    }
}

pub struct Audited {
    pub scene: Scene<AuditingHost>,
    pub records: Records,
    pub store: Rc<Store>,
}

pub const SECRET: &str = SimulatedTenant::CREDENTIALS.client_secret;
const SHARED: &str = r#","store":true,"storeAtomic":true"#;

impl Audited {
    pub fn new() -> Self {
        Self::with("", true)
    }

    /// With these options, and a second person who says so.
    pub fn with(options: &str, approves: bool) -> Self {
        let (records, store) = (Records::default(), Rc::<Store>::default());
        let tenant = SimulatedTenant::new(Options { devices: 0, ..Options::default() });
        let scene = Scene::through(
            tenant,
            &format!("{options}{}", if options.contains("store") { "" } else { SHARED }),
            |tenant| {
                let (records, store) = (Rc::clone(&records), Rc::clone(&store));
                AuditingHost { host: SimulatedHost::new(tenant), records, store, approves }
            },
        );
        Self { scene, records, store }
    }

    /// Another process of the same chatbot, with the same store and the same log.
    pub fn another_process(&self) -> Scene<AuditingHost> {
        let host = AuditingHost {
            host: SimulatedHost::new(&self.scene.tenant),
            records: Rc::clone(&self.records),
            store: Rc::clone(&self.store),
            approves: true,
        };
        Scene {
            tenant: Rc::clone(&self.scene.tenant),
            client: nexthink_chatbot::client::Client::new(crate::tenant::shared(SHARED), host),
            library: nexthink_chatbot::playbook::Library::built_in().unwrap(),
        }
    }

    pub fn token(&self) -> String {
        self.scene.propose(&self.scene.diagnosis("amartin", "outlook"), "offline").unwrap().token
    }

    pub fn follow(&self, mut run: Run) -> Run {
        while run.ended_at.is_none() {
            run = self.scene.wait(next_change(&self.scene.client, run)).unwrap();
        }
        run
    }

    pub fn verify(&self, run: Run) -> Run {
        self.scene.wait(verify(&self.scene.client, &self.scene.library, run)).unwrap()
    }

    pub fn solved(&self, run: Run) -> Run {
        self.scene.wait(solved(&self.scene.client, run, true))
    }

    /// A whole repair, from the proposal to the employee's word.
    pub fn repair(&self) -> Run {
        let run = self.follow(self.scene.remediate(&self.token()).unwrap());
        self.scene.tenant.borrow_mut().advance(DAY);
        self.solved(self.verify(run))
    }

    pub fn events(&self) -> Vec<String> {
        self.records.borrow().iter().map(|record| text(record, "event")).collect()
    }

    pub fn verdict(&self) -> AuditVerdict {
        verdict(&self.records.borrow())
    }
}

pub fn text(record: &Json, name: &str) -> String {
    record.get(name).and_then(Json::as_text).unwrap_or_default().to_owned()
}

/// What an auditor with the client secret finds.
pub fn verdict(records: &[Json]) -> AuditVerdict {
    verify_audit(records, &[SECRET.as_bytes().to_vec()]).unwrap()
}
