//! A caller that cancels at any step: unlike a process that dies, the call goes on to its end, and learns at each further
//! step that nobody waits.

use nexthink_chatbot::api::problem::{ErrorKind, SideEffect};
use nexthink_chatbot::flow::RunState;

use crate::world::World;

const APPROVED: &str = r#","approve":true,"store":true,"storeAtomic":true"#;

#[test]
fn who_cancels_at_any_step_is_told_the_truth_and_triggers_nothing_twice() {
    let (mut before, mut after) = (0, 0);
    for steps in 0..40 {
        let world = World::new();
        let token = world.token("amartin", "outlook", "offline");
        world.cancels_after.set(Some(steps));
        let outcome = world.process(APPROVED).remediate(&token);
        let cancelled = world.cancels_after.take() == Some(0);
        match outcome {
            Err(error) => {
                assert_eq!((error.kind, error.side_effect), (ErrorKind::Aborted, SideEffect::None), "{steps}: {error}");
                assert_eq!(world.scene.triggers(), 0, "{steps}");
                before += 1;
            }
            Ok(run) => {
                assert_eq!(world.scene.triggers(), 1, "{steps}");
                assert!(matches!(run.state, RunState::Unknown | RunState::Accepted), "{steps}: {run:?}");
                after += usize::from(cancelled && run.state == RunState::Unknown);
            }
        }
        let run = world.process(APPROVED).remediate(&token).unwrap();
        assert_eq!(world.sharing().follow(run).state, RunState::Succeeded, "{steps}");
        assert_eq!(world.scene.triggers(), 1, "{steps}");
    }
    assert!(before > 5 && after > 0, "{before} {after}");
}
