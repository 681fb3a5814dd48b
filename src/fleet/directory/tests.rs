//! What is found, by what, and what is said of files that are none.

use super::*;
use crate::flow::{Device, IdentifiedBy};
use crate::json::{Json, Read};

pub(super) const AS_OF: Timestamp = Timestamp(1_800_000_000_000);

/// What was read, and the error that ended it.
pub(super) fn read(chunks: &[&[u8]], settings: ReadingSettings) -> (DirectoryReading, Result<(), NexthinkError>) {
    let mut reading = DirectoryReading::new(settings);
    let mut result = Ok(());
    for chunk in chunks {
        result = result.and_then(|()| reading.feed(chunk));
    }
    let result = result.and_then(|()| reading.finish());
    (reading, result)
}

pub(super) fn directory(file: &str) -> Directory {
    let (reading, result) = read(&[file.as_bytes()], ReadingSettings::default());
    assert_eq!(result, Ok(()), "{file}");
    reading.directory()
}

pub(super) fn lookup(directory: &Directory, input: &str) -> Result<Vec<Device>, NexthinkError> {
    directory.lookup(&DeviceLookup::read(Json::parse(input.as_bytes()).unwrap()).unwrap())
}

pub(super) fn bytes_of(directory: &Directory) -> Vec<u8> {
    let pieces: Vec<u8> = (0..).map_while(|number| directory.piece(number)).flatten().collect();
    assert_eq!(pieces.len(), directory.bytes());
    pieces
}

pub(super) fn from_bytes(bytes: &[u8], cut: usize) -> Result<Directory, NexthinkError> {
    let mut image = Image::new(bytes.len());
    for chunk in bytes.chunks(cut) {
        image.feed(chunk)?;
    }
    image.finish()
}

/// The names of the devices that are found.
fn names(directory: &Directory, input: &str) -> Vec<String> {
    lookup(directory, input).unwrap().into_iter().map(|device| device.name).collect()
}

const KEPT: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/src/fleet/directory/kept-1.bin"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/src/fleet/directory/kept-2.bin"),
];

pub(super) const EXPORT: &str = "user.name,user.upn,user.ad.email_address,user.sid,device.collector.uid,device.name,device.operating_system.platform,device.operating_system.name,device.hardware.type,device.hardware.manufacturer,last_seen\r\n\
    ACME\\amartin,amartin@acme.com,Anna.Martin@acme.com,S-1-5-21-1-2-3-1104,e0aa796d-e3af-47b5-88d8-000000000001,LAP-1,Windows,Windows 11,laptop,Dell,2026-11-20T08:00:00Z\r\n\
    ACME\\amartin,amartin@acme.com,Anna.Martin@acme.com,S-1-5-21-1-2-3-1104,e0aa796d-e3af-47b5-88d8-000000000002,LAP-2,Windows,Windows 11,laptop,Dell,2026-11-21T08:00:00Z\r\n\
    ACME\\müller,-,,S-1-5-21-1-2-3-1105,e0aa796d-e3af-47b5-88d8-000000000002,LAP-2,Windows,Windows 11,laptop,Dell,2026-11-19T08:00:00Z\r\n\
    ,,,,E0AA796D-E3AF-47B5-88D8-000000000003,Kiosk,macOS,-,,Apple,2026-11-18 08:00:00\r\n";

#[test]
fn an_employees_devices_are_found_by_each_identifier_the_latest_first_and_in_any_case() {
    let directory = directory(EXPORT);
    assert_eq!((directory.devices(), directory.employees()), (3, 2));
    for input in [
        r#"{"username":"acme\\AMartin"}"#,
        r#"{"upn":"AMARTIN@acme.com"}"#,
        r#"{"email":"anna.martin@ACME.com"}"#,
        r#"{"sid":"s-1-5-21-1-2-3-1104"}"#,
    ] {
        assert_eq!(names(&directory, input), ["LAP-2", "LAP-1"], "{input}");
    }
    assert_eq!(names(&directory, r#"{"username":"ACME\\MÜLLER"}"#), ["LAP-2"]);
    assert_eq!(names(&directory, r#"{"deviceName":"kiosk"}"#), ["Kiosk"]);
    assert_eq!(names(&directory, r#"{"collectorUid":"e0aa796d-e3af-47b5-88d8-000000000003"}"#), ["Kiosk"]);
    for input in [
        r#"{"username":"amartin"}"#,
        r#"{"username":"ACME\\muller"}"#,
        r#"{"username":"ACME\\*"}"#,
        r#"{"upn":"-"}"#,
        r#"{"email":"@acme.com"}"#,
        r#"{"sid":"S-1-5-21-1-2-3-110"}"#,
        r#"{"deviceName":"LAP"}"#,
        r#"{"collectorUid":"-"}"#,
    ] {
        assert_eq!(names(&directory, input), [""; 0], "{input}");
    }
}

#[test]
fn a_device_says_all_that_the_export_told_and_by_what_it_was_found() {
    let directory = directory(EXPORT);
    let found = lookup(&directory, r#"{"username":"ACME\\müller"}"#).unwrap();
    let text = crate::json::Write::write(&found).to_text();
    assert_eq!(
        text,
        r#"[{"collectorUid":"e0aa796d-e3af-47b5-88d8-000000000002","name":"LAP-2","platform":"Windows","operatingSystem":"Windows 11","type":"laptop","manufacturer":"Dell","lastSeen":"2026-11-21T08:00:00Z","identifiedBy":"username","identifiedAt":"2026-11-21T08:00:00Z"}]"#
    );
    let [kiosk] =
        lookup(&directory, r#"{"collectorUid":"E0aa796d-e3af-47b5-88d8-000000000003"}"#).unwrap().try_into().unwrap();
    assert_eq!((kiosk.collector_uid.as_str(), kiosk.operating_system), ("E0AA796D-E3AF-47B5-88D8-000000000003", None));
    assert_eq!((kiosk.last_seen.as_deref(), kiosk.identified_by), (Some("2026-11-18 08:00:00"), None));
    let [kiosk] = lookup(&directory, r#"{"deviceName":"KIOSK"}"#).unwrap().try_into().unwrap();
    assert_eq!(kiosk.identified_by, Some(IdentifiedBy::DeviceName));
}

#[test]
fn it_is_as_old_as_the_caller_says_or_at_most_as_its_last_device_was_seen() {
    assert_eq!(directory(EXPORT).as_of().unwrap().to_string(), "2026-11-21T08:00:00Z");
    let settings = ReadingSettings { as_of: Some(AS_OF), ..ReadingSettings::default() };
    assert_eq!(read(&[EXPORT.as_bytes()], settings).0.directory().as_of(), Some(AS_OF));
    // A device whose clock is ahead tells nothing.
    let settings = ReadingSettings { now: Timestamp::parse("2026-11-21T07:00:00Z"), ..ReadingSettings::default() };
    assert_eq!(read(&[EXPORT.as_bytes()], settings).0.directory().as_of().unwrap().to_string(), "2026-11-20T08:00:00Z");
    assert_eq!(directory("collector.uid,last_seen\na,2026-11-21 08:00:00\n").as_of(), None);
    assert_eq!(directory("collector.uid\na\n").as_of(), None);
}

#[test]
fn of_two_rows_of_a_device_the_later_one_knows_better_and_the_other_fills_gaps() {
    let directory = directory(
        "collector.uid,name,type,manufacturer,last_seen\n\
         a,OLD,laptop,,2026-11-20T08:00:00Z\n\
         A,NEW,desktop,,2026-11-21T08:00:00Z\n\
         a,OLDER,tablet,Dell,2026-11-19T08:00:00Z\n",
    );
    let [device] = lookup(&directory, r#"{"collectorUid":"a"}"#).unwrap().try_into().unwrap();
    assert_eq!(
        (device.name.as_str(), device.r#type.as_deref(), device.manufacturer.as_deref()),
        ("NEW", Some("desktop"), Some("Dell"))
    );
    assert_eq!(device.last_seen.as_deref(), Some("2026-11-21T08:00:00Z"));
    assert_eq!(
        (names(&directory, r#"{"deviceName":"old"}"#).len(), names(&directory, r#"{"deviceName":"new"}"#).len()),
        (0, 1)
    );
}

#[test]
fn a_lookup_wants_one_identifier() {
    let directory = directory(EXPORT);
    for input in ["{}", r#"{"username":""}"#, r#"{"username":"a","upn":"b"}"#] {
        let error = lookup(&directory, input).unwrap_err();
        assert_eq!(
            (error.kind, error.message.starts_with("`lookup` takes exactly one of")),
            (ErrorKind::Invalid, true)
        );
    }
}

#[test]
fn rows_without_a_device_are_told_with_their_lines_and_spoil_no_other() {
    let (reading, result) =
        read(&[b"name,collector.uid,user.name\nA,1,a\nB,,b\nC,-,c\nD\n\xff,2,d\nE,3,e\n"], ReadingSettings::default());
    assert_eq!(result, Ok(()));
    let summary = reading.summary();
    let told: Vec<String> = summary.malformed_rows.iter().map(|row| format!("{} {}", row.line, row.problem)).collect();
    assert_eq!(
        told,
        [
            "3 has no Collector UID",
            "4 has no Collector UID",
            "5 has 1 cell, the header has 3 columns",
            "6 begins a record that is not UTF-8",
        ]
    );
    assert_eq!((summary.rows, summary.malformed, reading.directory().devices()), (2, 4, 2));
    assert_eq!(summary.not_returned.len(), 8);
    assert!(
        summary.not_returned.contains(&"user.upn".to_owned())
            && !summary.not_returned.contains(&"device.name".to_owned())
    );
    let long = format!(
        "{{\"collector.uid\":\"1\",\"name\":\"{}\"}}\n{{\"name\":\"x\"}}\n{{\"collector.uid\":\"2\"}}",
        "x".repeat(1_025)
    );
    let (reading, _) = read(&[long.as_bytes()], ReadingSettings::default());
    let told: Vec<String> =
        reading.summary().malformed_rows.iter().map(|row| format!("{} {}", row.line, row.problem)).collect();
    assert_eq!(told, ["1 has a text of more than 1,024 bytes", "2 has no Collector UID"]);
    let strict = ReadingSettings { strict: true, ..ReadingSettings::default() };
    let error = read(&[long.as_bytes()], strict).1.unwrap_err();
    assert_eq!((error.kind, &*error.message), (ErrorKind::Malformed, "line 1 has a text of more than 1,024 bytes"));
}

#[test]
fn the_wrong_file_is_refused_in_words_and_one_without_rows_is_none() {
    for (file, message) in [
        ("name,uid\nA,1\n", "the file has no column `device.collector.uid`"),
        ("<html>\n", "the file is a page of HTML, or XML"),
        ("{\"name\":\"a\"}", "the file has no column `device.collector.uid`; line 1 has no Collector UID"),
        ("[1]", "the file has no column `device.collector.uid`; line 1 begins no JSON object that is a row"),
        ("collector.uid,device.collector.uid\n", "`collector.uid` and `device.collector.uid` are the same column"),
        ("\u{1f}\u{8b}", "the file has no column `device.collector.uid`"),
    ] {
        let error = read(&[file.as_bytes()], ReadingSettings::default()).1.unwrap_err();
        assert_eq!((error.kind, &*error.message), (ErrorKind::Invalid, message), "{file}");
    }
    let rows = "{\"name\":\"a\"}\n".repeat(1_000);
    assert!(DirectoryReading::new(ReadingSettings::default()).feed(rows.as_bytes()).is_err());
    for file in ["", "[]", "{\"records\":[]}", "collector.uid\n"] {
        assert_eq!(directory(file).devices(), 0, "{file}");
    }
}

#[test]
fn newer_rows_say_all_of_their_devices_and_leave_the_others_as_they_were() {
    let old = directory(EXPORT);
    let rows = "{\"collector.uid\":\"e0aa796d-e3af-47b5-88d8-000000000002\",\"user.name\":\"ACME\\\\bnew\",\"last_seen\":\"2026-11-22T08:00:00Z\"}\n{\"collector.uid\":\"x\",\"name\":\"NEW\",\"user.name\":\"acme\\\\AMARTIN\"}";
    let (mut reading, _) = read(&[rows.as_bytes()], ReadingSettings::default());
    reading.absorb(&old).unwrap();
    let directory = reading.directory();
    assert_eq!(directory.devices(), 4);
    // By identifiers that the newer rows do not have, the old ones are known as before.
    assert_eq!(names(&directory, r#"{"upn":"amartin@acme.com"}"#), ["LAP-1"]);
    assert_eq!(names(&directory, r#"{"username":"acme\\amartin"}"#), ["LAP-1", "NEW"]);
    assert_eq!(names(&directory, r#"{"username":"acme\\müller"}"#), [""; 0]);
    assert_eq!(names(&directory, r#"{"username":"acme\\bnew"}"#), [""]);
    assert_eq!(names(&directory, r#"{"deviceName":"kiosk"}"#), ["Kiosk"]);
    // What the rows do not speak of is as old as it was.
    assert_eq!(times(&directory, "acme\\\\amartin"), ["LAP-1 2026-11-21T08:00:00Z", "NEW 2026-11-22T08:00:00Z"]);
    assert_eq!(directory.as_of(), Timestamp::parse("2026-11-22T08:00:00Z"));
    assert_eq!(directory.not_returned(), [""; 0]);
}

/// An account's devices, each with of when it is.
fn times(directory: &Directory, username: &str) -> Vec<String> {
    let found = lookup(directory, &format!("{{\"username\":\"{username}\"}}")).unwrap();
    let mut times: Vec<_> =
        found.iter().map(|device| format!("{} {}", device.name, device.identified_at.unwrap())).collect();
    times.sort();
    times
}

#[test]
fn a_device_that_no_update_speaks_of_grows_older_and_is_left_behind_at_last() {
    let day = |day: i64| Some(Timestamp(AS_OF.0 + day * crate::nql::DAY));
    let updated = |base: Option<&Directory>, uid: &str, as_of| {
        let rows = format!("collector.uid,name,user.name\n{uid},{uid},anna\n");
        let settings = ReadingSettings { as_of, ..ReadingSettings::default() };
        let (mut reading, _) = read(&[rows.as_bytes()], settings);
        if let Some(base) = base {
            reading.absorb(base).unwrap();
        }
        // Ages are kept with the rest.
        from_bytes(&bytes_of(&reading.directory()), 50).unwrap()
    };
    let first = updated(None, "a", day(0));
    let second = updated(Some(&first), "b", day(30));
    assert_eq!(times(&second, "anna"), ["a 2027-01-15T08:00:00Z", "b 2027-02-14T08:00:00Z"]);
    let third = updated(Some(&second), "c", day(84));
    assert_eq!(times(&third, "anna"), ["a 2027-01-15T08:00:00Z", "b 2027-02-14T08:00:00Z", "c 2027-04-09T08:00:00Z"]);
    let fourth = updated(Some(&third), "b", day(86));
    assert_eq!(times(&fourth, "anna"), ["b 2027-04-11T08:00:00Z", "c 2027-04-09T08:00:00Z"]);
    // An older export that comes late makes nothing younger, and a time that nobody knows none at all.
    let late = updated(Some(&fourth), "d", day(85));
    assert_eq!(times(&late, "anna"), ["b 2027-04-10T08:00:00Z", "c 2027-04-08T08:00:00Z", "d 2027-04-10T08:00:00Z"]);
    let untold = updated(Some(&late), "e", None);
    assert_eq!(untold.as_of(), None);
    assert!(lookup(&untold, r#"{"username":"anna"}"#).unwrap().iter().all(|device| device.identified_at.is_none()));
}

#[test]
fn rows_that_say_the_same_of_a_device_again_and_again_take_no_more_room() {
    let mut file = String::from("collector.uid,user.name\n");
    for number in 0..20_000 {
        file.push_str(&format!("a,anna\nb{},bruno\n", number % 3));
    }
    let (reading, _) = read(&[file.as_bytes()], ReadingSettings::default());
    assert!(reading.owners_held() < 100, "{}", reading.owners_held());
    assert_eq!(lookup(&reading.directory(), r#"{"username":"bruno"}"#).unwrap().len(), 3);
}

#[test]
fn names_of_digits_are_found_also_where_they_come_as_numbers() {
    let rows = directory(
        r#"[{"collector.uid":7,"name":4711,"user.name":104711},{"collector.uid":"b","user.name":1e300,"name":0.5}]"#,
    );
    assert_eq!(names(&rows, r#"{"username":"104711"}"#), ["4711"]);
    assert_eq!(names(&rows, r#"{"deviceName":"4711"}"#), ["4711"]);
    assert_eq!((rows.devices(), rows.employees()), (2, 1));
}

#[test]
fn an_account_that_many_share_finds_a_thousand_devices_the_latest_first() {
    let mut file = String::from("collector.uid,name,user.name,last_seen\n");
    for number in 0..1_500 {
        file.push_str(&format!("{number},D{number},kiosk,2026-11-{:02} 08:00:00\n", 1 + number % 20));
    }
    let found = lookup(&directory(&file), r#"{"username":"KIOSK"}"#).unwrap();
    assert_eq!(found.len(), 1_000);
    assert!(found.windows(2).all(|pair| pair[0].last_seen >= pair[1].last_seen));
}

#[test]
fn what_is_kept_is_read_back_by_any_later_version_of_this_package() {
    // Each written by its version of the form. Whoever changes what is written makes a new version and keeps reading these.
    let versions = KEPT.map(|name| std::fs::read(name).unwrap());
    for kept in &versions {
        let directory = from_bytes(kept, 10_000).unwrap();
        assert_eq!((directory.devices(), directory.employees()), (3, 2));
        assert_eq!(names(&directory, r#"{"sid":"s-1-5-21-1-2-3-1104"}"#), ["LAP-2", "LAP-1"]);
        assert_eq!(times(&directory, "acme\\\\müller"), ["LAP-2 2026-11-21T08:00:00Z"]);
    }
    assert_eq!(Some(&bytes_of(&directory(EXPORT))), versions.last());
}

#[test]
fn bytes_that_are_no_directory_are_refused_in_words() {
    let bytes = bytes_of(&directory(EXPORT));
    let message = |bytes: &[u8]| from_bytes(bytes, 1_000).err().map(|error| (error.kind, error.message.to_string()));
    let refused = |message: &str| Some((ErrorKind::Malformed, message.to_owned()));
    assert_eq!(message(b""), refused("these bytes are no directory"));
    assert_eq!(message(b"{}"), refused("these bytes are no directory"));
    assert_eq!(message(&bytes[..50]), refused("the directory's bytes are not whole"));
    assert_eq!(message(&bytes[..bytes.len() - 1]), refused("the directory's bytes are not whole"));
    assert_eq!(message(&[&bytes[..], b"x"].concat()), refused("the directory's bytes are not whole"));
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(message(&altered), refused("the directory's bytes do not fit together"));
    let mut later = bytes;
    later[7] = 3;
    assert_eq!(
        message(&later),
        refused("the directory was written by another version of this package, in a form that this one does not read")
    );
}
