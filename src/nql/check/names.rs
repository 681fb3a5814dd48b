//! Names: what is computed twice, where parameters stand, tables that are probably misspelt, and columns of joined events
//! that are gone when they are used.

use super::{Findings, meant};
use crate::nql::suggestion::nearest;
use crate::nql::tree::{Expression, Name, Query, Span, Statement};

/// The tables that vendor pages name. A tenant may have more, so others are only compared with these.
const TABLES: [&str; 43] = [
    "alert.alerts",
    "alert.impacts",
    "alerts",
    "antiviruses",
    "application.applications",
    "applications",
    "binaries",
    "binary.binaries",
    "campaign.campaigns",
    "campaign.responses",
    "campaigns",
    "collaboration.sessions",
    "connection.events",
    "connectivity.events",
    "device.devices",
    "device_performance.boots",
    "device_performance.events",
    "device_performance.hard_resets",
    "device_performance.system_crashes",
    "devices",
    "dex.application_scores",
    "dex.scores",
    "execution.crashes",
    "execution.events",
    "firewalls",
    "package.installed_packages",
    "package.packages",
    "packages",
    "platform.nql_api_logs",
    "remote_action.executions",
    "remote_action.executions_summary",
    "remote_action.local_schedules",
    "session.events",
    "session.logins",
    "session.vdi_events",
    "software_metering.events",
    "user.users",
    "users",
    "web.errors",
    "web.events",
    "web.page_views",
    "web.transactions",
    "workflow.executions",
];

pub(super) fn check(query: &Query, found: &mut Findings) {
    computed_names(query, found);
    parameters(query, found);
    joined_fields(query, found);
    table(&query.source.table, found);
    for statement in query.statements() {
        if let Statement::With(source) | Statement::Include(source) = statement {
            table(&source.table, found);
        }
    }
}

fn computed_names(query: &Query, found: &mut Findings) {
    let mut names: Vec<&Name> = Vec::new();
    for statement in query.statements() {
        let (Statement::Compute(computations) | Statement::Summarize(computations, _)) = statement else { continue };
        for computation in computations {
            let alias = &computation.alias;
            if names.contains(&alias) {
                let message = format!("`{}` is computed twice", alias.text);
                found.error(alias.span, message, "give one of them another name");
            }
            names.push(alias);
        }
    }
}

fn parameters(query: &Query, found: &mut Findings) {
    let mut seen: Vec<&Name> = Vec::new();
    for statement in query.statements() {
        statement.expressions(&mut |expression| {
            let Expression::Parameter(name) = expression else { return };
            if !matches!(statement, Statement::Where(_)) {
                let message = format!("the parameter `${}` stands in `{}`", name.text, statement.keyword());
                found.error(name.span, message, "parameters are allowed in `where` only");
            }
            if seen.iter().any(|known| known.text == name.text) {
                let message = format!("the parameter `${}` is used twice", name.text);
                found.warning(name.span, message, "Nexthink wants each parameter once in a query");
            }
            seen.push(name);
        });
    }
}

/// Only what was computed leaves a `with` or `include`.
fn joined_fields(query: &Query, found: &mut Findings) {
    let root = query.source.table.row_name();
    let mut joined: Vec<String> = Vec::new();
    let mut open = false;
    for statement in query.statements() {
        match statement {
            Statement::With(source) | Statement::Include(source) => {
                joined.push(source.table.row_name());
                open = true;
            }
            Statement::Compute(_) => open = false,
            Statement::Where(_) if open => {}
            Statement::Where(_) | Statement::List(_) | Statement::Sort(_) => {
                open = false;
                statement.expressions(&mut |expression| {
                    let Expression::Field(name) = expression else { return };
                    let belongs = |row: &&String| **row != root && row.contains('.') && is_field_of(name, row);
                    if let Some(row) = joined.iter().find(belongs) {
                        let message =
                            format!("`{}` is a field of the joined `{row}`, which is not available here", name.text);
                        found.error(name.span, message, "`compute` a value from it, as in `last = time.last()`");
                    }
                });
            }
            Statement::Summarize(..) | Statement::Limit(_) => open = false,
        }
    }
}

/// Whether a name begins with what a row is called and a dot.
fn is_field_of(name: &Name, row: &str) -> bool {
    name.text
        .split_at_checked(row.len())
        .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(row) && rest.starts_with('.'))
}

fn table(name: &Name, found: &mut Findings) {
    if TABLES.iter().any(|known| name.is(known)) {
        return;
    }
    if let Some(near) = nearest(&name.text, TABLES.into_iter()) {
        found.warning(name.span, format!("`{}` is no table that is known", name.text), &meant(Some(near)));
    }
}

pub(super) fn check_parameters(query: &Query, given: &[&str], found: &mut Findings) {
    let used = query.parameters();
    for name in &used {
        if !given.contains(&&*name.text) {
            let near = nearest(&name.text, given.iter().copied());
            found.error(name.span, format!("the parameter `${}` is not given", name.text), &meant(near));
        }
    }
    for name in given {
        if !used.iter().any(|known| &&*known.text == name) {
            let near = nearest(name, used.iter().map(|known| &*known.text));
            found.warning(Span::default(), format!("the query has no parameter `${name}`"), &meant(near));
        }
    }
}
