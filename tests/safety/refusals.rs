//! Everything that is refused before anything is sent, and what it says.

use std::rc::Rc;

use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError, SideEffect};
use nexthink_chatbot::flow::{Employee, ProposeOptions, Run, RunState, Subject, propose, remediate};
use nexthink_chatbot::nql::MINUTE;
use nexthink_simulator::{Fault, FaultKind, Permission};

use crate::world::{SHARED, World};

/// How a refusal comes about, and what it says.
struct Case {
    name: &'static str,
    attempt: fn(&Rc<World>) -> Result<Run, NexthinkError>,
    kind: ErrorKind,
    message: &'static str,
    hint: &'static str,
}

/// Acts on a good token after something was done to the world.
fn after(world: &Rc<World>, options: &str, happens: impl FnOnce(&Rc<World>)) -> Result<Run, NexthinkError> {
    let token = world.token("amartin", "outlook", "offline");
    happens(world);
    world.process(options).remediate(&token)
}

/// Acts on what the employee asked for.
fn asked(world: &Rc<World>, id: &str, params: &[(&str, &str)]) -> Result<Run, NexthinkError> {
    let process = world.process(&format!(r#","allowedRemoteActions":["{id}"]"#));
    let proposal = process.request(world.scene.device("amartin"), id, params)?;
    process.remediate(&proposal.token)
}

const CASES: &[Case] = &[
    Case {
        name: "a token that has expired",
        attempt: |world| after(world, SHARED, |world| world.advance(10 * MINUTE + 1)),
        kind: ErrorKind::Consent,
        message: "the proposal has expired",
        hint: "propose again",
    },
    Case {
        name: "a token of the future",
        attempt: |world| after(world, SHARED, |world| world.ahead_ms.set(-6 * MINUTE)),
        kind: ErrorKind::Consent,
        message: "the clocks of two machines differ",
        hint: "set the clocks",
    },
    Case {
        name: "a disruptive action that was not confirmed",
        attempt: |world| {
            let token = world.token("dnovak", "outlook", "outdated-office");
            world.wait(remediate(&world.sharing().client, &token, false))
        },
        kind: ErrorKind::Consent,
        message: "interrupts the employee's work and was not confirmed a second time",
        hint: "`confirmed: true`",
    },
    Case {
        name: "a token that was cut short",
        attempt: |world| {
            let token = world.token("amartin", "outlook", "offline");
            world.sharing().remediate(token.split_at(1).1)
        },
        kind: ErrorKind::Consent,
        message: "altered, cut short or made by someone else",
        hint: "propose again",
    },
    Case {
        name: "a read-only client",
        attempt: |world| after(world, r#","readOnly":true"#, |_| {}),
        kind: ErrorKind::Refused,
        message: "this client is read-only",
        hint: "`readOnly`",
    },
    Case {
        name: "a remote action that is not allowed",
        attempt: |world| after(world, r#","allowedRemoteActions":["disk_cleanup"]"#, |_| {}),
        kind: ErrorKind::Refused,
        message: "not among those that this client may trigger",
        hint: "`allowedRemoteActions`",
    },
    Case {
        name: "a store that cannot tell who was first",
        attempt: |world| after(world, r#","store":true"#, |_| {}),
        kind: ErrorKind::Refused,
        message: "the `store` cannot look and write in one step",
        hint: "`atomic: true`",
    },
    Case {
        name: "an entry that nobody can read",
        attempt: |world| {
            let token = world.token("amartin", "outlook", "offline");
            let _ = world.sharing().remediate(&token);
            world.stored.borrow_mut().values_mut().for_each(|value| *value = "{}".into());
            world.scene.tenant.borrow_mut().clear_faults();
            world.sharing().remediate(&token)
        },
        kind: ErrorKind::Refused,
        message: "the ledger's entry for this proposal cannot be read",
        hint: "look at the remote action's executions",
    },
    Case {
        name: "a remote action that the tenant does not have",
        attempt: |world| asked(world, "nothing_like_it", &[]),
        kind: ErrorKind::Refused,
        message: "the tenant has no remote action `nothing_like_it`",
        hint: "`remoteActionIds`",
    },
    Case {
        name: "a remote action that the API may not trigger",
        attempt: |world| asked(world, "reset_browser_profile", &[]),
        kind: ErrorKind::Refused,
        message: "cannot be triggered by the API",
        hint: "turn on its API trigger",
    },
    Case {
        name: "a parameter that the tenant does not declare",
        attempt: |world| asked(world, "restart_windows_service", &[("Service", "a-value")]),
        kind: ErrorKind::Refused,
        message: "has no input `Service`",
        hint: "ServiceName MaximumDelayInSeconds",
    },
    Case {
        name: "a value that is not among the options",
        attempt: |world| asked(world, "restart_windows_service", &[("ServiceName", "a-value")]),
        kind: ErrorKind::Refused,
        message: "does not take this value for `ServiceName`",
        hint: "one of the options",
    },
    Case {
        name: "a catalogue that may not be read",
        attempt: |world| after(world, SHARED, |world| world.scene.tenant.borrow_mut().deny(Permission::RemoteActions)),
        kind: ErrorKind::Permission,
        message: "remoteActions.get was answered with status 403",
        hint: "permission",
    },
    Case {
        name: "a catalogue that cannot be read",
        attempt: |world| {
            after(world, SHARED, |world| {
                world.inject(Fault::new(FaultKind::Status).status(503).of("details").times(9));
            })
        },
        kind: ErrorKind::Server,
        message: "remoteActions.get was answered with status 503",
        hint: "call again",
    },
];

#[test]
fn what_is_refused_says_why_and_what_to_do_and_nothing_is_sent() {
    for case in CASES {
        let world = World::new();
        // For those that come to sending: nothing would be accepted.
        world.inject(Fault::new(FaultKind::Status).status(400).of("act/execute"));
        let error = (case.attempt)(&world).expect_err(case.name);
        let found = (error.kind, error.side_effect);
        assert_eq!(found, (case.kind, SideEffect::None), "{}: {error}", case.name);
        assert!(error.message.contains(case.message), "{}: {}", case.name, error.message);
        assert!(error.hint.contains(case.hint), "{}: {}", case.name, error.hint);
        assert!(!error.to_string().contains("a-value"), "{}: {error}", case.name);
        let accepted = world.scene.tenant.borrow().requests();
        assert!(
            !accepted.iter().any(|one| one.path.ends_with("act/execute") && one.status == Some(200)),
            "{}",
            case.name
        );
    }
}

#[test]
fn what_the_tenant_refuses_was_not_accepted_and_the_consent_still_holds() {
    for (status, kind) in [
        (400, ErrorKind::Invalid),
        (401, ErrorKind::Authentication),
        (403, ErrorKind::Permission),
        (404, ErrorKind::NotFound),
        (429, ErrorKind::RateLimited),
    ] {
        let world = World::new();
        let token = world.token("amartin", "outlook", "offline");
        for _ in 0..2 {
            world.answer_with(status, "act/execute");
            let error = world.sharing().remediate(&token).unwrap_err();
            assert_eq!((error.kind, error.side_effect), (kind, SideEffect::None), "{status}");
        }
        // By whomever, and also after the device was wanted by someone else.
        assert_eq!(world.sharing().remediate(&token).unwrap().state, RunState::Accepted, "{status}");
        assert_eq!(world.scene.triggers(), 3, "{status}");
    }
}

#[test]
fn a_request_that_never_left_was_not_accepted_either() {
    let world = World::new();
    let token = world.token("amartin", "outlook", "offline");
    let process = world.sharing();
    world.answer_with(401, "act/execute");
    process.remediate(&token).unwrap_err();
    // The client needs a new access token now, and gets none.
    world.answer_with(403, "oauth2");
    let error = process.remediate(&token).unwrap_err();
    assert_eq!((error.side_effect, world.scene.triggers()), (SideEffect::None, 1), "{error}");
    assert_eq!(process.remediate(&token).unwrap().state, RunState::Accepted);
}

#[test]
fn what_the_catalogue_is_known_to_say_is_refused_before_the_employee_is_asked() {
    let world = World::new();
    let process = world.process(r#","allowedRemoteActions":["restart_windows_service"]"#);
    let device = world.scene.device("amartin");
    let wrong = [("Service", "Spooler")];
    let token = process.request(device.clone(), "restart_windows_service", &wrong).unwrap().token;
    process.remediate(&token).unwrap_err();
    let error = process.request(device, "#Restart_Windows_Service", &wrong).unwrap_err();
    assert_eq!((error.kind, world.scene.count("/api/v1/act/remote-action/details")), (ErrorKind::Refused, 1));
    // After a quarter of an hour the administrator may have changed it.
    world.advance(16 * MINUTE);
    assert!(process.request(world.scene.device("amartin"), "restart_windows_service", &wrong).is_ok());
}

#[test]
fn a_reference_is_a_tickets_number_and_no_longer() {
    let world = World::new();
    let diagnosis = world.scene.diagnosis("stanaka", "slow-pc");
    let proposed = |reference: String| {
        let employee = Employee { username: Some("stanaka".into()), ..Employee::default() };
        let options = ProposeOptions { employee, reference: Some(reference), ..ProposeOptions::default() };
        propose(&world.scene.client, &world.library, Subject::recommended(&diagnosis, "disk-full"), options)
    };
    assert!(proposed("é".repeat(200)).is_ok());
    let error = proposed("é".repeat(201)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
    assert!(error.message.contains("`reference`") && error.hint.contains("ticket"), "{error}");
}

#[test]
fn a_run_may_wait_for_as_long_as_it_can_be_followed_up() {
    let world = World::new();
    let diagnosis = world.scene.diagnosis("stanaka", "slow-pc");
    let proposed = |minutes| {
        let employee = Employee { username: Some("stanaka".into()), ..Employee::default() };
        let options = ProposeOptions { employee, expires_in_minutes: Some(minutes), ..ProposeOptions::default() };
        let subject = Subject::recommended(&diagnosis, "disk-full");
        propose(&world.scene.client, &world.library, subject, options)
    };
    for minutes in [0, 59, 1_441, 10_080] {
        let error = proposed(minutes).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid);
        assert!(error.message.contains("`expiresInMinutes`") && error.hint.contains("24 hours"), "{error}");
    }
    let run = world.sharing().remediate(&proposed(120).unwrap().token).unwrap();
    assert_eq!(run.expires_at.since(run.started_at), 120 * MINUTE);
    // The device is offline, and the tenant waits as long as the employee was told.
    world.advance(100 * MINUTE);
    let run = world.sharing().progress(&run).unwrap();
    assert_eq!(run.state, RunState::Waiting);
    world.advance(21 * MINUTE);
    assert_eq!(world.sharing().progress(&run).unwrap().state, RunState::Expired);
}
