//! Decides which calls are retried, and when: those that were throttled, and GETs whose connection
//! failed, except those that took too long. `call.rs` repeats them.

use std::time::Duration;

use reqwest::Method;
use tokio::time::Instant;

use super::Error;

/// How a client retries: calls that were throttled, and GETs whose connection failed. A POST that
/// may have been received is never repeated.
///
/// The client waits at least as long as `Retry-After` says; without it, a random time from half of
/// a delay to all of it, which is 0.5 s at first and doubles with every try. It never waits longer
/// than `longest_wait` or beyond `deadline`: if the service asks for more, its error is returned at
/// once.
///
/// ```
/// use std::time::Duration;
///
/// use kaizala_actions::client::{Client, Retry};
///
/// let mut retry = Retry::default();
/// retry.deadline = Duration::from_secs(90);
/// let client = Client::builder().retry(retry);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// The maximum number of tries; the default is 4.
    pub tries: u32,
    /// The longest single wait; the default is a minute.
    pub longest_wait: Duration,
    /// The time from the start of the call after which no other try begins; the default is 5
    /// minutes.
    pub deadline: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            tries: 4,
            longest_wait: Duration::from_mins(1),
            deadline: Duration::from_mins(5),
        }
    }
}

const FIRST_WAIT: Duration = Duration::from_millis(500);

/// The tries of one call.
pub(super) struct Tries {
    retry: Option<Retry>,
    started: Instant,
    done: u32,
}

impl Tries {
    pub fn new(retry: Option<Retry>) -> Self {
        Self {
            retry,
            started: Instant::now(),
            done: 0,
        }
    }

    /// How long to wait before the next try, if there is another. `chance` is between 0 and 1.
    pub fn wait(&mut self, method: &Method, error: &Error, chance: f64) -> Option<Duration> {
        let retry = self.retry?;
        self.done += 1;
        if self.done >= retry.tries {
            return None;
        }
        let own = FIRST_WAIT
            .saturating_mul(1 << (self.done - 1).min(16))
            .min(retry.longest_wait);
        let wait = match error {
            // In addition, so that calls that were throttled together do not return together.
            Error::Throttled {
                retry_after: Some(wait),
                ..
            } => wait.saturating_add(FIRST_WAIT.mul_f64(chance)),
            Error::Transport { error, .. } if *method != Method::GET || error.is_builder() => {
                return None;
            }
            Error::Throttled { .. } | Error::Transport { .. } => own.mul_f64(0.5 + chance / 2.0),
            _ => return None,
        };
        let is_within = wait <= retry.longest_wait
            && self.started.elapsed().saturating_add(wait) <= retry.deadline;
        is_within.then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::{StatusCode, header::HeaderMap};

    use super::*;
    use crate::{client::RawResponse, operation::OperationId};

    fn throttled(retry_after: Option<u64>) -> Error {
        let answer = RawResponse {
            status: StatusCode::TOO_MANY_REQUESTS,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            is_cut: false,
        };
        Error::Throttled {
            operation: OperationId::PostAction,
            retry_after: retry_after.map(Duration::from_secs),
            answer: Box::new(answer),
        }
    }

    fn wait(retry: Option<Retry>, error: &Error) -> Option<Duration> {
        Tries::new(retry).wait(&Method::POST, error, 1.0)
    }

    #[test]
    fn retry_after_is_waited_for_and_never_cut_short() {
        let retry = Some(Retry::default());
        assert_eq!(wait(None, &throttled(Some(1))), None);
        assert_eq!(
            wait(retry, &throttled(Some(30))),
            Some(Duration::from_millis(30_500))
        );
        assert_eq!(wait(retry, &throttled(Some(61))), None);
        assert_eq!(wait(retry, &throttled(Some(u64::MAX))), None);
        assert_eq!(
            wait(
                Some(Retry {
                    deadline: Duration::from_secs(10),
                    ..Retry::default()
                }),
                &throttled(Some(30))
            ),
            None
        );
    }

    #[test]
    fn own_waits_double_and_end() {
        let mut tries = Tries::new(Some(Retry::default()));
        let waits: Vec<_> = (0..4)
            .map(|_| tries.wait(&Method::GET, &throttled(None), 0.0))
            .collect();
        assert_eq!(
            waits,
            [Some(250), Some(500), Some(1000), None].map(|wait| wait.map(Duration::from_millis))
        );
    }
}
