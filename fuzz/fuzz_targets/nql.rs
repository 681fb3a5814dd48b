//! Random bytes and near-queries: nothing panics, nothing hangs, and what `properties` says holds.
//!
//! An input whose first byte is ASCII is the text itself; the bytes of any other decide how a near-query is built.
#![no_main]

#[path = "../../tests/hostile/mod.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod hostile;

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use hostile::near_query::NearQueries;
use hostile::properties::{self, Reached};
use hostile::tables::NOW;
use libfuzzer_sys::fuzz_target;
use nexthink_chatbot::nql::Timestamp;

static NEAR_QUERIES: LazyLock<NearQueries> =
    LazyLock::new(|| NearQueries::of_samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/nql-samples")));

/// Clocks that are wrong as far as can be, and right ones.
const CLOCKS: [i64; 8] = [NOW.0, NOW.0, NOW.0, 0, -1, i64::MIN, i64::MAX, i64::MAX / 2];

/// Executions so far: of random bytes and of near-queries, each refused, read or executed.
static COUNTS: [[AtomicU64; 3]; 2] = [const { [const { AtomicU64::new(0) }; 3] }; 2];

/// How many executions are between two lines about them.
const REPORTED: u64 = 1_000_000;

fuzz_target!(|bytes: &[u8]| {
    let (way, reached) = match bytes.split_first() {
        Some((first, rest)) if !first.is_ascii() => {
            let clock = Timestamp(CLOCKS[usize::from(first % 8)]);
            (1, properties::hold_for(&NEAR_QUERIES.build(rest), clock))
        }
        _ => (0, properties::hold_for(&String::from_utf8_lossy(bytes), NOW)),
    };
    count(way, reached);
});

fn count(way: usize, reached: Reached) {
    COUNTS[way][reached as usize].fetch_add(1, Relaxed);
    let [bytes, near] = COUNTS.each_ref().map(|counts| counts.each_ref().map(|count| count.load(Relaxed)));
    let all: u64 = bytes.iter().chain(&near).sum();
    if all.is_multiple_of(REPORTED) {
        println!("{all} executions [refused, read, executed]: random bytes {bytes:?}, near-queries {near:?}");
    }
}
