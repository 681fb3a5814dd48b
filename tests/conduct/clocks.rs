//! Clocks that jump: the client's own is set back or ahead while it has a token, a pause or a limit.

use std::rc::Rc;

use nexthink_chatbot::api::problem::NexthinkError;
use nexthink_chatbot::json::Json;

use crate::crowd::{Call, later, together};
use crate::outside::{READ, TOKEN, World, read};
use crate::retries::{ANSWER_MS, status};
use crate::tenant::shared;

const DAY: i64 = 86_400_000;

/// Sets the client's clock.
fn setting(world: &Rc<World>, at_ms: u32, ahead_ms: i64) -> Call<'static, Result<Json, NexthinkError>> {
    let outside = Rc::clone(world);
    later(
        &world.tenant,
        at_ms,
        Box::pin(async move {
            outside.ahead_ms.set(ahead_ms);
            Ok(Json::Null)
        }),
    )
}

#[test]
fn a_token_survives_a_clock_that_is_set() {
    for ahead_ms in [-DAY, -1_000, 1_000, DAY] {
        let world = World::new();
        let shared = shared("");
        world.wait(read(world.client(&shared))).unwrap();
        world.ahead_ms.set(ahead_ms);
        world.wait(read(world.client(&shared))).unwrap();
        // The token ends by the tenant's clock, whatever the client's says.
        world.advance(900_000);
        world.wait(read(world.client(&shared))).unwrap();
        assert!((2..=3).contains(&world.count(TOKEN)), "{ahead_ms}");
    }
}

#[test]
fn a_pause_is_not_kept_forever_by_a_clock_that_is_set_back() {
    let world = World::new();
    let shared = shared("");
    world.wait(read(world.client(&shared))).unwrap();
    world.sent.borrow_mut().clear();
    world.inject(status(429).retry_after("30"));
    let begun = world.now().0;
    let calls = vec![
        read(world.client(&shared)),
        setting(&world, 1_000, -DAY),
        later(&world.tenant, 2_000, read(world.client(&shared))),
    ];
    together(&world.tenant, calls).into_iter().for_each(|outcome| drop(outcome.unwrap()));
    assert!(world.now().0 <= begun + 31_000, "{}", world.now().0 - begun);
}

#[test]
fn a_pause_is_kept_that_is_asked_for_after_the_clock_was_set_back() {
    let world = World::new();
    let shared = shared("");
    world.inject(status(429).retry_after("10"));
    world.wait(read(world.client(&shared))).unwrap();
    world.ahead_ms.set(-DAY);
    world.sent.borrow_mut().clear();
    world.inject(status(429).retry_after("30"));
    let begun = world.now().0;
    let calls = vec![read(world.client(&shared)), later(&world.tenant, 1_000, read(world.client(&shared)))];
    together(&world.tenant, calls).into_iter().for_each(|outcome| drop(outcome.unwrap()));
    let times = world.times(READ);
    assert!(times[1] >= begun + 30_000 + ANSWER_MS, "{times:?} from {begun}");
}

#[test]
fn a_limit_survives_a_clock_that_is_set() {
    for ahead_ms in [-DAY, DAY] {
        let world = World::new();
        let shared = shared(r#","limits":{"perSecond":2}"#);
        world.wait(read(world.client(&shared))).unwrap();
        world.ahead_ms.set(ahead_ms);
        world.sent.borrow_mut().clear();
        let begun = world.now().0;
        together(&world.tenant, (0..10).map(|_| read(world.client(&shared))).collect());
        let gaps = world.gaps(READ);
        assert!(gaps.iter().all(|gap| *gap >= 500), "{ahead_ms}: {gaps:?}");
        assert!(world.now().0 - begun <= 6_000, "{ahead_ms}: {}", world.now().0 - begun);
    }
}
