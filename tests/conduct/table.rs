//! The table: each fault that the simulator knows befalls each operation, once and always. What the call gives, and how
//! many requests reached the tenant, is held against `rules`. With `--nocapture` it is printed.

use std::fmt::Write as _;

use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError, SideEffect};
use nexthink_chatbot::json::Write as _;
use nexthink_simulator::{SimulatedTenant, run};

use crate::faults::{Row, rows};
use crate::operations::{Class, Operation, prepared};
use crate::outside::World;
use crate::rules::{Cell, Outcome, expected};
use crate::tenant::shared;

/// What one call came to.
struct Tried {
    cell: Cell,
    /// How many requests of this operation the tenant received, the token's aside.
    sent: usize,
    /// How many of them the host may send again.
    repeatable: usize,
    /// How often it happened in the tenant.
    happened: usize,
    error: Option<NexthinkError>,
    /// What no error may say.
    secrets: Vec<String>,
}

fn tried(tenant: &SimulatedTenant, operation: &Operation, row: &Row, always: bool) -> Tried {
    let world = World::of(tenant.clone());
    let before = (operation.happened)(&world.tenant.borrow());
    let asked = tenant.requests().len();
    let fault = row.fault.clone();
    let fault = if row.label == "export-without-url" { fault } else { fault.of(operation.path) };
    world.inject(if always { fault.probability(1.0) } else { fault.times(1) });
    let client = world.client(&shared(""));
    let outcome = run(&world.tenant, operation.call(&client));
    let requests = world.tenant.borrow().requests();
    let requests = requests[asked..].iter().filter(|request| request.path.contains(operation.path)).count();
    let sent = world.sent.borrow();
    let mut secrets = operation.values();
    secrets.push(SimulatedTenant::CREDENTIALS.client_secret.into());
    for one in sent.iter() {
        secrets.extend(one.authorization.split_once(' ').map(|(_, secret)| secret.to_owned()));
    }
    let error = outcome.err();
    let outcome = error.as_ref().map_or(Outcome::Good, |error| Outcome::Failed {
        kind: error.kind,
        side_effect: error.side_effect,
        retryable: error.retryable,
        status: error.status,
    });
    let of_operation = || sent.iter().filter(|sent| !sent.path.contains("oauth2"));
    Tried {
        cell: Cell { outcome, requests },
        sent: of_operation().count(),
        repeatable: of_operation().filter(|sent| sent.is_repeatable).count(),
        happened: (operation.happened)(&world.tenant.borrow()) - before,
        error,
        secrets,
    }
}

#[test]
fn every_fault_that_befalls_any_operation_is_answered_as_the_rules_say() {
    let (tenant, operations) = prepared();
    let rows = rows();
    let mut wrong = Vec::new();
    let mut printed = String::new();
    let mut calls = 0;
    for (always, class) in [(false, Class::Read), (true, Class::Read), (false, Class::Act), (true, Class::Act)] {
        let operations: Vec<_> = operations.iter().filter(|operation| operation.class == class).collect();
        let often = if always { "always" } else { "once" };
        print_head(&mut printed, &operations, often);
        for row in &rows {
            print_label(&mut printed, row.label);
            for operation in &operations {
                let tried = tried(&tenant, operation, row, always);
                let place = format!("{}, {often}, {}", row.label, operation.label);
                print_cell(&mut printed, tried.cell);
                calls += 1;
                let expected = expected(row, operation, always);
                if tried.cell != expected {
                    wrong.push(format!("{place}: {:?}, not {expected:?}", tried.cell));
                }
                check_effect(&place, row, operation, &tried, &mut wrong);
                check_error(&place, &tried, &mut wrong);
            }
            printed.push('\n');
        }
    }
    println!("{printed}");
    println!("{calls} calls");
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// However it ended: an act was sent once at most, and whoever is told that nothing happened can rely on it.
fn check_effect(place: &str, row: &Row, operation: &Operation, tried: &Tried, wrong: &mut Vec<String>) {
    let repeatable = if operation.class == Class::Read { tried.sent } else { 0 };
    if tried.repeatable != repeatable {
        wrong.push(format!("{place}: the host may repeat {} of {}", tried.repeatable, tried.sent));
    }
    if operation.class == Class::Read {
        return;
    }
    if tried.sent > 1 || tried.happened > 1 {
        wrong.push(format!("{place}: sent {} times, happened {} times", tried.sent, tried.happened));
    }
    let is_good = tried.cell.outcome == Outcome::Good;
    // Without a token nothing is sent; else the fault says whether the request does its work.
    let works = if operation.is_token() { is_good } else { row.works };
    if tried.happened != usize::from(works) {
        wrong.push(format!("{place}: happened {} times", tried.happened));
    }
    let may_have_happened = !matches!(tried.cell.outcome, Outcome::Failed { side_effect: SideEffect::None, .. });
    if tried.happened > 0 && !may_have_happened {
        wrong.push(format!("{place}: it happened, and the error says that it did not"));
    }
}

/// What an error says is for people and logs: it holds neither secrets nor what was sent.
fn check_error(place: &str, tried: &Tried, wrong: &mut Vec<String>) {
    let Some(error) = &tried.error else { return };
    let said = [error.to_string(), format!("{error:?}"), error.write().to_text()];
    for secret in &tried.secrets {
        if said.iter().any(|said| said.contains(secret.as_str())) {
            wrong.push(format!("{place}: the error says `{secret}`: {error:?}"));
        }
    }
}

const LABEL: usize = 26;
const WIDTH: usize = 11;

fn print_head(printed: &mut String, operations: &[&Operation], often: &str) {
    let acts = operations.iter().all(|operation| operation.class == Class::Act);
    let what = if acts { "change something" } else { "only read" };
    writeln!(
        printed,
        "\nThe fault befalls {often} operations that {what}: what the call gives, and how many requests."
    )
    .unwrap();
    printed.push_str("`?`: it may have happened all the same. `+`: the same call can succeed later.\n\n");
    // Half of a name over the other half.
    for half in 0..2 {
        print_label(printed, if half == 0 { "" } else { often });
        for operation in operations {
            let (first, second) = operation.label.split_once(['.', ' ']).unwrap_or((operation.label, ""));
            let first = if first == "remoteActions" { "actions" } else { first };
            write!(printed, "{:<WIDTH$}", if half == 0 { first } else { second }).unwrap();
        }
        printed.push('\n');
    }
}

fn print_label(printed: &mut String, label: &str) {
    write!(printed, "{label:<LABEL$}").unwrap();
}

const fn short(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Authentication => "login",
        ErrorKind::Permission => "denied",
        ErrorKind::NotFound => "missing",
        ErrorKind::Invalid => "invalid",
        ErrorKind::RateLimited => "limited",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Network => "network",
        ErrorKind::Server => "server",
        ErrorKind::Malformed => "garbled",
        _ => "other",
    }
}

fn print_cell(printed: &mut String, cell: Cell) {
    let text = match cell.outcome {
        Outcome::Good => format!("ok {}", cell.requests),
        Outcome::Failed { kind, side_effect, retryable, .. } => format!(
            "{}{}{} {}",
            short(kind),
            if side_effect == SideEffect::None { "" } else { "?" },
            if retryable { "+" } else { "" },
            cell.requests
        ),
    };
    write!(printed, "{text:<WIDTH$}").unwrap();
}
