//! What a tenant is asked, and with which status it answers: a file per API, and what every API has in common.

mod campaigns;
mod enrichment;
mod export;
mod nql;
mod remote_actions;
mod shared;
mod spark;
mod token;
mod workflows;

use nexthink_simulator::WireRequest;

use crate::amendments::OperationName;
use crate::client::Client;
use crate::contract::Contract;

type MakeRequest = Box<dyn Fn(&mut Client) -> WireRequest>;

/// One exchange with a tenant of its own.
pub struct Case {
    pub operation: OperationName,
    /// With which status it is answered.
    pub status: u16,
    /// What is special about it.
    pub what: String,
    /// Brings the tenant to where it is to be, and gives the request.
    pub request: MakeRequest,
}

impl Case {
    fn new(
        operation: OperationName,
        status: u16,
        what: &str,
        request: impl Fn(&mut Client) -> WireRequest + 'static,
    ) -> Self {
        Self { operation, status, what: what.to_owned(), request: Box::new(request) }
    }
}

/// Documented answers that the tenant never gives.
pub const NOT_PRODUCED: [(OperationName, u16, &str); 1] =
    [(("GET", "/api/v1/act/remote-action"), 400, "a list without parameters has no rule that a request could break")];

/// What is asked of one API. The first case of an operation is a request without fault.
pub fn of_apis() -> Vec<Case> {
    [
        token::cases(),
        nql::cases(),
        export::cases(),
        remote_actions::cases(),
        workflows::cases(),
        campaigns::cases(),
        enrichment::cases(),
        spark::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All of it.
pub fn all(contract: &Contract) -> Vec<Case> {
    let mut cases = of_apis();
    cases.extend(shared::cases(contract));
    cases
}

/// The requests without fault, one for each operation.
pub fn sound() -> Vec<Case> {
    let mut cases: Vec<Case> = vec![];
    for case in of_apis() {
        if cases.iter().all(|other| other.operation != case.operation) {
            assert!(case.status < 300, "the first case of {:?} is no success", case.operation);
            cases.push(case);
        }
    }
    cases
}
