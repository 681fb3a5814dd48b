//! The doctor for JavaScript: which probes come next, and what their outcomes say. Who calls is to make the probes.

use super::answer;
use crate::api::problem::NexthinkError;
use crate::bindings::input::read_fields;
use crate::content::PlaybookSource;
use crate::doctor::{self, DoctorSettings, ProbeOutcome};
use crate::flow::Employee;
use crate::json::{Json, Reader, record};
use crate::nql::Timestamp;

record! {
    strict
    /// Whom the doctor examines, for what.
    #[derive(Debug, Clone, Default)]
    pub struct DoctorCase {
        /// Own playbooks, each as its file's text or as an object, with the text of its query. One with the name of a
        /// built-in playbook takes its place.
        #[cfg_attr(test, ts(optional, type = "ReadonlyArray<Playbook | string>"))]
        pub playbooks: Vec<Json>,
        /// The names of the only playbooks that count, built-in and own.
        pub only: Option<Vec<String>>,
        /// How the client is set up.
        pub settings: DoctorSettings,
        /// An employee with a device in Nexthink, by the identifiers that the chatbot has.
        pub employee: Option<Employee>,
    }
}

/// `doctorProbes` of `{ case, outcomes }`: the next probes; none when there is nothing more to ask.
pub(super) fn probes(input: &[u8]) -> String {
    answer(read("doctorProbes", input, |_| ()).map(|(case, playbooks, outcomes, ())| {
        doctor::next(&playbooks, &case.settings, case.employee.as_ref(), &outcomes)
    }))
}

/// `doctorReport` of `{ case, outcomes, now }`: what the outcomes say.
pub(super) fn report(input: &[u8]) -> String {
    let read = read("doctorReport", input, |reader| reader.take::<Timestamp>("now"));
    answer(read.map(|(case, playbooks, outcomes, now)| {
        doctor::report(&playbooks, &case.settings, case.employee.as_ref(), &outcomes, now)
    }))
}

/// The case, its playbooks, the outcomes so far, and what else there is.
fn read<T>(
    call: &str,
    input: &[u8],
    rest: impl FnOnce(&mut Reader<'_>) -> T,
) -> Result<(DoctorCase, Vec<PlaybookSource>, Vec<ProbeOutcome>, T), NexthinkError> {
    let (case, outcomes, rest): (DoctorCase, _, T) =
        read_fields(call, input, |reader| (reader.take("case"), reader.take("outcomes"), rest(reader)))?;
    let playbooks = PlaybookSource::choose(&case.playbooks, case.only.as_deref())?;
    Ok((case, playbooks, outcomes, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = r#""case":{"only":["onedrive"],"settings":{"hasStore":true}}"#;

    fn probes_after(outcomes: &str) -> String {
        probes(format!("{{{CASE},\"outcomes\":[{outcomes}]}}").as_bytes())
    }

    #[test]
    fn the_first_probes_ask_for_the_actions_and_for_one_query() {
        assert_eq!(
            probes_after(""),
            r##"{"result":[{"id":"remote-actions","operation":"remoteActions.list","input":{}},{"id":"query:devicesByUsername","operation":"nql.execute","input":{"queryId":"#get_device_basic_infos","parameters":{"username":"nexthink-chatbot-doctor"},"version":"v1"}}]}"##
        );
    }

    #[test]
    fn an_error_is_taken_as_the_package_throws_it_and_ends_the_questions() {
        let error = NexthinkError::new(crate::api::problem::ErrorKind::Network, "no route");
        let error = crate::json::Write::write(&error).to_text();
        let failed = format!(
            r#"{{"id":"remote-actions","error":{error},"at":"2026-11-18T09:00:00Z"}},{{"id":"query:devicesByUsername","error":{error}}}"#
        );
        assert_eq!(probes_after(&failed), r#"{"result":[]}"#);
        let report = report(format!(r#"{{{CASE},"outcomes":[{failed}],"now":"2026-11-18T09:00:00Z"}}"#).as_bytes());
        assert!(
            report.starts_with(r#"{"result":{"ok":false,"checks":[{"id":"reachability","status":"error""#),
            "{report}"
        );
    }

    #[test]
    fn input_that_is_none_is_named() {
        for (answer, message) in [
            (probes(b"{}"), "`doctorProbes`: `case` is missing"),
            (
                probes(br#"{"case":{"settings":{"clientSecret":"s"}}}"#),
                "`case.settings.clientSecret` is not known here",
            ),
            (report(br#"{"case":{"settings":{}},"now":"today"}"#), "`now` is not a time"),
            (report(br#"{"case":{"settings":{},"only":["x"]},"now":"2026-11-18T09:00:00Z"}"#), "no playbook `x`"),
        ] {
            assert!(answer.starts_with(r#"{"error":"#) && answer.contains(message), "{answer}");
        }
    }
}
