//! What is sent again, when, and how often: jitter, `Retry-After`, `maxRetries`, and the time of the call.

use nexthink_chatbot::api::problem::{ErrorKind, SideEffect};
use nexthink_chatbot::client::Happening;
use nexthink_simulator::{Fault, FaultKind, RetryAfterForm};

use crate::outside::{READ, World, read};
use crate::tenant::shared;

/// How long an answer takes in the simulator.
pub const ANSWER_MS: i64 = 60;

pub fn status(status: u16) -> Fault {
    Fault::new(FaultKind::Status).status(status).of(READ)
}

#[test]
fn a_pause_is_anything_up_to_a_limit_that_doubles() {
    let limits = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];
    let mut longest = [0; 10];
    let mut shortest = [i64::MAX; 10];
    let world = World::new();
    let shared = shared(r#","maxRetries":10"#);
    world.inject(status(503).probability(1.0));
    for _ in 0..200 {
        world.sent.borrow_mut().clear();
        world.wait(read(world.client(&shared))).unwrap_err();
        let gaps = world.gaps(READ);
        assert_eq!(gaps.len(), limits.len());
        for (position, gap) in gaps.iter().enumerate() {
            let pause = gap - ANSWER_MS;
            assert!((0..=limits[position]).contains(&pause), "{position}: {pause}");
            longest[position] = longest[position].max(pause);
            shortest[position] = shortest[position].min(pause);
        }
    }
    // Full jitter: the whole of it is used, and not just its end.
    for (position, limit) in limits.iter().enumerate() {
        assert!(longest[position] > limit * 9 / 10, "{position}: {}", longest[position]);
        assert!(shortest[position] < limit / 10, "{position}: {}", shortest[position]);
    }
}

#[test]
fn what_the_tenant_asks_to_wait_is_waited_and_little_more() {
    for form in [RetryAfterForm::Seconds, RetryAfterForm::Date] {
        for code in [429, 503] {
            for wait_ms in [0, 1_000, 7_000, 60_000] {
                let world = World::new();
                // A date has no milliseconds; from here it is as exact as seconds.
                world.advance(1_000 - world.now().0.rem_euclid(1_000) - ANSWER_MS);
                world.inject(status(code).retry_after_ms(wait_ms, form));
                world.wait(read(world.client(&shared("")))).unwrap();
                let pause = world.gaps(READ)[0] - ANSWER_MS;
                let (asked, jitter) = (i64::from(wait_ms), 50);
                // A date counts from when the tenant wrote it, seconds from when they arrived.
                let asked = if form == RetryAfterForm::Date { (asked - ANSWER_MS).max(0) } else { asked };
                assert!((asked..=asked + jitter).contains(&pause), "{code} {form:?} {wait_ms}: {pause}");
            }
        }
    }
}

#[test]
fn more_than_a_minute_is_not_waited_for() {
    for form in [RetryAfterForm::Seconds, RetryAfterForm::Date] {
        let world = World::new();
        world.inject(status(429).retry_after_ms(62_000, form));
        let begun = world.now();
        let error = world.wait(read(world.client(&shared("")))).unwrap_err();
        assert_eq!((error.kind, error.status), (ErrorKind::RateLimited, Some(429)));
        assert!(error.retry_after_ms.is_some_and(|wait| (61_900..=63_000).contains(&wait)), "{error:?}");
        assert_eq!((world.now().since(begun), world.count(READ)), (2 * ANSWER_MS, 1));
        // Nobody else is made to wait for it.
        world.wait(read(world.client(&shared("")))).unwrap();
    }
}

#[test]
fn it_is_sent_again_as_often_as_the_options_say() {
    for (retries, requests) in [(0, 1), (2, 3), (10, 11)] {
        let world = World::new();
        world.inject(status(503).probability(1.0));
        let shared = shared(&format!(r#","maxRetries":{retries}"#));
        let error = world.wait(read(world.client(&shared))).unwrap_err();
        assert_eq!((error.kind, world.count(READ)), (ErrorKind::Server, requests));
    }
}

#[test]
fn the_error_is_that_of_the_last_attempt() {
    let world = World::new();
    for code in [500, 408, 504] {
        world.inject(status(code));
    }
    let error = world.wait(read(world.client(&shared("")))).unwrap_err();
    assert_eq!((error.status, error.side_effect), (Some(504), SideEffect::None));

    let world = World::new();
    world.inject(Fault::new(FaultKind::Network).of(READ));
    world.inject(status(503));
    world.inject(status(403));
    let error = world.wait(read(world.client(&shared("")))).unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Permission, Some(403)));
}

#[test]
fn no_attempt_begins_that_has_no_time() {
    for within in [100, 121, 500, 1_000, 3_000, 5_120, 5_121, 5_170, 5_171, 9_000] {
        let world = World::new();
        world.inject(status(503).retry_after("5").probability(1.0));
        let shared = shared(r#","maxRetries":10"#);
        let begun = world.now();
        let error = world.wait(read(world.client_within(&shared, within))).unwrap_err();
        let took = world.now().since(begun);
        assert!(took <= i64::from(within), "{within}: {took}");
        assert!(world.times(READ).iter().all(|at| *at < begun.plus(i64::from(within)).0), "{within}");
        // What the tenant answered says more than that the time is over.
        let answered = world.times(READ).iter().filter(|at| begun.0 + i64::from(within) - **at >= ANSWER_MS).count();
        let last_is_cut = world.count(READ) > answered;
        let expected = if last_is_cut { ErrorKind::Timeout } else { ErrorKind::Server };
        assert_eq!(error.kind, expected, "{within}: {:?}", world.times(READ));
        if (121..5_000).contains(&within) {
            // It does not wait for what cannot come.
            assert_eq!((took, world.count(READ)), (2 * ANSWER_MS, 1), "{within}");
        }
    }
}

#[test]
fn a_pause_that_ends_with_the_call_is_not_waited_for() {
    // The jitter differs; each of these calls has exactly as much time as one pause takes.
    for jitter in 0..=50 {
        let world = World::new();
        world.inject(status(503).retry_after("5").probability(1.0));
        let within = 2 * 60 + 5_000 + jitter;
        let error = world.wait(read(world.client_within(&shared(""), within))).unwrap_err();
        let requests = world.tenant.borrow().requests();
        let sent = requests.iter().filter(|request| request.path.contains(READ)).count();
        let told = world.events.borrow().iter().any(|event| matches!(event.what, Happening::Retry { .. }));
        assert_eq!(told, sent == 2, "{jitter}: told of an attempt that never was");
        assert_eq!(error.status.is_none(), sent == 2, "{jitter}: {error:?}");
    }
}

#[test]
fn a_date_is_waited_for_in_every_form_that_it_may_have() {
    for date in [
        "Wed, 18 Nov 2026 09:00:07 GMT",
        "Wednesday, 18-Nov-26 09:00:07 GMT",
        "Wed Nov 18 09:00:07 2026",
        "2026-11-18T09:00:07Z",
    ] {
        let world = World::new();
        let begun = world.now().0;
        world.inject(status(429).retry_after(date));
        world.wait(read(world.client(&shared("")))).unwrap();
        let again = world.times(READ)[1] - begun;
        assert!((7_000..=7_050).contains(&again), "{date}: {again}");
    }
}
