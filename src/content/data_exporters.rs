//! The data exporters that spare a tenant thousands of single calls: who has which device, and the facts of a playbook
//! for all devices at once. Their queries are made of the saved ones, so that they return the same columns.

use super::source::PlaybookSource;
use crate::flow::SavedQuery;
use crate::json::record;
use crate::nql::tree::{Call, Computation, Expression, Grouping, Name, Query, Span, Statement, Step};
use crate::nql::{Severity, format, parse_query, same_column};
use crate::playbook::localized;

record! {
    lenient
    /// A data exporter.
    #[derive(Debug, Clone, PartialEq)]
    pub struct DataExporter {
        /// What to call it.
        pub name: String,
        /// What happens with its data.
        pub purpose: String,
        /// How often it has to run. Nexthink wants the time of the query to be the same.
        pub schedule: String,
        /// Its NQL.
        pub query: String,
    }
}

/// All of them, and what there is to say about those that cannot be made.
pub(super) fn data_exporters(sources: &[PlaybookSource], locale: &str) -> (Vec<DataExporter>, Vec<String>) {
    let mut exporters = Vec::new();
    let mut notes = Vec::new();
    if let Some(query) = devices_of_employees().and_then(|query| accepted(&query)) {
        exporters.push(DataExporter {
            name: "nexthink-chatbot devices".into(),
            purpose: "Tells which employee has which devices, so that the chatbot can look them up without a call to Nexthink.".into(),
            schedule: "weekly".into(),
            query,
        });
    }
    for PlaybookSource { playbook, query } in sources {
        let title = localized(&playbook.title, locale).unwrap_or(&playbook.id);
        let query = parse_query(query)
            .ok()
            .map(|query| query.without_parameters().over_past_days(1).on_platforms(&playbook.platforms));
        match query.as_ref().and_then(accepted) {
            Some(query) => exporters.push(DataExporter {
                name: format!("nexthink-chatbot {}", playbook.id),
                purpose: format!(
                    "Brings the facts of all devices, to find those with `{title}` before their employees complain."
                ),
                schedule: "daily".into(),
                query,
            }),
            None => notes.push(format!(
                "The query of the playbook `{}` cannot run without its parameter, so there is no data exporter for it.",
                playbook.id
            )),
        }
    }
    (exporters, notes)
}

/// The text of a query, where it has no parameter and Nexthink has no reason to refuse it.
fn accepted(query: &Query) -> Option<String> {
    let text = format(query);
    let read = parse_query(&text).ok()?;
    let refused = read.check().iter().any(|found| found.severity == Severity::Error);
    (!refused && read.parameters().is_empty()).then_some(text)
}

/// Every employee with their devices: the sessions by which a device is found for one employee, grouped by all that
/// employees are found by and by what is told of a device. A time cannot be grouped by, so the last session stands for
/// when the device was last seen.
fn devices_of_employees() -> Option<Query> {
    let saved = parse_query(SavedQuery::DevicesByUsername.text()).ok()?;
    let sessions = saved.statements().find_map(|statement| match statement {
        Statement::With(source) => Some(source.clone()),
        _ => None,
    })?;
    let mut groupings = Vec::new();
    for query in
        [SavedQuery::DevicesByUsername, SavedQuery::DevicesByUpn, SavedQuery::DevicesByEmail, SavedQuery::DevicesBySid]
    {
        groupings.push(Grouping::Field(identifier(&parse_query(query.text()).ok()?)?));
    }
    for column in saved.columns() {
        if !same_column("device.last_seen", &column.name) {
            groupings.push(Grouping::Field(name(&column.name)));
        }
    }
    let last =
        Call { target: Some(Expression::Field(name("end_time"))), function: name("last"), arguments: Vec::new() };
    let last_seen = Computation { alias: name("last_seen"), expression: Expression::Call(Box::new(last)) };
    let statement = Statement::Summarize(vec![last_seen], groupings);
    let steps = vec![Step { statement, span: Span::default() }];
    Some(Query { source: sessions, steps, comments: Vec::new() }.over_past_days(7))
}

/// The field by which a saved query finds an employee: the one that is compared with its parameter.
fn identifier(query: &Query) -> Option<Name> {
    query.statements().find_map(|statement| match statement {
        Statement::Where(condition) => match condition.sides().map(|test| (&test.left, &test.right)) {
            Some((Expression::Field(name), Expression::Parameter(_))) => Some(name.clone()),
            _ => None,
        },
        _ => None,
    })
}

fn name(text: &str) -> Name {
    Name { text: text.into(), span: Span::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exporters() -> Vec<DataExporter> {
        let (exporters, notes) = data_exporters(&PlaybookSource::built_in().unwrap(), "en");
        assert_eq!(notes, Vec::<String>::new());
        exporters
    }

    #[test]
    fn there_is_one_for_identification_and_one_for_each_playbook_all_without_parameters() {
        let exporters = exporters();
        assert_eq!(exporters.len(), 1 + PlaybookSource::built_in().unwrap().len());
        for exporter in exporters {
            let query = parse_query(&exporter.query).unwrap();
            assert_eq!(query.check(), [], "{}", exporter.query);
            assert!(query.parameters().is_empty() && !exporter.query.contains('$'), "{}", exporter.query);
            assert_eq!(format(&query), exporter.query);
        }
    }

    #[test]
    fn employees_are_found_by_every_identifier_and_their_devices_by_what_identify_tells() {
        let columns = parse_query(&exporters()[0].query).unwrap().columns();
        for name in [
            "user.name",
            "user.upn",
            "user.ad.email_address",
            "user.sid",
            "device.collector.uid",
            "device.name",
            "device.operating_system.platform",
            "device.operating_system.name",
            "device.hardware.type",
            "device.hardware.manufacturer",
            "device.last_seen",
        ] {
            assert!(columns.iter().any(|column| same_column(name, &column.name)), "{name}: {columns:?}");
        }
    }

    #[test]
    fn a_scan_returns_what_the_diagnosis_of_one_device_returns() {
        for (source, exporter) in PlaybookSource::built_in().unwrap().iter().zip(&exporters()[1..]) {
            let names = |text: &str| {
                parse_query(text).unwrap().columns().into_iter().map(|column| column.name).collect::<Vec<_>>()
            };
            assert_eq!(names(&exporter.query), names(&source.query));
            assert!(exporter.query.starts_with("devices during past 1d\n"), "{}", exporter.query);
        }
    }

    #[test]
    fn a_query_that_needs_its_parameter_is_left_out_and_that_is_said() {
        let mut sources = PlaybookSource::built_in().unwrap();
        sources.truncate(1);
        sources[0].query = "devices | include a.b | where c == 1 | compute d = $device_name | list d".into();
        let (exporters, notes) = data_exporters(&sources, "en");
        assert_eq!((exporters.len(), notes.len()), (1, 1));
        assert!(notes[0].contains("outlook"));
    }
}
