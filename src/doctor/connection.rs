//! Whether the tenant can be reached, what its clock shows, and what the credentials may do: told by all outcomes
//! together, so that one bad minute of one address is not taken for more.

use super::probe::{Outcomes, ProbeError, ProbeOutcome, REMOTE_ACTIONS};
use super::report::{Findings, NotCheckedReason, Subject};
use super::settings::DoctorSettings;
use crate::api::problem::ErrorKind;
use crate::json::Json;
use crate::nql::{MINUTE, Timestamp};

/// By how much two clocks may differ: tokens and ages bear it.
const CLOCK_TOLERANCE: i64 = 2 * MINUTE;

pub(super) const REACHABILITY: &str = "reachability";
pub(super) const CREDENTIALS: &str = "credentials";
pub(super) const PERMISSION_NQL: &str = "permission-nql";
pub(super) const PERMISSION_REMOTE_ACTIONS: &str = "permission-remote-actions";

pub(super) fn check(settings: &DoctorSettings, outcomes: Outcomes<'_>, now: Timestamp, found: &mut Findings) {
    reachability(settings, outcomes, found);
    credentials(outcomes, found);
    permission_remote_actions(outcomes, found);
    permission_nql(outcomes, found);
    clock(outcomes, now, found);
}

/// Whether anything came from the tenant's API, past the login.
fn api_has_answered(outcomes: Outcomes<'_>) -> bool {
    let is_of_the_api = |outcome: &ProbeOutcome| {
        let Some(error) = &outcome.error else { return outcome.output.is_some() };
        let answered = match error.kind {
            ErrorKind::Permission | ErrorKind::Invalid => true,
            // Another server says so of everything.
            ErrorKind::NotFound => !outcomes.has_no_list(),
            _ => false,
        };
        answered && error.status.is_some() && !error.is_login()
    };
    outcomes.0.iter().any(is_of_the_api)
}

fn reachability(settings: &DoctorSettings, outcomes: Outcomes<'_>, found: &mut Findings) {
    let subject = Subject::new(REACHABILITY, "Reachability of the tenant");
    let is_login_answer = |error: &ProbeError| {
        let refused = matches!(error.kind, ErrorKind::Authentication | ErrorKind::Invalid | ErrorKind::Permission);
        refused && error.status.is_some() && !error.is_of_a_proxy()
    };
    if api_has_answered(outcomes) || outcomes.errors().any(is_login_answer) {
        return found.ok(subject, "The tenant answers.");
    }
    if outcomes.errors().any(ProbeError::is_of_a_proxy) {
        return found.error(
            subject,
            "A proxy on the way to the tenant wants credentials of its own (status 407).",
            "Give this machine the credentials of the proxy, or let it reach both hosts without it.",
        );
    }
    let of_kind = |kinds: &[ErrorKind]| outcomes.errors().find(|error| kinds.contains(&error.kind));
    if let Some(error) = of_kind(&[ErrorKind::Malformed, ErrorKind::NotFound]) {
        let where_from = if error.is_login() { "the login host" } else { "the API host" };
        return found.error(
            subject,
            format!("Something answers in the place of {where_from}, and it is not Nexthink: {}. The client looks for the tenant at {}.", error.message, settings.addresses()),
            "Compare `instance` and `region` (and `apiUrl` and `tokenUrl`, where they are given) with the address at which you open Nexthink: for https://acme.eu.nexthink.cloud they are `acme` and `eu`. If they are right, a proxy answers with a page of its own: let this machine reach both hosts through it.",
        );
    }
    if let Some(error) = of_kind(&[ErrorKind::Network]) {
        return found.error(
            subject,
            format!("Nothing answers: {}. The client looks for the tenant at {}.", error.message, settings.addresses()),
            "Compare `instance` and `region` with the address at which you open Nexthink: for https://acme.eu.nexthink.cloud they are `acme` and `eu`. If they are right, let this machine reach both hosts over HTTPS (port 443): firewall, proxy, DNS.",
        );
    }
    if outcomes.errors().any(ProbeError::is_without_token) {
        return found.not_checked(
            NotCheckedReason::Blocked,
            subject,
            "Nothing was sent, because there was no access token.",
            "Correct the check `credentials`, then run the doctor again.",
        );
    }
    try_again(subject, outcomes.errors().next(), found);
}

fn credentials(outcomes: Outcomes<'_>, found: &mut Findings) {
    let subject = Subject::new(CREDENTIALS, "API credentials");
    if api_has_answered(outcomes) {
        return found.ok(subject, "The tenant accepts the credentials.");
    }
    let is_refusal = |error: &&ProbeError| {
        error.kind == ErrorKind::Authentication
            || error.is_login() && matches!(error.kind, ErrorKind::Invalid | ErrorKind::Permission)
    };
    let Some(error) = outcomes.errors().find(is_refusal).filter(|error| !error.is_of_a_proxy()) else {
        return blocked_or_again(subject, REACHABILITY, outcomes.errors().next(), found);
    };
    let (detail, fix) = if error.is_login() {
        (
            format!("The login refuses the client ID and secret: {}.", error.message),
            "In API credentials, look whether the credentials are still there, and compare the client ID. The secret is shown only once: if in doubt, create new credentials and give the chatbot their client ID and secret. They belong to one instance and region.",
        )
    } else if error.is_without_token() {
        (
            format!("There is no access token: {}.", error.message),
            "See why `tokenProvider` gives none: its own log, and the API credentials that it uses.",
        )
    } else {
        (
            format!("The API host refuses the access token: {}.", error.message),
            "Check that the token is for this tenant: that `instance` and `region` (or `apiUrl` and `tokenUrl`) belong together, or what `tokenProvider` gives.",
        )
    };
    found.error(subject, detail, fix);
}

fn permission_remote_actions(outcomes: Outcomes<'_>, found: &mut Findings) {
    let subject = Subject::new(PERMISSION_REMOTE_ACTIONS, "Permission for the Remote Actions API");
    let outcome = outcomes.get(REMOTE_ACTIONS);
    let error = outcome.and_then(|outcome| outcome.error.as_ref());
    match error {
        None if outcome.is_some() => found.ok(subject, "The credentials may use the Remote Actions API."),
        Some(error) if error.kind == ErrorKind::Permission && !error.is_login() => found.error(
            subject,
            "The credentials may not use the Remote Actions API.",
            "In API credentials, open the credentials of the chatbot and tick the permission Remote Actions API.",
        ),
        error => blocked_or_again(subject, CREDENTIALS, error, found),
    }
}

fn permission_nql(outcomes: Outcomes<'_>, found: &mut Findings) {
    let subject = Subject::new(PERMISSION_NQL, "Permission for the NQL API");
    let nql: Vec<&ProbeOutcome> = outcomes.0.iter().filter(|outcome| outcome.is_nql()).collect();
    let failed = |kind: ErrorKind| {
        let is_it = |error: &ProbeError| error.kind == kind && error.status.is_some() && !error.is_login();
        nql.iter().any(|outcome| outcome.error.as_ref().is_some_and(is_it))
    };
    if nql.iter().any(|outcome| outcome.output.is_some()) || failed(ErrorKind::Invalid) {
        return found.ok(subject, "The credentials may use the NQL API.");
    }
    if failed(ErrorKind::Permission) {
        return found.error(
            subject,
            "The credentials may not use the NQL API.",
            "In API credentials, open the credentials of the chatbot and tick the permission NQL API.",
        );
    }
    if failed(ErrorKind::NotFound) {
        return found.not_checked(
            NotCheckedReason::NotTold,
            subject,
            "No saved query was found, and Nexthink gives the same answer for a query that is not there and for one that the credentials may not execute.",
            "In API credentials, look whether the credentials of the chatbot have the permission NQL API.",
        );
    }
    blocked_or_again(subject, CREDENTIALS, nql.iter().find_map(|outcome| outcome.error.as_ref()), found);
}

fn clock(outcomes: Outcomes<'_>, now: Timestamp, found: &mut Findings) {
    let subject = Subject::new("clock", "Clock of this machine");
    let shown = outcomes.0.iter().find_map(|outcome| {
        let text = outcome.output.as_ref()?.get("executedAt").and_then(Json::as_text)?;
        // The client asks for UTC, and the tenant leaves the zone out.
        let (time, has_zone) = match Timestamp::parse(text) {
            Some(time) => (time, true),
            None => (Timestamp::parse_local(text).filter(|(_, rest)| rest.is_empty())?.0, false),
        };
        Some((outcome.at.unwrap_or(now).since(time), has_zone))
    });
    let Some((ahead, has_zone)) = shown else {
        return found.not_checked(
            NotCheckedReason::Blocked,
            subject,
            "The tenant tells its time with the answer to a query, and no query was answered.",
            "Correct what is found about the queries, then run the doctor again.",
        );
    };
    if ahead.abs() <= CLOCK_TOLERANCE {
        return found.ok(subject, "It agrees with the tenant's.");
    }
    let minutes = (ahead.abs() + MINUTE / 2) / MINUTE;
    let direction = if ahead > 0 { "ahead of" } else { "behind" };
    let mut detail = format!(
        "It is {minutes} minutes {direction} the tenant's. Then tokens are renewed too late or too early, and the age of data is wrong."
    );
    let quarters = (ahead.abs() + 15 * MINUTE / 2) / (15 * MINUTE) * 15 * MINUTE;
    if !has_zone && quarters > 0 && (ahead.abs() - quarters).abs() <= CLOCK_TOLERANCE {
        detail.push_str(" The difference looks like that of a time zone, and the tenant's time came without one: it may be the tenant that writes its own zone's time.");
    }
    found.warning(
        subject,
        detail,
        "Let the clock of this machine be set by a time server (NTP), and check its time zone.",
    );
}

/// What stands in the way of a check: an error that was found before, or a bad moment.
pub(super) fn blocked_or_again(subject: Subject, by: &str, error: Option<&ProbeError>, found: &mut Findings) {
    if let Some(check) = [REACHABILITY, CREDENTIALS, by].into_iter().find(|check| found.has_error(check)) {
        return found.not_checked(
            NotCheckedReason::Blocked,
            subject,
            format!("It cannot be checked before `{check}` is corrected."),
            format!("Correct the check `{check}`, then run the doctor again."),
        );
    }
    try_again(subject, error, found);
}

/// Nothing is known to be wrong: the tenant did not answer this question.
pub(super) fn try_again(subject: Subject, error: Option<&ProbeError>, found: &mut Findings) {
    let detail = error.map_or_else(|| "It was not asked for.".to_owned(), ProbeError::in_words);
    let fix = match error.map(|error| error.kind) {
        Some(ErrorKind::RateLimited) => {
            "Run the doctor again in a few minutes. If it goes on, other programs use up the tenant's calls: see `limits` of `createClient`."
        }
        Some(ErrorKind::Server) => {
            "Run the doctor again in a few minutes. If only this goes on failing, execute the query in Nexthink and look at its text and its parameter."
        }
        _ => "Run the doctor again in a few minutes.",
    };
    found.not_checked(NotCheckedReason::TryAgain, subject, detail, fix);
}
