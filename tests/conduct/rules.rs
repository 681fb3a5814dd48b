//! What a good client does: the rules of the table, as a person would say them. Nothing here is computed by the client.

use nexthink_chatbot::api::problem::ErrorKind::{self, *};
use nexthink_chatbot::api::problem::SideEffect;

use crate::faults::{Class as Fault, Row};
use crate::operations::{Class, Operation};

/// What one cell of the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub outcome: Outcome,
    /// How many requests of the operation reached the tenant.
    pub requests: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Good,
    Failed { kind: ErrorKind, side_effect: SideEffect, retryable: bool, status: Option<u16> },
}

/// What a call comes to, before the row and the column say the rest.
#[derive(Clone, Copy)]
enum Ends {
    Good,
    /// It failed, and nothing happened.
    Fails(ErrorKind),
    /// It failed, and nobody knows whether it happened.
    Unknown(ErrorKind),
}
use Ends::*;

/// How a call ends, and after how many requests: where the fault befalls a read once, where it always does, and where
/// it befalls an act. How often it befalls an act makes no difference: an act is sent once, whatever comes of it.
#[rustfmt::skip]
const fn rule(fault: Fault) -> [(Ends, usize); 3] {
    match fault {
        //                                read, once                read, always                act
        Fault::Harmless =>         [(Good, 1),                (Good, 1),                (Good, 1)],
        Fault::Refused(kind) =>    [(Fails(kind), 1),         (Fails(kind), 1),         (Fails(kind), 1)],
        Fault::Unauthorized |
        Fault::TokenEnded =>       [(Good, 2),                (Fails(Authentication), 2), (Fails(Authentication), 1)],
        Fault::Busy =>             [(Good, 2),                (Fails(RateLimited), 3),  (Fails(RateLimited), 1)],
        Fault::Exhausted =>        [(Fails(RateLimited), 1),  (Fails(RateLimited), 1),  (Fails(RateLimited), 1)],
        Fault::Passing(kind) =>    [(Good, 2),                (Fails(kind), 3),         (Unknown(kind), 1)],
        Fault::Unreadable =>       [(Fails(Malformed), 1),    (Fails(Malformed), 1),    (Unknown(Malformed), 1)],
    }
}

/// Where an operation is not like the others: the fault, the operation, and what the fault then is.
const EXCEPTIONS: [(&str, &str, Fault); 7] = [
    // An answer without a body has no half.
    ("half-body", "spark.handoff", Fault::Harmless),
    // Whoever asks for a token has none that could end. Credentials that are refused once are refused.
    ("401", "token to read", Fault::Refused(Authentication)),
    ("401", "token to act", Fault::Refused(Authentication)),
    ("token-revoked", "token to read", Fault::Harmless),
    ("token-revoked", "token to act", Fault::Harmless),
    ("clock-jump, 2 hours", "token to read", Fault::Harmless),
    ("clock-jump, 2 hours", "token to act", Fault::Harmless),
];

/// What the rules say of a fault that befalls an operation once or always.
pub fn expected(row: &Row, operation: &Operation, always: bool) -> Cell {
    let exception = EXCEPTIONS.iter().find(|(fault, its, _)| (*fault, *its) == (row.label, operation.label));
    let [once, ever, act] = rule(exception.map_or(row.class, |(_, _, class)| *class));
    // To get a token is to read, also for what acts.
    let reads = operation.class == Class::Read || operation.is_token();
    let (ends, requests) = match (reads, always) {
        (true, false) => once,
        (true, true) => ever,
        (false, _) => act,
    };
    let status = if row.status == Some(0) { Some(operation.status) } else { row.status };
    let outcome = match ends {
        Good => Outcome::Good,
        Fails(kind) => Outcome::Failed { kind, side_effect: SideEffect::None, retryable: passes(kind), status },
        Unknown(kind) => Outcome::Failed { kind, side_effect: SideEffect::Unknown, retryable: false, status },
    };
    Cell { outcome, requests }
}

/// What can succeed later without a change.
const fn passes(kind: ErrorKind) -> bool {
    matches!(kind, RateLimited | Timeout | Network | Server)
}
