//! Messages: to whom, about what, in which order, under which name.

use super::*;

#[test]
fn an_employee_is_told_once_of_all_devices_the_worst_first() {
    let mut severe = found("VERA@acme.com", "tower", "disk-full");
    severe.severity = Some(9.0);
    let case = Case::of(vec![found("vera@acme.com", "laptop", "long-uptime disk-full"), severe]);
    let plan = case.plan();
    assert_eq!((plan.send.len(), plan.held.len(), plan.next_at), (1, 0, None));
    let message = &plan.send[0];
    assert_eq!(message.employee.upn.as_deref(), Some("VERA@acme.com"), "the first spelling in order");
    assert_eq!((message.playbook.as_str(), message.matches.as_slice()), ("slow-pc", &[1, 0][..]));
    assert_eq!(message.about, [read(r#"{"playbook":"slow-pc","rules":["disk-full","long-uptime"]}"#)]);
    let devices: Vec<_> = message.devices.iter().map(|device| device.name.as_deref().unwrap()).collect();
    assert_eq!(devices, ["tower", "laptop"]);
    assert_eq!(message.record.at, case.now);
    assert_eq!((&message.record.key, &message.record.about), (&message.key, &message.about));
}

#[test]
fn the_worst_go_first_and_names_do_not_decide() {
    let mut matches = vec![found("a", "1", "x"), found("b", "2", "x y"), found("c", "3", "x")];
    matches[2].severity = Some(5.0);
    assert_eq!(Case::of(matches).plan().names(), ["c", "b", "a"]);
    let many: Vec<_> = (10..40).map(|number| found(&format!("e{number}"), "d", "x")).collect();
    let plan = Case::of(many).plan();
    assert!(!plan.names().is_sorted(), "{:?}", plan.names());
}

#[test]
fn who_has_waited_longest_goes_first() {
    let sent = vec![told("a", "z", "2026-10-10T12:00:00Z"), told("b", "z", "2026-10-01T12:00:00Z")];
    let matches = ["a", "b", "c"].map(|upn| found(upn, "d", "x"));
    assert_eq!(Case::of(matches.into()).sent(sent).plan().names(), ["c", "b", "a"]);
}

#[test]
fn several_playbooks_are_one_message_that_begins_with_the_worst() {
    let mut other = found("a", "d", "crash sync");
    other.playbook = "outlook".into();
    let plan = Case::of(vec![found("a", "d", "x"), other]).plan();
    let playbooks: Vec<_> = plan.send[0].about.iter().map(|topic| topic.playbook.as_str()).collect();
    assert_eq!((plan.send[0].playbook.as_str(), playbooks), ("outlook", vec!["outlook", "slow-pc"]));
    assert_eq!(plan.send[0].devices.len(), 1);
}

#[test]
fn a_match_can_be_about_a_playbook_as_a_whole() {
    let mut one = found("a", "d", "");
    one.rules = None;
    let case = Case::of(vec![copy(&one)]);
    let record = case.plan().send[0].record.clone();
    assert_eq!(record.about, [read(r#"{"playbook":"slow-pc","rules":[]}"#)]);
    let limits = r#"{"quietHours":false,"quietDays":[],"perEmployee":{"count":9,"days":1}}"#;
    let later = Case::of(vec![one, found("a", "d", "x")]).limits(limits).sent(vec![record]);
    let plan = later.plan();
    assert_eq!(plan.reasons(), ["told-recently 2026-12-18T12:00:00Z"]);
    assert_eq!(plan.send[0].matches, [1]);
}

#[test]
fn what_was_told_recently_is_left_out_and_the_rest_goes() {
    let sent = vec![told("a", "x", "2026-11-01T12:00:00Z")];
    let matches = vec![found("a", "1", "x y"), found("a", "2", "x")];
    let plan = Case::of(matches).sent(sent).plan();
    assert_eq!(plan.send[0].about[0].rules, ["y"]);
    assert_eq!(plan.send[0].matches, [0]);
    // By then a week has passed since the message of now.
    assert_eq!(plan.reasons(), ["told-recently 2026-12-01T12:00:00Z"]);
    assert_eq!(plan.held[0].matches, [1]);
}

#[test]
fn a_message_has_one_name_until_it_is_kept_in_which_nobody_is_spelled_out() {
    let case = Case::of(vec![found("vera@acme.com", "d", "x")]);
    let first = case.plan().send[0].clone();
    assert_eq!(case.plan().send[0].key, first.key);
    // A later export, a new rule, an hour later: still the same message.
    let later = Case::of(vec![found("Vera@Acme.com", "e", "x y")]).now("2026-11-18T13:00:00Z");
    assert_eq!(later.plan().send[0].key, first.key);
    assert!(first.key.len() == 24 && !first.key.contains("vera"), "{}", first.key);
    let next = Case::of(vec![found("vera@acme.com", "d", "x")]).sent(vec![first.record]).now("2027-01-20T12:00:00Z");
    assert_ne!(next.plan().send[0].key, first.key);
}

#[test]
fn a_message_has_one_name_while_its_employee_waits() {
    let plan = |now: &str, sent: &[OutreachRecord]| {
        let case = Case::of(vec![found("a", "d", "x")]).limits(r#"{"timeZone":"UTC"}"#).sent(sent.to_vec()).now(now);
        Case { zones: r#"[{"name":"UTC"}]"#, ..case }.plan()
    };
    let mut sent = vec![told("a", "y", "2026-09-01T12:00:00Z"), told("a", "x", "2026-10-19T17:59:30Z")];
    let first = plan("2026-11-18T17:59:40Z", &sent);
    assert_eq!(first.forget, [sent[0].key.as_str()], "names come from the last record");
    sent.remove(0);
    // It has gone out, but its record was lost; and now it is night.
    let night = plan("2026-11-18T18:01:00Z", &sent);
    assert_eq!((night.reasons(), night.forget.len()), (vec!["quiet-hours 2026-11-19T08:00:00Z".to_owned()], 0));
    assert_eq!(plan("2026-11-19T08:00:00Z", &sent).send[0].key, first.send[0].key);
}

#[test]
fn letters_of_other_alphabets_are_the_same_in_either_case_too() {
    let named = |username: &str| -> GivenMatch {
        read(&format!(r#"{{"employees":[{{"username":"{username}"}}],"playbook":"slow-pc","rules":["x"]}}"#))
    };
    let case = Case::of(vec![named(r"ACME\\MÜLLER"), named(r"ACME\\Müller")]);
    let plan = case.plan();
    assert_eq!((plan.send.len(), plan.send[0].matches.len()), (1, 2));
    let record = read(
        r#"{"key":"k","employee":{"username":"acme\\müller"},"at":"2026-11-17T12:00:00Z",
            "about":[{"playbook":"slow-pc","rules":["x"]}]}"#,
    );
    let mut outreach = case.outreach();
    outreach.add_opted_out(read(r#""acme\\müller""#)).unwrap();
    assert_eq!(whole(&mut outreach, case.settings()).reasons(), ["opted-out"]);
    assert_eq!(case.sent(vec![record]).plan().reasons(), ["told-recently 2026-12-17T12:00:00Z"]);
}

#[test]
fn records_that_hold_nothing_back_can_go_unless_a_message_of_now_takes_its_name_from_them() {
    let sent = vec![
        told("a", "x", "2026-10-18T12:00:00Z"),
        told("b", "x", "2026-10-18T12:00:00Z"),
        told("b", "x", "2026-10-18T12:00:01Z"),
        told("c", "x", "2026-10-19T12:00:01Z"),
    ];
    let plan = Case::of(vec![found("a", "d", "x")]).sent(sent.clone()).plan();
    assert_eq!(plan.names(), ["a"]);
    assert_eq!(plan.forget, [sent[1].key.as_str(), &sent[2].key]);
}

#[test]
fn employees_are_given_out_in_pieces_with_their_matches() {
    let mut outreach = Case::of(vec![found("b", "1", "x"), found("a", "2", "x"), found("B", "3", "y x")]).outreach();
    let mut all = Vec::new();
    for _ in 0..3 {
        all.extend(outreach.employees(1).into_iter().map(|one| (one.employee.upn.unwrap(), one.matches)));
    }
    assert_eq!(all, [("a".to_owned(), vec![1]), ("B".to_owned(), vec![2, 0])]);
    assert!(outreach.employees(1).is_empty());
}

#[test]
fn columns_are_found_by_qualified_and_by_short_names() {
    let among = |names: &str| OutreachColumns::among(&names.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let found = among("name collector.uid user.NAME upn user.ad.email_address user.sid");
    assert_eq!(found.device_name.as_deref(), Some("name"));
    assert_eq!(found.username.as_deref(), Some("user.NAME"));
    assert_eq!(found.upn.as_deref(), Some("upn"));
    assert_eq!(found.collector_uid.as_deref(), Some("collector.uid"));
    assert!(found.email.is_some() && found.sid.is_some());
    let found = among("name device.name uid user.uid device_performance.boot.user.name");
    assert_eq!(found.device_name.as_deref(), Some("device.name"));
    assert_eq!((found.collector_uid, found.upn), (None, None));
    assert_eq!(found.username.as_deref(), Some("device_performance.boot.user.name"));
}
