//! Whether each saved query is there, uses its parameter, and returns the columns that are read of its answer.

use super::answer::Answer;
use super::connection::{PERMISSION_NQL, REACHABILITY, blocked_or_again};
use super::employee::known_by;
use super::probe::{Outcomes, ProbeError, query_probe};
use super::report::{CheckStatus, Findings, NotCheckedReason, Subject};
use super::tenant_actions::quoted;
use crate::api::problem::ErrorKind;
use crate::content::{Need, RequiredQuery, key};
use crate::flow::Employee;
use crate::json::Json;
use crate::nql::same_column;

/// Checks all of them.
pub(super) fn check(
    queries: &[RequiredQuery],
    employee: Option<&Employee>,
    outcomes: Outcomes<'_>,
    found: &mut Findings,
) {
    let answered = |query: &RequiredQuery| outcomes.output(&query_probe(&query.key)).is_some();
    let has_identification = queries.iter().any(|query| query.need == Need::OneOf && answered(query));
    for query in queries {
        let severity = match query.need {
            Need::Always => CheckStatus::Error,
            Need::Recommended | Need::Optional => CheckStatus::Warning,
            Need::OneOf => match employee {
                Some(employee) if known_by(employee, &query.parameter).is_some() => CheckStatus::Error,
                None if !has_identification => CheckStatus::Error,
                _ => CheckStatus::Warning,
            },
        };
        let subject = Subject::new(query_probe(&query.key), format!("Saved query `{}` ({})", query.id, query.title));
        let outcome = outcomes.get(&query_probe(&query.key));
        match outcome.and_then(|outcome| outcome.output.as_ref()) {
            Some(output) => answer(query, severity, subject, output, found),
            None => failure(query, severity, subject, outcome.and_then(|outcome| outcome.error.as_ref()), found),
        }
    }
}

/// The query was executed.
fn answer(query: &RequiredQuery, severity: CheckStatus, subject: Subject, output: &Json, found: &mut Findings) {
    let before = found.count();
    let Answer { columns: returned, rows } = Answer::of(output);
    let rows = rows.len();
    if rows > 0 {
        found.add(
            severity,
            subject.part("parameter", "its parameter"),
            format!("The query was asked for something that does not exist, and returned {}: its text has no condition with `${}`, or another than it should.", count(rows, "row"), query.parameter),
            in_nql_queries(query, "compare its text with the one that `npx nexthink-chatbot content` prints"),
        );
    }
    if returned.is_empty() {
        found.not_checked(
            NotCheckedReason::NotTold,
            subject.part("columns", "its columns"),
            "The tenant does not tell which columns the query returns where it returns no row.",
            in_nql_queries(query, "compare its `list` with the one that `npx nexthink-chatbot content` prints"),
        );
    } else {
        let is_missing = |name: &str| !returned.iter().any(|returned| same_column(name, returned));
        let missing = |essential: bool| -> Vec<&str> {
            let columns = query.columns.iter().filter(|column| column.essential == essential);
            columns.map(|column| column.name.as_str()).filter(|name| is_missing(name)).collect()
        };
        let (essential, others) = (missing(true), missing(false));
        let all: Vec<&str> = essential.iter().chain(&others).copied().collect();
        if !all.is_empty() {
            let (status, consequence) = match essential.is_empty() {
                true => (CheckStatus::Warning, "Something cannot be shown or filled in."),
                false => (severity, "Something cannot be decided without that."),
            };
            found.add(
                status,
                subject.part("columns", "its columns"),
                format!("The query does not return {}. {consequence}", quoted(all.into_iter())),
                in_nql_queries(
                    query,
                    "add what is missing to its `list`, or paste the text that `npx nexthink-chatbot content` prints",
                ),
            );
        }
    }
    if found.count() == before {
        found.ok(subject, format!("It is there, and returns all {} columns that are read.", query.columns.len()));
    }
}

fn failure(
    query: &RequiredQuery,
    severity: CheckStatus,
    subject: Subject,
    error: Option<&ProbeError>,
    found: &mut Findings,
) {
    // Where it is not the tenant that answers, no answer says anything about the query.
    let is_elsewhere = found.has_error(REACHABILITY);
    let Some(error) = error.filter(|error| !error.passes() && !is_elsewhere) else {
        return blocked_or_again(subject, PERMISSION_NQL, error, found);
    };
    let id = &query.id;
    match error.kind {
        // Not every chatbot calls the function that needs it.
        ErrorKind::NotFound if query.need == Need::Optional => {
            found.ok(subject, "The tenant has none; only `findUser` needs it.");
        }
        ErrorKind::NotFound => found.add(
            severity,
            subject,
            format!("The tenant has no saved query `{id}`, or these credentials may not execute it: Nexthink gives the same answer for both."),
            format!("In Administration > NQL API queries, look for `{id}`. If it is not there, create it with this ID and the text that `npx nexthink-chatbot content` prints. If it has another ID, give that to `createClient`: `queryIds: {{ {}: \"#your_id\" }}`. If it is there, the credentials lack the right to execute it: see API credentials.{}", key(&query.key), leave_out(query)),
        ),
        ErrorKind::Permission if found.has_error(PERMISSION_NQL) => {
            blocked_or_again(subject, PERMISSION_NQL, Some(error), found);
        }
        ErrorKind::Permission => found.add(
            severity,
            subject,
            format!("The credentials may not execute `{id}`, though they may execute others."),
            "In API credentials, see what the credentials of the chatbot may execute.",
        ),
        ErrorKind::Invalid if error.status.is_some() => found.add(
            severity,
            subject.part("refused", "its execution"),
            format!("The tenant refuses to execute it with the parameter `{}`: {}. Its text uses another parameter, has a mistake, or names a remote action or an output that the tenant does not have.", query.parameter, with_code(error)),
            in_nql_queries(query, &format!("see that its only parameter is `${}`, and that it runs; else paste the text that `npx nexthink-chatbot content` prints", query.parameter)),
        ),
        ErrorKind::Invalid => found.add(
            severity,
            subject.part("id", "its ID"),
            format!("`queryIds.{}` cannot be the ID of a saved query: {}.", query.key, error.message),
            format!("Copy the ID from Administration > NQL API queries into `queryIds: {{ {}: \"#your_id\" }}`.", key(&query.key)),
        ),
        _ => blocked_or_again(subject, PERMISSION_NQL, Some(error), found),
    }
}

/// One may have reasons not to have it.
fn leave_out(query: &RequiredQuery) -> &'static str {
    match query.need {
        Need::OneOf => " If your chatbot never looks for employees by this, you can do without it.",
        Need::Always | Need::Recommended | Need::Optional => "",
    }
}

fn in_nql_queries(query: &RequiredQuery, what: &str) -> String {
    format!("In Administration > NQL API queries, open `{}` and {what}.", query.id)
}

fn with_code(error: &ProbeError) -> String {
    match &error.code {
        Some(code) => format!("{} (code {code})", error.message),
        None => error.message.clone(),
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
