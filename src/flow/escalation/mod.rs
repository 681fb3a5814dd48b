//! The hand-over: what the service desk must know of an employee's trouble, so that nobody is asked twice and nothing is
//! tried twice. As data, or as a page of Markdown or plain text that fits a ticket.

mod bundle;
mod page;
mod writer;

pub use bundle::{EscalatedFinding, EscalatedRun, Escalation, EscalationFormat, EscalationOptions, escalate};
