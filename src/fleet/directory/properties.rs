//! What holds of any rows: a directory finds what going through all of them would find, whatever the shape of the file
//! and however it is cut; and no bytes can do it harm.

use proptest::prelude::*;

use super::image::sealed;
use super::tests::{bytes_of, directory, from_bytes, lookup, read};
use super::*;
use crate::flow::Device;
use crate::json::Json;

const NAMES: [&str; 11] = [
    "device.collector.uid",
    "device.name",
    "device.operating_system.platform",
    "device.operating_system.name",
    "device.hardware.type",
    "device.hardware.manufacturer",
    "device.last_seen",
    "user.name",
    "user.upn",
    "user.ad.email_address",
    "user.sid",
];

const LOOKUPS: [(&str, usize); 6] =
    [("collectorUid", 0), ("deviceName", 1), ("username", 7), ("upn", 8), ("email", 9), ("sid", 10)];

/// The texts of a row, in the order of the names.
type Texts = Vec<&'static str>;

fn any_rows() -> impl Strategy<Value = Vec<Texts>> {
    let texts: [&[&'static str]; 11] = [
        &["", "-", "a", "A", "b", "e0aa796d-e3af-47b5-88d8-000000000001", "e0aa796d-e3af-47b5-88d8-00000000000A"],
        &["", "LAP", "lap", "x,\"y\"", "MÜLLER-1", "müller-1"],
        &["", "Windows", "macOS"],
        &["", "Windows 11\n(64 bits)", "é"],
        &["", "laptop"],
        &["", "Dell", "-"],
        &["", "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z", "2026-11-20 08:00:00", "soon", "-"],
        &["", "anna", "ANNA", "ACME\\anna", "ß", "SS", "-"],
        &["", "anna@acme.com", "Anna@ACME.com", "@", "anna"],
        &["", "anna@acme.com", "a@b@acme.com"],
        &["", "S-1-5-21-1104", "s-1-5-21-1104", "1104"],
    ];
    let row: Vec<_> = texts.into_iter().map(|texts| prop::sample::select(texts.to_vec())).collect();
    prop::collection::vec(row, 0..14)
}

fn said(text: &'static str) -> &'static str {
    if text == "-" { "" } else { text }
}

fn folded(text: &str) -> String {
    // Of the letters above, those that only these two know to be different when they are not.
    text.chars()
        .map(|letter| if letter == 'ß' { letter.to_string() } else { letter.to_lowercase().to_string() })
        .collect()
}

/// The devices that going through all rows finds, as sets of texts.
#[derive(Default)]
struct Model {
    devices: Vec<Texts>,
    /// Identifiers, and positions of devices.
    pairs: Vec<(Texts, usize)>,
}

fn order(seen: &str) -> (u8, &str) {
    match seen.len() {
        0 => (0, ""),
        4 => (1, ""),
        // Of one time, with a zone or without, neither is later.
        _ => (2, seen.get(..10).unwrap_or_default()),
    }
}

impl Model {
    fn of(rows: &[Texts]) -> Self {
        let mut model = Self::default();
        for row in rows {
            let row: Texts = row.iter().map(|text| said(text)).collect();
            if row[0].is_empty() {
                continue;
            }
            let known = model.devices.iter().position(|device| folded(device[0]) == folded(row[0]));
            let position = known.unwrap_or(model.devices.len());
            match model.devices.get_mut(position) {
                None => model.devices.push(row[..7].to_vec()),
                Some(device) => {
                    let is_newer = order(row[6]) >= order(device[6]);
                    for column in 1..7 {
                        if (is_newer && (column == 6 || !row[column].is_empty())) || device[column].is_empty() {
                            device[column] = row[column];
                        }
                    }
                }
            }
            model.pairs.push((row[7..].to_vec(), position));
        }
        model
    }

    fn find(&self, column: usize, text: &str) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for (position, device) in self.devices.iter().enumerate() {
            let is_theirs = |(identifiers, owned): &(Texts, usize)| {
                *owned == position && folded(identifiers[column - 7]) == folded(text)
            };
            let is_it =
                if column < 7 { folded(device[column]) == folded(text) } else { self.pairs.iter().any(is_theirs) };
            if is_it {
                found.push(device.iter().map(|text| (*text).to_owned()).collect());
            }
        }
        found.sort();
        found
    }
}

fn texts(device: &Device) -> Vec<String> {
    let option = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        device.collector_uid.clone(),
        device.name.clone(),
        option(&device.platform),
        option(&device.operating_system),
        option(&device.r#type),
        option(&device.manufacturer),
        option(&device.last_seen),
    ]
}

/// Every shape in which an export may come.
fn files(rows: &[Texts]) -> Vec<String> {
    let object = |row: &Texts| {
        let fields = NAMES.iter().zip(row).filter(|(_, text)| !text.is_empty());
        Json::Object(fields.map(|(name, text)| ((*name).into(), (*text).into())).collect()).to_text()
    };
    let list = |row: &Texts| Json::List(row.iter().map(|text| (*text).into()).collect()).to_text();
    let quoted =
        |row: &Texts| row.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
    let each = |way: &dyn Fn(&Texts) -> String, between: &str| rows.iter().map(way).collect::<Vec<_>>().join(between);
    vec![
        format!("{}\r\n{}", NAMES.join(","), each(&quoted, "\r\n")),
        each(&object, "\n"),
        format!("[{}]", each(&object, " ,\n")),
        format!("{{\"sent\":\"now\",\"records\":[{}]}}", each(&object, ",")),
        format!("{{\"headers\":{},\"data\":[{}]}}", list(&NAMES.to_vec()), each(&list, ",")),
    ]
}

/// Looks up all that rows may be known by, and gives what was found as text; nothing here may panic.
fn all_lookups(directory: &Directory) -> Vec<Result<Vec<Device>, NexthinkError>> {
    let mut found = Vec::new();
    for text in ["a", "e0aa796d-e3af-47b5-88d8-000000000001", "lap", "ANNA", "anna@acme.com", "s-1-5-21-1104", "x"] {
        for (by, _) in LOOKUPS {
            found.push(lookup(directory, &format!("{{\"{by}\":\"{text}\"}}")));
        }
        drop(directory.employees_of(&DeviceLookup { device_name: Some(text.into()), ..DeviceLookup::default() }));
    }
    found
}

fn cut<'a>(mut file: &'a [u8], lengths: &[usize]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    for length in lengths {
        let (chunk, rest) = file.split_at((*length).min(file.len()));
        chunks.push(chunk);
        file = rest;
    }
    chunks.push(file);
    chunks
}

proptest! {
    // Each case is five files, and some hundred lookups in each.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_finds_what_going_through_all_rows_finds_in_files_of_every_shape(
        rows in any_rows(),
        lengths in prop::collection::vec(0_usize..60, 0..12),
    ) {
        let model = Model::of(&rows);
        for file in files(&rows) {
            // Rows that all lack the Collector UID are the wrong file where nothing names the column.
            let (reading, result) = read(&cut(file.as_bytes(), &lengths), ReadingSettings::default());
            if model.devices.is_empty() && result.is_err() {
                continue;
            }
            prop_assert_eq!(&result, &Ok(()), "{}", file);
            let summary = reading.summary();
            prop_assert_eq!(summary.rows, model.pairs.len(), "{}", file);
            prop_assert_eq!(summary.rows + summary.malformed, rows.len(), "{}", file);
            let made = reading.directory();
            prop_assert_eq!(made.devices(), model.devices.len());
            let kept = from_bytes(&bytes_of(&made), 7).unwrap();
            for (by, column) in LOOKUPS {
                for text in rows.iter().map(|row| row[column]).chain(["ss", "i", "zz"]).filter(|text| !text.is_empty()) {
                    let input = Json::Object(vec![(by.into(), text.into())]).to_text();
                    let found = lookup(&made, &input).unwrap();
                    let mut sorted: Vec<_> = found.iter().map(texts).collect();
                    sorted.sort();
                    let expected = if said(text).is_empty() { Vec::new() } else { model.find(column, text) };
                    prop_assert_eq!(sorted, expected, "{} {} in {}", by, text, file);
                    let is_sorted = found.windows(2).all(|pair| {
                        let seen = |device: &Device| device.last_seen.clone().unwrap_or_default();
                        order(&seen(&pair[0])) >= order(&seen(&pair[1]))
                    });
                    prop_assert!(is_sorted, "{:?}", found);
                    prop_assert_eq!(lookup(&kept, &input).unwrap(), found);
                }
            }
        }
    }

    #[test]
    fn an_employee_has_a_device_where_the_device_has_the_employee(rows in any_rows()) {
        prop_assume!(!Model::of(&rows).devices.is_empty());
        let directory = directory(&files(&rows)[0]);
        let mut pairs = 0;
        for uid in Model::of(&rows).devices.iter().map(|device| device[0]) {
            let device = DeviceLookup { collector_uid: Some(uid.into()), ..DeviceLookup::default() };
            for employee in directory.employees_of(&device).unwrap() {
                pairs += 1;
                for (by, identifier) in
                    [("username", employee.username), ("upn", employee.upn), ("email", employee.email), ("sid", employee.sid)]
                {
                    let Some(identifier) = identifier else { continue };
                    let found = lookup(&directory, &Json::Object(vec![(by.into(), identifier.as_str().into())]).to_text());
                    prop_assert!(found.unwrap().iter().any(|found| folded(&found.collector_uid) == folded(uid)), "{uid} {identifier}");
                }
            }
        }
        let owned: usize = (0..directory.store.employee_count()).map(|employee| directory.owned_by(employee).unwrap().len()).sum();
        prop_assert_eq!(pairs, owned);
    }

    #[test]
    fn cut_anywhere_an_export_gives_the_same_bytes(rows in any_rows(), lengths in prop::collection::vec(0_usize..60, 0..12)) {
        for file in files(&rows) {
            let (whole, result) = read(&[file.as_bytes()], ReadingSettings::default());
            let (pieces, same) = read(&cut(file.as_bytes(), &lengths), ReadingSettings::default());
            prop_assert_eq!(&result, &same);
            prop_assert_eq!(whole.summary(), pieces.summary());
            if result.is_ok() {
                prop_assert_eq!(bytes_of(&whole.directory()), bytes_of(&pieces.directory()));
            }
        }
    }

    #[test]
    fn an_update_by_nothing_changes_no_answer(rows in any_rows()) {
        prop_assume!(!Model::of(&rows).devices.is_empty());
        let old = directory(&files(&rows)[0]);
        let mut nothing = DirectoryReading::new(ReadingSettings::default());
        nothing.finish().unwrap();
        nothing.absorb(&old).unwrap();
        let updated = nothing.directory();
        prop_assert_eq!((updated.devices(), updated.employees()), (old.devices(), old.employees()));
        prop_assert_eq!(all_lookups(&updated), all_lookups(&old));
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in 1_usize..100) {
        let marked = [b"NXTHDIR\x01".as_slice(), &bytes].concat();
        for bytes in [bytes, marked] {
            prop_assert!(from_bytes(&bytes, cut).is_err());
        }
    }

    #[test]
    fn bytes_that_were_altered_or_cut_are_refused(rows in any_rows(), at in any::<prop::sample::Index>(), by in 1_u8..) {
        prop_assume!(!Model::of(&rows).devices.is_empty());
        let bytes = bytes_of(&directory(&files(&rows)[0]));
        let at = at.index(bytes.len());
        prop_assert!(from_bytes(&bytes[..at], 100).is_err());
        let mut altered = bytes;
        altered[at] ^= by;
        prop_assert!(from_bytes(&altered, 100).is_err());
    }

    #[test]
    fn bytes_that_were_forged_find_something_or_are_an_error(
        rows in any_rows(),
        forged in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        prop_assume!(!Model::of(&rows).devices.is_empty());
        let mut bytes = bytes_of(&directory(&files(&rows)[0]));
        for (at, byte) in forged {
            // After the head, whose lengths would no longer fit.
            let at = 80 + at.index(bytes.len() - 80);
            bytes[at] = byte;
        }
        let forged = from_bytes(&sealed(bytes), 1_000);
        prop_assert!(forged.is_ok());
        let forged = forged.unwrap();
        let found = all_lookups(&forged);
        prop_assert!(found.iter().flatten().all(|devices| devices.len() <= 1_000));
        let mut reading = DirectoryReading::new(ReadingSettings::default());
        reading.finish().unwrap();
        if reading.absorb(&forged).is_ok() {
            all_lookups(&reading.directory());
        }
    }
}
