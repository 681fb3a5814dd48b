//! The tenant as a `Host`: virtual time, and errors at the right moment.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use nexthink_chatbot::api::http::{Request, Response};
use nexthink_chatbot::api::problem::{ErrorKind, NexthinkError};
use nexthink_chatbot::api::tenant::Tenant;
use nexthink_chatbot::api::token::create;
use nexthink_chatbot::client::{Bounds, Host};
use nexthink_simulator::{Fault, FaultKind, Options, SimulatedHost, SimulatedTenant, run};

fn tenant() -> Rc<RefCell<SimulatedTenant>> {
    Rc::new(RefCell::new(SimulatedTenant::new(Options { devices: 0, ..Options::default() })))
}

fn token_request() -> Request {
    let (instance, region) = (SimulatedTenant::INSTANCE, SimulatedTenant::REGION);
    let addresses = Tenant::new(instance.into(), region.into(), None, None).unwrap();
    let credentials = SimulatedTenant::CREDENTIALS;
    create::request(
        &addresses,
        &create::Input { client_id: credentials.client_id.into(), client_secret: credentials.client_secret.into() },
    )
}

fn send(tenant: &Rc<RefCell<SimulatedTenant>>, timeout_ms: u32) -> (Result<Response, NexthinkError>, i64) {
    let before = tenant.borrow().now();
    let host = SimulatedHost::new(tenant);
    let result = run(tenant, async {
        host.send(&token_request(), Bounds { timeout_ms, maximum_bytes: 1 << 20, is_repeatable: true }).await
    });
    let after = tenant.borrow().now();
    (result, after.since(before))
}

/// Runs two futures at once.
async fn both(left: impl Future, right: impl Future) {
    let (mut left, mut right) = (pin!(left), pin!(right));
    let (mut left_done, mut right_done) = (false, false);
    poll_fn(|context| {
        left_done = left_done || left.as_mut().poll(context).is_ready();
        right_done = right_done || right.as_mut().poll(context).is_ready();
        if left_done && right_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[test]
fn the_cores_own_request_is_understood_and_its_answer_takes_time() {
    let (response, took) = send(&tenant(), 10_000);
    assert!(create::parse(&response.unwrap()).is_ok_and(|token| token.expires_in_seconds == 900));
    assert_eq!(took, 60);
}

#[test]
fn an_answer_that_is_too_slow_is_a_timeout_at_the_limit_and_its_work_is_done() {
    let tenant = tenant();
    tenant.borrow_mut().inject(Fault::new(FaultKind::Latency).latency_ms(5_000)).unwrap();
    let (response, took) = send(&tenant, 2_000);
    assert_eq!(response.unwrap_err().kind, ErrorKind::Timeout);
    assert_eq!(took, 2_000);
    assert_eq!(tenant.borrow().requests().len(), 1);
}

#[test]
fn a_broken_connection_is_a_network_error() {
    let tenant = tenant();
    tenant.borrow_mut().inject(Fault::new(FaultKind::Network)).unwrap();
    assert_eq!(send(&tenant, 2_000).0.unwrap_err().kind, ErrorKind::Network);
}

#[test]
fn an_answer_that_breaks_off_is_a_network_error_too() {
    let tenant = tenant();
    tenant.borrow_mut().inject(Fault::new(FaultKind::Truncated)).unwrap();
    let (response, took) = send(&tenant, 2_000);
    assert_eq!((response.unwrap_err().kind, took), (ErrorKind::Network, 60));
}

#[test]
fn those_who_sleep_at_once_wake_in_the_order_of_their_times() {
    let tenant = tenant();
    let host = SimulatedHost::new(&tenant);
    let start = host.now();
    let woken = RefCell::new(Vec::new());
    let sleeper = |name: &'static str, milliseconds: u32| {
        let (host, woken) = (&host, &woken);
        async move {
            for _ in 0..2 {
                host.sleep(milliseconds).await.unwrap();
                woken.borrow_mut().push((name, host.now().since(start)));
            }
        }
    };
    run(&tenant, both(sleeper("slow", 100), sleeper("quick", 70)));
    assert_eq!(*woken.borrow(), [("quick", 70), ("slow", 100), ("quick", 140), ("slow", 200)]);
}

#[test]
fn a_future_that_asks_to_be_polled_again_is() {
    let mut left = 3;
    let result = run(
        &tenant(),
        poll_fn(|context| {
            left -= 1;
            context.waker().wake_by_ref();
            if left == 0 { Poll::Ready("done") } else { Poll::Pending }
        }),
    );
    assert_eq!(result, "done");
}

#[test]
fn hosts_of_one_tenant_share_no_random_bytes() {
    let tenant = tenant();
    let (mut one, mut other) = ([0; 16], [0; 16]);
    SimulatedHost::new(&tenant).random(&mut one).unwrap();
    SimulatedHost::new(&tenant).random(&mut other).unwrap();
    assert_ne!(one, other);
}
