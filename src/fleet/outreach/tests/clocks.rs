//! Quiet hours by clocks that stand elsewhere, and by those that change in the night.

use proptest::prelude::*;

use super::super::quiet::DaysAndHours;
use super::super::zone::{Zone, hours_and_minutes};
use super::*;
use crate::nql::{DAY, HOUR, MINUTE};

/// Europe/Zurich in 2026, and a zone that falls back at 03:00 (as Zurich does) by half an hour only, as Lord Howe does.
const ZURICH: &str = r#"{"name":"Europe/Zurich","offsets":[0,3600000,1774746000000,7200000,1792890000000,3600000]}"#;
const LORD_HOWE: &str =
    r#"{"name":"Australia/Lord_Howe","offsets":[0,39600000,1775314800000,37800000,1791039600000,39600000]}"#;

fn zone(given: &str) -> Zone {
    Zone::of(&read(given)).unwrap()
}

fn fixed(name: &str) -> Zone {
    Zone::of(&GivenZone { name: name.into(), offsets: None }).unwrap()
}

fn hours(from: &str, to: &str) -> DaysAndHours {
    let time = |text| read::<TimeOfDay>(&format!("\"{text}\""));
    DaysAndHours::new(&[], Some((time(from), time(to))))
}

fn free(quiet: &DaysAndHours, zone: &Zone, time: &str) -> String {
    quiet.free_from(zone, at(time)).to_string()
}

#[test]
fn quiet_hours_go_by_the_employees_clock() {
    let night = hours("18:00", "08:00");
    for (zone, now, until) in [
        ("UTC", "2026-11-18T17:59:59Z", "2026-11-18T17:59:59Z"),
        ("UTC", "2026-11-18T18:00:00Z", "2026-11-19T08:00:00Z"),
        ("UTC", "2026-11-18T07:59:00Z", "2026-11-18T08:00:00Z"),
        ("+05:30", "2026-11-18T12:29:00Z", "2026-11-18T12:29:00Z"),
        ("+05:30", "2026-11-18T12:30:00Z", "2026-11-19T02:30:00Z"),
        ("-03:30", "2026-11-18T11:00:00Z", "2026-11-18T11:30:00Z"),
        // Two neighbours at the date line, a day apart.
        ("+14:00", "2026-11-18T17:00:00Z", "2026-11-18T18:00:00Z"),
        ("-11:00", "2026-11-18T18:00:00Z", "2026-11-18T19:00:00Z"),
    ] {
        assert_eq!(free(&night, &fixed(zone), now), until, "{zone} {now}");
    }
    let lunch = hours("12:00", "13:30");
    assert_eq!(free(&lunch, &fixed("UTC"), "2026-11-18T12:00:00Z"), "2026-11-18T13:30:00Z");
    assert_eq!(free(&lunch, &fixed("UTC"), "2026-11-18T13:30:00Z"), "2026-11-18T13:30:00Z");
}

#[test]
fn quiet_days_begin_and_end_at_midnight_where_the_employee_is() {
    let night = |days: &[Weekday]| {
        let time = |text| read::<TimeOfDay>(&format!("\"{text}\""));
        DaysAndHours::new(days, Some((time("18:00"), time("08:00"))))
    };
    let weekend = night(&[Weekday::Saturday, Weekday::Sunday]);
    // From Friday evening to Monday morning.
    assert_eq!(free(&weekend, &fixed("UTC"), "2026-11-20T18:00:00Z"), "2026-11-23T08:00:00Z");
    assert_eq!(free(&weekend, &fixed("UTC"), "2026-11-21T12:00:00Z"), "2026-11-23T08:00:00Z");
    // It is Saturday already on one side of the date line, and still Friday on the other.
    assert_eq!(free(&weekend, &fixed("+13:00"), "2026-11-20T20:00:00Z"), "2026-11-22T19:00:00Z");
    assert_eq!(free(&weekend, &fixed("-10:00"), "2026-11-20T20:00:00Z"), "2026-11-20T20:00:00Z");
    let gulf = night(&[Weekday::Friday, Weekday::Saturday]);
    assert_eq!(free(&gulf, &fixed("+03:00"), "2026-11-19T15:00:00Z"), "2026-11-22T05:00:00Z");
    let only_days = DaysAndHours::new(&[Weekday::Wednesday], None);
    assert_eq!(free(&only_days, &fixed("UTC"), "2026-11-18T12:00:00Z"), "2026-11-19T00:00:00Z");
}

#[test]
fn an_end_that_the_clock_jumps_over_is_where_it_lands() {
    // In Zurich there is no 02:30 on the 29th of March: 02:00 is 03:00, at 01:00 in UTC.
    let quiet = hours("22:00", "02:30");
    assert_eq!(free(&quiet, &zone(ZURICH), "2026-03-28T23:00:00Z"), "2026-03-29T01:00:00Z");
    // The night is an hour shorter, and the end is that of the new time.
    assert_eq!(free(&hours("18:00", "08:00"), &zone(ZURICH), "2026-03-28T23:00:00Z"), "2026-03-29T06:00:00Z");
    // A beginning that there is not: it is quiet where the clock lands.
    assert_eq!(free(&hours("02:15", "03:30"), &zone(ZURICH), "2026-03-29T01:00:00Z"), "2026-03-29T01:30:00Z");
}

#[test]
fn an_end_that_comes_twice_is_kept_both_times() {
    // In Zurich 02:30 comes twice on the 25th of October: at 00:30 and at 01:30 in UTC.
    let quiet = hours("22:00", "02:30");
    assert_eq!(free(&quiet, &zone(ZURICH), "2026-10-24T22:00:00Z"), "2026-10-25T00:30:00Z");
    assert_eq!(free(&quiet, &zone(ZURICH), "2026-10-25T00:59:00Z"), "2026-10-25T00:59:00Z");
    assert_eq!(free(&quiet, &zone(ZURICH), "2026-10-25T01:00:00Z"), "2026-10-25T01:30:00Z");
    assert_eq!(free(&hours("18:00", "08:00"), &zone(ZURICH), "2026-10-24T22:00:00Z"), "2026-10-25T07:00:00Z");
    assert_eq!(free(&hours("18:00", "08:00"), &zone(LORD_HOWE), "2026-04-04T12:00:00Z"), "2026-04-04T21:30:00Z");
}

#[test]
fn offsets_and_names_are_told_from_what_is_no_zone() {
    for name in ["", "+9", "+09", "+09:60", "+15:00", "09:00", "utc", "Europe/Zurich", "+０9:00"] {
        assert_eq!(Zone::of(&GivenZone { name: name.into(), offsets: None }), None, "{name}");
    }
    assert_eq!(hours_and_minutes("14:59", 14), Some(14 * HOUR + 59 * MINUTE));
    assert_eq!(Zone::of(&GivenZone { name: "A/B".into(), offsets: Some(vec![]) }), None);
}

#[test]
fn what_waits_for_a_day_waits_for_its_morning_too() {
    let case = Case {
        zones: r#"[{"name":"Europe/Zurich","offsets":[0,3600000,1774746000000,7200000,1792890000000,3600000]}]"#,
        ..Case::of(vec![found("a", "d", "new")])
            .limits(r#"{"timeZone":"Europe/Zurich","perHour":1}"#)
            .sent(vec![told("a", "x", "2026-03-22T20:00:00Z")])
            .now("2026-03-25T12:00:00Z")
    };
    // A week later is the Sunday on which the clock changes; on Monday at 08:00 it is 06:00 in UTC.
    assert_eq!(case.plan().reasons(), ["employee-limit 2026-03-30T06:00:00Z"]);
}

#[test]
fn an_employee_whose_zone_nobody_knows_is_held() {
    let case = Case::of(vec![found("a", "d", "x"), found("b", "d", "x"), found("c", "d", "x")]).limits("{}");
    let mut settings = case.settings();
    settings.zones = read(r#"[{"name":"Mars/Base"},{"name":"+09:00"}]"#);
    settings.zone_of = vec![Some(0), Some(1), None];
    settings.has_zones_of = true;
    let plan = whole(&mut case.outreach(), settings);
    assert_eq!(plan.reasons(), ["quiet-hours 2026-11-18T23:00:00Z", "unknown-time-zone", "unknown-time-zone"]);
}

proptest! {
    #[test]
    fn it_is_quiet_until_it_is_free_and_not_a_moment_longer(
        from in 0..48_i64,
        length in 1..48_i64,
        days in prop::collection::vec(any::<bool>(), 6),
        hours_on in 0..17_000_i64,
        minutes in 0..60_i64,
        which in 0..3_usize,
    ) {
        let text = |half: i64| format!("\"{:02}:{:02}\"", half % 48 / 2, half % 2 * 30);
        let (from, to) = (from, from + length);
        let range = (read(&text(from)), read(&text(to)));
        const DAYS: [Weekday; 6] = [
            Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday,
        ];
        let quiet_days: Vec<Weekday> =
            DAYS.into_iter().zip(&days).filter(|(_, quiet)| **quiet).map(|(day, _)| day).collect();
        let quiet = DaysAndHours::new(&quiet_days, Some(range));
        let zone = vec![zone(ZURICH), zone(LORD_HOWE), fixed("+05:30")].swap_remove(which);
        let now = Timestamp(at("2026-01-01T00:00:00Z").0 + hours_on * HOUR + minutes * MINUTE);
        // Said anew, by looking at the wall.
        let is_quiet = |time: Timestamp| {
            let (offset, _) = zone.stretches(time).next().unwrap();
            let wall = time.0 + offset;
            let weekday = (wall.div_euclid(DAY) + 3).rem_euclid(7);
            let half = wall.rem_euclid(DAY) / (HOUR / 2);
            let (begin, end) = (from % 48, to % 48);
            let by_hour = if begin < end { begin <= half && half < end } else { half >= begin || half < end };
            by_hour || days.get(weekday as usize) == Some(&true)
        };
        let free = quiet.free_from(&zone, now);
        prop_assert!(!is_quiet(free), "{free}");
        let mut time = now;
        while time < free {
            prop_assert!(is_quiet(time), "{time} before {free}");
            time = time.plus(MINUTE * 15);
        }
        prop_assert!(free == now || is_quiet(free.plus(-1)));
    }
}
