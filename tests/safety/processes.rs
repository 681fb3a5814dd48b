//! Several processes with one store: what one has done or learned, the others know.

use nexthink_chatbot::api::problem::ErrorKind;
use nexthink_chatbot::client::join;
use nexthink_chatbot::flow::{Certainty, Run, RunState, solved, verify};
use nexthink_chatbot::json::{Json, Read, Write};
use nexthink_chatbot::nql::{HOUR, MINUTE};
use nexthink_simulator::{Fault, FaultKind};

use crate::world::{SHARED, World};

#[test]
fn one_token_in_two_processes_is_one_run() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let (one, other) = (world.sharing(), world.sharing());
    let (first, second) = world.wait(join(one.begin(&token), other.begin(&token)));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((&first.id, world.scene.triggers()), (&second.id, 1));
    // Also when the token has expired: what was done is done.
    world.advance(HOUR);
    assert_eq!(world.sharing().remediate(&token).unwrap().id, first.id);
    assert_eq!(world.scene.triggers(), 1);
}

#[test]
fn a_call_that_ends_at_any_step_is_never_sent_again() {
    let mut sent = 0;
    for steps in 0..60 {
        let world = World::new();
        let token = world.token("amartin", "outlook", "offline");
        world.sharing().crash(&token, steps);
        let before = world.scene.triggers();
        let run = world.sharing().remediate(&token).unwrap();
        let entered_then = run.state == RunState::Pending;
        let run = world.sharing().follow(run);
        assert!(world.scene.triggers() <= 1, "{steps}");
        let expected = if entered_then && before == 0 { RunState::Unknown } else { RunState::Succeeded };
        assert_eq!(run.state, expected, "{steps}");
        sent += before;
    }
    assert!((1..60).contains(&sent), "crashes before and after it was sent: {sent}");
}

#[test]
fn what_one_process_has_seen_the_others_need_not_ask_for() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let accepted = world.sharing().remediate(&token).unwrap();
    let ended = world.sharing().follow(accepted.clone());
    let queries = world.scene.count("/api/v2/nql/execute");
    assert_eq!(world.sharing().progress(&accepted).unwrap(), ended);
    assert_eq!(world.sharing().remediate(&token).unwrap(), ended);
    assert_eq!(world.scene.count("/api/v2/nql/execute"), queries);
}

#[test]
fn what_was_verified_and_what_the_employee_said_is_in_the_ledger() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let process = world.sharing();
    let ended = process.follow(process.remediate(&token).unwrap());
    world.advance(2 * HOUR);
    let verified = world.wait(verify(&process.client, &world.library, ended)).unwrap();
    world.wait(solved(&process.client, verified.clone(), false));
    world.wait(solved(&process.client, verified, true));
    let run = world.sharing().remediate(&token).unwrap();
    assert_eq!((run.changed, run.solved), (Certainty::Yes, Certainty::Yes));
    assert!(run.verification.is_some());
}

#[test]
fn a_run_that_a_caller_made_up_gives_the_ledger_no_end() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let process = world.sharing();
    let run = process.remediate(&token).unwrap();
    let mut forged = process.follow(world.process("").progress(&run).unwrap());
    forged.changed = Certainty::Yes;
    forged.ended_at = forged.ended_at.map(|time| time.plus(-1));
    // A second world, in which nothing of this has happened.
    let world = World::new();
    let process = world.sharing();
    let run = process.remediate(&world.token("amartin", "outlook", "offline")).unwrap();
    forged.id.clone_from(&run.id);
    world.wait(solved(&process.client, forged.clone(), true));
    let _ = world.wait(verify(&process.client, &world.library, forged));
    let entry = world.stored.borrow().iter().find(|(key, _)| key.contains(":run:")).unwrap().1.clone();
    let state = Json::parse(entry.as_bytes()).unwrap().get("run").unwrap().get("state").cloned();
    assert_eq!(state, Some(Json::from("accepted")));
}

#[test]
fn who_follows_a_run_that_was_refused_learns_that_nothing_happened() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let (one, other) = (world.sharing(), world.sharing());
    // The second caller gets the run while the first waits for its answer.
    world.inject(Fault::new(FaultKind::Status).status(403).of("act/execute").latency_ms(10_000));
    let second = async {
        nexthink_chatbot::client::Host::sleep(other.client.host(), 5_000).await.unwrap();
        other.begin(&token).await
    };
    let (first, second) = world.wait(join(one.begin(&token), second));
    assert!(first.is_err());
    let run = second.unwrap();
    assert_eq!(run.state, RunState::Pending);
    // As long as the consent holds, someone may try again.
    world.advance(5 * MINUTE);
    assert_eq!(world.sharing().progress(&run).unwrap().state, RunState::Pending);
    let run = world.sharing().follow(run);
    assert_eq!((run.state, run.accepted, run.ran), (RunState::Failed, Certainty::No, Certainty::No));
}

#[test]
fn an_old_copy_of_a_run_does_not_bring_it_back() {
    let world = World::new();
    let token = world.token("stanaka", "slow-pc", "disk-full");
    let old = world.sharing().remediate(&token).unwrap();
    world.advance(MINUTE);
    let waiting = world.sharing().progress(&old).unwrap();
    assert_eq!(waiting.state, RunState::Waiting);
    // One more look with the old copy, which fails in its query: the ledger is as it was.
    world.answer_with(500, "nql/execute");
    world.answer_with(500, "nql/execute");
    world.answer_with(500, "nql/execute");
    world.sharing().progress(&old).unwrap_err();
    assert_eq!(world.sharing().remediate(&token).unwrap().state, RunState::Waiting);
    assert_eq!(Run::read(waiting.write()).unwrap(), waiting);
}

#[test]
fn a_process_that_has_lost_its_memory_takes_no_proposal_from_before() {
    let world = World::new();
    let diagnosis = world.scene.diagnosis("amartin", "outlook");
    let token = world.scene.propose(&diagnosis, "offline").unwrap().token;
    let done = world.process("").remediate(&token).unwrap();
    world.advance(1);
    let process = world.after_losing_its_memory("");
    let error = process.remediate(&token).unwrap_err();
    assert_eq!((error.kind, world.scene.triggers()), (ErrorKind::Consent, 1));
    // The tenant knows what became of the run.
    assert_eq!(process.follow(done).state, RunState::Succeeded);
    // What is proposed from now on is taken.
    let token = world.scene.propose(&diagnosis, "repair-data-file").unwrap().token;
    assert_eq!(process.remediate(&token).unwrap().state, RunState::Accepted);
}

#[test]
fn a_process_with_a_store_has_lost_nothing_with_its_memory() {
    let world = World::new();
    let [token, untouched] = world.two_tokens();
    let done = world.sharing().remediate(&token).unwrap();
    world.advance(1);
    let process = world.after_losing_its_memory(SHARED);
    assert_eq!(process.remediate(&token).unwrap().id, done.id);
    assert_eq!(world.scene.triggers(), 1);
    process.follow(done);
    assert_eq!(process.remediate(&untouched).unwrap().state, RunState::Accepted);
}
