//! Events that are announced: each is news once a day to all who share a store, however long that keeps what it was given.

use nexthink_chatbot::client::join;
use nexthink_chatbot::flow::note_event;
use nexthink_chatbot::nql::{DAY, HOUR, MINUTE};

use crate::world::{Process, SHARED, World};

fn is_news(process: &Process) -> bool {
    process.world.wait(note_event(&process.client, "an alert")).unwrap()
}

#[test]
fn an_event_is_news_again_after_a_day_however_long_its_note_is_kept() {
    for options in ["", SHARED] {
        let world = World::new();
        let process = world.process(options);
        let mut told = Vec::new();
        for later_ms in [0, 0, 23 * HOUR, 2 * HOUR, 0, 33 * DAY, MINUTE] {
            world.advance(later_ms);
            told.push(is_news(&process));
        }
        assert_eq!(told, [true, false, false, true, false, true, false], "{options}");
    }
}

#[test]
fn of_two_who_are_told_again_after_a_day_one_announces_it() {
    let world = World::new();
    let (one, other) = (world.sharing(), world.sharing());
    for _ in 0..3 {
        let both = join(note_event(&one.client, "an alert"), note_event(&other.client, "an alert"));
        let (left, right) = world.wait(both);
        assert!(left.unwrap() != right.unwrap());
        world.advance(2 * DAY);
    }
}

#[test]
fn a_clock_that_was_years_ahead_does_not_silence_an_event() {
    let world = World::new();
    let process = world.sharing();
    world.ahead_ms.set(3_650 * DAY);
    assert!(is_news(&process));
    world.ahead_ms.set(0);
    assert!(is_news(&process) && !is_news(&process));
    // Clocks of processes differ by a little.
    world.ahead_ms.set(-MINUTE);
    assert!(!is_news(&process));
}
