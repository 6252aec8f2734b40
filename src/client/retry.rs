//! Trying again what cannot have been done yet.

use std::time::Duration;

use reqwest::Method;
use tokio::time::Instant;

use super::Error;

/// How a client tries again: calls that were throttled, and GETs for which there was no connection
/// or one that broke. A POST that may have been received is never repeated.
///
/// A wait is at least what `Retry-After` says; without it, half to all of 0.5 s, doubled by every
/// try. It never lasts longer than `longest_wait` and never goes beyond `deadline`: where the
/// service wants more, its error is returned at once.
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
    /// Tries in all; 4 unless set.
    pub tries: u32,
    /// The longest single wait; a minute unless set.
    pub longest_wait: Duration,
    /// After how long, from the start of the call, no other try begins; 5 minutes unless set.
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

    /// How long to wait before the next try, if there is to be one. `chance` is between 0 and 1.
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
            // On top, lest all that were throttled together come back together.
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
