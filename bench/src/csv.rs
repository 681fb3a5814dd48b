//! How fast a CSV export is read: cells as borrowed bytes, and rows as JSON.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use nexthink_chatbot::csv::{JsonRows, Reader};

/// What a runtime's stream gives at a time.
const CHUNK: usize = 256 * 1024;
const BYTES: usize = 20_000_000;
const COLUMNS: usize = 12;

/// Shows the figures; `median` is the median time of a call.
pub fn show(median: impl Fn(&mut dyn FnMut()) -> Duration) {
    let file = file();
    println!("\nCSV, a file of {} MB, {COLUMNS} columns, one cell in ten in quotes:", file.len() / 1_000_000);
    speed("visit the cells", file.len(), median(&mut || _ = black_box(visit(&file))));
    speed("rows as JSON", file.len(), median(&mut || _ = black_box(rows(&file))));
}

#[expect(clippy::cast_precision_loss, reason = "a figure to read")]
fn speed(name: &str, bytes: usize, time: Duration) {
    println!("  {name:<32} {:>7.0} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
}

/// The sum of the lengths of all cells, so that each is looked at.
fn visit(file: &[u8]) -> usize {
    let mut length = 0;
    let mut note = |record: nexthink_chatbot::csv::Record<'_>| {
        record.check()?;
        for cell in record.cells() {
            length += black_box(cell).len();
        }
        Ok(())
    };
    let mut reader = Reader::default();
    let read = file.chunks(CHUNK).try_for_each(|chunk| reader.feed(chunk, &mut note));
    if read.and_then(|()| reader.finish(&mut note)).is_err() {
        println!("  the file could not be read");
    }
    length
}

/// The length of all JSON texts.
fn rows(file: &[u8]) -> usize {
    let mut rows = JsonRows::default();
    let mut length = 0;
    for chunk in file.chunks(CHUNK) {
        let mut json = String::new();
        if rows.feed(chunk, &mut json).is_err() {
            println!("  the file could not be read");
        }
        length += black_box(json).len();
    }
    length
}

fn file() -> Vec<u8> {
    let mut text = (1..=COLUMNS).map(|column| format!("device.column_{column}")).collect::<Vec<_>>().join(",");
    let mut cell = 0_u64;
    while text.len() < BYTES {
        for column in 0..COLUMNS {
            text.push(if column == 0 { '\n' } else { ',' });
            // A fixed mixture, without a pattern that a processor could learn.
            cell += 1;
            let chance = (cell.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) % 1_000;
            let written = match chance {
                0..10 => write!(text, "\"{{\"\"free\"\":{chance},\"\"drive\"\":\"\"C:\"\"}}\""),
                10..20 => write!(text, "\"first line {chance}\nsecond line\""),
                20..100 => write!(text, "\"Carter, Jane {chance}\""),
                100..400 => write!(text, "{}", chance * 37),
                400..700 => write!(text, "WINDOWS-{chance}"),
                700..900 => write!(text, "{}.{chance}", chance % 10),
                _ => write!(text, "2026-03-1{}T10:{}:00", chance % 10, chance % 60),
            };
            if written.is_err() {
                break;
            }
        }
    }
    text.into_bytes()
}
