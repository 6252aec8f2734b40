//! A timer for one time limit after the other.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Mutex,
    task::Poll,
};

use tokio::time::{Instant, Sleep, sleep_until};

use super::lock::lock;

/// A timer that is set again for each limit, which costs less than a new one: a limit that is later
/// than the last one needs no lock of the runtime.
#[derive(Debug, Default)]
pub struct Timer(Mutex<Option<Pin<Box<Sleep>>>>);

impl Timer {
    /// Waits for a future, but not longer than until `end`; `None` if it is not ready by then.
    pub async fn until<F: Future>(
        &self,
        end: Instant,
        mut future: Pin<&mut F>,
    ) -> Option<F::Output> {
        let sleep = lock(&self.0).take();
        let mut sleep = match sleep {
            Some(mut sleep) => {
                sleep.as_mut().reset(end);
                sleep
            }
            None => Box::pin(sleep_until(end)),
        };
        let output = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
        });
        let output = output.await;
        *lock(&self.0) = Some(sleep);
        output
    }
}
