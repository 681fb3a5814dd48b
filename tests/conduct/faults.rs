//! The rows of the table: every kind of fault that the simulator knows, and which of the rules it follows.

use nexthink_chatbot::api::problem::ErrorKind::{self, *};
use nexthink_simulator::{Fault, FaultKind, RetryAfterForm};

/// What a fault is to a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The client gets what it wants.
    Harmless,
    /// The tenant says no, and will say it again.
    Refused(ErrorKind),
    /// The tenant does not accept the token.
    Unauthorized,
    /// The token ended before the request arrived: the tenant does not accept it.
    TokenEnded,
    /// The tenant wants the same a little later.
    Busy,
    /// The tenant wants nothing more for longer than anyone waits.
    Exhausted,
    /// What passes, and leaves open whether the request did its work.
    Passing(ErrorKind),
    /// An answer, and nobody can tell what it means.
    Unreadable,
}

/// A row.
pub struct Row {
    pub label: &'static str,
    pub fault: Fault,
    pub class: Class,
    /// The status that the client sees; `None`: no answer comes. `Some(0)`: the operation's own good one.
    pub status: Option<u16>,
    /// Whether the request does its work all the same.
    pub works: bool,
}

/// The operation's own good status.
const GOOD: Option<u16> = Some(0);

/// Longer than an attempt may take.
const TOO_LONG_MS: u32 = 31_000;

pub fn rows() -> Vec<Row> {
    let of = Fault::new;
    let status = |status: u16| of(FaultKind::Status).status(status);
    let refused =
        |label, code: u16, kind| row(label, status(code).with_error_body(), Class::Refused(kind), Some(code), false);
    let busy = |label, fault| row(label, fault, Class::Busy, Some(429), false);
    let passing = |label, fault, kind, code, works| row(label, fault, Class::Passing(kind), code, works);
    let unreadable = |label, fault, code, works| row(label, fault, Class::Unreadable, code, works);
    let harmless = |label, fault| row(label, fault, Class::Harmless, GOOD, true);
    vec![
        refused("400", 400, Invalid),
        row("401", status(401), Class::Unauthorized, Some(401), false),
        refused("403", 403, Permission),
        refused("404", 404, NotFound),
        refused("405", 405, Invalid),
        refused("409", 409, Invalid),
        passing("408", status(408), Timeout, Some(408), false),
        busy("429", status(429)),
        busy("429, 5 seconds", status(429).retry_after("5")),
        busy("429, a date", status(429).retry_after_ms(5_000, RetryAfterForm::Date)),
        busy("429, a date of RFC 850", status(429).retry_after("Wednesday, 18-Nov-26 09:02:05 GMT")),
        busy("429, a date of asctime", status(429).retry_after("Wed Nov 18 09:02:05 2026")),
        busy("429, a date of ISO 8601", status(429).retry_after("2026-11-18T09:02:05Z")),
        busy("429, what is no time", status(429).retry_after("soon")),
        row("429, an hour", status(429).retry_after("3600"), Class::Exhausted, Some(429), false),
        row(
            "429, an hour as a date",
            status(429).retry_after_ms(3_600_000, RetryAfterForm::Date),
            Class::Exhausted,
            Some(429),
            false,
        ),
        passing("500", status(500).with_error_body(), Server, Some(500), false),
        passing("502", status(502), Server, Some(502), false),
        passing("503", status(503), Server, Some(503), false),
        passing("503, 5 seconds", status(503).retry_after("5"), Server, Some(503), false),
        passing("504", status(504), Server, Some(504), false),
        unreadable("302", status(302), Some(302), false),
        unreadable("html 200", of(FaultKind::Html).status(200), Some(200), false),
        passing("html 503", of(FaultKind::Html).status(503), Server, Some(503), false),
        passing("network", of(FaultKind::Network), Network, None, false),
        passing("lost-answer", of(FaultKind::LostAnswer), Network, None, true),
        passing("truncated", of(FaultKind::Truncated), Network, None, true),
        passing("latency beyond timeoutMs", of(FaultKind::Latency).latency_ms(TOO_LONG_MS), Timeout, None, true),
        harmless("latency within timeoutMs", of(FaultKind::Latency).latency_ms(29_000)),
        unreadable("half-body", of(FaultKind::HalfBody), GOOD, true),
        unreadable("invalid-utf8", of(FaultKind::InvalidUtf8), GOOD, true),
        harmless("wrong-type", of(FaultKind::WrongType)),
        row("token-revoked", of(FaultKind::TokenRevoked), Class::TokenEnded, Some(401), false),
        row("clock-jump, 2 hours", of(FaultKind::ClockJump).jump_ms(7_200_000), Class::TokenEnded, Some(401), false),
        harmless("clock-jump, a minute", of(FaultKind::ClockJump).jump_ms(60_000)),
        harmless("export-without-url", of(FaultKind::ExportWithoutUrl)),
    ]
}

fn row(label: &'static str, fault: Fault, class: Class, status: Option<u16>, works: bool) -> Row {
    Row { label, fault, class, status, works }
}
