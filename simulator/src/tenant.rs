//! The tenant: its fleet, its saved queries, what was triggered, and its clock. Tests hold it by this end and by
//! `controls`; the endpoints are in `http`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use nexthink_chatbot::nql::{DAY, HOUR, Timestamp};
use serde::Serialize;

use crate::campaigns::CampaignRequests;
use crate::exports::Exports;
use crate::fault::{Fault, Faults};
use crate::fleet::{Changes, Employee, Fleet};
use crate::handoffs::Handoff;
use crate::http::SignedLinks;
use crate::json::read_object;
use crate::permission::Permission;
use crate::random::Random;
use crate::rate_limit::{NqlLimiter, NqlLimits};
use crate::remote_actions::{Catalogue, Executions};
use crate::request_log::{RequestLog, RequestRecord};
use crate::saved_queries::SavedQueries;
use crate::tables::View;
use crate::webhooks::Webhooks;
use crate::workflows::WorkflowExecutions;

/// How a tenant is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many devices; at least those of the scenarios are there.
    pub devices: usize,
    /// The same seed gives the same tenant.
    pub seed: u64,
    /// The time at which it begins.
    pub now: Timestamp,
    /// How many rows an export has at most; one with more is cut there, and its status is answered with 206.
    pub export_maximum_rows: usize,
    /// Whether `execute` answers 206 where it leaves rows out. Tenants are known to answer 200 and say nothing.
    pub execute_partial_content: bool,
    /// How many NQL requests the tenant takes.
    pub nql_limits: NqlLimits,
}

impl Default for Options {
    /// 200 devices, on a Wednesday morning in November 2026, with the limits of a tenant and no rate limit.
    fn default() -> Self {
        Self {
            devices: 200,
            seed: 1,
            now: Timestamp(20_775 * DAY + 9 * HOUR),
            export_maximum_rows: 1_000_000,
            execute_partial_content: false,
            nql_limits: NqlLimits::default(),
        }
    }
}

/// API credentials that the tenant accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// The client ID.
    pub client_id: &'static str,
    /// The client secret: public, and good for this tenant alone.
    pub client_secret: &'static str,
}

/// Why the tenant cannot do what a test wants of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlError(pub(crate) String);

impl fmt::Display for ControlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ControlError {}

/// A Nexthink tenant in memory.
///
/// ```
/// use nexthink_simulator::{Options, SimulatedTenant};
/// let mut tenant = SimulatedTenant::new(Options::default());
/// let alice = &tenant.employees()[0];
/// assert_eq!(alice.scenario, "Outlook is working offline on AMARTIN-LT (outlook/offline)");
/// tenant.advance(60_000);
/// ```
#[derive(Debug, Clone)]
pub struct SimulatedTenant {
    pub(crate) options: Options,
    pub(crate) fleet: Fleet,
    pub(crate) actions: Catalogue,
    pub(crate) executions: Executions,
    pub(crate) workflows: WorkflowExecutions,
    pub(crate) campaigns: CampaignRequests,
    pub(crate) handoffs: Vec<Handoff>,
    pub(crate) queries: SavedQueries,
    pub(crate) now: Timestamp,
    /// Access tokens that were given out, and when they end.
    pub(crate) tokens: BTreeMap<String, Timestamp>,
    pub(crate) exports: Exports,
    pub(crate) links: SignedLinks,
    pub(crate) nql_limiter: NqlLimiter,
    /// What the credentials may not do.
    pub(crate) denied: BTreeSet<Permission>,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    /// For request IDs, tokens and delays.
    pub(crate) random: Random,
    /// For the hosts of native tests; apart, so that they change nothing in the tenant.
    pub(crate) host_random: Random,
    pub(crate) webhooks: Webhooks,
    /// The times for which the futures of native tests wait.
    pub(crate) alarms: BTreeSet<Timestamp>,
}

impl SimulatedTenant {
    /// The name in the tenant's addresses.
    pub const INSTANCE: &'static str = "acme";
    /// The region in the tenant's addresses.
    pub const REGION: &'static str = "eu";
    /// What the token endpoint accepts.
    pub const CREDENTIALS: Credentials = Credentials {
        client_id: "simulated-chatbot",
        client_secret: "public-secret-of-a-tenant-that-exists-in-memory-only",
    };

    /// A tenant with its fleet and the published saved queries.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            fleet: Fleet::new(options.devices, options.seed, options.now),
            actions: Catalogue::default(),
            executions: Executions::default(),
            workflows: WorkflowExecutions::default(),
            campaigns: CampaignRequests::default(),
            handoffs: Vec::new(),
            queries: SavedQueries::published(),
            now: options.now,
            tokens: BTreeMap::new(),
            exports: Exports::default(),
            links: SignedLinks::new(options.seed),
            nql_limiter: NqlLimiter::new(options.nql_limits),
            faults: Faults::new(options.seed),
            denied: BTreeSet::new(),
            log: RequestLog::default(),
            random: Random::new(options.seed, "tenant"),
            host_random: Random::new(options.seed, "host"),
            webhooks: Webhooks::new(options.seed, options.now),
            alarms: BTreeSet::new(),
        }
    }

    /// The same tenant with one more saved query, or with another text for one. Any text is taken: one that is no NQL,
    /// or that a tenant would refuse to save, is answered with an error when it is executed.
    #[must_use]
    pub fn with_query(mut self, id: &str, text: &str) -> Self {
        self.queries.save(id, text);
        self
    }

    /// The same tenant without a saved query.
    #[must_use]
    pub fn without_query(mut self, id: &str) -> Self {
        self.queries.delete(id);
        self
    }

    /// The tenant's time.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Lets time pass, and with it everything that falls due, in order. Time never goes back.
    pub fn advance(&mut self, milliseconds: i64) {
        self.advance_to(self.now.plus(milliseconds));
    }

    pub(crate) fn advance_to(&mut self, time: Timestamp) {
        while let Some(at) = self.next_due().filter(|at| *at <= time) {
            self.now = self.now.max(at);
            self.executions.advance(&mut self.fleet, &self.actions, self.now);
            self.workflows.advance(&mut self.fleet, self.now);
            self.campaigns.advance(&self.fleet, self.now);
        }
        self.now = self.now.max(time);
        // Not `view`, which would borrow the webhooks too.
        self.webhooks.watch(&View {
            fleet: &self.fleet,
            actions: &self.actions,
            executions: &self.executions,
            workflows: &self.workflows,
            campaigns: &self.campaigns,
            now: self.now,
        });
    }

    fn next_due(&self) -> Option<Timestamp> {
        [self.executions.next_due(), self.workflows.next_due(), self.campaigns.next_due()].into_iter().flatten().min()
    }

    /// The employees; those of the scenarios first.
    pub fn employees(&self) -> &[Employee] {
        &self.fleet.employees
    }

    /// An employee by username, UPN or e-mail address, in any case.
    pub fn employee(&self, name: &str) -> Option<&Employee> {
        self.fleet.employee(name)
    }

    /// A device by its name, as JSON text: what it is, and what is true on it now, collected or not.
    pub fn device(&self, name: &str) -> Option<String> {
        let device = self.fleet.devices.get(self.fleet.by_name(name)?)?;
        serde_json::to_string(&self.fleet.device_json(device, self.now)?).ok()
    }

    /// Changes what is true on a device, as if it had been so for long: data that was collected says it at once.
    /// `facts` is JSON text with some of the names that `device` gives; `null` means never collected. `online`
    /// holds from now on.
    ///
    /// # Errors
    /// There is no such device, the text has a name or a value that no fact has, or it names a data collection or an
    /// output that there is not.
    pub fn set(&mut self, device: &str, facts: &str) -> Result<(), ControlError> {
        let position =
            self.fleet.by_name(device).ok_or_else(|| ControlError(format!("there is no device `{device}`")))?;
        let mut changes: Changes = read_object(facts.as_bytes()).map_err(ControlError)?;
        self.actions.resolve(&mut changes).map_err(ControlError)?;
        let Some(device) = self.fleet.devices.get_mut(position) else { return Ok(()) };
        let (online, owner) = (changes.online, device.owner);
        if let Some(facts) = device.facts() {
            let facts = changes.apply(facts, self.now);
            device.rewrite(facts);
        }
        if let Some(online) = online {
            device.presence.change(self.now, online);
            if online {
                self.executions.device_returned(position, self.now);
                self.workflows.device_returned(position, self.now);
                self.campaigns.employee_returned(owner, self.now);
            }
        }
        Ok(())
    }

    /// Lets something go wrong with the next requests, or with a share of them.
    ///
    /// # Errors
    /// The fault says what cannot be, such as a status that no answer has, or a field that its kind makes nothing of.
    pub fn inject(&mut self, fault: Fault) -> Result<(), ControlError> {
        fault.check().map_err(ControlError)?;
        self.faults.add(fault);
        Ok(())
    }

    /// Lets nothing go wrong any more.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// The requests so far, the oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.log.records()
    }

    pub(crate) fn view(&self) -> View<'_> {
        View {
            fleet: &self.fleet,
            actions: &self.actions,
            executions: &self.executions,
            workflows: &self.workflows,
            campaigns: &self.campaigns,
            now: self.now,
        }
    }
}
