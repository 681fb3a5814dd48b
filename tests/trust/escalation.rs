//! The page that the service desk is handed, as a person reads it, and what words of others cannot do to it.

use nexthink_chatbot::flow::{
    Diagnosis, Escalation, EscalationOptions, Run, diagnose, escalate, next_change, solved, verify,
};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::nql::DAY;
use nexthink_simulator::{Options, SimulatedTenant};

use crate::tenant::Scene;

fn options(more: &[(&str, Json)]) -> EscalationOptions {
    let mut fields = vec![("format".into(), "json".into())];
    fields.extend(more.iter().map(|(name, value)| ((*name).into(), value.clone())));
    EscalationOptions::read(Json::Object(fields)).unwrap()
}

fn scene() -> Scene {
    Scene::of(SimulatedTenant::new(Options { devices: 0, ..Options::default() }), "")
}

fn tried(scene: &Scene, diagnosis: &Diagnosis, rule: &str) -> Run {
    let mut run = scene.remediate(&scene.propose(diagnosis, rule).unwrap().token).unwrap();
    while run.ended_at.is_none() {
        run = scene.wait(next_change(&scene.client, run)).unwrap();
    }
    run
}

/// IDs are drawn and times pass: a page is the same but for these.
fn steady(page: &str, runs: &[Run]) -> String {
    let mut page = page.to_owned();
    for (position, run) in runs.iter().enumerate() {
        page = page.replace(&run.id, &format!("p-{position}"));
        if let Some(request_id) = &run.request_id {
            page = page.replace(request_id.as_str(), &format!("request-{position}"));
        }
    }
    page
}

fn several_runs() -> (Vec<Run>, Escalation) {
    let scene = scene();
    let diagnosis = scene.diagnosis("amartin", "outlook");
    let first = tried(&scene, &diagnosis, "offline");
    scene.tenant.borrow_mut().advance(DAY);
    let first = scene.wait(verify(&scene.client, &scene.library, first)).unwrap();
    let first = scene.wait(solved(&scene.client, first, false));
    let second = tried(&scene, &diagnosis, "repair-data-file");
    let runs = vec![first, second];
    let given = options(&[
        ("symptoms", "Outlook says \"Disconnected\"\n# since *Monday*".into()),
        ("diagnoses", Json::List(vec![diagnosis.write()])),
    ]);
    (runs.clone(), escalate(runs, given).unwrap())
}

#[test]
fn several_runs_make_one_page_of_text() {
    let (runs, escalation) = several_runs();
    let expected = r#"Handed over by nexthink-chatbot:
- Employee: username amartin
- Device: AMARTIN-LT, Windows 11 Enterprise 23H2 (64 bits), laptop, Collector UID 49c9f1bd-f963-4981-b42c-bb75024a65d8, last seen 2026-11-18T08:56:28Z
- Symptoms, in the employee's words: Outlook says "Disconnected" # since *Monday*
- Reference: INC0012345#p-0
- Reference: INC0012345#p-1

Findings:
- Outlook problems, offline (playbook outlook 1.0.0): Outlook is working offline
  - remote_action.get_outlook_online_windows.execution.outputs.IsOnline = No (collected 2026-11-18 08:01 UTC)
  - remote_action.get_outlook_online_windows.execution.status = success (collected 2026-11-18 08:01 UTC)
- Outlook problems, repair-data-file (playbook outlook 1.0.0): repairing Outlook's data file solves many problems that leave no trace

Tried:
- Set Outlook online (set_outlook_online) on AMARTIN-LT: succeeded
  - triggered 2026-11-18 09:00 UTC, ended 2026-11-18 09:00 UTC
  - accepted by the tenant: yes; script ran to its end: yes; finding gone: yes; helped, says the employee: no
  - reference INC0012345#p-0, request request-0
- Repair Outlook OST Problem (repair_outlook_ost_problem) on AMARTIN-LT: succeeded
  - triggered 2026-11-19 09:00 UTC, ended 2026-11-19 09:02 UTC
  - accepted by the tenant: yes; script ran to its end: yes; finding gone: not known; helped, says the employee: not known
  - reference INC0012345#p-1, request request-1
"#;
    assert_eq!(steady(&escalation.page(false), &runs), expected);
}

#[test]
fn the_same_in_markdown() {
    let (runs, escalation) = several_runs();
    let expected = r#"## Handed over by nexthink-chatbot

- Employee: username amartin
- Device: AMARTIN-LT, Windows 11 Enterprise 23H2 (64 bits), laptop, Collector UID 49c9f1bd-f963-4981-b42c-bb75024a65d8, last seen 2026-11-18T08:56:28Z
- Symptoms, in the employee's words: Outlook says "Disconnected" \# since \*Monday\*
- Reference: INC0012345#p-0
- Reference: INC0012345#p-1

## Findings

- Outlook problems, offline (playbook outlook 1.0.0): Outlook is working offline
  - remote_action.get_outlook_online_windows.execution.outputs.IsOnline = No (collected 2026-11-18 08:01 UTC)
  - remote_action.get_outlook_online_windows.execution.status = success (collected 2026-11-18 08:01 UTC)
- Outlook problems, repair-data-file (playbook outlook 1.0.0): repairing Outlook's data file solves many problems that leave no trace

## Tried

- Set Outlook online (set_outlook_online) on AMARTIN-LT: succeeded
  - triggered 2026-11-18 09:00 UTC, ended 2026-11-18 09:00 UTC
  - accepted by the tenant: yes; script ran to its end: yes; finding gone: yes; helped, says the employee: no
  - reference INC0012345#p-0, request request-0
- Repair Outlook OST Problem (repair_outlook_ost_problem) on AMARTIN-LT: succeeded
  - triggered 2026-11-19 09:00 UTC, ended 2026-11-19 09:02 UTC
  - accepted by the tenant: yes; script ran to its end: yes; finding gone: not known; helped, says the employee: not known
  - reference INC0012345#p-1, request request-1
"#;
    assert_eq!(steady(&escalation.page(true), &runs), expected);
}

#[test]
fn what_could_not_be_told_is_handed_over_too_and_nothing_needs_to_have_been_tried() {
    let scene = scene();
    let device = scene.device("pjensen");
    let diagnosis = scene.wait(diagnose(&scene.client, &scene.library, "slow-pc", &device)).unwrap();
    let employee = r#"{"username":"pjensen","email":"p@acme.example"}"#;
    let employee = Json::parse(employee.as_bytes()).unwrap();
    let given = options(&[("employee", employee), ("diagnoses", Json::List(vec![diagnosis.write()]))]);
    let expected = r#"## Handed over by nexthink-chatbot

- Employee: username pjensen, e-mail p@acme.example
- Device: PJENSEN-LT, Windows 10 Enterprise 22H2 (64 bits), laptop, Collector UID 3ffc3502-c76e-40d9-a658-b5fc681c3683, last seen 2026-11-18T08:57:24Z

## Findings

- Slow PC, disk-full (playbook slow-pc 1.0.0): not known
  - free_space: never collected
"#;
    assert_eq!(escalate(Vec::new(), given).unwrap().page(true), expected);
}

#[test]
fn advice_and_the_employees_own_wish_are_told() {
    let scene = scene();
    let diagnosis = scene.diagnosis("cdubois", "outlook");
    let mut run = tried(&scene, &diagnosis, "repair-data-file");
    (run.playbook, run.rule) = (None, None);
    run.evidence.rule = None;
    run.evidence.reason = "please repair my Outlook".into();
    run.evidence.because = Json::List(Vec::new());
    let given = options(&[("diagnoses", Json::List(vec![diagnosis.write()]))]);
    let page = escalate(vec![run], given).unwrap().page(false);
    assert!(page.contains("Advice to the employee:\n- "), "{page}");
    assert!(page.contains("- Asked for by the employee: please repair my Outlook\n"), "{page}");
}

#[test]
fn names_and_values_with_markup_in_them_stay_names_and_values() {
    let (mut runs, _) = several_runs();
    let hostile = "**Zoë** [click](https://evil.example)\n# <img src=x> | @all `rm` www.evil.example";
    let run = &mut runs[0];
    run.employee.username = Some(hostile.into());
    run.device.name = hostile.into();
    run.title = hostile.into();
    run.status_details = Some(hostile.into());
    run.reference = hostile.into();
    run.evidence.reason = hostile.into();
    let page = escalate(runs, options(&[("symptoms", hostile.into())])).unwrap().page(true);
    let shown = r"\*\*Zoë\*\* \[click\](https:\/\/evil.example) \# \<img src=x\> \| \@all \`rm\` www\.evil.example";
    assert!(page.matches(shown).count() >= 7, "{page}");
    assert!(!page.contains("**Zoë") && !page.contains("https://") && !page.contains("\n# "), "{page}");
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["## Handed over by nexthink-chatbot", "## Findings", "## Tried"]);
    assert!(page.lines().all(|line| ["", "## ", "- ", "  - "].iter().any(|begin| match *begin {
        "" => line.is_empty(),
        begin => line.starts_with(begin),
    })));
}

#[test]
fn as_data_it_holds_everything_but_proofs_and_each_thing_once() {
    let (runs, escalation) = several_runs();
    let text = escalation.write().to_text();
    assert!(!text.contains("proof"), "{text}");
    assert_eq!((escalation.devices.len(), escalation.tried.len(), escalation.references.len()), (1, 2, 2));
    let rules: Vec<_> = escalation.findings.iter().filter_map(|finding| finding.rule.as_deref()).collect();
    assert_eq!(rules, ["offline", "repair-data-file"], "what a run stood on is told once");
    assert_eq!(escalation.employee, Some(runs[0].employee.clone()));
    assert_eq!(escalation.symptoms.as_deref(), Some("Outlook says \"Disconnected\"\n# since *Monday*"));
    // Without the diagnosis the findings are those of the runs.
    let alone = escalate(runs, options(&[])).unwrap();
    assert_eq!(alone.findings.len(), 2);
    assert_eq!(alone.findings[0].values, escalation.findings[0].values);
}

#[test]
fn a_page_fits_a_ticket_and_nothing_is_handed_over_for_nothing() {
    let (mut runs, _) = several_runs();
    for _ in 0..5 {
        runs.extend(runs.clone());
    }
    let escalation = escalate(runs, options(&[])).unwrap();
    for markdown in [false, true] {
        let page = escalation.page(markdown);
        assert!(page.chars().count() <= 4_000 && page.ends_with("\n(shortened)\n"), "{}", page.len());
    }
    for nothing in [options(&[]), options(&[("symptoms", " \n".into())])] {
        assert_eq!(escalate(Vec::new(), nothing).unwrap_err().kind.word(), "invalid");
    }
    assert!(escalate(Vec::new(), options(&[("symptoms", "my PC is slow".into())])).is_ok());
}
