//! Random bytes as an export for a directory, and as the bytes of one that was kept: nothing panics; cut anywhere an
//! export gives the same directory; and what is read back finds the same.
//!
//! Below 128 the first byte chooses how strict the reading is, the second how many bytes after it are lengths of chunks;
//! the rest is the file. From 128 on, the rest are places and bytes that are forged in a sound directory.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::fleet::directory::{DeviceLookup, Directory, DirectoryReading, Image, ReadingSettings};

const EXPORT: &[u8] = b"collector.uid,name,platform,last_seen,user.name,upn,sid\n\
    e0aa796d-e3af-47b5-88d8-000000000001,LAP-1,Windows,2026-11-20T08:00:00Z,anna,anna@acme.com,S-1-5-21-1104\n\
    e0aa796d-e3af-47b5-88d8-000000000002,LAP-2,Windows,2026-11-20 08:00:00,anna,anna@acme.com,S-1-5-21-1104\n\
    other,LAP-2,macOS,soon,bruno,,\n";

/// Where the checksum is, after the lengths of the arenas, and where it ends.
const CHECKSUM: std::ops::Range<usize> = 72..80;

static SOUND: LazyLock<Vec<u8>> =
    LazyLock::new(|| read(&[EXPORT], ReadingSettings::default()).0.map(|directory| bytes(&directory)).unwrap_or_default());

fuzz_target!(|input: &[u8]| {
    let [choice, rest @ ..] = input else { return };
    if *choice < 128 {
        export(*choice, rest);
        // Hardly ever sound, but never a panic.
        drop(kept(input, 7));
    } else {
        forged(rest);
    }
});

fn export(choice: u8, rest: &[u8]) {
    let [cuts, rest @ ..] = rest else { return };
    let settings = ReadingSettings { strict: choice & 1 != 0, ..ReadingSettings::default() };
    let (lengths, file) = rest.split_at(usize::from(cuts % 16).min(rest.len()));
    let (whole, summary) = read(&[file], settings);
    let (cut, same) = read(&cut(file, lengths), settings);
    assert_eq!(summary, same);
    match (whole, cut) {
        (Ok(whole), Ok(cut)) => {
            let sound = bytes(&whole);
            assert_eq!(sound, bytes(&cut));
            let back = kept(&sound, 50).expect("what was kept is read back");
            assert_eq!(found(&whole), found(&back));
        }
        (whole, cut) => assert_eq!(whole.err(), cut.err()),
    }
}

fn forged(rest: &[u8]) {
    let mut forged = SOUND.clone();
    for change in rest.chunks_exact(3) {
        let place = CHECKSUM.end + usize::from(u16::from_le_bytes([change[0], change[1]]));
        if let Some(byte) = forged.get_mut(place) {
            *byte ^= change[2];
        }
    }
    let sum = checksum(&forged);
    forged[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    let directory = kept(&forged, 1_000).expect("its checksum is right");
    found(&directory);
    let mut update = DirectoryReading::new(ReadingSettings::default());
    if update.finish().and_then(|()| update.absorb(&directory)).is_ok() {
        found(&update.directory());
    }
}

/// As `image.rs` has it, for arenas that each fit into one piece.
fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0x9e37_79b9_7f4a_7c15_u64;
    let mut add = |part: &[u8]| {
        let padded = [part, &[0; 8][..8 - part.len() % 8]].concat();
        for word in padded.chunks_exact(8) {
            sum = (sum ^ u64::from_le_bytes(word.try_into().expect("eight bytes"))).wrapping_mul(0x2545_f491_4f6c_dd1d);
            sum ^= sum >> 29;
        }
    };
    add(&bytes[..CHECKSUM.start]);
    let mut at = CHECKSUM.end;
    for length in bytes[20..CHECKSUM.start].chunks_exact(4) {
        let length = u32::from_le_bytes(length.try_into().expect("four bytes")) as usize;
        if length > 0 {
            add(&bytes[at..at + length]);
        }
        at += length;
    }
    sum
}

fn read(chunks: &[&[u8]], settings: ReadingSettings) -> (Result<Directory, NexthinkError>, String) {
    let mut reading = DirectoryReading::new(settings);
    let mut result = Ok(());
    for chunk in chunks {
        result = result.and_then(|()| reading.feed(chunk));
    }
    let result = result.and_then(|()| reading.finish());
    let summary = format!("{:?}", reading.summary());
    (result.map(|()| reading.directory()), summary)
}

fn bytes(directory: &Directory) -> Vec<u8> {
    (0..).map_while(|number| directory.piece(number)).flatten().collect()
}

fn kept(bytes: &[u8], cut: usize) -> Result<Directory, NexthinkError> {
    let mut image = Image::new(bytes.len());
    for chunk in bytes.chunks(cut) {
        image.feed(chunk)?;
    }
    image.finish()
}

fn found(directory: &Directory) -> Vec<String> {
    let text = |text: &str| Some(text.to_owned());
    let mut found = Vec::new();
    for lookup in [
        DeviceLookup { username: text("anna"), ..DeviceLookup::default() },
        DeviceLookup { upn: text("anna@acme.com"), ..DeviceLookup::default() },
        DeviceLookup { sid: text("s-1-5-21-1104"), ..DeviceLookup::default() },
        DeviceLookup { device_name: text("lap-2"), ..DeviceLookup::default() },
        DeviceLookup { collector_uid: text("other"), ..DeviceLookup::default() },
    ] {
        found.push(format!("{:?}", directory.lookup(&lookup)));
    }
    found
}

fn cut<'a>(mut file: &'a [u8], lengths: &[u8]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    for length in lengths {
        let (chunk, rest) = file.split_at(usize::from(*length).min(file.len()));
        chunks.push(chunk);
        file = rest;
    }
    chunks.push(file);
    chunks
}
