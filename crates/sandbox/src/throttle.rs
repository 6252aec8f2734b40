//! Limits the calls a minute for each token, as the service does for each connector.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use kaizala_actions_http::lock;

use super::id::hash;

const WINDOW: Duration = Duration::from_mins(1);

/// The maximum number of remembered tokens; if there are more, all are forgotten.
const MOST_TOKENS: usize = 10_000;

pub(super) struct Throttle {
    per_minute: u32,
    /// By the hash of the token: the start of its minute, and the number of calls since.
    windows: Mutex<HashMap<u64, (Instant, u32)>>,
}

impl Throttle {
    pub fn new(per_minute: u32) -> Self {
        Self {
            per_minute,
            windows: Mutex::default(),
        }
    }

    /// Counts a call.
    ///
    /// # Errors
    /// The seconds to wait, if there were too many.
    pub fn count(&self, token: &str, now: Instant) -> Result<(), u64> {
        let mut windows = lock(&self.windows);
        if windows.len() >= MOST_TOKENS {
            windows.clear();
        }
        let (begun, calls) = windows.entry(hash(token)).or_insert((now, 0));
        if now.duration_since(*begun) >= WINDOW {
            (*begun, *calls) = (now, 0);
        }
        if *calls >= self.per_minute {
            let left = WINDOW.saturating_sub(now.duration_since(*begun));
            return Err(left.as_secs() + u64::from(left.subsec_nanos() > 0));
        }
        *calls += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_its_own_minute() {
        let throttle = Throttle::new(2);
        let start = Instant::now();
        assert_eq!(
            [0, 1, 2].map(|_| throttle.count("a", start)),
            [Ok(()), Ok(()), Err(60)]
        );
        assert_eq!(throttle.count("b", start), Ok(()));
        assert_eq!(
            throttle.count("a", start + Duration::from_millis(58_500)),
            Err(2)
        );
        assert_eq!(throttle.count("a", start + WINDOW), Ok(()));
    }
}
