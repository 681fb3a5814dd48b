//! What every table owes a query: the range, the order, and that its parts make the whole.

use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, Tables};

use super::*;
use crate::campaigns::CampaignRequests;
use crate::fleet::Fleet;
use crate::remote_actions::{Catalogue, Executions};
use crate::workflows::WorkflowExecutions;

const NOW: Timestamp = Timestamp(20_775 * DAY + 9 * HOUR);

const EVENTS: [Table; 8] = [
    Table::Sessions,
    Table::Logins,
    Table::Performance,
    Table::Boots,
    Table::SystemCrashes,
    Table::HardResets,
    Table::Crashes,
    Table::Usage,
];

fn with_view(check: impl Fn(&View<'_>)) {
    with_view_of(&Fleet::new(120, 3, NOW), check);
}

fn with_view_of(fleet: &Fleet, check: impl Fn(&View<'_>)) {
    let (executions, workflows, campaigns) =
        (Executions::default(), WorkflowExecutions::default(), CampaignRequests::default());
    let (actions, executions) = (&Catalogue::default(), &executions);
    check(&View { fleet, actions, executions, workflows: &workflows, campaigns: &campaigns, now: NOW });
}

fn range(from: i64, to: i64) -> Option<TimeRange> {
    Some(TimeRange { from: NOW.plus(from), to: NOW.plus(to) })
}

#[test]
fn every_event_is_within_the_range_and_those_of_a_device_are_in_order() {
    with_view(|view| {
        for table in EVENTS.into_iter().chain([Table::Executions]) {
            for (from, to) in [(-9 * DAY, -5 * DAY), (-30 * HOUR, 1), (-HOUR, 1), (-15 * MINUTE, -5 * MINUTE)] {
                let wanted = range(from, to);
                let rows = view.rows(table, wanted);
                let keys: Vec<_> =
                    rows.iter().map(|row| (view.device_of(*row).unwrap(), view.time_of(*row).unwrap())).collect();
                assert!(keys.iter().all(|(_, at)| wanted.unwrap().contains(*at)), "{table:?} {from}");
                // Of one hour many a binary is told, and of each action a few runs.
                assert!(table == Table::Usage || table == Table::Executions || keys.is_sorted(), "{table:?} {from}");
            }
            assert_eq!(view.rows(table, range(DAY, 2 * DAY)), [], "{table:?} has not happened");
        }
    });
}

#[test]
fn two_ranges_side_by_side_give_what_one_gives_that_spans_them() {
    with_view(|view| {
        let (from, middle, to) = (-6 * DAY, -3 * DAY - 7 * HOUR - 11, -5 * HOUR);
        for table in EVENTS {
            let whole = view.rows(table, range(from, to));
            let mut parts = view.rows(table, range(from, middle));
            parts.extend(view.rows(table, range(middle, to)));
            if matches!(table, Table::Sessions | Table::Usage) {
                // What lasts is cut in two; its length is not changed by that.
                let length = |rows: &[Row]| -> i64 { rows.iter().map(|row| lasted(*row)).sum() };
                assert_eq!(length(&whole), length(&parts), "{table:?}");
                assert!(parts.len() > whole.len());
            } else {
                assert_eq!(whole.len(), parts.len(), "{table:?}");
                assert!(whole.iter().all(|row| parts.contains(row)), "{table:?}");
            }
        }
    });
}

#[test]
fn nothing_happens_on_a_device_that_is_offline_or_not_there_yet() {
    with_view(|view| {
        let away = view.fleet.devices.iter().filter(|device| !device.presence.online_at(NOW)).count();
        assert!(away > 30, "{away}");
        for table in EVENTS.into_iter().chain([Table::Executions]) {
            for row in view.rows(table, None) {
                let (device, at) = (view.device(row).unwrap(), view.time_of(row).unwrap());
                let end = at.plus((lasted(row) - 1).max(0));
                let there = |time| device.presence.online_at(time) && time >= device.first_seen;
                assert!(there(at) && there(end), "{} {row:?}", device.name);
            }
        }
    });
}

#[test]
fn what_follows_or_precedes_a_boot_needs_a_device_that_is_there() {
    let mut fleet = Fleet::new(400, 3, NOW);
    for device in fleet.devices.iter_mut().filter(|device| device.presence.online_at(NOW)) {
        let Some(booted) = device.facts().and_then(|facts| facts.last_full_boot) else { continue };
        device.first_seen = booted;
        device.presence.change(booted.plus(5_000), false);
    }
    with_view_of(&fleet, |view| {
        let is_of_such = |row: &Row| {
            let device = view.device(*row).unwrap();
            device.facts().unwrap().last_full_boot == Some(device.first_seen)
        };
        let count = |table: Table| view.rows(table, None).iter().filter(|row| is_of_such(row)).count();
        assert!(count(Table::Boots) > 200);
        for table in [Table::Logins, Table::SystemCrashes, Table::HardResets] {
            assert_eq!(count(table), 0, "{table:?}");
        }
    });
}

fn lasted(row: Row) -> i64 {
    match row {
        Row::Session { part, .. } => part.to.since(part.from),
        Row::Usage { usage, .. } => usage.part.to.since(usage.part.from),
        _ => 0,
    }
}

#[test]
fn the_events_of_all_objects_are_the_events_of_the_table() {
    with_view(|view| {
        for table in EVENTS {
            let all = view.rows(table, range(-7 * DAY, 1)).len();
            let of = |objects: Table| {
                let mut events = Vec::new();
                for object in view.rows(objects, None) {
                    view.events(table, object, range(-7 * DAY, 1), &mut events);
                }
                events.len()
            };
            assert_eq!((of(Table::Devices), of(Table::Users)), (all, all), "{table:?}");
            if matches!(table, Table::Crashes | Table::Usage) {
                assert_eq!((of(Table::Binaries), of(Table::Applications)), (all, all), "{table:?}");
            }
        }
    });
}

#[test]
fn objects_are_those_that_were_seen_in_the_range() {
    with_view(|view| {
        let names = |table: Table, from: i64, to: i64| -> Vec<&str> {
            let rows = view.rows(table, range(from, to)).into_iter();
            rows.filter_map(|row| view.device(row)).map(|device| device.name.as_str()).collect()
        };
        let now = names(Table::Devices, -HOUR, 1);
        let week = names(Table::Devices, -7 * DAY, 1);
        assert!(now.len() < week.len() && week.len() < view.rows(Table::Devices, None).len());
        assert!(now.contains(&"QROUX-LT") && !now.contains(&"QROUX-DT") && week.contains(&"QROUX-DT"));
        // The Mac was there before it went away, and the new device was not.
        let before = names(Table::Devices, -6 * DAY, -5 * DAY);
        assert!(before.contains(&"QROUX-MAC") && !before.contains(&"OHADDAD-LT"));
        assert!(!names(Table::Devices, -2 * DAY, -DAY).contains(&"QROUX-MAC"));
        assert!(!names(Table::InstalledPackages, -2 * DAY, -DAY).contains(&"QROUX-MAC"));
        let users = |from, to| view.rows(Table::Users, range(from, to)).len();
        assert!(users(-HOUR, 1) < users(-7 * DAY, 1) && users(-7 * DAY, 1) <= users(-40 * DAY, 1));
        for table in [Table::Packages, Table::Binaries, Table::Applications] {
            assert!(!view.rows(table, range(-DAY, 1)).is_empty());
            assert_eq!(view.rows(table, range(DAY, 2 * DAY)), []);
        }
    });
}
