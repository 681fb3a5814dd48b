//! A client of a simulated tenant, for the tests of whole flows.

use std::cell::RefCell;
use std::rc::Rc;

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::client::{Client, Host, Options, Settings, Shared};
use nexthink_chatbot::flow::{
    Device, Diagnosis, Employee, Identity, Proposal, ProposeOptions, Run, Subject, diagnose, identify, propose,
    remediate,
};
use nexthink_chatbot::json::{Json, Read};
use nexthink_chatbot::playbook::Library;
use nexthink_simulator::{Options as TenantOptions, SimulatedHost, SimulatedTenant, run};

/// A tenant and one chatbot that uses it, by a host that leads there.
pub struct Scene<H = SimulatedHost> {
    /// The tenant.
    pub tenant: Rc<RefCell<SimulatedTenant>>,
    /// The chatbot's client.
    pub client: Client<H>,
    /// The playbooks.
    pub library: Library,
}

impl Scene {
    /// A tenant with the usual scenarios.
    pub fn new() -> Self {
        Self::with("")
    }

    /// The same, with more options of the client: JSON fields, each with a comma before it.
    pub fn with(options: &str) -> Self {
        Self::of(SimulatedTenant::new(TenantOptions::default()), options)
    }

    /// A tenant of the test's own.
    pub fn of(tenant: SimulatedTenant, options: &str) -> Self {
        Self::through(tenant, options, SimulatedHost::new)
    }
}

impl<H: Host> Scene<H> {
    /// A tenant by a host of the test's own.
    pub fn through(
        tenant: SimulatedTenant,
        options: &str,
        host: impl FnOnce(&Rc<RefCell<SimulatedTenant>>) -> H,
    ) -> Self {
        let tenant = Rc::new(RefCell::new(tenant));
        let client = Client::new(shared(options), host(&tenant));
        let library = Library::built_in().unwrap();
        Self { tenant, client, library }
    }

    /// Runs a future by the tenant's clock.
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        run(&self.tenant, future)
    }

    /// An employee's most recently seen device.
    pub fn device(&self, username: &str) -> Device {
        self.wait(identify(&self.client, &Identity::username(username))).unwrap().remove(0)
    }

    /// A diagnosis of that device.
    pub fn diagnosis(&self, username: &str, playbook: &str) -> Diagnosis {
        let device = self.device(username);
        self.wait(diagnose(&self.client, &self.library, playbook, &device)).unwrap()
    }

    /// Proposes what a rule of a diagnosis recommends, to the device's own employee.
    pub fn propose(&self, diagnosis: &Diagnosis, rule: &str) -> Result<Proposal, NexthinkError> {
        let reference = Some("INC0012345".into());
        let options = ProposeOptions { employee: owner(&diagnosis.device), reference, ..ProposeOptions::default() };
        propose(&self.client, &self.library, Subject::recommended(diagnosis, rule), options)
    }

    /// Acts on a proposal, with the second confirmation.
    pub fn remediate(&self, token: &str) -> Result<Run, NexthinkError> {
        self.wait(remediate(&self.client, token, true))
    }

    /// How many remote actions the tenant was asked to trigger.
    pub fn triggers(&self) -> usize {
        self.count("/api/v1/act/execute")
    }

    /// How many requests for a path reached the tenant.
    pub fn count(&self, path: &str) -> usize {
        self.tenant.borrow().requests().iter().filter(|request| request.path == path).count()
    }
}

/// The employee of a device of a scenario: it is called after them.
pub fn owner(device: &Device) -> Employee {
    let username = device.name.split('-').next().map(str::to_lowercase);
    Employee { username, ..Employee::default() }
}

/// What the calls of one client share, with the tenant's credentials and more options: JSON fields, each with a comma
/// before it.
pub fn shared(options: &str) -> Rc<Shared> {
    Rc::new(Shared::new(settings(options)))
}

/// The settings of such a client.
pub fn settings(options: &str) -> Settings {
    let credentials = SimulatedTenant::CREDENTIALS;
    settings_by(&format!(
        r#"{{"instance":"acme","region":"eu","credentials":{{"clientId":"{}","clientSecret":"{}"}}{options}}}"#,
        credentials.client_id, credentials.client_secret
    ))
}

/// What the calls of one client share, with all options as JSON.
pub fn shared_by(options: &str) -> Rc<Shared> {
    Rc::new(Shared::new(settings_by(options)))
}

fn settings_by(options: &str) -> Settings {
    let options = Options::read(Json::parse(options.as_bytes()).unwrap()).unwrap();
    let library = Library::built_in().unwrap();
    Settings::new(options, Vec::new(), library.declared_remote_actions()).unwrap()
}
