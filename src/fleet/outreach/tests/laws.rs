//! What holds for every plan, and for every row of plans.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::nql::{DAY, HOUR};

const LIMITS: &str = r#"{"perHour":3,"perEmployee":{"count":2,"days":3},"repeatAfterDays":5,"timeZone":"+02:00"}"#;
const ZONES: &str = r#"[{"name":"+02:00"}]"#;

/// An employee (or nobody), a device, rules.
type Given = (u8, u8, u8, u8);

fn given() -> impl Strategy<Value = Given> {
    (0..8_u8, 0..3_u8, 0..8_u8, 0..4_u8)
}

fn made((employee, device, rules, severity): Given) -> GivenMatch {
    let names: Vec<&str> =
        ["x", "y", "z"].into_iter().enumerate().filter(|(at, _)| rules >> at & 1 == 1).map(|(_, name)| name).collect();
    let upn = if employee == 0 { "-".to_owned() } else { format!("Ë{employee}@łódź.com") };
    let mut one = found(&upn, &format!("pc{device}"), &names.join(" "));
    one.severity = Some(f64::from(severity)).filter(|severity| *severity > 0.0);
    if employee == 7 {
        one.employees.push(Employee { upn: Some("ë6@łódź.com".into()), ..Employee::default() });
    }
    if employee == 5 && device == 0 {
        one.employees = vec![Employee { upn: Some("ë5@ŁÓDŹ.com".into()), ..Employee::default() }];
    }
    one
}

fn case(given: &[Given], now: Timestamp) -> Case {
    let matches = given.iter().copied().map(made).collect();
    Case { matches, sent: vec![], limits: LIMITS, zones: ZONES, now }
}

/// A plan without positions, in words.
fn told_apart(plan: &Whole, given: &[Given]) -> (Vec<String>, Vec<String>) {
    // As many rules as match is what the severity is without one.
    let said = |(employee, device, rules, severity): Given| {
        (employee, device, rules, if severity == 0 { rules.count_ones() as u8 } else { severity })
    };
    let of = |matches: &[u32]| matches.iter().map(|one| said(given[*one as usize])).collect::<Vec<_>>();
    let send = plan
        .send
        .iter()
        .map(|one| format!("{} {:?} {:?} {:?} {:?}", one.key, one.employee, one.about, one.devices, of(&one.matches)));
    let held = plan.held.iter().map(|held| {
        let mut matches = of(&held.matches);
        if held.employee.is_none() {
            // Of what concerns nobody the order is theirs.
            matches.sort_unstable();
        }
        format!("{} {:?} {:?} {matches:?}", held.reason.word(), held.until, held.employee)
    });
    (send.collect(), held.collect())
}

fn shuffled(given: &[Given], seed: u64) -> Vec<Given> {
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1) >> 7);
    order.into_iter().map(|at| given[at]).collect()
}

fn start() -> Timestamp {
    at("2026-11-16T00:00:00Z")
}

proptest! {
    #[test]
    fn every_match_is_sent_or_held_exactly_once(given in prop::collection::vec(given(), 0..40), hours in 0..200_i64) {
        let plan = case(&given, start().plus(hours * HOUR)).plan();
        let sent = plan.send.iter().flat_map(|one| &one.matches);
        let mut all: Vec<u32> = sent.chain(plan.held.iter().flat_map(|held| &held.matches)).copied().collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..given.len() as u32).collect::<Vec<_>>());
        let mut keys: Vec<&str> = plan.send.iter().map(|one| one.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), plan.send.len());
        prop_assert_eq!(plan.next_at, plan.held.iter().filter_map(|held| held.until).min());
    }

    #[test]
    fn the_order_of_matches_changes_nothing(
        given in prop::collection::vec(given(), 0..30),
        seed in any::<u64>(),
        hours in 0..200_i64,
    ) {
        let now = start().plus(hours * HOUR);
        let other = shuffled(&given, seed);
        let (one, two) = (case(&given, now).plan(), case(&other, now).plan());
        prop_assert_eq!(told_apart(&one, &given), told_apart(&two, &other));
    }

    /// Plans at any times, each with other matches; all records are kept, and old ones forgotten.
    #[test]
    fn no_limit_is_ever_exceeded_by_plans_that_follow_each_other(
        runs in prop::collection::vec((prop::collection::vec(given(), 0..12), 0..30_i64, 0..60_i64), 1..25),
    ) {
        let mut now = start();
        let mut table: Vec<OutreachRecord> = vec![];
        let mut sent: Vec<OutreachRecord> = vec![];
        for (given, hours, minutes) in runs {
            now = now.plus(hours * HOUR + minutes * 60_000);
            let plan = case(&given, now).sent(table.clone()).plan();
            for message in &plan.send {
                prop_assert!(table.iter().all(|record| record.key != message.key));
                table.push(message.record.clone());
                sent.push(message.record.clone());
            }
            table.retain(|record| !plan.forget.contains(&record.key));
        }
        for (place, record) in sent.iter().enumerate() {
            let within = |span: i64| sent[..=place].iter().filter(move |other| record.at.since(other.at) < span);
            prop_assert!(within(HOUR).count() <= 3);
            let whose = |record: &OutreachRecord| record.employee.upn.as_ref().unwrap().to_lowercase();
            let same = |other: &&OutreachRecord| whose(other) == whose(record);
            prop_assert!(within(3 * DAY).filter(same).count() <= 2);
            let about = |record: &OutreachRecord| record.about[0].rules.clone();
            let before: Vec<String> = within(5 * DAY).filter(same).flat_map(about).collect();
            let mut distinct = before.clone();
            distinct.sort();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), before.len(), "nobody is told the same twice within 5 days");
            let wall = record.at.plus(2 * HOUR).0;
            prop_assert!((8 * HOUR..18 * HOUR).contains(&wall.rem_euclid(DAY)), "at night");
            prop_assert!((wall.div_euclid(DAY) + 3).rem_euclid(7) < 5, "on a weekend");
        }
    }

    /// A scheduler that runs when it is told to gets everything out that can go out.
    #[test]
    fn running_again_at_the_time_told_sends_the_rest(given in prop::collection::vec(given(), 0..30), hours in 0..200_i64) {
        let mut now = start().plus(hours * HOUR);
        let mut sent: Vec<OutreachRecord> = vec![];
        for run in 0..200 {
            let plan = case(&given, now).sent(sent.clone()).plan();
            prop_assert!(run == 0 || !plan.send.is_empty(), "nothing went out at {now}");
            sent.extend(plan.send.iter().map(|one| one.record.clone()));
            // What was told once waits to be told again, for ever: each subject has had its turn by then.
            let waiting = plan.held.iter().filter(|held| !matches!(
                held.reason,
                HeldReason::ToldRecently | HeldReason::NoMatch | HeldReason::NoEmployee | HeldReason::SeveralEmployees
            ));
            if waiting.count() == 0 {
                return Ok(());
            }
            prop_assert!(plan.next_at.is_some_and(|next| next > now));
            now = plan.next_at.unwrap();
        }
        prop_assert!(false, "it never comes to an end");
    }

    /// A host crashes now and then after it has sent something and before it keeps the record. It plans again, with other
    /// matches, and its queue knows the message by its name, as long as each plan names the employee.
    #[test]
    fn a_message_has_one_name_until_its_record_is_kept(
        runs in prop::collection::vec((prop::collection::vec(given(), 0..12), 0..30_i64, 0..60_i64, 0..8_u8), 1..25),
    ) {
        let mut now = start();
        let mut table: Vec<OutreachRecord> = vec![];
        let mut not_kept: BTreeMap<String, String> = BTreeMap::new();
        let name = |employee: &Employee| employee.upn.as_ref().unwrap().to_lowercase();
        for (given, hours, minutes, lost) in runs {
            now = now.plus(hours * HOUR + minutes * 60_000);
            let plan = case(&given, now).sent(table.clone()).plan();
            let held = plan.held.iter().filter_map(|held| held.employee.as_ref());
            let named: Vec<String> = plan.send.iter().map(|one| &one.employee).chain(held).map(name).collect();
            not_kept.retain(|name, _| named.contains(name));
            for (place, message) in plan.send.iter().enumerate() {
                let name = name(&message.employee);
                let key = not_kept.remove(&name).unwrap_or_else(|| message.key.clone());
                prop_assert_eq!(&message.key, &key, "{} at {}", name, now);
                if lost >> place & 1 == 1 {
                    not_kept.insert(name, key);
                } else {
                    table.push(message.record.clone());
                }
            }
            table.retain(|record| !plan.forget.contains(&record.key));
        }
    }
}
