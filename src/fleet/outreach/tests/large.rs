//! What a company has many of under one name. No test here looks at a clock; work that grows with the square of the count would
//! keep each of them busy for minutes.

use super::*;

fn on(device: u32, employee: Employee) -> GivenMatch {
    let device = OutreachDevice { collector_uid: Some(device.to_string()), name: Some(format!("pc{device}")) };
    let rules = Some(vec!["x".to_owned()]);
    GivenMatch { employees: vec![employee], device: Some(device), playbook: "slow-pc".into(), rules, severity: None }
}

#[test]
fn one_account_on_many_devices_is_told_of_each_once() {
    let mut outreach = Outreach::default();
    let kiosk = || Employee { username: Some("kiosk".into()), ..Employee::default() };
    for device in (0..40_000).chain(0..100) {
        outreach.add(on(device, kiosk()));
    }
    let plan = whole(&mut outreach, Case::of(vec![]).settings());
    assert_eq!((plan.send[0].matches.len(), plan.send[0].devices.len()), (40_100, 40_000));
}

#[test]
fn accounts_of_one_name_on_many_machines_are_told_apart() {
    let mut outreach = Outreach::default();
    let sid = |machine: u32| Some(format!("S-1-5-21-{machine}-500"));
    let account = |machine: u32| Employee { username: Some("Admin".into()), sid: sid(machine), ..Employee::default() };
    for machine in 0..20_000 {
        outreach.add(on(machine, account(machine)));
        if machine % 2 == 0 {
            let record = OutreachRecord { employee: account(machine), key: machine.to_string(), ..told("", "x", NOON) };
            outreach.add_sent(record).unwrap();
        }
    }
    let plan = whole(&mut outreach, Case::of(vec![]).settings());
    assert_eq!((plan.held.len() + plan.send.len(), plan.forget.len()), (20_000, 0));
    let told = plan.held.iter().filter(|held| held.reason == HeldReason::ToldRecently).count();
    assert_eq!(told, 10_000);
}
