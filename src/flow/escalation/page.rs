//! The hand-over as a page: who and which device, what was found, what was tried and how it ended, what was advised.

use super::bundle::{EscalatedFinding, EscalatedRun, Escalation};
use super::writer::Writer;
use crate::flow::certainty::Certainty;
use crate::flow::device::Device;
use crate::flow::employee::Employee;
use crate::json::Json;
use crate::nql::Timestamp;
use crate::playbook::{FactValue, MissingFact, MissingReason, Verdict, readable_number};

impl Escalation {
    /// The page, in Markdown or plain text.
    pub fn page(&self, markdown: bool) -> String {
        let mut page = Writer::new(markdown);
        self.write_head(&mut page);
        if !self.findings.is_empty() {
            page.heading("Findings");
            self.findings.iter().for_each(|finding| write_finding(&mut page, finding));
            page.end();
        }
        if !self.tried.is_empty() {
            page.heading("Tried");
            self.tried.iter().for_each(|run| write_run(&mut page, run));
            page.end();
        }
        if !self.advice.is_empty() {
            page.heading("Advice to the employee");
            self.advice.iter().for_each(|advice| {
                page.line().theirs(advice);
            });
            page.end();
        }
        page.page()
    }

    fn write_head(&self, page: &mut Writer) {
        page.heading("Handed over by nexthink-chatbot");
        if let Some(employee) = &self.employee {
            write_employee(page, employee);
        }
        self.devices.iter().for_each(|device| write_device(page, device));
        if let Some(symptoms) = &self.symptoms {
            page.line().ours("Symptoms, in the employee's words: ").theirs(symptoms);
        }
        for reference in &self.references {
            page.line().ours("Reference: ").theirs(reference);
        }
        page.end();
    }
}

fn write_employee(page: &mut Writer, employee: &Employee) {
    page.line().ours("Employee:");
    let mut separator = " ";
    for (name, value) in [
        ("username ", &employee.username),
        ("UPN ", &employee.upn),
        ("e-mail ", &employee.email),
        ("SID ", &employee.sid),
    ] {
        if let Some(value) = value {
            page.ours(separator).ours(name).theirs(value);
            separator = ", ";
        }
    }
}

fn write_device(page: &mut Writer, device: &Device) {
    page.line().ours("Device: ").theirs(&device.name);
    for part in device.operating_system.as_ref().or(device.platform.as_ref()).into_iter().chain(&device.r#type) {
        page.ours(", ").theirs(part);
    }
    page.ours(", Collector UID ").theirs(&device.collector_uid);
    if let Some(seen) = &device.last_seen {
        page.ours(", last seen ").theirs(seen);
    }
}

fn write_finding(page: &mut Writer, finding: &EscalatedFinding) {
    page.line();
    match (&finding.playbook, &finding.rule) {
        (Some(playbook), Some(rule)) => {
            page.theirs(&playbook.title).ours(", ").theirs(rule).ours(" (playbook ").theirs(&playbook.id);
            page.ours(" ").theirs(&playbook.version).ours("): ");
        }
        _ => {
            page.ours("Asked for by the employee: ");
        }
    }
    match (finding.verdict, &finding.reason) {
        (Verdict::Unknown, _) => page.ours("not known"),
        (_, Some(reason)) => page.theirs(reason),
        (_, None) => page.ours("found"),
    };
    let is_missing = |value: &FactValue| finding.missing.iter().any(|missing| missing.column == value.column);
    finding.values.iter().filter(|value| !is_missing(value)).for_each(|value| write_value(page, value));
    finding.missing.iter().for_each(|missing| write_missing(page, missing));
}

fn write_value(page: &mut Writer, value: &FactValue) {
    page.line_below().theirs(&value.column).ours(" = ");
    write_json(page, &value.value);
    if let Some(collected_at) = value.collected_at {
        page.ours(" (collected ");
        write_time(page, collected_at);
        page.ours(")");
    }
}

fn write_json(page: &mut Writer, value: &Json) {
    match value {
        Json::Null => page.ours("not known"),
        Json::Boolean(value) => page.ours(if *value { "true" } else { "false" }),
        Json::Number(number) => page.ours(&readable_number(*number)),
        Json::Text(text) => page.theirs(text),
        Json::List(values) => {
            for (position, value) in values.iter().enumerate() {
                page.ours(if position > 0 { ", " } else { "" });
                write_json(page, value);
            }
            page.ours(if values.is_empty() { "none" } else { "" })
        }
        Json::Object(_) => page.theirs(&value.to_text()),
    };
}

fn write_missing(page: &mut Writer, missing: &MissingFact) {
    page.line_below().theirs(&missing.column).ours(": ").ours(match missing.reason {
        MissingReason::NotReturned => "not returned by the tenant's query",
        MissingReason::NotCollected => "never collected",
        MissingReason::Failed => "the script that collects it failed",
        MissingReason::NoValue => "the script had nothing to report",
        MissingReason::Unreadable => "cannot be compared",
        MissingReason::Stale => "too old",
        MissingReason::AgeUnknown => "of unknown age",
    });
    if let Some(supplier) = &missing.supplied_by {
        page.ours("; would be supplied by ").theirs(&supplier.title).ours(", ").ours(supplier.schedule.word());
    }
}

fn write_run(page: &mut Writer, run: &EscalatedRun) {
    page.line().theirs(&run.title).ours(" (").theirs(&run.remote_action_id).ours(") on ").theirs(&run.device);
    page.ours(": ").ours(run.state.word());
    if let Some(details) = &run.status_details {
        page.ours(". The tenant says: ").theirs(details);
    }
    page.line_below().ours("triggered ");
    write_time(page, run.started_at);
    match run.ended_at {
        Some(ended_at) => {
            page.ours(", ended ");
            write_time(page, ended_at);
        }
        None => {
            page.ours(", not ended yet");
        }
    }
    page.line_below();
    for (name, certainty) in [
        ("accepted by the tenant: ", run.accepted),
        ("; script ran to its end: ", run.ran),
        ("; finding gone: ", run.changed),
        ("; helped, says the employee: ", run.solved),
    ] {
        page.ours(name).ours(match certainty {
            Certainty::Yes => "yes",
            Certainty::No => "no",
            Certainty::Unknown => "not known",
        });
    }
    page.line_below().ours("reference ").theirs(&run.reference);
    if let Some(request_id) = &run.request_id {
        page.ours(", request ").theirs(request_id);
    }
}

fn write_time(page: &mut Writer, time: Timestamp) {
    let text = time.to_string();
    page.ours(text.get(..10).unwrap_or_default()).ours(" ").ours(text.get(11..16).unwrap_or_default()).ours(" UTC");
}
