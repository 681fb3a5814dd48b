//! The traffic of whole repairs, in both directions: every request that `client/` and `flow/` send, and the answer.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::client::{Bounds, Host};
use nexthink_chatbot::flow::{Identity, RunState, diagnose, identify, next_change, verify};
use nexthink_chatbot::nql::{DAY, HOUR, Timestamp};
use nexthink_simulator::{Fault, FaultKind, Options, Permission, SimulatedDownload, SimulatedHost, SimulatedTenant};

use crate::answer_rules::check_answer;
use crate::contract::Contract;
use crate::request_rules::check_request;
use crate::requests::wire;
use crate::tenant::Scene;

/// What went through, and what was wrong with it.
#[derive(Default)]
struct Traffic {
    /// How often each operation was answered with each status; none: the answer never came.
    exchanges: BTreeMap<(String, Option<u16>), usize>,
    violations: Vec<String>,
}

/// A host that holds what goes through it to the contract.
struct WatchedHost {
    host: SimulatedHost,
    contract: Rc<Contract>,
    traffic: Rc<RefCell<Traffic>>,
}

impl Host for WatchedHost {
    type Download = SimulatedDownload;

    async fn send(&self, request: &Request, bounds: Bounds) -> Result<Response, NexthinkError> {
        let sent = wire(request);
        let answer = self.host.send(request, bounds).await;
        let (operation, findings) = check_request(&self.contract, &sent);
        let mut traffic = self.traffic.borrow_mut();
        traffic.violations.extend(findings.violations);
        let Some(operation) = operation else { return answer };
        if let Ok(response) = &answer {
            traffic.violations.extend(check_answer(&operation, response).violations);
        }
        let status = answer.as_ref().ok().map(|response| response.status);
        *traffic.exchanges.entry((operation.name(), status)).or_default() += 1;
        answer
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
}

fn scene(tenant: SimulatedTenant, contract: &Rc<Contract>, traffic: &Rc<RefCell<Traffic>>) -> Scene<WatchedHost> {
    Scene::through(tenant, "", |tenant| WatchedHost {
        host: SimulatedHost::new(tenant),
        contract: Rc::clone(contract),
        traffic: Rc::clone(traffic),
    })
}

/// Everything that the playbook finds on the employee's device and a script can do, done and followed to its end.
/// Gives how many remote actions that were.
fn repair(scene: &Scene<WatchedHost>, employee: &str, playbook: &str) -> usize {
    let diagnosis = scene.diagnosis(employee, playbook);
    let mut repairs = 0;
    for recommendation in diagnosis.recommendations.iter().filter(|one| one.remote_action_id.is_some()) {
        let proposal = scene.propose(&diagnosis, &recommendation.rule).unwrap();
        let mut run = scene.remediate(&proposal.token).unwrap();
        while run.ended_at.is_none() {
            run = scene.wait(next_change(&scene.client, run)).unwrap();
        }
        if run.state == RunState::Succeeded {
            scene.tenant.borrow_mut().advance(DAY + HOUR);
            scene.wait(verify(&scene.client, &scene.library, run)).unwrap();
        }
        repairs += 1;
    }
    repairs
}

#[test]
fn the_traffic_of_whole_repairs_is_as_documented() {
    let (contract, traffic) = (Rc::new(Contract::load()), Rc::default());
    let options = Options { devices: 0, ..Options::default() };
    let mut repairs = 0;
    for playbook in ["outlook", "onedrive", "slow-pc"] {
        let employees = SimulatedTenant::new(options).employees().to_vec();
        for employee in employees.iter().filter(|employee| employee.is_scenario) {
            let scene = scene(SimulatedTenant::new(options), &contract, &traffic);
            repairs += repair(&scene, &employee.username, playbook);
        }
    }
    let traffic = traffic.borrow();
    let count: usize = traffic.exchanges.values().sum();
    println!("{repairs} repairs, {count} exchanges: {:?}", traffic.exchanges);
    assert!(traffic.violations.is_empty(), "{}", traffic.violations.join("\n"));
    let answered: Vec<_> = traffic.exchanges.keys().map(|(name, status)| (name.as_str(), *status)).collect();
    let expected = [
        "GET /api/v1/act/remote-action/details",
        "POST /api/v1/act/execute",
        "POST /api/v2/nql/execute",
        "POST /oauth2/default/v1/token",
    ];
    assert_eq!(answered, expected.map(|name| (name, Some(200))));
    assert!(repairs > 10 && count > 300, "{repairs} repairs, {count} exchanges");
}

#[test]
fn the_traffic_of_a_client_in_trouble_is_as_documented() {
    let (contract, traffic) = (Rc::new(Contract::load()), Rc::default());
    let tenant = SimulatedTenant::new(Options { devices: 0, ..Options::default() });
    let scene = scene(tenant.without_query("#diagnose_onedrive_issues"), &contract, &traffic);
    let inject = |fault: Fault| scene.tenant.borrow_mut().inject(fault).unwrap();
    let status = |status: u16, of: &str| Fault::new(FaultKind::Status).status(status).of(of);
    let ask = || scene.wait(identify(&scene.client, &Identity::username("amartin")));
    assert!(ask().is_ok());
    inject(Fault::new(FaultKind::TokenRevoked));
    assert!(ask().is_ok(), "the token is renewed");
    for fault in [status(500, "nql/execute").with_error_body(), status(503, "nql/execute"), status(429, "nql/execute")]
    {
        inject(fault.retry_after("7"));
        drop(ask());
    }
    scene.tenant.borrow_mut().deny(Permission::Nql);
    assert!(ask().is_err());
    scene.tenant.borrow_mut().grant(Permission::Nql);
    let device = scene.device("amartin");
    assert!(scene.wait(diagnose(&scene.client, &scene.library, "onedrive", &device)).is_err());

    let diagnosis = scene.diagnosis("amartin", "outlook");
    let token = scene.propose(&diagnosis, "offline").unwrap().token;
    scene.tenant.borrow_mut().deny(Permission::RemoteActions);
    assert!(scene.remediate(&token).is_err());
    scene.tenant.borrow_mut().grant(Permission::RemoteActions);
    inject(status(403, "act/execute").with_error_body());
    assert!(scene.remediate(&token).is_err());
    inject(Fault::new(FaultKind::LostAnswer).of("act/execute"));
    let mut run = scene.remediate(&token).unwrap();
    assert_eq!(run.state, RunState::Unknown);
    while run.ended_at.is_none() {
        run = scene.wait(next_change(&scene.client, run)).unwrap();
    }
    assert_eq!(run.state, RunState::Succeeded);
    let traffic = traffic.borrow();
    assert!(traffic.violations.is_empty(), "{}", traffic.violations.join("\n"));
    let answered = |name: &str| {
        let of_name = traffic.exchanges.keys().filter(|(operation, _)| operation == name);
        of_name.map(|(_, status)| *status).collect::<Vec<_>>()
    };
    assert_eq!(answered("POST /api/v2/nql/execute"), [200, 401, 403, 404, 429, 500, 503].map(Some));
    assert_eq!(answered("GET /api/v1/act/remote-action/details"), [200, 403].map(Some));
    assert_eq!(answered("POST /api/v1/act/execute"), [None, Some(403)]);
}
