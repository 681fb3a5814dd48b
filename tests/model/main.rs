//! The promise of the ledger, held to histories that a machine invents: callers who use one token at once, crashes at
//! every step, lost answers, refusals, clocks that are wrong or jump, stores that fail in the middle, devices that go.
//! Whatever happens, the tenant sees no proposal executed twice, and no run claims a success that the tenant does not.
//!
//! `MODEL_HISTORIES=100000 cargo test --profile native --test model` runs as many as that; `MODEL_SEED=17` runs one and
//! says what happens in it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking; clippy knows that only of functions marked as tests"
)]

mod chance;
mod history;
mod ledger_watch;
mod process;
mod shared_store;
#[path = "../tenant/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tenant;
mod truth;
mod world;

use std::thread;

use history::{History, Seen};
use shared_store::Atomicity;
use world::Origin;

/// How many histories where nobody says: a few seconds' worth.
const HISTORIES: u64 = 1_000;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Plays histories side by side and gives what was found in all of them.
fn play(seeds: std::ops::Range<u64>, atomicity: Atomicity) -> Vec<Seen> {
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| {
                let seeds = seeds.clone();
                scope.spawn(move || {
                    let origin = Origin::new();
                    let own = seeds.filter(|seed| seed % threads == part);
                    own.map(|seed| History::invent(seed, atomicity).play(&origin)).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

#[test]
fn no_proposal_is_executed_twice_and_no_success_is_invented_whatever_happens() {
    if let Some(seed) = number("MODEL_SEED") {
        let history = History::invent(seed, Atomicity::Kept);
        println!("{history:#?}");
        let seen = history.play(&Origin::new());
        println!("{seen:#?}");
        assert!(seen.wrong.is_empty());
        return;
    }
    let histories = number("MODEL_HISTORIES").unwrap_or(HISTORIES);
    let seen = play(0..histories, Atomicity::Kept);
    let wrong: Vec<_> = seen.iter().filter(|seen| !seen.wrong.is_empty()).collect();
    if let Some(first) = wrong.first() {
        panic!("{} histories are wrong; MODEL_SEED={} is: {:#?}", wrong.len(), first.seed, first.wrong);
    }
    // The histories are worth something only if all of this happens in them.
    let total = seen.iter().fold(Seen::default(), Seen::with);
    println!("{histories} histories: {total:#?}");
    let often = histories / 50;
    for (what, count) in [
        ("executions", total.executions),
        ("successes", total.succeeded),
        ("crashes", total.crashes),
        ("runs given to a second caller", total.repeated),
        ("refusals", total.refused),
        ("runs of which nobody knows", total.unknown),
        ("failures of the store", total.store_failures),
    ] {
        assert!(count > often, "only {count} {what} in {histories} histories");
    }
}

#[test]
fn a_store_that_lies_about_who_was_first_is_caught_by_these_histories() {
    let seen = play(0..400, Atomicity::Broken);
    assert!(seen.iter().any(|seen| seen.wrong.iter().any(|wrong| wrong.contains("executed 2 times"))));
}
