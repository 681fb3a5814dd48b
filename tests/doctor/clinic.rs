//! How a tenant is examined in these tests: probes by a client of it, until there are none, then the report.

use nexthink_chatbot::client::Client;
use nexthink_chatbot::content::PlaybookSource;
use nexthink_chatbot::doctor::{
    CheckStatus, DoctorReport, DoctorSettings, NotCheckedReason, ProbeOutcome, next, report,
};
use nexthink_chatbot::flow::Employee;
use nexthink_chatbot::json::Write;
use nexthink_simulator::{Fault, FaultKind, SimulatedHost, SimulatedTenant, run};
use std::cell::RefCell;
use std::rc::Rc;

use crate::tenant::{shared, shared_by};

/// A tenant, a client of it, and what the doctor is told.
pub struct Clinic {
    pub tenant: Rc<RefCell<SimulatedTenant>>,
    client: Client<SimulatedHost>,
    pub playbooks: Vec<PlaybookSource>,
    pub settings: DoctorSettings,
    pub employee: Option<Employee>,
    /// How far this machine's clock is ahead of the tenant's.
    pub ahead_ms: i64,
}

/// Troubles by the names of their checks, an error as it stands and a warning in brackets.
pub type Named = Vec<String>;

impl Clinic {
    /// A healthy tenant, a client that is set up as it should be, and an employee with all identifiers.
    pub fn new() -> Self {
        let tenant = SimulatedTenant::new(nexthink_simulator::Options::default());
        let amartin = tenant.employee("amartin").unwrap();
        let employee = Employee {
            username: Some(amartin.username.clone()),
            upn: Some(amartin.upn.clone()),
            email: Some(amartin.email.clone()),
            sid: Some(amartin.sid.clone()),
        };
        let tenant = Rc::new(RefCell::new(tenant));
        let client = Client::new(shared(""), SimulatedHost::new(&tenant));
        let settings = DoctorSettings {
            instance: Some("acme".into()),
            region: Some("eu".into()),
            has_store: true,
            has_consent_key: true,
            has_client_secret: true,
            ..DoctorSettings::default()
        };
        let playbooks = PlaybookSource::built_in().unwrap();
        Self { tenant, client, playbooks, settings, employee: Some(employee), ahead_ms: 0 }
    }

    /// The same with one thing done to the tenant.
    pub fn with(change: impl FnOnce(&mut SimulatedTenant)) -> Self {
        let clinic = Self::new();
        change(&mut clinic.tenant.borrow_mut());
        clinic
    }

    /// The same with a fault of every request for a path; of all where it is empty.
    pub fn with_fault(path: &str, fault: Fault) -> Self {
        let fault = if path.is_empty() { fault } else { fault.of(path) };
        Self::with(|tenant| tenant.inject(fault.probability(1.0)).unwrap())
    }

    /// The same with a client that has other options than it should have: all of them, as JSON.
    #[must_use]
    pub fn client(mut self, options: &str) -> Self {
        self.client = Client::new(shared_by(options), SimulatedHost::new(&self.tenant));
        self
    }

    /// The same with an employee who has a username and nothing else.
    #[must_use]
    pub fn employee(mut self, username: &str) -> Self {
        self.employee = Some(Employee { username: Some(username.into()), ..Employee::default() });
        self
    }

    /// Makes all probes and gives what came of them.
    pub fn outcomes(&self) -> Vec<ProbeOutcome> {
        let mut outcomes: Vec<ProbeOutcome> = Vec::new();
        loop {
            let probes = next(&self.playbooks, &self.settings, self.employee.as_ref(), &outcomes);
            if probes.is_empty() {
                return outcomes;
            }
            for probe in probes {
                assert!(outcomes.iter().all(|outcome| outcome.id != probe.id), "{} twice", probe.id);
                let result = run(&self.tenant, self.client.operate(&probe.operation, probe.input.clone()));
                let now = self.tenant.borrow().now().plus(self.ahead_ms);
                outcomes.push(ProbeOutcome::of(&probe, result, now));
            }
        }
    }

    /// Examines the tenant. Whatever is found, nothing is triggered and no secret told.
    pub fn report(&self) -> DoctorReport {
        let outcomes = self.outcomes();
        let now = self.tenant.borrow().now().plus(self.ahead_ms);
        let report = report(&self.playbooks, &self.settings, self.employee.as_ref(), &outcomes, now);
        let allowed = ["/oauth2/default/v1/token", "/api/v1/nql/execute", "/api/v1/act/remote-action"];
        for request in self.tenant.borrow().requests() {
            assert!(allowed.iter().any(|path| request.path.ends_with(path)), "{}", request.path);
        }
        self.assert_discreet(&report);
        report
    }

    /// What the report must never say, and that each trouble comes with a remedy.
    fn assert_discreet(&self, report: &DoctorReport) {
        let text = report.write().to_text();
        let employee = self.employee.clone().unwrap_or_default();
        let mut secrets = vec![SimulatedTenant::CREDENTIALS.client_secret.to_owned(), "AMARTIN-LT".to_owned()];
        secrets.extend([employee.username, employee.upn, employee.email, employee.sid].into_iter().flatten());
        for secret in secrets {
            assert!(!text.contains(&secret), "{secret} in {text}");
        }
        for check in &report.checks {
            assert_eq!(check.fix.is_empty(), check.status == CheckStatus::Ok, "{check:?}");
            assert!(check.detail.ends_with('.') && !check.title.is_empty(), "{check:?}");
        }
        assert!(report.not_checked.iter().all(|one| one.detail.ends_with('.') && one.fix.ends_with('.')), "{text}");
        let mut ids: Vec<&str> = report.checks.iter().map(|check| check.id.as_str()).collect();
        ids.extend(report.not_checked.iter().map(|one| one.id.as_str()));
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "a check twice: {text}");
    }

    /// The troubles that are found.
    pub fn troubles(&self) -> Named {
        troubles(&self.report())
    }
}

/// The troubles of a report.
pub fn troubles(report: &DoctorReport) -> Named {
    let name = |check: &nexthink_chatbot::doctor::DoctorCheck| match check.status {
        CheckStatus::Ok => None,
        CheckStatus::Warning => Some(format!("({})", check.id)),
        CheckStatus::Error => Some(check.id.clone()),
    };
    report.checks.iter().filter_map(name).collect()
}

/// What a report did not check for a reason.
pub fn unchecked(report: &DoctorReport, reason: NotCheckedReason) -> Vec<&str> {
    report.not_checked.iter().filter(|one| one.reason == reason).map(|one| one.id.as_str()).collect()
}

/// The check of this ID: what was found, and what to do.
pub fn words<'a>(report: &'a DoctorReport, id: &str) -> (&'a str, &'a str) {
    let check = report.checks.iter().find(|check| check.id == id);
    let check = check.unwrap_or_else(|| panic!("no check {id} in {:?}", troubles(report)));
    (&check.detail, &check.fix)
}

/// A status in the place of an answer.
pub fn status(status: u16) -> Fault {
    Fault::new(FaultKind::Status).status(status).with_error_body()
}
