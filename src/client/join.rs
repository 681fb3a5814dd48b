//! Two futures at once, for calls that need two answers; the standard library has this only on nightly.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Waits for both, side by side.
pub async fn join<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> (A, B) {
    let (mut left, mut right) = (pin!(left), pin!(right));
    let mut early = None;
    let left_output = poll_fn(|context| {
        if early.is_none()
            && let Poll::Ready(output) = right.as_mut().poll(context)
        {
            early = Some(output);
        }
        left.as_mut().poll(context)
    })
    .await;
    let right_output = match early {
        Some(output) => output,
        None => right.await,
    };
    (left_output, right_output)
}
