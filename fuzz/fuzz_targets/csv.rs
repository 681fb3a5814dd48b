//! Random bytes as CSV: nothing panics, and cut anywhere they give the same records and the same error as in one piece.
//!
//! The first byte chooses the limit of a record, the second how many bytes after it are lengths of chunks; the rest is
//! the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nexthink_chatbot::csv::{Error, JsonRows, Reader, USUAL_LIMIT};

/// A record's line and cells, and what is wrong with it.
type Row = (u64, Vec<Vec<u8>>, Result<(), Error>);

fuzz_target!(|bytes: &[u8]| {
    let [limit, cuts, rest @ ..] = bytes else { return };
    let limit = if *limit < 128 { USUAL_LIMIT } else { usize::from(limit - 128) };
    let (lengths, file) = rest.split_at(usize::from(cuts % 16).min(rest.len()));

    let whole = read(&[file], limit);
    assert_eq!(read(&cut(file, lengths), limit), whole);
    assert_eq!(read(&file.chunks(1).collect::<Vec<_>>(), limit), whole);

    let mut rows = JsonRows::new(limit);
    let mut json = String::new();
    let _ = rows.feed(file, &mut json);
    assert!(json.starts_with('[') && json.ends_with(']'));
});

fn read(chunks: &[&[u8]], limit: usize) -> (Vec<Row>, Result<(), Error>) {
    let mut rows = Vec::new();
    let mut reader = Reader::new(limit);
    let mut note = |record: nexthink_chatbot::csv::Record<'_>| {
        if let Ok(texts) = record.texts() {
            assert!(texts.map(str::as_bytes).eq(record.cells()));
        }
        rows.push((record.line(), record.cells().map(<[u8]>::to_vec).collect(), record.check()));
        Ok(())
    };
    let read = chunks.iter().try_for_each(|chunk| reader.feed(chunk, &mut note));
    let result = read.and_then(|()| reader.finish(&mut note));
    (rows, result)
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
