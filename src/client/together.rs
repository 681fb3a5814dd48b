//! Two futures at once: both of them, or the one that is ready first. The standard library has neither yet.

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

/// What was ready first.
pub(super) enum First<A, B> {
    Left(A),
    Right(B),
}

/// Waits for one of two; the left one where both are ready. The other is dropped.
pub(super) async fn first<A, B>(left: impl Future<Output = A>, right: impl Future<Output = B>) -> First<A, B> {
    let (mut left, mut right) = (pin!(left), pin!(right));
    poll_fn(|context| match left.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(First::Left(output)),
        Poll::Pending => right.as_mut().poll(context).map(First::Right),
    })
    .await
}
