//! What the doctor asks the tenant, and what came of it. Probes only read; nothing is ever triggered.

use crate::api::nql::execute::{self, Input, Version};
use crate::api::problem::ErrorKind;
use crate::api::{remote_actions, token};
use crate::json::{Json, Map, Read, Write, record};
use crate::nql::Timestamp;

record! {
    lenient
    /// A question to the tenant.
    #[derive(Debug, Clone, PartialEq)]
    pub struct DoctorProbe {
        /// By which its outcome is found.
        pub id: String,
        /// The operation to call.
        pub operation: String,
        /// Its input.
        pub input: Json,
    }
}

record! {
    lenient
    /// What came of a probe: an output, or an error.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ProbeOutcome {
        /// The probe's.
        pub id: String,
        /// What the operation gave, its rows as lists or as objects.
        pub output: Option<Json>,
        /// What it failed with: a `NexthinkError`.
        pub error: Option<ProbeError>,
        /// When that was known, by the clock of this machine.
        pub at: Option<Timestamp>,
    }
}

record! {
    lenient
    /// What of an error the doctor looks at.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ProbeError {
        /// What went wrong.
        pub kind: ErrorKind,
        /// What went wrong, in a sentence.
        pub message: String,
        /// What to do next, in a sentence.
        pub hint: Option<String>,
        /// The HTTP status, where there was an answer.
        pub status: Option<u32>,
        /// The tenant's own error code.
        pub code: Option<String>,
    }
}

/// The probe that lists remote actions.
pub(super) const REMOTE_ACTIONS: &str = "remote-actions";
/// The probe that asks when data was collected on the employee's device.
pub(super) const COLLECTED: &str = "collected";
/// What begins the ID of a probe of a saved query; its key follows.
const QUERY: &str = "query:";
/// What begins the ID of a probe that looks for the employee; the identifier's name follows.
const EMPLOYEE: &str = "employee:";

/// A value that no employee, device or request has: what is asked for is whether the query is there, not what it knows.
const NOBODY: &str = "nexthink-chatbot-doctor";

impl DoctorProbe {
    pub(super) fn list_remote_actions() -> Self {
        Self {
            id: REMOTE_ACTIONS.into(),
            operation: remote_actions::list::OPERATION.into(),
            input: Json::Object(Vec::new()),
        }
    }

    /// Whether a saved query is there and what it returns. By v1, which tells the columns also where there is no row.
    pub(super) fn query(key: &str, query_id: &str, parameter: &str) -> Self {
        Self::execution(query_probe(key), query_id, parameter, NOBODY)
    }

    /// The devices of the employee, by one of their identifiers.
    pub(super) fn employee(identifier: &str, query_id: &str, parameter: &str, value: &str) -> Self {
        Self::execution(employee_probe(identifier), query_id, parameter, value)
    }

    /// When data was collected on a device.
    pub(super) fn collected(query_id: &str, parameter: &str, collector_uid: &str) -> Self {
        Self::execution(COLLECTED.into(), query_id, parameter, collector_uid)
    }

    fn execution(id: String, query_id: &str, parameter: &str, value: &str) -> Self {
        let parameters = Map(vec![(parameter.to_owned(), value.to_owned())]);
        let input = Input { query_id: query_id.into(), parameters, version: Some(Version::V1) };
        let input = crate::json::write_fields(
            &["queryId", "parameters", "version"],
            &[&input.query_id, &input.parameters, &input.version],
        );
        Self { id, operation: execute::OPERATION.into(), input }
    }
}

pub(super) fn query_probe(key: &str) -> String {
    format!("{QUERY}{key}")
}

pub(super) fn employee_probe(identifier: &str) -> String {
    format!("{EMPLOYEE}{identifier}")
}

impl ProbeOutcome {
    /// What came of calling an operation.
    pub fn of(probe: &DoctorProbe, result: Result<Json, impl Write>, at: Timestamp) -> Self {
        let (output, error) = match result {
            Ok(output) => (Some(output), None),
            Err(error) => (None, ProbeError::read(error.write()).ok()),
        };
        Self { id: probe.id.clone(), output, error, at: Some(at) }
    }

    /// Whether a query answered it.
    pub(super) fn is_nql(&self) -> bool {
        self.id != REMOTE_ACTIONS
    }
}

impl ProbeError {
    /// Whether it was the login that failed, before the operation. Such an error names the login's operation.
    pub(super) fn is_login(&self) -> bool {
        self.message.contains(token::create::OPERATION)
    }

    /// Whether it is a proxy on the way that answers, and wants to know who asks.
    pub(super) fn is_of_a_proxy(&self) -> bool {
        self.status == Some(407)
    }

    /// Whether there was no token to send anything with: the host's own `tokenProvider` gave none.
    pub(super) fn is_without_token(&self) -> bool {
        self.kind == ErrorKind::Authentication && self.status.is_none()
    }

    /// Whether it says nothing about what was asked for: the same probe may do better in a minute.
    pub(super) fn passes(&self) -> bool {
        use ErrorKind as Kind;
        let passes = matches!(
            self.kind,
            Kind::RateLimited | Kind::Timeout | Kind::Aborted | Kind::Server | Kind::Network | Kind::Malformed
        );
        passes || self.kind == Kind::Internal || self.is_login()
    }

    /// The same in words, for what could not be checked.
    pub(super) fn in_words(&self) -> String {
        let what = match self.kind {
            ErrorKind::RateLimited => "The tenant wants fewer calls",
            ErrorKind::Timeout => "No answer came in time",
            ErrorKind::Aborted => "The call was cancelled",
            ErrorKind::Server => "The tenant failed",
            ErrorKind::Network => "Nothing answers",
            ErrorKind::Malformed => "The answer is not Nexthink's",
            ErrorKind::Authentication => "The login was refused",
            _ => "The call failed",
        };
        format!("{what}: {}.", self.message)
    }
}

/// The outcomes so far.
#[derive(Clone, Copy)]
pub(super) struct Outcomes<'a>(pub &'a [ProbeOutcome]);

impl<'a> Outcomes<'a> {
    pub fn get(self, id: &str) -> Option<&'a ProbeOutcome> {
        self.0.iter().find(|outcome| outcome.id == id)
    }

    pub fn output(self, id: &str) -> Option<&'a Json> {
        self.get(id)?.output.as_ref()
    }

    /// Whether the list of remote actions is said not to be there. A tenant always has one.
    pub fn has_no_list(self) -> bool {
        let error = self.get(REMOTE_ACTIONS).and_then(|outcome| outcome.error.as_ref());
        error.is_some_and(|error| error.kind == ErrorKind::NotFound)
    }

    /// The errors, in the order of the probes.
    pub fn errors(self) -> impl Iterator<Item = &'a ProbeError> {
        self.0.iter().filter_map(|outcome| outcome.error.as_ref())
    }
}
